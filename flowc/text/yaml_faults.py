"""What is wrong with a text that is no YAML, in flowc's words and with the likely fix.

The parser tells only where it stopped and by which of its rules; what its author meant is read off the lines there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .diagnostics import Diagnostic
from .fault import Fault, Stop
from .lines import character, indent, line_above, line_end, line_start, rest_of_line
from .quoting import code, put_in_quotes
from .source import Source, Span
from .yaml_comments import between_lines
from .yaml_escapes import impossible
from .yaml_rules import (
    BARE_PLACEHOLDER,
    COLON_IN_TEXT,
    COMMENT_IN_BRACKETS,
    DIRECTIVE,
    KEY_NOT_TEXT,
    SECOND_DOCUMENT,
    TAB,
    YAML_SYNTAX,
)
from .yaml_signs import item_in_line, loose_header, nameless, odd_sign, tag, unclosed_quote, unknown_escape


def explain(source: Source, stop: Stop) -> Diagnostic:
    """The finding for the place where a parser stopped."""
    return (_by_line(source.text, stop) or _by_words(source.text, stop)).of(source)


def placeholder(text: str, at: int) -> Fault:
    """What to say of a `{{` that begins a value without quotes."""
    before = text[line_start(text, at) : at]
    item = _ITEM.match(text, at) if "[" in before or "{" in before else None
    end = item.end() if item else rest_of_line(text, at).end
    written = text[at:end].rstrip()
    whole = Span(at, at + len(written))
    return Fault(BARE_PLACEHOLDER, whole, f"a value cannot begin with a bare `{written[:2]}`", put_in_quotes(written))


_ITEM = re.compile(r"\{[{%].*?[%}]\}[^,\]}\n]*")


def _by_line(text: str, stop: Stop) -> Fault | None:
    """What can be told from the lines, whatever the parser made of them."""
    first = line_start(text, stop.at)
    if tab := _TAB.match(text, first):
        return Fault(TAB, Span(*tab.span(1)), "a tab indents this line", "indent with spaces")
    if text[stop.at : stop.at + 1] == "\t":
        return Fault(TAB, Span(stop.at, stop.at + 1), "a tab stands where only spaces may", "write a space")
    for line in (first, line_start(text, stop.began)):
        if opening := _PLACEHOLDER.match(text, line):
            return placeholder(text, opening.start(1))
    return None


_TAB = re.compile(r" *(\t[ \t]*)")
_PLACEHOLDER = re.compile(r"(?: *- +)* *(?:[\w.*#\"'-]+: +)?(?:[\[{] *)?(?:[\w.*#\"'-]+: +)?(\{[{%])")


def _by_words(text: str, stop: Stop) -> Fault:
    told = _FOUND.sub("", stop.words)
    if _NOT_IN_LINE.search(told) and (cut := between_lines(text, stop)):
        return cut
    for words, say in _SAYINGS:
        if words.search(told):
            return say(text, stop)
    return Fault(YAML_SYNTAX, character(text, stop.at), "this cannot be read as YAML", "put texts in quotes")


_NOT_IN_LINE = re.compile("did not find expected (key|'-')|expected <block end>|could not find expected ':'")
_FOUND = re.compile(r",? but (?:found|got) .*")


def _colon(text: str, stop: Stop) -> Fault:
    """A `:` where no key can be: in a text, or after a line that is no key or indented as if it were."""
    first = line_start(text, stop.at)
    key = _KEY.match(text, first, stop.at)
    if key and key.end() < stop.at and text[key.end()] not in "'\"":
        written = text[key.end() : rest_of_line(text, key.end()).end]
        message = "`: ` cannot stand in a text without quotes"
        return Fault(COLON_IN_TEXT, Span(stop.at, stop.at + 1), message, put_in_quotes(written))
    span = Span(first + indent(text[first : stop.at]), stop.at)
    above = line_above(text, first).strip()
    if span.end - span.start > _LONGEST_KEY:
        return Fault(YAML_SYNTAX, span, "a key cannot be longer than 1,024 characters", "put the text in quotes")
    if above and above[0] not in "[{]}\"'" and not _KEY.match(above):
        message = f"the line above this one has no `:` after {code(above)}"
        return Fault(YAML_SYNTAX, span, message, f"write {code(above[:40] + ': …')}")
    message = "this line is indented as if it went on the text above it"
    return Fault(YAML_SYNTAX, span, message, "line it up with the keys it belongs to")


_LONGEST_KEY = 1024
_KEY = re.compile(
    r" *(?:- +)*(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s#:\[{&*!|>'\"%@`][^\n:]*):(?: +|$)| *(?:- +)+", re.MULTILINE
)


def _no_colon(text: str, stop: Stop) -> Fault:
    line = rest_of_line(text, stop.began)
    written = text[line.start : line.end]
    return Fault(YAML_SYNTAX, line, f"there is no `:` after {code(written)}", f"write {code(written[:40] + ': …')}")


def _no_space(text: str, stop: Stop) -> Fault:
    return Fault(YAML_SYNTAX, character(text, stop.at), "there is no space after this `:`", "write a space after it")


def _no_key(text: str, stop: Stop) -> Fault:
    if text[stop.at : stop.at + 1] == ":":
        return _keyless(text, stop)
    before = text[line_start(text, stop.at) : stop.at].rstrip()
    rest = rest_of_line(text, stop.at)
    if before and before[-1] in "'\"]}":
        message = f"there is something after the closing `{before[-1]}`"
        return Fault(YAML_SYNTAX, rest, message, "put the whole text in quotes, or begin a new line")
    if re.compile(r"-\s").match(text, stop.at):
        if line_above(text, stop.at).lstrip().startswith("- "):
            return Fault(YAML_SYNTAX, rest, "this item is not in line with those above it", "indent it like them")
        message = "a list begins here among the keys of a mapping"
        return Fault(YAML_SYNTAX, rest, message, "indent the list under its key")
    message = "this line is not in line with those it belongs to"
    return Fault(YAML_SYNTAX, rest, message, "indent it like its neighbours, or put a text of several lines in quotes")


def _keyless(text: str, stop: Stop) -> Fault:
    return Fault(KEY_NOT_TEXT, character(text, stop.at), NO_KEY, "write a key, or put the text in quotes")


NO_KEY = "there is no key before this `:`"


def _no_item(text: str, stop: Stop) -> Fault:
    message = "this line is in line with a list and is none of its items"
    rest = rest_of_line(text, stop.at)
    return Fault(YAML_SYNTAX, rest, message, "begin it with `- `, or indent it like its neighbours")


def _bracket(text: str, stop: Stop) -> Fault:
    """A list or mapping in brackets that does not go on: cut by a comment, not closed, or a comma is missing."""
    if text[stop.at : stop.at + 1] == ":" and text[: stop.at].rstrip().endswith(("{", "[", ",")):
        return _keyless(text, stop)
    opening = text[stop.began : stop.began + 1]
    closing = "]" if opening == "[" else "}"
    if comment := _COMMENT.search(text, stop.began, stop.at):
        rest = Span(comment.end() - 1, line_end(text, comment.end()))
        message = f"a comment begins at this `#`, and the `{opening}` before it is not closed"
        return Fault(COMMENT_IN_BRACKETS, rest, message, "put what holds the `#` in quotes")
    if "\n" not in text[stop.began : stop.at + 1] and stop.at < len(text):
        message = f"a `,` or the closing `{closing}` is missing before this"
        hint = f"write `,` or `{closing}`, or put the text in quotes"
        return Fault(YAML_SYNTAX, rest_of_line(text, stop.at), message, hint)
    began = character(text, stop.began)
    return Fault(YAML_SYNTAX, began, f"this `{opening}` is not closed", f"close it with `{closing}`")


_COMMENT = re.compile(r"[ \t,\[{]#")


def _nothing(text: str, stop: Stop) -> Fault:
    """A sign stands where a value should."""
    here, sign = character(text, stop.at), text[stop.at : stop.at + 1]
    if sign in ("]", "}"):
        return Fault(YAML_SYNTAX, here, f"there is nothing that this `{sign}` closes", "put it in quotes, or delete it")
    if sign == ",":
        return Fault(YAML_SYNTAX, here, "there is nothing before this `,`", "put it in quotes, or delete it")
    opening = max(text.rfind("[", 0, stop.at), text.rfind("{", 0, stop.at))
    if "flow" in stop.words and opening >= 0:
        return _bracket(text, stop._replace(began=opening))
    return Fault(YAML_SYNTAX, here, "there is nothing here that can be read", "write a value")


def _directive(text: str, stop: Stop) -> Fault:
    line = rest_of_line(text, line_start(text, stop.at))
    return Fault(DIRECTIVE, line, "this line is taken for a directive", "delete it, or put the text in quotes")


def _after_end(text: str, stop: Stop) -> Fault:
    rest, before = rest_of_line(text, stop.at), text[: stop.at]
    if before.lstrip("\ufeff").startswith("%"):
        return Fault(DIRECTIVE, rest, "no `---` stands between the `%YAML` line and this", "delete the `%YAML` line")
    if re.compile(r"^(---|\.\.\.)", re.MULTILINE).search(before):
        message = "this stands after the end of the document"
        return Fault(SECOND_DOCUMENT, rest, message, "put it into a file of its own")
    if before.strip() and before.rstrip(" ")[-1] != "\n":
        return _no_key(text, stop)
    return Fault(YAML_SYNTAX, rest, "this line is not in line with the first one", "indent it like the first line")


def _character(text: str, stop: Stop) -> Fault:
    """An escape for half a character, or for one beyond Unicode."""
    start = text.rfind("\\", 0, stop.at + 1)
    return impossible(text, start if start >= 0 else stop.at)


_SAYINGS: tuple[tuple[re.Pattern[str], Callable[[str, Stop], Fault]], ...] = tuple(
    (re.compile(words), say)
    for words, say in (
        ("scanning an (alias|anchor)|^while scanning a[n]? (alias|anchor)", nameless),
        ("directive|incompatible YAML|version number", _directive),
        ("tag|URI", tag),
        ("found unexpected ':'", _no_space),
        ("mapping values are not allowed", _colon),
        ("could not find expected ':'", _no_colon),
        ("block mapping.*(did not find expected key|expected <block end>)", _no_key),
        ("block collection.*(did not find expected '-'|expected <block end>)", _no_item),
        (r"flow (sequence|mapping).*expected ',' or", _bracket),
        ("expected (the )?node content", _nothing),
        ("unexpected (end of stream|document)", unclosed_quote),
        ("cannot start any token", odd_sign),
        ("(sequence entries|mapping keys) are not allowed", item_in_line),
        ("Unicode character", _character),
        ("quoted scalar.*(escape|hexdecimal|hexadecimal)", unknown_escape),
        ("block scalar", loose_header),
        ("expected '?<document start>", _after_end),
    )
)
"""The parser's words, in the spellings of both parsers, and what is said instead."""
