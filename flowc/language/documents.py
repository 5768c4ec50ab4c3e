"""Documents: every place where a call can stand, each made once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..program.program import Action as NccoAction
from ..program.program import Document
from ..text.diagnostics import Diagnostic
from ..text.document import Place, made
from ..text.nearest import nearest
from . import naming
from .flow import Action, Connect, Flow, GoOn, Goto, Hangup, Play, Question, Target, ToStep
from .leaves import escaped
from .link_rules import TWO_WHISPERS, UNKNOWN_STEP, WHISPER_NEEDS_PHONE
from .lower import Lowering
from .origin import Placed

Report = Callable[[Diagnostic], None]


class Cursor(NamedTuple):
    """A place in a block: the block's name, the next action, and what follows the block."""

    block: str
    actions: tuple[Action, ...]
    position: int
    place: Place
    after: Cursor | None

    @property
    def name(self) -> str:
        """The name of a document that begins here."""
        return naming.nth(self.block, self.position)

    def next(self) -> Cursor:
        """Behind the next action."""
        return made(Cursor, (self.block, self.actions, self.position + 1, self.place, self.after))

    def settle(self) -> Cursor:
        """The same place in the block it really lies in: the end of a block is what follows it."""
        here = self
        while here.position >= len(here.actions) and here.after is not None:
            here = here.after
        return here


class Piece(NamedTuple):
    """Actions that a document holds: with their origins, as they are written, and the params that are open in them."""

    placed: tuple[Placed, ...]
    actions: tuple[NccoAction, ...]
    open: tuple[str, ...]


def piece(lowered: list[Placed]) -> Piece:
    """Lowered actions as a piece of a document. If one of them is a template, all are."""
    opened = [name for each in lowered for name in each.open]
    if not opened:
        return made(Piece, (tuple(lowered), tuple([each.action for each in lowered]), ()))
    written = tuple([each.action if each.open else escaped(each.action) for each in lowered])
    return Piece(tuple(lowered), written, tuple(dict.fromkeys(opened)))


MOST_DOCUMENTS = 10_000
"""Documents of one flow, each a file where the host has no code. A limit of ours: the platform states none."""

HINTS = 20
"""Steps that do not exist for which the nearest name is looked up: that costs a look at all names."""

Wait = Callable[["Cursor", Question | Connect], str]
"""Makes the wait of a question or a connect that stands at a place, and gives its name."""


class Documents:
    """The documents of a flow. A place becomes one when something leads to it; `make` then follows it."""

    def __init__(self, flow: Flow, lowering: Lowering, report: Report) -> None:
        self.flow = flow
        self.lowering = lowering
        self.report = report
        self.made: dict[str, Document] = {}
        self.placed: dict[str, tuple[Placed, ...]] = {}
        self.places: dict[str, Place] = {}
        self.pending: deque[Cursor] = deque()
        self.behind: list[Cursor] = []
        self.unknown = 0

    def finish(self, wait: Wait) -> None:
        """Make all documents that something leads to."""
        while self.pending and len(self.made) <= MOST_DOCUMENTS:
            self.make(self.pending.popleft(), wait)

    def unreached(self) -> Iterator[Place]:
        """Actions behind one that leads away, to which nothing leads."""
        for cursor in self.behind:
            if cursor.position < len(cursor.actions) and cursor.name not in self.made:
                yield _place(cursor)

    def at(self, cursor: Cursor) -> str:
        """The name of the document that begins at a place; it is made once."""
        here = cursor.settle()
        name = here.name
        if name not in self.places:
            self.places[name] = _place(here)
            self.pending.append(here)
        return name

    def put(
        self, name: str, piece: Piece, goes_on: str | None = None, asks: str | None = None, attempt: int = 1
    ) -> str:
        """Keep a document."""
        self.placed[name] = piece.placed
        self.made[name] = made(Document, (piece.actions, goes_on, asks, attempt, piece.open))
        return name

    def make(self, cursor: Cursor, wait: Wait) -> None:
        """Follow a block from a place to where its document ends."""
        name, here = cursor.name, cursor
        actions: list[Placed] = []
        while here.position < len(here.actions):
            action = here.actions[here.position]
            if isinstance(action, Play):
                actions += self.lowering.play(action)
            elif isinstance(action, Connect) and not action.waits:
                actions.append(self.connect(here.name, action))
            elif not (isinstance(action, Goto) and isinstance(action.target, GoOn)):
                self.end(name, actions, here, wait)
                return
            here = here.next()
        outer = here.settle()
        self.put(name, piece(actions), goes_on=self.at(outer) if outer.position < len(outer.actions) else None)

    def end(self, name: str, actions: list[Placed], cursor: Cursor, wait: Wait) -> None:
        """Close a document with the action that leads away from it."""
        action = cursor.actions[cursor.position]
        self.behind.append(cursor.next())
        if isinstance(action, Goto):
            self.put(name, piece(actions), goes_on=self.target(action.target, f"{cursor.name}.goto", cursor.next()))
        elif isinstance(action, Hangup):
            self.put(name, piece(actions + self.lowering.prompt(action.prompt)))
        elif isinstance(action, Question | Connect):
            self.put(name, piece(actions), asks=wait(cursor, action))

    def step(self, target: ToStep) -> str:
        """The document of a step."""
        if target.name in self.flow.steps:
            return target.name
        self.unknown += 1
        near = nearest(target.name, self.flow.steps) if self.unknown <= HINTS else None
        hint = f"did you mean `{near}`?" if near else f"write the step: `{target.name}:` under `steps:`"
        self.report(UNKNOWN_STEP.at(target.place, f"there is no step `{target.name}`", hint))
        return next(iter(self.flow.steps))

    def target(self, target: Target, name: str, rest: Cursor) -> str:
        """The document a target leads to; a block in place has the given name and then goes on with the rest."""
        if isinstance(target, ToStep):
            return self.step(target)
        if isinstance(target, GoOn):
            return self.at(rest)
        return self.at(Cursor(name, target.actions, 0, target.place, rest))

    def connect(self, name: str, connect: Connect) -> Placed:
        """The action of a `connect`; a whisper is a document of its own."""
        whisper = None
        if connect.whisper and connect.endpoint != "phone":
            message = f"only a phone can hear `onAnswer`, not `{connect.endpoint}`"
            self.report(WHISPER_NEEDS_PHONE.at(connect.origin.key("onAnswer"), message, "take `onAnswer` out"))
        elif connect.whisper and isinstance(connect.written, dict) and "onAnswer" in connect.written:
            first = self.flow.document.key(connect.written, "onAnswer")
            message = "`onAnswer` is written twice: as a prompt here, and as a URL in the phone"
            label = (first, "the other one")
            self.report(TWO_WHISPERS.at(connect.origin.key("onAnswer"), message, "take one of them out", label))
        elif connect.whisper:
            whisper = f"{name}.onAnswer"
            self.places[whisper] = connect.whisper[0].origin.whole()
            self.put(whisper, piece(self.lowering.prompt(connect.whisper)))
        return self.lowering.connect(connect, whisper)


def _place(cursor: Cursor) -> Place:
    """Where a document that begins at a place begins in the flow."""
    if cursor.position >= len(cursor.actions):
        return cursor.place
    action = cursor.actions[cursor.position]
    return action.place if isinstance(action, (Goto, Hangup)) else action.origin.whole()
