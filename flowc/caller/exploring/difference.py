"""What is different for callers between two versions of a flow: what is heard, and what leads where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...program.program import Program
from .met import Aspects, places
from .renamed import renamed, with_names


class Change(NamedTuple):
    """What is different at one place of a flow. `old` is None for what is new, `new` for what is gone.

    `key` is the answer that it is about, if it is about one. `was` is the name of the place in the old version.
    """

    flow: str
    place: str
    aspect: str
    old: str | None
    new: str | None
    key: str = ""
    was: str = ""


HOURS, HOURS_BETWEEN = "hours ", ", "
"""How the aspects of opening hours begin, and what stands between their days."""

RENAMED = "renamed"
"""The aspect of a place that has another name and is otherwise as it was."""


def differences(old: Program | None, new: Program | None) -> Iterator[Change]:
    """What callers of two versions of a flow meet differently, place by place; None stands for no flow."""
    before: Mapping[str, Aspects] = places(old)
    after = places(new)
    flow = new.flow if new is not None else old.flow if old is not None else ""
    names = renamed(before, after)
    for was, now in names.items():
        yield Change(flow, now, RENAMED, was, now, was=was)
    back = {now: was for was, now in names.items()}
    before = with_names(before, names)
    for place in dict.fromkeys((*before, *after)):
        for each in _at(flow, place, before.get(place), after.get(place)):
            yield each._replace(was=_was(place, back))


def _was(place: str, back: Mapping[str, str]) -> str:
    """The old name of a place."""
    step, dot, rest = place.partition(".")
    name, space, kind = step.partition(" ")
    return f"{back.get(name, name)}{space}{kind}{dot}{rest}"


def _at(flow: str, place: str, old: Aspects | None, new: Aspects | None) -> Iterator[Change]:
    """What is different at one place; of one that is new, or gone, all that is met there."""
    if old is None or new is None:
        is_new = old is None
        for aspect, told in _whole((new if is_new else old) or {}):
            yield Change(flow, place, aspect, None if is_new else told, told if is_new else None, _key(aspect))
        return
    for aspect in dict.fromkeys((*old, *new)):
        was, now = old.get(aspect), new.get(aspect)
        if was != now:
            if aspect.startswith(HOURS) and was and now:
                was, now = _apart(was, now)
            yield Change(flow, place, aspect, was, now, _key(aspect))
    tests = [[each for each in side if each.startswith("if ")] for side in (old, new)]
    if tests[0] != tests[1] and sorted(tests[0]) == sorted(tests[1]):
        yield Change(flow, place, "looks first at", *(", then ".join(each) for each in tests))


def _apart(old: str, new: str) -> tuple[str | None, str | None]:
    """Of opening hours, the days and spans that are not the same."""
    sides = [each.split(HOURS_BETWEEN) for each in (old, new)]
    left, right = (
        HOURS_BETWEEN.join([each for each in side if each not in {*other}]) for side, other in (sides, reversed(sides))
    )
    return left or None, right or None


def _key(aspect: str) -> str:
    """The answer that an aspect is about."""
    word, _, rest = aspect.partition(" ")
    return rest if word in ("press", "say", "outcome") else ""


def _whole(aspects: Aspects) -> Iterator[tuple[str, str]]:
    """A place in few lines: what is heard and how it goes on as one, then each thing that leads elsewhere."""
    chooses = any(each.startswith("if ") for each in aspects)
    joined = ("hears", "calls") if chooses or "begins with" in aspects else ("hears", "calls", "then")
    told = [aspects[key] for key in joined if aspects.get(key) not in (None, "", _NOTHING)]
    if told:
        yield "", "; ".join(told)
    further = [(key, value) for key, value in aspects.items() if value and key not in (*joined, *_UNTOLD)]
    yield from [(key, _few(value) if key.startswith(HOURS) else value) for key, value in further]


def _few(hours: str) -> str:
    """Opening hours with the first of their holidays: those of ten years are too many to read."""
    days = hours.split(HOURS_BETWEEN)
    more = [each for each in days if each.startswith("holiday ")][_FEW:]
    shown = [each for each in days if each not in {*more}]
    return HOURS_BETWEEN.join([*shown, f"and {len(more)} more holidays"] if more else shown)


_NOTHING = "nothing"
_FEW = 5
"""Holidays that are told of a flow that is new, or gone."""

_UNTOLD = ("hears", "listens")
"""What is not told of a place that is new, or gone: the settings of its question."""
