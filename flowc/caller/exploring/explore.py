"""Every way through a program, as a graph: places where calls stand, and stretches that lead from one to the next.

A place that several ways lead to is gone on from once, so the work grows with the documents of a program, times the
values of what it counts and remembers, and not with the number of its calls.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from typing import NamedTuple

from ...program.kinds import item
from ...program.machine import Ask, Response, State
from ...program.program import Program
from ..platform.application import Call
from ..platform.inside import Inside
from ..platform.line import Line, Over
from ..platform.ncco import Ncco
from ..platform.play import ended, opening, through
from ..platform.script import Act
from .choices import Fits, acts, responses
from .counted import counted, keys
from .graph import BEYOND, Answered, Decision, Graph, Known, Stand, Stretch
from .live_names import ASKED, WAIT, Names, Path, live
from .tried import MOST_STARTS, Start, compared, hours, starts

MOST_PLACES = 10_000
"""Places that are gone on from, of one flow. A limit of ours."""

MOST_STATES = 32
"""Places with the same document that differ in something that chooses the way. A limit of ours."""

MOST_TOLD = 3
"""Places with the same document that differ only in something that is heard or sent. A limit of ours."""

MOST_WAYS = 128
"""Stretches from one place. A limit of ours."""


def explore(program: Program, call: Call, fits: Fits, most: int = MOST_PLACES) -> Graph:
    """The graph of a program's calls. `fits` tells whether data is as a JSON Schema says."""
    return _Exploring(program, fits, most).graph(call)


class _Undecided(Exception):  # noqa: N818 - no error: how a call says that something has to be decided
    """Something has to be decided that is not yet: what a server answers, or else what the caller does."""

    def __init__(self, ask: Ask | None = None) -> None:
        super().__init__()
        self.ask = ask


class _Held(NamedTuple):
    """A call that is held at a place: its line, what the program remembers, and what is to be played next."""

    line: Line
    state: State
    ncco: Ncco | None


class _Exploring:
    """The places that have been found, and a program that is played from them."""

    def __init__(self, program: Program, fits: Fits, most: int) -> None:
        self.program, self.fits, self.most = program, fits, most
        playing, self.visited = counted(program)
        self.inside = Inside(playing, self.answer)
        self.values = compared(program)
        self.live = live(program)
        self.left: dict[str, str] = {}
        self.stands: list[Stand] = []
        self.begun = 0
        self.held: list[_Held] = []
        self.known: dict[object, int] = {}
        self.states: Counter[object] = Counter()
        self.deciding: deque[Decision] = deque()

    def graph(self, call: Call) -> Graph:
        """All of it, place by place, those first to which the fewest stretches lead."""
        kinds = starts(self.program, call, self.values)
        if len(kinds) > MOST_STARTS:
            self.left[self.program.start] = f"{MOST_STARTS} kinds of calls that begin"
        for start in kinds[:MOST_STARTS]:
            line = Line(self.inside, start.call, ())
            line.asking = True
            self.stands.append(Stand(len(self.stands), "", (), start, None))
            self.held.append(_Held(line, State(), None))
        self.begun = len(self.stands)
        stretches: list[tuple[Stretch, ...]] = []
        while len(stretches) < len(self.stands):
            stretches.append(tuple(self.stretches(len(stretches))))
            self.held[len(stretches) - 1] = _NOTHING_HELD
        return Graph(tuple(self.stands), tuple(stretches), tuple(self.left.items()))

    def stretches(self, number: int) -> Iterator[Stretch]:
        """Every stretch from a place."""
        waiting: list[tuple[Decision, ...]] = [()]
        found = 0
        while waiting:
            decisions = waiting.pop()
            try:
                yield self.stretch(number, decisions)
            except _Undecided as undecided:
                waiting += [(*decisions, each) for each in reversed(self.choices(undecided.ask))]
                continue
            found += 1
            if found == MOST_WAYS and waiting:
                self.left[self.stands[number].document or self.program.start] = f"{MOST_WAYS} ways on from one place"
                return

    def stretch(self, number: int, decisions: tuple[Decision, ...]) -> Stretch:
        """One stretch, with what is decided. Raises _Undecided where that is not enough."""
        held, start = self.held[number], self.stands[number].start
        line = self.line = held.line.split()
        self.deciding = deque(decisions)
        line.script = self.acts()
        inside = self.inside
        inside.state, inside.chance, inside.taken = held.state, start.chance, []
        self.visited.times.clear()
        try:
            ncco: Ncco | None = opening(line) if held.ncco is None else through(line, held.ncco)
        except Over as over:
            ended(line, str(over))
            ncco = None
        taken = tuple(keys(self.program, self.visited.times, inside.taken))
        made = Stretch(number, decisions, tuple(line.happened), tuple(line.acts), None, line.why, taken)
        return made if ncco is None else self.leads(made, line, ncco)

    def leads(self, made: Stretch, line: Line, ncco: Ncco) -> Stretch:
        """A stretch with the place that it leads to."""
        start = self.stands[made.begins].start
        chosen, told = self.matters(self.closes(ncco), start)
        key = ncco.name, repr(chosen), repr(told), repr(ncco.actions), _rest(line)
        number = self.known.get(key)
        if number is None:
            number = self.new(ncco, start, chosen, told, made, line)
        if number is not None:
            self.known[key] = number
        return made._replace(leads=number) if number is not None else made._replace(ended=BEYOND)

    def new(self, ncco: Ncco, start: Start, chosen: Known, told: Known, made: Stretch, line: Line) -> int | None:
        """The number of a new place; where there are too many, of one like it, or none."""
        like = ncco.name, repr(chosen)
        self.states[like] += 1
        self.states[ncco.name] += self.states[like] == 1
        bound = self.bound(like)
        if bound:
            self.left[ncco.name] = bound
            return self.known.get(like, self.known.get(ncco.name))
        number = len(self.stands)
        self.known.setdefault(like, number)
        self.known.setdefault(ncco.name, number)
        self.stands.append(Stand(number, ncco.name, (*chosen, *told), start, (made.begins, made.decisions)))
        self.held.append(_Held(line, self.inside.state, ncco))
        return number

    def bound(self, like: tuple[str, str]) -> str:
        """The bound that one more place reaches, in words; none, none."""
        if self.states[like[0]] > MOST_STATES:
            return f"{MOST_STATES} places of one document that lead on differently"
        if self.states[like] > MOST_TOLD:
            return f"{MOST_TOLD} places of one document that lead on alike"
        placed = len(self.stands) - self.begun
        return f"{self.most} place{'s' if self.most > 1 else ''} in all" if placed >= self.most else ""

    def closes(self, ncco: Ncco) -> str:
        """Where an NCCO is gone on from: the wait that closes it, or the document that its call comes back for."""
        for action in reversed(ncco.actions):
            hook = getattr(action, "hook", None)
            position = self.inside.positions.get(str(hook.url)) if hook is not None else None
            if position is not None:
                return f"{WAIT}{position.at}" if position.at in self.program.waits else position.at
        return ""

    def matters(self, at: str, start: Start) -> tuple[Known, Known]:
        """What is known of all that is read from a place on: what chooses the way, and the rest."""
        names = self.live.get(at, _NO_NAMES)
        if names == _NO_NAMES:
            return (), ()
        state = self.inside.state
        clock = hours(self.program, start.call.started) if self.program.hours else {}
        known: dict[str, object] = {
            "vars": state.vars,
            "call": state.call,
            "hours": clock,
            "confidence": state.confidence,
        }
        known |= {"random": start.chance, ASKED: state.asked}
        chosen = tuple([(_spelt(path), _follow(known, path)) for path in names.choose])
        return chosen, tuple([(_spelt(path), _follow(known, path)) for path in names.tell])

    def acts(self) -> Iterator[Act]:
        """What the caller does."""
        while True:
            decision = self.deciding.popleft() if self.deciding else None
            if decision is None or isinstance(decision, Answered):
                raise _Undecided
            yield decision

    def answer(self, ask: Ask) -> Response:
        """What a server answers."""
        decision = self.deciding.popleft() if self.deciding else None
        if isinstance(decision, Answered):
            return decision.response
        raise _Undecided(ask)

    def choices(self, ask: Ask | None) -> list[Decision]:
        """What can be decided where something has to be."""
        program = self.program
        if ask is not None:
            request = f"{ask.method} {ask.data.get('url')}"
            return [Answered(request, each) for each in responses(program, ask, self.fits, self.values)]
        action = self.line.ncco.actions[self.line.number]
        hook = getattr(action, "hook", None)
        position = self.inside.positions.get(str(hook.url)) if hook is not None else None
        return list(acts(action, program.waits.get(position.at) if position is not None else None, self.values))


_NOTHING_HELD = _Held(None, State(), None)  # type: ignore[arg-type]
_NO_NAMES = Names()


def _rest(line: Line) -> object:
    """What of a line matters later, beside what the program remembers."""
    return line.joined is not None, len(line.behind), line.barge_in, repr(line.listens), repr(line.under_way)


def _follow(known: object, path: Path) -> object:
    for key in path:
        known = item(known, key)
    return known


def _spelt(path: Path) -> str:
    return f"attempt at {path[1]}" if path[0] == ASKED else ".".join(path)
