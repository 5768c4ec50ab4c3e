"""Patterns of what is heard: regular expressions that take time as the text is long, whatever they are.

Python's own engine tries one way after the other, which for some patterns takes for ever. Here all ways are followed at
once, character by character. What cannot be followed so, references and looking around, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ...language.reading.patterns import parsed

LONGEST = 1_000
"""Characters of a pattern."""

_MOST = 5_000
"""Places of a pattern, with all its repetitions written out."""

_ENDLESS = int(re._constants.MAXREPEAT)  # type: ignore[attr-defined]

_Takes = Callable[[str], bool]


class PatternError(ValueError):
    """A pattern that is none, or that cannot be used; says why."""


class _Place(NamedTuple):
    """A place in a pattern: a character that it `takes`, a condition (`at`), or other places (`to`) at no cost."""

    takes: _Takes | None = None
    at: str = ""
    to: tuple[int, ...] = ()


_END = _Place()


class Pattern:
    """A pattern that can be looked for in texts. Raises PatternError for one that cannot be used."""

    def __init__(self, written: str) -> None:
        if len(written) > LONGEST:
            raise PatternError(f"it has {len(written):,} characters, more than {LONGEST:,}")
        try:
            read = parsed(written)
            self.places: list[_Place] = []
            self._add(read, read.state.flags)
        except (re.error, RecursionError, OverflowError) as error:
            raise PatternError(error.msg if isinstance(error, re.error) else "it is too large") from None

    def search(self, text: str) -> bool:
        """Whether some part of a text is as the pattern says."""
        here: set[int] = set()
        for at in range(len(text) + 1):
            here = self._closed({0, *here}, text, at)
            if len(self.places) in here:
                return True
            here = {place + 1 for place in here if self._takes(place, text, at)}
        return False

    def _takes(self, place: int, text: str, at: int) -> bool:
        takes = self.places[place].takes
        return takes is not None and at < len(text) and takes(text[at])

    def _closed(self, places: set[int], text: str, at: int) -> set[int]:
        """Places, and those that are come to from them without a character."""
        found: set[int] = set()
        pending = list(places)
        while pending:
            place = pending.pop()
            if place in found:
                continue
            found.add(place)
            each = self.places[place] if place < len(self.places) else _END
            if each.takes is None and (not each.at or _holds(each.at, text, at)):
                pending += each.to
        return found

    def _add(self, parsed: Any, flags: int) -> None:
        """Put the parts of a pattern behind the places that are there."""
        for code, argument in parsed:
            self._part(str(code), argument, flags)
            self._bounded()

    def _bounded(self) -> None:
        if len(self.places) > _MOST:
            raise PatternError("it is too large with all its repetitions")

    def _part(self, code: str, argument: Any, flags: int) -> None:
        if code in ("MAX_REPEAT", "MIN_REPEAT"):
            self._repeat(argument, flags)
        elif code == "BRANCH":
            self._branch(argument[1], flags)
        elif code == "SUBPATTERN":
            self._add(argument[3], (flags | argument[1]) & ~argument[2])
        elif code == "AT":
            self.places.append(_Place(at=str(argument) + ("_LINE" if flags & re.M else ""), to=(len(self.places) + 1,)))
        elif code in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            self.places.append(_Place(_character(code, argument, flags)))
        else:
            what = {"GROUPREF": "a reference to a group", "ASSERT": "looking ahead or behind"}
            raise PatternError(f"it uses {what.get(code, 'looking ahead or behind, or what is like it')}")

    def _repeat(self, argument: Any, flags: int) -> None:
        """As many copies as there have to be, then those that may be passed over, or one that leads back to itself."""
        least, most, inner = int(argument[0]), int(argument[1]), argument[2]
        for _ in range(least):
            before = len(self.places)
            self._add(inner, flags)
            self._bounded()
            if len(self.places) == before:
                return
        endless = most == _ENDLESS
        skips: list[int] = []
        for _ in range(1 if endless else most - least):
            skips.append(len(self.places))
            self.places.append(_Place())
            self._add(inner, flags)
            self._bounded()
        if endless:
            self.places.append(_Place(to=(skips[0],)))
        for place in skips:
            self.places[place] = _Place(to=(place + 1, len(self.places)))

    def _branch(self, ways: Any, flags: int) -> None:
        fork = len(self.places)
        self.places.append(_Place())
        begins, ends = [], []
        for way in ways:
            begins.append(len(self.places))
            self._add(way, flags)
            ends.append(len(self.places))
            self.places.append(_Place())
        self.places[fork] = _Place(to=tuple(begins))
        for place in ends:
            self.places[place] = _Place(to=(len(self.places),))


def _character(code: str, argument: Any, flags: int) -> _Takes:
    """Whether a character is one that a part of a pattern takes."""
    if code == "ANY":
        return lambda each: each != "\n" or bool(flags & re.S)
    parts = argument if code == "IN" else [(code, argument)]
    inverted = any(str(name) == "NEGATE" for name, _ in parts)
    tests = list(_tests(parts, flags))
    if flags & re.I:
        return lambda each: any(test(one) for one in {each.lower(), each.upper(), each} for test in tests) != inverted
    return lambda each: any(test(each) for test in tests) != inverted


def _tests(parts: Any, flags: int) -> Iterator[_Takes]:
    ascii_only = re.A if flags & re.A else re.U
    for name, value in parts:
        match str(name):
            case "LITERAL":
                yield chr(value).__eq__
            case "NOT_LITERAL":
                yield chr(value).__ne__
            case "RANGE":
                yield _range(*map(chr, value))
            case "CATEGORY":
                yield _category(str(value), ascii_only)


def _range(low: str, high: str) -> _Takes:
    return lambda each: low <= each <= high


def _category(name: str, flags: int) -> _Takes:
    letter = "d" if "DIGIT" in name else "s" if "SPACE" in name else "w"
    takes = re.compile(f"\\{letter.upper() if '_NOT_' in name else letter}", flags).match
    return lambda each: takes(each) is not None


def _holds(condition: str, text: str, at: int) -> bool:
    """Whether a condition is so at a place of a text."""
    if "BOUNDARY" in condition:
        word = [0 <= each < len(text) and (text[each].isalnum() or text[each] == "_") for each in (at - 1, at)]
        return (word[0] != word[1]) is ("NON" not in condition)
    line = condition.endswith("_LINE")
    if condition.startswith("AT_BEGINNING"):
        return at == 0 or (line and text[at - 1] == "\n")
    last = at == len(text) or ("STRING" not in condition and text[at:] == "\n")
    return last or (line and text[at] == "\n")
