"""Every way through a program, as a graph: places where calls stand, and stretches that lead from one to the next.

A place that several ways lead to is gone on from once, so the work grows with the documents of a program, times the
values of what it counts and remembers, and not with the number of its calls.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from typing import NamedTuple

from ...program.machine import Ask, Response, State
from ...program.program import Program
from ..platform.application import Answer, Call
from ..platform.inside import BASE_URL, Inside
from ..platform.line import Line, Over
from ..platform.ncco import Connect, Ncco
from ..platform.play import ended, opening, through
from ..platform.script import Act
from ..platform.webhook import Webhook
from .beginnings import MOST_LOOKED_AT, MOST_STARTS, Kinds
from .choices import PAIRS_LEFT, Fits, acts, responses
from .counted import counted, keys
from .graph import BEYOND, Answered, Decision, Graph, Known, Stand, Stretch
from .knowing import Knowing
from .live_names import WAIT, Path
from .tried import compared

MOST_PLACES = 10_000
"""Places that are gone on from, of one flow. A limit of ours."""

MOST_HERE = 1_000
"""Places that begin with the same document. A limit of ours."""

MOST_STATES = 32
"""Places with the same documents that differ in something that chooses the way. A limit of ours."""

MOST_TOLD = 32
"""Places with the same documents that differ only in something that is heard or sent. A limit of ours."""

MOST_WAYS = 512
"""Stretches from one place. A limit of ours."""

WAYS_LEFT = f"{MOST_WAYS} ways on from one place"
"""How it is told that a place has more."""


def explore(program: Program, call: Call, fits: Fits, most: int = MOST_PLACES) -> Graph:
    """The graph of a program's calls. `fits` tells whether data is as a JSON Schema says."""
    return _Exploring(program, fits, most).graph(call)


class _Undecided(Exception):  # noqa: N818 - no error: how a call says that something has to be decided
    """Something has to be decided that is not yet: what a server answers, or else what the caller does."""

    def __init__(self, ask: Ask | None = None) -> None:
        super().__init__()
        self.ask = ask


class _Still(Inside):
    """A program in whose calls the clock stands still: else each second would make a place of its own."""

    at = 0.0

    def ask(self, webhook: Webhook) -> Answer:
        """The NCCO that the program has for a webhook of the moment at which the call began."""
        return super().ask(webhook._replace(at=self.at))


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
        self.values = compared(program)
        self.knowing = Knowing(program)
        self.inside = (_Still if self.knowing.tells_time else Inside)(playing, self.answer)
        self.left: dict[str, str] = {}
        self.answers: dict[str, tuple[list[Response], bool]] = {}
        self.stands: list[Stand] = []
        self.made: dict[int, tuple[Stretch, ...]] = {}
        self.begun = 0
        self.held: list[_Held] = []
        self.known: dict[object, int | None] = {}
        self.states: Counter[object] = Counter()
        self.deciding: deque[Decision] = deque()

    def graph(self, call: Call) -> Graph:
        """All of it, place by place, those first to which the fewest stretches lead."""
        self.begin(call)
        for number, _ in enumerate(self.stands):  # which become more meanwhile
            if number not in self.made:
                self.made[number] = tuple(self.stretches(number))
                self.held[number] = _NOTHING_HELD
        stretches = tuple([self.made[number] for number in range(len(self.stands))])
        return Graph(tuple(self.stands), stretches, tuple(self.left.items()))

    def begin(self, call: Call) -> None:
        """Each kind of call, as far as its first place. Calls are of one kind where all is alike that is looked at."""
        kinds = Kinds(self.program, call, self.values)
        for start in kinds:
            if self.begun == MOST_STARTS:
                self.left[self.program.start] = f"{MOST_STARTS} kinds of calls that begin"
                return
            number = len(self.stands)
            line = Line(self.inside, start.call, ())
            line.asking = True
            self.begun += 1
            self.stands.append(Stand(number, "", (), start, None))
            self.held.append(_Held(line, State(), None))
            self.made[number] = tuple(self.stretches(number))
            read = frozenset[Path]().union(*map(self.read, self.made[number]))
            self.stands[number] = self.stands[number]._replace(
                known=tuple([(".".join(each), None) for each in sorted(read)])
            )
            kinds.looked_at(read)
        if kinds.left:
            self.left[self.program.start] = f"{MOST_LOOKED_AT:,} steps in which further kinds of calls are looked for"

    def read(self, stretch: Stretch) -> frozenset[Path]:
        """What is read in a stretch, and from the place on to which it leads."""
        if stretch.ended == BEYOND:
            return self.knowing.all
        ncco = self.held[stretch.leads].ncco if stretch.leads is not None else None
        return self.knowing.read(stretch.keys, self.ahead(ncco) if ncco is not None else ())

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
                self.left[self.stands[number].document or self.program.start] = WAYS_LEFT
                return

    def stretch(self, number: int, decisions: tuple[Decision, ...]) -> Stretch:
        """One stretch, with what is decided. Raises _Undecided where that is not enough."""
        held, start = self.held[number], self.stands[number].start
        line = self.line = held.line.split()
        self.deciding = deque(decisions)
        line.caller.script = self.acts()
        inside = self.inside
        inside.state, inside.chance, inside.taken = held.state, start.chance, []
        if isinstance(inside, _Still):
            inside.at = start.call.started
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
        chosen, told = self.knowing.ahead(self.ahead(ncco), self.inside.state, self.stands[made.begins].start)
        key = ncco.name, repr(chosen), repr(told), repr(ncco.actions), _rest(line)
        heard = self.knowing.heard(self.visited.times, self.inside.state, self.stands[made.begins].start)
        if key not in self.known:
            self.known[key] = self.new(made, (chosen, (*told, *heard)), _Held(line, self.inside.state, ncco))
        number = self.known[key]
        if heard and number is not None:
            self.agree(number, heard)
        return made._replace(leads=number) if number is not None else made._replace(ended=BEYOND)

    def new(self, made: Stretch, known: tuple[Known, Known], held: _Held) -> int | None:
        """The number of a new place that a stretch leads to; None where there are too many.

        It is none of those that are known, however like it they are: what is heard there is not what is heard here.
        """
        assert held.ncco is not None
        name, (chosen, told) = held.ncco.name, known
        documents = name, *self.visited.times
        like = documents, repr(chosen)
        self.states[like] += 1
        self.states[documents] += self.states[like] == 1
        bound = self.bound(like)
        if bound:
            self.left.setdefault(name, bound)
            return None
        number = len(self.stands)
        self.states[name] += 1
        start, all_known = self.stands[made.begins].start, tuple(dict([*chosen, *told]).items())
        self.stands.append(Stand(number, name, all_known, start, (made.begins, made.decisions)))
        self.held.append(held)
        return number

    def agree(self, number: int, heard: Known) -> None:
        """What was read for what is heard at a place is known there only if it is the same on all ways to it."""
        other = {name for name, value in self.stands[number].known if (name, value) not in heard}
        other &= {name for name, _ in heard}
        if other:
            stand = self.stands[number]
            self.stands[number] = stand._replace(known=tuple([each for each in stand.known if each[0] not in other]))

    def bound(self, like: tuple[tuple[str, ...], str]) -> str:
        """The bound that one more place reaches, in words; none, none."""
        if self.states[like[0]] > MOST_STATES:
            return f"{MOST_STATES} places of the same documents that lead on differently"
        if self.states[like] > MOST_TOLD:
            return f"{MOST_TOLD} places of the same documents that lead on alike"
        if self.states[like[0][0]] >= MOST_HERE:
            return f"{MOST_HERE:,} places of one document"
        placed = len(self.stands) - self.begun
        return f"{self.most} place{'s' if self.most > 1 else ''} in all" if placed >= self.most else ""

    def ahead(self, ncco: Ncco) -> Iterator[str]:
        """Where an NCCO is gone on from, as `live` names it: the wait that closes it, or the document that its call
        comes back for; and what callees hear meanwhile."""
        for action in reversed(ncco.actions):
            if isinstance(action, Connect) and action.whisper is not None:
                yield action.whisper.removeprefix(f"{BASE_URL}/")
        for action in reversed(ncco.actions):
            hook = getattr(action, "hook", None)
            position = self.inside.positions.get(str(hook.url)) if hook is not None else None
            if position is not None:
                yield f"{WAIT}{position.at}" if position.at in self.program.waits else position.at
                return

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
            if ask.step not in self.answers:
                self.answers[ask.step] = responses(program, ask, self.fits, self.values)
            found, is_all = self.answers[ask.step]
            if not is_all:
                self.left.setdefault(ask.step, PAIRS_LEFT)
            return [Answered(request, each) for each in found]
        action = self.line.ncco.actions[self.line.number]
        hook = getattr(action, "hook", None)
        position = self.inside.positions.get(str(hook.url)) if hook is not None else None
        return list(acts(action, program.waits.get(position.at) if position is not None else None, self.values))


_NOTHING_HELD = _Held(None, State(), None)  # type: ignore[arg-type]


def _rest(line: Line) -> object:
    """What of a line matters later, beside what the program remembers."""
    caller, others = line.caller, line.others
    return others.joined is not None, len(others.behind), line.barge_in, repr(line.listens), repr(caller.under_way)
