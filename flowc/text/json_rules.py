"""The rules of reading JSON, each with its page."""

from __future__ import annotations

from .diagnostics import Rule

JSON_SYNTAX = Rule(
    "E040",
    "json-syntax",
    """The file is not JSON: a bracket is not closed, a `:` or a value is missing, or a sign stands where none can.

The platform reads a document whole or not at all: the caller hears nothing.

Mend the place; better, let a program write the JSON.""",
)
TRAILING_COMMA = Rule(
    "E041",
    "trailing-comma",
    """A comma stands after the last item of a list or an object.

JavaScript allows it, JSON does not: the platform refuses the document and the caller hears nothing.

Delete the comma.""",
)
COMMENT = Rule(
    "E042",
    "comment-in-json",
    """A comment stands in a JSON file.

JSON has no comments: the platform refuses the document and the caller hears nothing.

Delete it. A flow in YAML can have comments.""",
)
SINGLE_QUOTES = Rule(
    "E043",
    "single-quotes",
    """A key or a text stands in single quotes.

JSON knows only double quotes: the platform refuses the document and the caller hears nothing.

Write double quotes.""",
)
NOT_A_NUMBER = Rule(
    "E044",
    "not-a-json-number",
    """A number is written in a way that JSON does not know: `NaN`, `Infinity`, `+1`, `01`, `.5`, `1.`, `0x10`.

The platform refuses the document and the caller hears nothing.

Write it in digits; put it in double quotes if it is a text, such as a number to dial.""",
)
AFTER_THE_END = Rule(
    "E045",
    "text-after-json",
    """Something stands after the end of the document.

A file is one document: what follows makes the whole of it unreadable, and the caller hears nothing.

Delete it. Several actions stand in one list: `[{…}, {…}]`.""",
)
MISSING_COMMA = Rule(
    "E046",
    "missing-comma",
    """There is no comma between two items of a list or an object.

The platform refuses the document and the caller hears nothing.

Write a comma. If a text holds a double quote, write `\\"` for it.""",
)
UNCLOSED_TEXT = Rule(
    "E047",
    "unclosed-text",
    """A text is not closed on the line where it begins.

The platform refuses the document and the caller hears nothing.

Close it with a double quote. A line break inside a text is written `\\n`.""",
)
SMART_QUOTES = Rule(
    "E048",
    "smart-quotes",
    """Typographic quotes stand where double quotes must. They come from a word processor or a web page.

They look right on the screen; the platform refuses the document and the caller hears nothing.

Write `"`.""",
)
ODD_SPACE = Rule(
    "E049",
    "odd-space",
    """A space that is none to JSON stands between the items, such as a non-breaking one. It comes from a web page.

It looks right on the screen; the platform refuses the document and the caller hears nothing.

Replace it by a space.""",
)
PLACEHOLDER = Rule(
    "E050",
    "unquoted-placeholder",
    """A placeholder stands in the document without quotes.

The file is not JSON before it is filled, and breaks when a value holds a quote or a line break: the caller hears
nothing.

Put it in double quotes, and let a program that writes JSON fill it.""",
)
CONTROL_IN_TEXT = Rule(
    "E051",
    "control-in-text",
    """A tab or another control character stands in a text as it is.

JSON wants it as an escape: the platform refuses the document and the caller hears nothing.

Write `\\t` for a tab, or a space.""",
)
BARE_WORD = Rule(
    "E052",
    "unquoted-word",
    """A key or a text stands without quotes, or a word of a programming language stands for a value: `True`, `None`,
`undefined`.

It is JavaScript or Python and no JSON: the platform refuses the document and the caller hears nothing.

Write `true`, `false` or `null`, or put the word in double quotes.""",
)
BAD_ESCAPE = Rule(
    "E053",
    "unknown-escape",
    """A backslash in a text is followed by something that makes no escape.

The platform refuses the document and the caller hears nothing.

Write `\\\\` for a backslash.""",
)
