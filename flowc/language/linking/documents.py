"""Documents: every place where a call can stand, each made once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from ...program.program import Document
from ...text.diagnostics import Diagnostic
from ...text.document import Place, made
from ...text.nearest import HINTS, nearest
from ..flow import (
    Choose,
    Connect,
    GoOn,
    Goto,
    Hangup,
    Play,
    Question,
    Remember,
    Speak,
    Target,
    Tongues,
    ToStep,
    WrongAnswer,
)
from . import calls
from .cursor import Cursor
from .leaves import Piece, piece
from .link_rules import NOTHING_ASKED, TWO_WHISPERS, UNKNOWN_STEP, WHISPER_NEEDS_PHONE
from .origin import Placed
from .rooms import Room, Rooms

if TYPE_CHECKING:
    from .calls import Running
    from .lower import Lowering

Report = Callable[[Diagnostic], None]


MOST_DOCUMENTS = 10_000
"""Documents of one flow, each a file where the host has no code. A limit of ours: the platform states none."""

Wait = Callable[["Cursor", Question | Connect], str]
"""Makes the wait of a question or a connect that stands at a place, and gives its name."""


class Documents:
    """The documents of a flow. A place becomes one when something leads to it; `make` then follows it.

    `lacking` are the prompts without words in the language they are heard in, each with its document or wait.
    `untaken` are those that a way leads to which is known never to be taken, `wrong_answers` the waits of which
    something says that their answer was a wrong one, until somebody is told so.
    """

    def __init__(self, rooms: Rooms, running: Running, report: Report) -> None:
        self.rooms = rooms
        self.running = running
        self.report = report
        self.made: dict[str, Document] = {}
        self.placed: dict[str, tuple[Placed, ...]] = {}
        self.places: dict[str, Place] = {}
        self.pending: deque[Cursor] = deque()
        self.behind: list[Cursor] = []
        self.stood: set[tuple[int, int]] = set()
        self.untaken: set[str] = set()
        self.wrong_answers: list[str] = []
        self.lacking: list[tuple[str, Diagnostic]] = []
        self.unknown = 0

    def finish(self, wait: Wait, again: Callable[[str], None]) -> None:
        """Make all documents that something leads to. `again` is told the waits of `wrong_answers`."""
        while self.pending and len(self.made) <= MOST_DOCUMENTS:
            self.make(self.pending.popleft(), wait)
            while self.wrong_answers:
                retried = self.wrong_answers.pop()
                again(retried)
                for each in self.rooms.lowerings.values():
                    if each.lacking:
                        self.lacks(retried, each)

    def lacks(self, name: str, lowering: Lowering) -> None:
        """Keep which document or wait has prompts without words."""
        self.lacking += [(name, each) for each in lowering.lacking]
        lowering.lacking.clear()

    def unreached(self) -> Iterator[Place]:
        """Actions behind one that leads away, to which nothing leads."""
        yield from [self.place(cursor) for cursor in self.unled()]

    def after_calls(self) -> Iterator[Place]:
        """Those of them that stand behind a `connect`, from which a good call never comes back."""
        before = [(cursor, cursor.actions[cursor.position - 1]) for cursor in self.unled()]
        yield from [self.place(cursor) for cursor, action in before if isinstance(action, Connect)]

    def unled(self) -> list[Cursor]:
        """Places behind an action that leads away, to which nothing leads."""
        behind = [each for each in self.behind if each.position < len(each.actions)]
        return [each for each in behind if (id(each.actions), each.position) not in self.stood]

    @staticmethod
    def place(cursor: Cursor) -> Place:
        """Where a document that begins at a place begins in the flow."""
        if cursor.position >= len(cursor.actions):
            return cursor.place
        action = cursor.actions[cursor.position]
        return (
            action.place
            if isinstance(action, (Goto, Hangup, Tongues, Choose, Remember, Speak))
            else action.origin.whole()
        )

    def settled(self, cursor: Cursor) -> Cursor:
        """The same place in the block it really lies in: the end of a block is what follows it.

        The end of a used flow is where it was run from, in the language that is spoken there.
        """
        here = cursor
        while here.position >= len(here.actions):
            if here.after is not None:
                here = here.after
            elif here.room.back is not None:
                here = calls.moved(here.room.back, self.rooms, here.room.language)
            else:
                break
        return here

    def at(self, cursor: Cursor) -> str:
        """The name of the document that begins at a place; it is made once."""
        here = self.settled(cursor)
        name = here.name
        if name not in self.places:
            self.places[name] = self.place(here)
            self.pending.append(here)
        return name

    def put(
        self, name: str, piece: Piece, goes_on: str | None = None, asks: str | None = None, attempt: int = 1
    ) -> str:
        """Keep a document."""
        self.placed[name] = piece.placed
        self.made[name] = made(
            Document, (piece.actions, goes_on, asks, attempt, piece.open, piece.fills, (), (), None, None)
        )
        return name

    @staticmethod
    def opened(actions: Piece, params: Collection[str]) -> Piece:
        """A piece in a document in which some params are open."""
        return piece(actions.placed, params) if params else actions

    def make(self, cursor: Cursor, wait: Wait) -> None:
        """Follow a block from a place to where its document ends."""
        name, here = cursor.name, cursor
        self.stood.add((id(cursor.actions), cursor.position))
        lowering = cursor.room.lowering
        actions: list[Placed] = []
        while here.position < len(here.actions):
            action = here.actions[here.position]
            if isinstance(action, Play):
                actions += lowering.play(action)
            elif isinstance(action, Tongues):
                actions += lowering.prompt((action,))
            elif isinstance(action, Connect) and not action.waits:
                actions.append(self.connect(here, action))
            elif not (isinstance(action, Goto) and isinstance(action.target, GoOn)):
                self.end(name, actions, here, wait)
                return
            here = here.next()
        outer = self.settled(here)
        if lowering.lacking:
            self.lacks(name, lowering)
        self.put(name, piece(actions), goes_on=self.at(outer) if outer.position < len(outer.actions) else None)

    def end(self, name: str, actions: list[Placed], cursor: Cursor, wait: Wait) -> None:
        """Close a document with the action that leads away from it."""
        action = cursor.actions[cursor.position]
        lowering = cursor.room.lowering
        self.behind.append(cursor.next())
        if lowering.lacking:
            self.lacks(name, lowering)
        if isinstance(action, Goto):
            self.way(name, piece(actions), action.target, cursor)
        elif isinstance(action, Hangup):
            self.put(name, piece(actions + lowering.prompt(action.prompt)))
        elif isinstance(action, Question | Connect):
            self.put(name, piece(actions), asks=wait(cursor, action))
        elif not isinstance(action, Play | Tongues):
            if not isinstance(action, Choose):
                self.behind.pop()  # the call goes on behind it
            calls.close(self, name, piece(actions), cursor, action)
        if lowering.lacking:
            self.lacks(cursor.name if isinstance(action, Question | Connect) else name, lowering)

    def way(self, name: str, piece: Piece, target: Target, cursor: Cursor) -> str:
        """Keep a document that goes on as a `goto` says."""
        if isinstance(target, WrongAnswer):
            self.put(name, piece)
            return self.wrong(name, target, cursor)
        return self.put(name, piece, goes_on=self.target(target, f"{cursor.name}.goto", cursor.next()))

    def wrong(self, name: str, target: WrongAnswer, cursor: Cursor) -> str:
        """Let a document lead back to the last question: its answer was a wrong one."""
        if cursor.asked is None and not cursor.room.flow.whole:
            return name  # the question may be among what was left out
        if cursor.asked is None:
            message = "`noMatch` says that an answer was wrong, and no question has been asked here"
            self.report(NOTHING_ASKED.at(target.place, message, "name a step, or ask first: `input`"))
            return name
        self.made[name] = self.made[name]._replace(fails=cursor.asked)
        self.wrong_answers.append(cursor.asked)
        return name

    def step(self, target: ToStep, room: Room) -> str:
        """The document of a step."""
        steps = room.flow.steps
        if target.name in steps:
            return self.begin(room, target.name) if room is not self.rooms.first else target.name
        self.unknown += 1
        near = nearest(target.name, steps) if self.unknown <= HINTS else None
        from ..explained.meant_target import other_name, target_hint

        near_hint = f"did you mean `{near}`?" if near else None
        hint = other_name(target.name, room.flow.data) or near_hint or target_hint(target.name)
        self.report(UNKNOWN_STEP.at(target.place, f"there is no step `{target.name}`", hint))
        return next(iter(self.rooms.first.flow.steps))

    def begin(self, room: Room, name: str) -> str:
        """The document of a step that exists."""
        block = room.flow.steps[name]
        return self.at(Cursor(room.name(name), block.actions, 0, block.place, None, room))

    def target(self, target: Target, name: str, rest: Cursor, *, over: bool = False) -> str:
        """The document a target leads to; a block in place has the given name and then goes on with the rest.

        `over` says that the attempts of the question before it are over, so no answer to it can be wrong.
        """
        if isinstance(target, ToStep):
            return self.step(target, rest.room)
        if isinstance(target, GoOn):
            return self.at(rest)
        if isinstance(target, WrongAnswer):
            self.places[name] = target.place
            self.put(name, piece([]))
            return self.wrong(name, target, rest._replace(asked=None) if over else rest)
        inside = rest.inside(name, target)
        return self.at(inside._replace(asked=None) if over else inside)

    def connect(self, cursor: Cursor, connect: Connect) -> Placed:
        """The action of a `connect`; a whisper is a document of its own."""
        lowering, document = cursor.room.lowering, cursor.room.flow.document
        whisper = None
        if connect.whisper and connect.endpoint != "phone":
            message = f"only a phone can hear `onAnswer`, not `{connect.endpoint}`"
            self.report(WHISPER_NEEDS_PHONE.at(connect.origin.key("onAnswer"), message, "take `onAnswer` out"))
        elif connect.whisper and isinstance(connect.written, dict) and "onAnswer" in connect.written:
            first = document.key(connect.written, "onAnswer")
            message = "`onAnswer` is written twice: as a prompt here, and as a URL in the phone"
            label = (first, "the other one")
            self.report(TWO_WHISPERS.at(connect.origin.key("onAnswer"), message, "take one of them out", label))
        elif connect.whisper:
            whisper = f"{cursor.name}.onAnswer"
            said = lowering.prompt(connect.whisper)
            self.places[whisper] = said[0].origin.whole() if said else connect.origin.key("onAnswer")
            self.put(whisper, piece(said))
        return lowering.connect(connect, whisper)
