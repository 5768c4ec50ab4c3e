"""The rules of reading YAML, each with its page."""

from __future__ import annotations

from .diagnostics import Rule

YAML_SYNTAX = Rule(
    "E010",
    "yaml-syntax",
    """The file is not laid out as YAML: a quote or bracket is not closed, a line is not in line with its neighbours, a
`:` or `,` is missing.

Nothing after that place can be read for certain, so no caller could be answered.

Mend the place. A text that holds `:`, `#`, `,`, brackets or quotes is safest in quotes.""",
)
TAB = Rule(
    "E011",
    "tab-indentation",
    """A tab stands where YAML takes only spaces.

How far a tab reaches depends on the editor, so it is not known what belongs to what.

Indent with spaces.""",
)
ANCHOR = Rule(
    "E012",
    "anchor",
    """An anchor (`&name`) or an alias (`*name`) is used.

A flow reads from top to bottom without them, and a few lines of them can grow to millions of documents. Often none was
meant: a text without quotes begins with `&` or `*`.

Put the text in quotes; for re-use, name a step or a prompt.""",
)
TAG = Rule(
    "E013",
    "tag",
    """A tag (`!name`) is used, or a text without quotes begins with `!`.

A tag changes how a value is read, and nothing in a flow needs one.

Delete it, or put the text in quotes.""",
)
MERGE_KEY = Rule(
    "E014",
    "merge-key",
    """The key `<<` is used, which merges another mapping into this one.

What a caller gets would stand in two places, and which of the two wins is not the same everywhere.

Write the keys out.""",
)
SECOND_DOCUMENT = Rule(
    "E015",
    "second-document",
    """There is a second document in the file, after a line of `---` or `...`.

It would be lost without a word.

Put it into a file of its own.""",
)
KEY_NOT_TEXT = Rule(
    "E016",
    "key-not-text",
    """A list, a mapping or nothing at all stands where a key should.

It cannot be named in a flow, and is no key in JSON.

Write a word as the key; a text in brackets or braces goes into quotes.""",
)
DIRECTIVE = Rule(
    "E017",
    "directive",
    """The file begins with a directive other than `%YAML 1.2`.

A flow is read in one way only; a directive asks for another one.

Delete the line.""",
)
BARE_STAR = Rule(
    "E018",
    "bare-star",
    """The star key stands without quotes.

YAML takes `*` for the beginning of an alias, so the option cannot be read.

Write `"*"`.""",
)
BARE_PLACEHOLDER = Rule(
    "E019",
    "bare-placeholder",
    """A value begins with `{{` and stands without quotes.

YAML takes `{` for the beginning of a mapping.

Put the whole value in quotes: `"{{ params.agents }}"`.""",
)
COLON_IN_TEXT = Rule(
    "E020",
    "colon-in-text",
    """A text without quotes holds `: `.

YAML takes what stands before it for a key.

Put the whole text in quotes.""",
)
COMMA_IN_TEXT = Rule(
    "E021",
    "comma-in-text",
    """A text without quotes between `{` and `}` holds a comma.

YAML ends the text at the comma and takes the rest for a key, with or without a value, so a caller would hear half a
sentence.

Put the whole text in quotes.""",
)
COMMENT_IN_BRACKETS = Rule(
    "E022",
    "comment-in-brackets",
    """A `#` between `[` and `]` or `{` and `}` begins a comment, which takes the closing bracket away.

The options after it are lost, and so is the rest of the file.

Put what holds the `#` in quotes: `"#"`.""",
)
COMMENT_BETWEEN_LINES = Rule(
    "E023",
    "comment-between-lines",
    """A comment stands in the middle of a text without quotes that goes over several lines.

YAML ends the text at the comment, so the lines below it belong to nothing, and no caller would hear them.

Put the whole text in quotes, or write it after a `|` or `>`; move a true comment above the text.""",
)
DUPLICATE_KEY = Rule(
    "E006",
    "duplicate-key",
    """The same key is given twice in one mapping. Quotes make no difference: `1` and `"1"` are the same key.

One of the two would be lost without a word: a caller who presses the key gets the other one.

Delete one, or join them.""",
)
COMMENT_IN_TEXT = Rule(
    "W010",
    "comment-in-text",
    """A text without quotes ends at ` #`, which begins a comment, and it looks as if the comment belongs to the text.

A caller hears "press" and nothing after it.

Put the whole text in quotes. If it is a comment, write a space after the `#`.""",
)
OPTION_IN_COMMENT = Rule(
    "W011",
    "option-in-comment",
    """A line looks like an option for the hash key and is a comment.

A caller who presses `#` does not get there.

Write `"#": …`.""",
)
COMMA_IN_LIST = Rule(
    "W012",
    "comma-in-list",
    """A text without quotes between `[` and `]` holds a comma, and so becomes two items of the list.

A caller hears half a sentence now and the other half after a break, or only after the next failure.

Put the whole text in quotes.""",
)
