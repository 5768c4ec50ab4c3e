"""Regular expressions that are sure to be quick: how long one takes grows with the text alone, whatever it says.

Python's engine tries one way after the other, and there may be more of them than anybody can wait for. It is asked
where they are few. All else goes through all ways at once, character by character, and its work is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from .automaton import DEEPEST, MOST_STATES, UNUSABLE, Machine, UnusableError, states
from .work import TooMuchError, Work

_MOST_WAYS = 4_000
"""Ways to share a text out among the parts of a pattern that are few for Python's engine."""

_LONGEST = 1 << 18


def fault(pattern: str) -> str | None:
    """What keeps a pattern from being looked at here; None where nothing does."""
    if len(pattern) > MOST_STATES:
        return f"has {len(pattern):,} characters, more than {MOST_STATES:,}"
    try:
        if states(compiled(pattern).parsed) > MOST_STATES:
            return f"has more than {MOST_STATES:,} parts when its repetitions are written out"
    except UnusableError as error:
        return f"uses {error}, which may take any time"
    except re.error as error:
        return f"is no regular expression: {error.msg}"
    except (RecursionError, OverflowError):
        return "is too large"
    return None


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> Pattern:
    """A pattern, ready. Raises what `re.compile` raises."""
    return Pattern(pattern)


class Pattern:
    """A regular expression. What it is asked of a text takes work that grows with its length alone."""

    def __init__(self, pattern: str) -> None:
        from re import _parser  # type: ignore[attr-defined]

        self._by_python = re.compile(pattern)
        self.parsed: Any = _parser.parse(pattern)
        self._quick = _quick(self.parsed, whole=False)
        self._quick_whole = _quick(self.parsed, whole=True)
        self._machine: Machine | None = None

    def fits(self, text: str) -> bool:
        """Whether it describes the whole of a text; one that takes too much work, or any time, does not."""
        if len(text) <= self._quick_whole:
            return self._by_python.fullmatch(text) is not None
        return _within(self.fullmatch, text)

    def occurs(self, text: str) -> bool:
        """Whether it describes some of a text, likewise."""
        if len(text) <= self._quick:
            return self._by_python.search(text) is not None
        return _within(self.search, text)

    def search(self, text: str, work: Work) -> bool:
        """Whether it describes some of a text. Raises TooMuchError."""
        if len(text) <= self._quick:
            work.spend(1 + (len(text) >> 6))
            return self._by_python.search(text) is not None
        return self.machine().runs(text, work, whole=False)

    def fullmatch(self, text: str, work: Work) -> bool:
        """Whether it describes the whole of a text. Raises TooMuchError."""
        if len(text) <= self._quick_whole:
            work.spend(1 + (len(text) >> 6))
            return self._by_python.fullmatch(text) is not None
        return self.machine().runs(text, work, whole=True)

    def machine(self) -> Machine:
        """What goes all ways at once. Raises UnusableError, TooMuchError."""
        if self._machine is None:
            self._machine = Machine(self.parsed)
        return self._machine


def _within(asked: Callable[[str, Work], bool], text: str) -> bool:
    try:
        return asked(text, Work())
    except (TooMuchError, UnusableError):
        return False


def _quick(parsed: Any, *, whole: bool) -> int:
    """The length of a text for which Python's engine is sure to be quick."""
    anchored = whole or (len(parsed) > 0 and str(parsed[0][0]) == "AT" and str(parsed[0][1]).startswith("AT_BEGIN"))
    longest = 0
    length = 8
    while length <= _LONGEST and _ways(parsed, length, 0) * (1 if anchored else length) <= _MOST_WAYS:
        longest, length = length, length * 2
    return longest


def _ways(parsed: Any, length: int, depth: int) -> int:
    """In how many ways a text of a length may be shared out among the parts of a pattern, at most; to a limit."""
    count = 1
    for code, argument in parsed:
        count = min(count * _ways_of(str(code), argument, length, depth + 1), _MOST_WAYS + 1)
    return count


def _ways_of(name: str, argument: Any, length: int, depth: int) -> int:
    if name in UNUSABLE or depth > DEEPEST:
        return _MOST_WAYS + 1
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most = int(argument[0]), min(int(argument[1]), length)
        each = _ways(argument[2], length, depth)
        times = max(most - least + 1, 1)
        return times if each == 1 else _MOST_WAYS + 1 if most > 16 else times * each**most
    if name == "BRANCH":
        return sum([_ways(each, length, depth) for each in argument[1]])
    return _ways(argument[-1], length, depth) if name == "SUBPATTERN" else 1
