"""Rows of CSV."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress

from .lines import Lines
from .rows import MOST, Fault, Row, unreadable


class Csv:
    """Rows of cells between delimiters. A cell between quotes may hold delimiters and line breaks."""

    def __init__(self, lines: Lines, columns: Sequence[str], names: Sequence[str | None], delimiter: str) -> None:
        self.lines, self.columns, self.names, self.delimiter = lines, columns, names, delimiter
        self.number = 0
        csv.field_size_limit(MOST)

    def rows(self, line: int, text: str) -> Iterator[Row]:
        """The rows of lines."""
        waiting = deque(text.split("\n")[:-1])
        while waiting:
            first = waiting.popleft()
            if not first.strip():
                line += 1
                continue
            self.number += 1
            bare = first.removesuffix("\r")
            cells, fault, taken = bare.split(self.delimiter), unreadable(first) or _returned(bare), 1
            if '"' in first and len(first) <= MOST:
                fault, cells, taken = self._quoted(first, waiting)
            yield self._row(line, first, cells, fault)
            line += taken

    def _row(self, line: int, text: str, cells: Sequence[str], fault: Fault | None) -> Row:
        if fault is None and len(cells) != len(self.columns):
            fault = self._ragged(len(cells))
        if fault is not None:
            return Row(self.number, line, text[:MOST], fault=fault)
        return Row(self.number, line, text, cells, self.names)

    def _ragged(self, count: int) -> Fault:
        most = len(self.columns)
        message = f"there {'is 1 cell' if count == 1 else f'are {count} cells'}, and the header has {most}"
        if count > most:
            return Fault(message, None if self.delimiter == "\t" else f"put a cell with a `{self.delimiter}` in quotes")
        return Fault(message, f"the cell of `{self.columns[count]}` is missing, or one before it")

    def _quoted(self, first: str, waiting: deque[str]) -> tuple[Fault | None, list[str], int]:
        """The cells of a row with quotes, and how many lines it has."""
        if first.count('"') % 2 == 0:
            with suppress(csv.Error):
                return unreadable(first), next(csv.reader((first,), delimiter=self.delimiter, strict=True)), 1
        taken = [first]

        def feed() -> Iterator[str]:
            yield f"{first}\n"
            size = len(first)
            while size <= MOST and (waiting or self._more(waiting)):
                taken.append(waiting.popleft())
                size += len(taken[-1])
                yield f"{taken[-1]}\n"

        try:
            cells = next(csv.reader(feed(), delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            waiting.extendleft(reversed(taken[1:]))
            return _misquoted(str(error), first), [], 1
        fault = next((found for each in taken if (found := unreadable(each))), None)
        return fault, cells, len(taken)

    def _more(self, waiting: deque[str]) -> bool:
        for _, text in self.lines:
            waiting.extend(text.split("\n")[:-1])
            return True
        return False


def _returned(line: str) -> Fault | None:
    at = line.find("\r")
    message, hint = "a carriage return stands in this row, outside quotes", "take it out, or put the cell in quotes"
    return Fault(message, hint, (at, at + 1)) if at >= 0 else None


def _misquoted(said: str, first: str) -> Fault:
    at = (first.index('"'), first.index('"') + 1)
    if "unexpected end" in said or "limit" in said:
        return Fault("a quote is opened in this row and never closed", 'close it; a quote inside is written `""`', at)
    if "expected after" in said:
        return Fault("something stands behind a closing quote", 'a quote inside a cell is written `""`', at)
    return _returned(first.removesuffix("\r")) or Fault(f"this row cannot be read: {said}", None, at)
