"""Calls that take the ways which no rehearsed call takes: for each way one, the shortest that was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ...program.program import Program
from .calls_through import Calls, Explored, decided
from .counted import Key
from .coverage import Way
from .graph import Graph, Stretch

_MOST_TRIED = 8
"""Calls that are tried for one way: one may not come as far."""


class Found(NamedTuple):
    """A way that no call took, and a call that takes it; None where none was found."""

    way: Way
    call: Explored | None


def missing(program: Program, ways: Sequence[Way], graph: Graph) -> Iterator[Found]:
    """For each way that was not taken, in their order, a call; none for those that an earlier one takes, too."""
    by_key: dict[Key, list[Stretch]] = {}
    for stretches in graph.stretches:
        for stretch in stretches:
            for key in stretch.keys:
                by_key.setdefault(key, []).append(stretch)
    taken: set[Key] = set()
    calls = Calls(program)
    for way in ways:
        if way.times or not taken.isdisjoint(way.keys):
            continue
        call = next(_calls(calls, way, graph, by_key), None)
        taken |= call.keys if call is not None else set()
        yield Found(way, call)


def bounds_reached(graph: Graph) -> str:
    """Why there may be a call nevertheless where none is found for a way: behind what is said of that, else nothing."""
    if not graph.left:
        return ""
    (name, bound), *others = graph.left
    more = f", and at {len(others)} more" if others else ""
    return f"; not all was looked at: a bound is reached at `{name}`, {bound}{more}"


def _calls(calls: Calls, way: Way, graph: Graph, by_key: dict[Key, list[Stretch]]) -> Iterator[Explored]:
    """Calls that take a way."""
    stretches = [each for key in way.keys for each in by_key.get(key, ())]
    for stretch in islice(sorted(stretches, key=lambda each: each.begins), _MOST_TRIED):
        call = calls.through(*decided(graph, stretch))
        if not call.keys.isdisjoint(way.keys):
            yield call
