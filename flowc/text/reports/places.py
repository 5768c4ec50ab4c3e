"""Where a span stands: lines and columns as people, editors and other tools count them."""

from __future__ import annotations

import bisect
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from ..source import Source, Span


class Where(NamedTuple):
    """A span in lines and columns: both from 1, columns in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def where(source: Source, span: Span) -> Where:
    """The lines and columns of a span; an offset past the end of the text is its end."""
    starts = _line_starts(source.text)
    start, end = (min(offset, len(source.text)) for offset in (span.start, max(span)))
    first, last = (bisect.bisect_right(starts, offset) - 1 for offset in (start, end))
    line = source.first
    return Where(line + first, start - starts[first] + 1, line + last, end - starts[last] + 1)


def start(source: Source, span: Span) -> tuple[int, int]:
    """The line and the column where a span begins."""
    starts = _line_starts(source.text)
    line = bisect.bisect_right(starts, span.start)
    return source.first - 1 + line, span.start - starts[line - 1] + 1


def line_of(source: Source, number: int) -> str:
    """The text of a line, counted from 1, without its line break."""
    starts, number = _line_starts(source.text), number - source.first + 1
    end = starts[number] - 1 if number < len(starts) else len(source.text)
    return source.text[starts[number - 1] : end].removesuffix("\r")


@lru_cache(maxsize=16)
def _line_starts(text: str) -> tuple[int, ...]:
    """The offset of each line. Kept, for a file with a thousand findings asks a thousand times."""
    return tuple(accumulate([len(line) + 1 for line in text.split("\n")[:-1]], initial=0))
