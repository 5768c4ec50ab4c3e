"""The text an author wrote, and places in it."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a source: character offsets, from `start` up to but not including `end`."""

    start: int
    end: int


class Position(NamedTuple):
    """A line and a column as a person counts them: both from 1, columns in characters."""

    line: int
    column: int


class Source(NamedTuple):
    """A text and the name by which its author knows it (a path as typed, or `<stdin>`)."""

    name: str
    text: str

    def position(self, offset: int) -> Position:
        """The line and column of a character offset; an offset past the end is the end."""
        before = self.text[:offset]
        return Position(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)

    def line(self, number: int) -> str:
        """The text of a line (counted from 1) without its line break."""
        lines = self.text.split("\n")
        return lines[number - 1].rstrip("\r") if number <= len(lines) else ""
