"""Every way through a program, as calls: at each place where something is decided, each thing that can be, once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ..program.machine import Ask, Response
from ..program.program import Program
from .choices import acts, responses
from .platform.application import Call
from .platform.inside import Inside
from .platform.line import Line
from .platform.play import run
from .platform.script import Act, HangsUp
from .platform.transcript import Transcript

_AGAIN = 3
"""How often one thing is done at one place where the call remembers something else each time."""


_STEP = 3
"""The hours between the moments of a week at which calls begin, where a program has calendars."""


class Answered(NamedTuple):
    """What a server answers to a request, which is its method and URL."""

    request: str
    response: Response


Decision = Act | Answered


class Explored(NamedTuple):
    """A call: when and by whom, what its caller did and what servers answered, in order, and what happened."""

    call: Call
    decisions: tuple[Decision, ...]
    transcript: Transcript

    @property
    def acts(self) -> tuple[Act, ...]:
        """What the caller did."""
        return tuple(each for each in self.decisions if not isinstance(each, Answered))


class _Undecided(Exception):  # noqa: N818 - no error: how a call says that something has to be decided
    """Something has to be decided that is not yet: what a server answers, or else what the caller does."""

    def __init__(self, ask: Ask | None = None) -> None:
        super().__init__()
        self.ask = ask


Fits = Callable[[object, object], bool]
"""Whether data is as a JSON Schema says."""


def explore(program: Program, call: Call, most: int, fits: Fits) -> Iterator[Explored]:
    """The calls through a program, at most so many. What has been decided at a place is not decided so again."""
    waiting: list[tuple[Call, tuple[Decision, ...]]] = [(each, ()) for each in moments(program, call)]
    done = _Done()
    while waiting and most:
        call, decisions = waiting.pop(0)
        deciding = _Deciding(program, call, decisions)
        try:
            yield Explored(call, decisions, run(deciding.line))
            most -= 1
        except _Undecided as undecided:
            place, found = deciding.choices(undecided.ask, fits)
            known = json.dumps([deciding.inside.state.vars, hours(program, call.started)], sort_keys=True, default=str)
            new = [each for each in found if done.new(place, known, repr(each))]
            more = new or ([] if undecided.ask else [HangsUp()])
            waiting = [(call, (*decisions, each)) for each in more] + waiting


def moments(program: Program, call: Call) -> Iterator[Call]:
    """A call at each kind of moment of a week that the program's calendars tell apart; the given one first."""
    seen: set[str] = set()
    for hour in range(0, 7 * 24, _STEP) if program.hours else [0]:
        at = call.started + hour * 3600
        known = str(hours(program, at))
        if known not in seen:
            seen.add(known)
            yield call._replace(started=at)


def hours(program: Program, at: float) -> dict[str, str]:
    """What each calendar of a program says at a moment."""
    if not program.hours:
        return {}
    from ..program.calendar import state

    return {name: state(each, at) for name, each in program.hours.items()}


class _Done:
    """What has been decided where: each once, and not for ever where the call remembers something else each time."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str, str]] = set()
        self.times: Counter[tuple[str, str]] = Counter()

    def new(self, place: str, known: str, decision: str) -> bool:
        """Whether something is to be decided at a place, with what is known there."""
        if (place, known, decision) in self.seen or self.times[place, decision] >= _AGAIN:
            return False
        self.seen.add((place, known, decision))
        self.times[place, decision] += 1
        return True


class _Deciding:
    """A call that is played as far as decisions go."""

    def __init__(self, program: Program, call: Call, decisions: Sequence[Decision]) -> None:
        self.left = list(decisions)
        self.inside = Inside(program, self.answer)
        self.line = Line(self.inside, call, ())
        self.line.asking = True
        self.line.script = self.acts()

    def acts(self) -> Iterator[Act]:
        """What the caller does."""
        while True:
            decision = self.left.pop(0) if self.left else None
            if decision is None or isinstance(decision, Answered):
                raise _Undecided
            yield decision

    def answer(self, ask: Ask) -> Response:
        """What a server answers."""
        decision = self.left.pop(0) if self.left else None
        if isinstance(decision, Answered):
            return decision.response
        raise _Undecided(ask)

    def choices(self, ask: Ask | None, fits: Fits) -> tuple[str, list[Decision]]:
        """The place where something has to be decided, and what can be."""
        program = self.inside.program
        if ask is not None:
            request = f"{ask.method} {ask.data.get('url')}"
            return ask.step, [Answered(request, each) for each in responses(program, ask, fits)]
        action = self.line.ncco.actions[self.line.number]
        hook = getattr(action, "hook", None)
        position = self.inside.positions.get(str(hook.url)) if hook is not None else None
        wait = program.waits.get(position.at) if position is not None else None
        place = str(position) if position is not None else f"{self.line.ncco.name} {self.line.number}"
        return place, list(acts(action, wait))
