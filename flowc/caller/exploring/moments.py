"""Moments that a program tells apart by what it compares the clock with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from ...program.calendar import zone
from ...program.evaluate import evaluate
from ...program.folding import paths
from ...program.kinds import truth
from ...program.known import Known
from ...program.machine import State
from ...program.program import Program
from ...program.understand import Event
from .examples import Where

CLOCK = frozenset({"now", "today", "clocks"})
"""The names that tell the moment."""

_DAYS = 366
"""The days from that of the call on in which a moment is looked for that no comparison names."""

_NOON = time(12)
_AROUND = (86_400.0, 3_600.0)
"""How far before and behind a moment others are looked at, in seconds."""


def told_apart(program: Program, started: float, values: Mapping[Where, Sequence[object]]) -> Iterator[float]:
    """Moments at which a test of the clock comes out otherwise than at the given one, and what is remembered of it."""
    named = list(_named(program, started, values))
    days = list(_days(datetime.fromtimestamp(started, zone(program.timezone)).date(), program))
    for test in _tests(program):
        usual = _holds(program, test, started)
        yield from [at for at in (*named, *days) if _holds(program, test, at) is not usual][:1]
    if any(path[0] in CLOCK for path in _remembered(program)):
        yield from named


def clock_around(tree: object, program: Program, at: float) -> Iterator[object]:
    """What an expression that rests on the clock is at a moment, before it, and behind it; of a list, what is in it."""
    for each in (at, *(at + step for far in _AROUND for step in (far, -far))):
        value = evaluate(tree, Known(program, State(), Event(now=each)))
        yield from value if isinstance(value, list | tuple) else [value]


def _holds(program: Program, test: object, at: float) -> bool:
    return truth(evaluate(test, Known(program, State(), Event(now=at))))


def _tests(program: Program) -> Iterator[object]:
    """The tests that rest on the clock alone, and the comparisons in them and in others."""
    for document in program.documents.values():
        for way in document.chooses:
            pending: list[object] = [way.test]
            while pending:
                tree = pending.pop()
                read = {path[0] for path in paths(tree)} - {"params"}
                if read and read <= CLOCK:
                    yield tree
                if isinstance(tree, list | tuple) and tree and tree[0] in ("and", "or", "not"):
                    pending += reversed(tree[1:])


def _remembered(program: Program) -> Iterator[Sequence[str]]:
    for document in program.documents.values():
        for each in document.sets:
            for part in each.value.parts:
                yield from paths(part)


def _named(program: Program, started: float, values: Mapping[Where, Sequence[object]]) -> Iterator[float]:
    """The moments that comparisons name, and those right before and behind them."""
    clock = zone(program.timezone)
    for path, found in values.items():
        for text in map(str, found) if path[0] in CLOCK else ():
            at = _read(text, datetime.fromtimestamp(started, clock), clock)
            if at is not None:
                step = timedelta(days=1) if len(text) == len("2030-01-02") else timedelta(minutes=1)
                yield from _near(at, step)


def _near(at: datetime, step: timedelta) -> Iterator[float]:
    for number in (0, 1, -1):
        try:
            yield (at + number * step).timestamp()
        except (OverflowError, ValueError):  # the calendar has its ends
            continue


def _read(text: str, call: datetime, clock: tzinfo) -> datetime | None:
    """The moment that a text names: a day, a time of the day of the call, or both."""
    try:
        if len(text) == len("09:30"):
            return datetime.combine(call.date(), time.fromisoformat(text), clock)
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) == len("2030-01-02"):
        at = datetime.combine(at, _NOON)
    return at if at.tzinfo is not None else at.replace(tzinfo=clock)


def _days(first: date, program: Program) -> Iterator[float]:
    """Noon of the days to come."""
    for number in range(_DAYS):
        day = first + timedelta(days=number)
        yield datetime.combine(day, _NOON, zone(program.timezone)).timestamp()
