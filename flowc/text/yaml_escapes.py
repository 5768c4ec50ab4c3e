"""Escapes in double quotes that make no character, or one that nobody can hear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .characters import CONTROL_ESCAPE, LONE_SURROGATE
from .diagnostics import Diagnostic
from .fault import Fault
from .lines import rest_of_line
from .marks import Piece
from .quoting import code
from .source import Source, Span
from .yaml_rules import YAML_SYNTAX


def impossible(text: str, at: int) -> Fault:
    """What to say of an escape that makes no character; in YAML two halves are not joined."""
    found = _HALVES.match(text, at)
    whole = Span(*found.span()) if found else rest_of_line(text, at)
    written = code(text[whole.start : whole.end])
    if found is None or found["beyond"]:
        return Fault(YAML_SYNTAX, whole, f"{written} is no character", "write the character itself")
    if found["pair"]:
        high, low = int(found["pair"][2:6], 16), int(found["pair"][8:12], 16)
        joined = chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)
        return Fault(LONE_SURROGATE, whole, f"{written} is a character in two halves", f"write `{joined}`")
    return Fault(LONE_SURROGATE, whole, f"{written} is one half of a character", "write the character itself")


_HALVES = re.compile(
    r"(?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}|(?P<beyond>\\U[0-9a-fA-F]{8})"
)


def beyond(text: str) -> Fault:
    """An escape for a character that does not exist."""
    found = _BEYOND.search(text)
    return impossible(text, found.start() if found else 0)


_BEYOND = re.compile(r"\\U(?!000|0010)[0-9a-fA-F]{8}")


def escapes(source: Source, pieces: Iterable[Piece]) -> Iterator[Diagnostic]:
    """Escapes for halves of characters and for control characters, in double quotes."""
    text = source.text
    for piece in pieces:
        if piece.style != '"':
            continue
        for found in _ONE.finditer(text, piece.start, piece.end):
            if _HALF.fullmatch(found[0]):
                yield impossible(text, found.start()).of(source)
            elif _CONTROL.fullmatch(found[0]):
                message = f"{code(found[0])} is a character that nobody can hear"
                yield Fault(CONTROL_ESCAPE, Span(*found.span()), message, "delete it").of(source)


_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\U0000[dD][89a-fA-F][0-9a-fA-F]{2}|(?:\\u[dD][89a-fA-F]..){2}")
_CONTROL = re.compile(
    r"\\(?:[0abvfe]|x(?!0[9aAdD])[01][0-9a-fA-F]|x7[fF]|(?:u|U0000)00(?:(?!0[9aAdD])[01][0-9a-fA-F]|7[fF]))"
)
ANY = re.compile(rf"{_HALF.pattern}|{_CONTROL.pattern}")
_ONE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|x..|u....|U........|.)", re.DOTALL)
