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
    """A text and the name by which its author knows it (a path as typed, or `<stdin>`).

    `first` is the number of its first line in the file: of a very long one only the lines that are meant are kept.
    """

    name: str
    text: str
    first: int = 1

    def position(self, offset: int) -> Position:
        """The line and column of a character offset; an offset past the end is the end."""
        before = self.text[:offset]
        return Position(self.first + before.count("\n"), offset - (before.rfind("\n") + 1) + 1)

    def line(self, number: int) -> str:
        """The text of a line (counted from 1) without its line break."""
        lines = self.text.split("\n")
        number -= self.first
        return lines[number].rstrip("\r") if number < len(lines) else ""


class Values(Source):
    """A text that binds params and holds nothing else: each of its values may be a secret."""

    __slots__ = ()
