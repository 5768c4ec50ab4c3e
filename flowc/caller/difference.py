"""What is different for callers between two versions of a flow: what is heard, and what leads where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..program.program import Program
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
    """What is different at one place. One that is new, or gone, is told in one line."""
    if old is None or new is None:
        whole = _whole(new if new is not None else old or {})
        yield Change(flow, place, "", None if old is None else whole, None if new is None else whole)
        return
    for aspect in dict.fromkeys((*old, *new)):
        if old.get(aspect) != new.get(aspect):
            yield Change(flow, place, aspect, old.get(aspect), new.get(aspect), _key(aspect))
    tests = [[each for each in side if each.startswith("if ")] for side in (old, new)]
    if tests[0] != tests[1] and sorted(tests[0]) == sorted(tests[1]):
        yield Change(flow, place, "looks first at", *(", then ".join(each) for each in tests))


def _key(aspect: str) -> str:
    """The answer that an aspect is about."""
    word, _, rest = aspect.partition(" ")
    return rest if word in ("press", "say", "outcome") else ""


def _whole(aspects: Aspects) -> str:
    return "; ".join([aspects[key] for key in ("hears", "calls", "then") if aspects.get(key)]) or "nothing is heard"
