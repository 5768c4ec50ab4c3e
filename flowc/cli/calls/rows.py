"""Lines of a call as they stand on a screen: broken between words, behind the column of the times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...text.reports.display import cells

INDENT = " " * 9
"""The width of the column of the times."""

_LEAST = 20
"""Columns of a screen below which lines are left to break where they will, and an answer has a row of its own."""


def broken(text: str, width: int) -> str:
    """A line with its breaks, as wide as the screen; 0: as long as it is."""
    return "".join(pieces(text, width))


def pieces(text: str, width: int) -> Iterator[str]:
    """The words of a line, each with what stands before it: a space, or a break."""
    at = 0
    for number, word in enumerate(text.split(" ")):
        size = cells(word)
        breaks = number > 0 and bool(word) and width >= _LEAST and len(INDENT) < at and at + 1 + size > width
        at = len(INDENT) + size if breaks else at + (number > 0) + size
        yield f"\n{INDENT}{word}" if breaks else f" {word}" if number else word


def question(text: str, width: int, room: int) -> Sequence[str]:
    """The rows of a question; behind the last one so many columns are left for an answer."""
    if 0 < width < _LEAST:
        return [*(f"{INDENT}{each}" for each in text.split("\n")), ""]
    *above, last = text.split("\n")
    rows = [broken(f"{INDENT}{each}", width) for each in above]
    if width >= _LEAST and len(INDENT) + cells(last) + room > width:
        before, bracket, choices = last.rpartition(" (")
        rows += [broken(f"{INDENT}{before}", width)] if bracket else []
        last = f"({choices}" if bracket else last
        if len(INDENT) + cells(last) + room > width:
            rows.append(broken(f"{INDENT}{last}", width))
            last = ""
    return [*rows, f"{INDENT}{last}"]
