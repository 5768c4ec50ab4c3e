"""Calls that take the ways of a graph: each is played from its beginning, so it is told as it would be."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...program.machine import Ask, Response, State
from ...program.program import Program
from ..platform.inside import Inside
from ..platform.line import Line
from ..platform.ncco import Input
from ..platform.play import run
from ..platform.script import Act, HangsUp
from ..platform.transcript import Transcript
from .choices import acts
from .counted import Key, Visited, counted, keys
from .graph import Answered, Decision, Graph, Stretch
from .tried import Start


class Explored(NamedTuple):
    """A call: how it begins, what its caller did and what servers answered, in order, and what happened.

    `keys` are the documents, ways and answers that it took.
    """

    start: Start
    decisions: tuple[Decision, ...]
    transcript: Transcript
    keys: frozenset[Key] = frozenset()

    @property
    def acts(self) -> tuple[Act, ...]:
        """What the caller did."""
        return tuple(each for each in self.decisions if not isinstance(each, Answered))


def ends(graph: Graph) -> Iterator[Stretch]:
    """The last stretches of as many calls as it takes for all stretches to be in one, in the order of the options."""
    waiting = [stand.number for stand in reversed(graph.stands) if stand.came is None]
    pending: list[Stretch] = [each for number in waiting for each in reversed(graph.stretches[number])]
    while pending:
        stretch = pending.pop()
        if stretch.leads is not None and graph.stands[stretch.leads].came == (stretch.begins, stretch.decisions):
            pending += reversed(graph.stretches[stretch.leads])
        else:
            yield stretch


def decided(graph: Graph, stretch: Stretch) -> tuple[Start, tuple[Decision, ...]]:
    """How a call begins that takes a stretch, and all that is decided in it up to there."""
    parts = [stretch.decisions]
    stand = graph.stands[stretch.begins]
    while stand.came is not None:
        begins, decisions = stand.came
        parts.append(decisions)
        stand = graph.stands[begins]
    return stand.start, tuple(each for part in reversed(parts) for each in part)


class Calls:
    """A program that is called again and again: what is the same in all its calls is read once."""

    def __init__(self, program: Program) -> None:
        playing, self.visited = counted(program)
        self.inside = Inside(playing)

    def through(self, start: Start, decisions: Sequence[Decision]) -> Explored:
        """A call in which this is decided; behind that the caller says nothing more, and hangs up when asked."""
        return _Calling(self.inside, self.visited, start, decisions).call()


class _Calling:
    """A call that is played as far as decisions go, and then to its end."""

    def __init__(self, inside: Inside, visited: Visited, start: Start, decisions: Sequence[Decision]) -> None:
        self.start, self.left = start, deque(decisions)
        self.done: list[Decision] = []
        self.inside, self.visited = inside, visited
        visited.times.clear()
        inside.lookup, inside.chance, inside.state, inside.taken = self.answer, start.chance, State(), []
        self.line = Line(inside, start.call, self.acts())
        self.line.asking = True

    def call(self) -> Explored:
        """The call."""
        transcript = run(self.line)
        taken = keys(self.inside.program, self.visited.times, self.inside.taken)
        return Explored(self.start, tuple(self.done), transcript, frozenset(taken))

    def acts(self) -> Iterator[Act]:
        """What the caller does: what is decided, then what leads to an end."""
        while True:
            decision = self.left.popleft() if self.left else None
            act = self.last() if decision is None or isinstance(decision, Answered) else decision
            self.done.append(act)
            yield act

    def last(self) -> Act:
        """What is done where nothing more is decided."""
        self.left.clear()
        action = self.line.ncco.actions[self.line.number]
        return HangsUp() if isinstance(action, Input) else next(iter(acts(action, None, {})))

    def answer(self, ask: Ask) -> Response:
        """What a server answers: what is decided, then nothing."""
        decision = self.left.popleft() if self.left else None
        if not isinstance(decision, Answered):
            self.left.clear()
            decision = Answered(f"{ask.method} {ask.data.get('url')}", Response(None))
        self.done.append(decision)
        return decision.response
