"""Faults of a single text in YAML: the sign it begins with, the quotes around it, the escapes in it."""

from __future__ import annotations

import re

from .fault import Fault, Stop
from .lines import character, rest_of_line
from .quoting import code, put_in_quotes
from .source import Span
from .yaml_rules import ANCHOR, BARE_STAR, TAG, YAML_SYNTAX


def unclosed_quote(text: str, stop: Stop) -> Fault:
    quote = text[stop.began]
    hint = 'close it with `"`' if quote == '"' else "close it with `'`; inside, `'` is written `''`"
    return Fault(
        YAML_SYNTAX, Span(stop.began, stop.began + 1), f"the text that this `{quote}` begins is not closed", hint
    )


def odd_sign(text: str, stop: Stop) -> Fault:
    rest = rest_of_line(text, stop.at)
    message = f"a text without quotes cannot begin with {code(text[stop.at])}"
    return Fault(YAML_SYNTAX, Span(stop.at, stop.at + 1), message, put_in_quotes(text[rest.start : rest.end]))


def item_in_line(text: str, stop: Stop) -> Fault:
    message = f"`{text[stop.at]} ` cannot stand on the line of its key"
    return Fault(YAML_SYNTAX, character(text, stop.at), message, "begin a new line, or put the text in quotes")


def unknown_escape(text: str, stop: Stop) -> Fault:
    """The parsers point at different characters of an escape: it is looked for from the backslash."""
    start = text.rfind("\\", 0, stop.at + 1)
    letters = _LETTERS.match(text, start + 1)
    end = letters.end() if letters else start + 1
    message = f"{code(text[start:end])} means nothing in double quotes"
    return Fault(YAML_SYNTAX, Span(start, end), message, "write `\\\\` for a backslash, or use single quotes")


_LETTERS = re.compile(r"(?:x\w{0,2}|u\w{0,4}|U\w{0,8}|.|\n)?")


def loose_header(text: str, stop: Stop) -> Fault:
    rest = rest_of_line(text, stop.began)
    message = f"after the `{text[stop.began]}` that begins a text of several lines nothing may stand on its line"
    return Fault(YAML_SYNTAX, rest, message, "begin the text on the next line, or put it in quotes")


def nameless(text: str, stop: Stop) -> Fault:
    """A `*` or `&` that no name follows."""
    rest, sign = rest_of_line(text, stop.began), text[stop.began]
    if sign == "*":
        return Fault(BARE_STAR, Span(stop.began, stop.began + 1), "a bare `*` cannot be read", 'write `"*"`')
    hint = put_in_quotes(text[rest.start : rest.end])
    return Fault(ANCHOR, Span(stop.began, stop.began + 1), f"a text without quotes cannot begin with `{sign}`", hint)


def tag(text: str, stop: Stop) -> Fault:
    rest = rest_of_line(text, stop.began if stop.began >= 0 else stop.at)
    hint = put_in_quotes(text[rest.start : rest.end])
    return Fault(TAG, Span(rest.start, rest.start + 1), "a text without quotes cannot begin with `!`", hint)
