"""Waits: where the call waits for its caller or for an outcome, and what each answer leads to."""

from __future__ import annotations

from typing import Literal

from ...program.program import Failure, On, Wait
from ...text.document import Place
from ..flow import Block, Connect, GoOn, Prompt, Question, Tongues, ToStep, WrongAnswer
from . import naming
from .cursor import Cursor
from .documents import Documents
from .leaves import Piece, piece
from .link_rules import MISSING_OTHERWISE
from .lower import Lowering
from .origin import Placed

CONNECT_FAILURES = ("busy", "unanswered", "timeout", "rejected", "failed")
"""The outcomes of a call that was not answered; `otherwise` stands for all of them (reference, connect, eventType)."""
Lack = Literal["noInput", "noMatch"]
"""What an attempt lacks: an answer, or one that is known."""


class Waits:
    """The waits of a flow."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.made: dict[str, Wait] = {}
        self.asked: dict[str, tuple[Placed, ...]] = {}
        self.written: dict[str, Question | Connect] = {}
        self.words: dict[tuple[str, int], tuple[Piece, Place]] = {}
        self.any: dict[str, tuple[Question, Cursor]] = {}

    def wait(self, cursor: Cursor, written: Question | Connect) -> str:
        """The name of the wait that stands at a place; it is made once."""
        name = cursor.name
        if name not in self.made:
            if isinstance(written, Question):
                self.question(name, cursor.room.lowering.said(written), cursor.next()._replace(asked=name))
            else:
                self.outcome(name, written, cursor)
        return name

    def question(self, name: str, question: Question, rest: Cursor) -> None:
        """The wait of a `menu` or an `input`."""
        lowering = rest.room.lowering
        self.keep(name, question, lowering.question(question))
        exits: dict[str, str] = {}
        taken: set[str] = set()
        for key, option in question.options.items():
            if isinstance(option.target, ToStep):
                document = self.documents.step(option.target, rest.room)
            else:
                place = naming.free(naming.option(name, key), taken)
                taken.add(place.lower())
                document = self.documents.target(option.target, place, rest)
            for each in (key, *option.words):
                exits.setdefault(each, document)
        answered = self.documents.at(rest) if question.name == "input" else None
        if answered is not None and question.pattern is None:
            self.any[name] = question, rest
        failures = self.failures(name, question, rest, answered)
        self.made[name] = self.made[name]._replace(exits=exits, answered=answered, failures=failures)
        if question.pattern is not None or question.save is not None or question.sensitive:
            save = (*lowering.scope, question.save) if question.save is not None else ()
            self.made[name] = self.made[name]._replace(
                pattern=question.pattern, save=save, sensitive=question.sensitive
            )

    def again(self, name: str) -> None:
        """Let something say of an answer that it was a wrong one, also where the question takes any."""
        if not self.made[name].retried and name in self.any:
            question, rest = self.any[name]
            self.made[name] = self.made[name]._replace(failures=self.failures(name, question, rest, None))
        self.made[name] = self.made[name]._replace(retried=True)

    def keep(self, name: str, written: Question | Connect, asked: list[Placed]) -> None:
        """Keep a wait, still without its exits."""
        asks = piece(asked)
        on: On = "answer" if isinstance(written, Question) else "outcome"
        self.made[name] = Wait(on, asks.actions, {}, open=asks.open, fills=asks.fills)
        self.asked[name] = asks.placed
        self.documents.places[f"wait:{name}"] = written.origin.whole()
        self.written[name] = written

    def failures(self, name: str, question: Question, rest: Cursor, answered: str | None) -> tuple[Failure, ...]:
        """What follows each failed attempt: the question again, or `otherwise` after the last."""
        last = self.otherwise(name, question, rest)
        if question.pattern is not None:
            answered = None  # not every answer is a good one
        found = []
        for number in range(1, question.attempts + 1):
            if number == question.attempts:
                found.append(Failure(last, answered or last))
                break
            silence = self.failed(name, "noInput", question, number, rest)
            wrong = answered or self.failed(name, "noMatch", question, number, rest)
            found.append(Failure(silence, wrong))
        return tuple(found)

    def otherwise(self, name: str, question: Question, rest: Cursor) -> str:
        """Where a caller goes after the last attempt."""
        if question.otherwise is not None:
            return self.documents.target(question.otherwise, f"{name}.otherwise", rest, over=True)
        message = f"this {question.name} has no `otherwise`: a caller who answers nothing is dropped"
        self.documents.report(MISSING_OTHERWISE.at(question.origin.whole(), message, "write `otherwise: STEP`"))
        return self.documents.rooms.first.flow.start

    def failed(self, name: str, way: Lack, question: Question, number: int, rest: Cursor) -> str:
        """The document after the n-th failed attempt: its words, then the question again."""
        says = question.no_input if way == "noInput" else question.no_match
        said = says[min(number, len(says)) - 1] if says else ()
        if isinstance(said, (ToStep, GoOn, Block, WrongAnswer)):
            return self.documents.target(said, f"{naming.attempt(name, number)}.{way}", rest, over=way == "noMatch")
        document = f"{naming.attempt(name, number + 1)}-{way}"
        words, place = self.words.get((name, id(said))) or self.say(name, said, question, rest.room.lowering)
        self.documents.places[document] = place
        return self.documents.put(document, words, asks=name, attempt=number + 1)

    def say(self, name: str, said: Prompt, question: Question, lowering: Lowering) -> tuple[Piece, Place]:
        """What is said after a failed attempt, and where that is written; the same for several attempts."""
        first = said[0] if said else question
        place = first.place if isinstance(first, Tongues) else first.origin.whole()
        made = self.words[name, id(said)] = piece(lowering.asking(said, question)), place
        return made

    def outcome(self, name: str, connect: Connect, cursor: Cursor) -> None:
        """The wait of a `connect` with ways on."""
        self.keep(name, connect, [self.documents.connect(cursor, connect)])
        rest = cursor.next()
        exits: dict[str, str] = {}
        for status, target in connect.ways.items():
            exits[status] = self.documents.target(target, f"{name}.{status}", rest)
        if connect.otherwise is not None:
            document = self.documents.target(connect.otherwise, f"{name}.otherwise", rest)
            exits |= {status: document for status in CONNECT_FAILURES if status not in exits}
        self.made[name] = self.made[name]._replace(exits=exits)
