"""Tests that come out the same in every call, and those that compare a value with what it never is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ...program.evaluate import DEPTH_LIMIT, Expression
from ...text.diagnostics import Diagnostic
from ...text.document import Place
from ..reading.params import Param
from .always_rules import ALWAYS_THE_SAME
from .never_true import compared, never_true
from .possible import NEVER_THE_VALUE, TRUTHS, Report, meant_by, never, possible

_WORTH = ("hours.", "params.", "language", "now", "today", "call.", "random", "confidence", "[", "| ", " or ", " and ")
_MOMENTS = (("path", "now"), ("path", "today"))
_TIME = r"[0-2]?\d:\d\d(:\d\d)?"
_DAY = r"(?i)(mon|tue|wed|thu|fri|sat|sun)[a-z]*"


class Test(NamedTuple):
    """A test, as it is written at a place."""

    tree: Expression
    written: str
    place: Place

    def at(self, pattern: str, group: int = 0) -> Place:
        """Where in it something stands; the whole of it, where that is not found."""
        found = re.search(pattern, self.written)
        return self.place.within(*found.span(group)) if found else self.place

    def at_text(self, text: str) -> Place:
        """Where a text stands between its quotes."""
        return self.at(rf"(['\"]){re.escape(text)}\1")


def look_at(test: Test, params: Mapping[str, Param], data: object, report: Report) -> None:
    """Report what of a test is always the same, and what never is. `data` is the flow."""
    if not any(word in test.written for word in _WORTH):  # most tests are of what a call remembers
        return
    for look in (_never_nothing, _loose, _untimely, never_true):
        for each in look(test):
            report(each)
    for value, sign, text in compared(test.tree):
        if value[0] != "path" or sign not in ("==", "!=") or not isinstance(text, str):
            continue
        known, name = possible(value, params, data), ".".join(map(str, value[1:]))
        if known == TRUTHS:
            report(_no_text(name, text, test.at_text(text)))
        else:
            never(text, known, name, test.at_text(text), report)


def look_in(text: str, parts: Iterable[object], place: Place, params: Mapping[str, Param], report: Report) -> None:
    """The same of the tests that stand within a text: `{{ 'yes' if hours.office == 'open' else 'no' }}`."""
    for each in tests_in(text, parts, place):
        look_at(each, params, None, report)


def tests_in(text: str, parts: Iterable[object], place: Place) -> Iterator[Test]:
    """The tests that stand within a text."""
    for part in parts:
        for tree in _within(part):
            yield Test(tree, text, place)


def _within(tree: Any, depth: int = 0) -> Iterator[Expression]:
    """The tests in an expression: those of an inline `if`, and comparisons by themselves."""
    match tree:
        case ["if", test, *others] if depth < DEPTH_LIMIT:
            yield test
            for each in others:
                yield from _within(each, depth + 1)
        case ["compare" | "and" | "or" | "not", *_]:
            yield from [tree] if tree[0] == "compare" else _compares(tree)
        case ["lit" | "path", *_]:
            return
        case [str(), *parts] if depth < DEPTH_LIMIT:
            for each in parts:
                yield from _within(each, depth + 1)


def _compares(tree: Any) -> Iterator[Expression]:
    """The comparisons among values that stand for each other: `vars.name or 'nobody'` is no test."""
    yield from [each for each in _parts(tree) if each[0] == "compare"]


def _never_nothing(test: Test) -> Iterator[Diagnostic]:
    """Values that are taken for a test by themselves, and are never empty."""
    for path in _alone(test.tree):
        name = f"{path[1]}.{path[2]}" if len(path) > 2 else str(path[1])
        hint = f"write `{name} == 'open'`" if path[1] == "hours" else f"compare it: `{name} == …`"
        place = test.at(rf"\b{re.escape(name)}\b")
        yield ALWAYS_THE_SAME.at(place, f"`{name}` is never nothing, so this is always true", hint)


def _loose(test: Test) -> Iterator[Diagnostic]:
    """Values that stand beside `or` and `and` as if they were compared."""
    for loose, listed in _besides(test.tree):
        place = test.at(rf"(?:and|or)\s+(['\"]?{re.escape(loose)}['\"]?)", 1)
        hint = f"write `{listed}`" if listed else "compare it with something"
        yield ALWAYS_THE_SAME.at(place, f"`{loose}` alone is always true", hint)


def _untimely(test: Test) -> Iterator[Diagnostic]:
    """Comparisons of the moment, or the day, with what is no date."""
    for name, text in _times(test.tree):
        message = f"`{name}` begins with the year, so beside `{text}` it is the same at any time"
        hint = "write a date, such as `'2026-12-24'`"
        if re.fullmatch(_TIME, text):
            hint = f"write `now | time`, beside `'{text.zfill(5)}'`"
        elif re.fullmatch(_DAY, text):
            hint = "days of the week stand in a calendar: `hours: {NAME: {open: {mon-fri: …}}}`"
        yield ALWAYS_THE_SAME.at(test.at_text(text), message, hint)


def _no_text(name: str, text: str, place: Place) -> Diagnostic:
    """A comparison of what is true or false with a text."""
    right = meant_by(text, TRUTHS)
    hint = f"write `{name} == {right}`" if right else f"write `{name}`, or `not {name}`"
    return NEVER_THE_VALUE.at(place, f"`{name}` is true or false, and never the text `{text}`", hint)


def _parts(tree: Any) -> Iterator[Any]:
    """The parts of a test that are tests by themselves."""
    match tree:
        case ["and" | "or" | "not", *parts]:
            yield tree
            for each in parts:
                yield from _parts(each)
        case _:
            yield tree


def _besides(tree: Expression) -> Iterator[tuple[str, str | None]]:
    """The first loose value beside each `or` and `and`, as in `x == 1 or 2`, and what was meant."""
    for part in _parts(tree):
        match part:
            case ["or" | "and" as word, *parts]:
                loose = [
                    each[1] for each in parts if each[0] == "lit" and type(each[1]) in (int, float, str) and each[1]
                ]
                if loose:
                    yield str(loose[0]), _listed(parts, loose) if word == "or" else None


def _listed(parts: list[Any], loose: list[object]) -> str | None:
    """A comparison and the loose values beside it, as one test: `x in [1, 2]`."""
    for each in parts:
        if each[0] == "compare" and len(each) == 4 and each[2] == "==":
            _, left, _, right = each
            if left[0] == "path" and right[0] == "lit":
                return f"{'.'.join(map(str, left[1:]))} in {[right[1], *loose]!r}"
            return None
    return None


def _times(tree: Expression) -> Iterator[tuple[str, str]]:
    orders = ("==", "!=", "<", "<=", ">", ">=")
    for value, order, text in compared(tree):
        if tuple(value) in _MOMENTS and order in orders and isinstance(text, str) and not re.match(r"\d{4}(-|$)", text):
            yield str(value[1]), text


def _alone(tree: Expression) -> Iterator[tuple[Any, ...]]:
    for part in _parts(tree):
        match part:
            case ["path", "hours", str()] | ["path", "now" | "today" | "language"]:
                yield tuple(part)


RULES = (ALWAYS_THE_SAME,)
