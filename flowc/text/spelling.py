"""From the characters of a text as it was read back to the characters in which its author spelled it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import lru_cache

from .source import Span

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)",
    re.DOTALL,
)
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\n]*)?\r?\n?")


class Places:
    """For each character of a text its place in the spelling; in arrays, for a text may be as long as its file."""

    def __init__(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        self._starts = starts
        self._ends = ends

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, at: int) -> Span:
        return Span(self._starts[at], self._ends[at])


@lru_cache(maxsize=1)
def spelled(written: str, text: str) -> Places | None:
    """For each character of `text` its place in `written`, quotes and escapes and line breaks and all.

    `written` is a scalar as it stands in a file (YAML of any style, or a JSON string). None where the two cannot be
    laid beside each other for certain. Kept, for a text with twenty mistakes in it is asked about twenty times.
    """
    for quotes in (0, 1):
        if len(written) == len(text) + 2 * quotes and written.startswith(text, quotes):
            return Places(range(quotes, len(text) + quotes), range(quotes + 1, len(text) + quotes + 1))
    if written[:1] == '"':
        return _align(written, text, 1, escape="\\")
    if written[:1] == "'":
        return _align(written, text, 1, escape="'")
    header = _HEADER.match(written)
    return _align(written, text, header.end() if header else 0, escape="")


def _align(written: str, text: str, at: int, *, escape: str) -> Places | None:
    """Folding changes white space only, so all else stands in the same order in both."""
    starts, ends = array("l"), array("l")
    for character in text:
        if not character.isspace():
            at = _past_space(written, at, escape)
        place = _unit(written, at, character, escape)
        if place is None:
            return None
        starts.append(place.start)
        ends.append(place.end)
        at = place.end
    return Places(starts, ends)


def _past_space(written: str, at: int, escape: str) -> int:
    """Past white space, and past line breaks that a backslash takes away."""
    while at < len(written) and (
        written[at].isspace() or (escape == "\\" and written[at : at + 2] in ("\\\n", "\\\r"))
    ):
        at += 2 if written[at] == "\\" else 1
    return at


def _unit(written: str, at: int, character: str, escape: str) -> Span | None:
    """The place of one character of the text, which begins at `at`."""
    if escape == "\\" and written[at : at + 1] == "\\":
        found = _ESCAPE.match(written, at)
        return Span(at, found.end()) if found else None
    if escape == "'" and character == "'":
        return Span(at, at + 2) if written[at : at + 2] == "''" else None
    if written[at : at + 1] == character:
        return Span(at, at + 1)
    if character.isspace():  # a folded line break: where it stood, or nothing
        return Span(at, at + 1) if written[at : at + 1].isspace() else Span(at, at)
    return None
