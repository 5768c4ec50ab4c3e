"""A call whose caller is a person: asked for each thing when it is time for it, and told what happens meanwhile."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping

from ..language.explained.wording import shown
from ..program.machine import Ask, Response
from .exploring.graph import Answered, Decision
from .platform.connecting import FAILURES
from .platform.line import Line
from .platform.ncco import Action, Connect, Conversation, Input, Record
from .platform.script import Act, Connects, HangsUp, Joins, Presses, Records, Says, Waits
from .platform.transcript import Happened
from .rehearsals.given import Answering
from .rehearsals.parse import NO_ANSWER
from .rehearsals.words import OUTCOMES as OTHERS
from .rehearsals.words import meant

Asks = Callable[[str], str | None]
"""Asks a person, in the last of the lines; None when there is nobody any more."""

Tells = Callable[[Happened], None]
"""Tells a person what happened."""

KEYS = frozenset("0123456789*#")
HANG_UP = "h"
"""What a person types to hang up."""

_NOT_HERE = "the call that is done again does something else here, so go on by hand"
_DONE: Mapping[type[Action], tuple[type[Act], ...]] = {
    Input: (Presses, Says, Waits),
    Connect: (Connects,),
    Record: (Records,),
    Conversation: (Joins,),
}
"""What can be done at each action, beside hanging up."""


class Live:
    """A person on a line, and how many of the things that happened the person has been told.

    `first` is what is done before the person is asked, `done` all that was done, also what servers answered, in order.
    """

    def __init__(self, line: Line, ask: Asks, tell: Tells, first: Iterable[Act] = ()) -> None:
        self.line, self.ask, self.tell = line, ask, tell
        self.first = deque(first)
        self.told = 0
        self.done: list[Decision] = []
        line.asking = True
        line.script = self.acts()

    def catch_up(self) -> None:
        """Tell what has happened since."""
        for each in self.line.happened[self.told :]:
            self.tell(each)
        self.told = len(self.line.happened)

    def acts(self) -> Iterator[Act]:
        """What the person does, behind what is done first."""
        while True:
            self.catch_up()
            action = self.line.ncco.actions[self.line.number]
            act = self.again(action) or self.asked(action)
            self.done.append(act)
            yield act
            if isinstance(act, HangsUp):
                return

    def again(self, action: Action) -> Act | None:
        """What is done before the person is asked; None where that is no more, or cannot be done here."""
        if not self.first or not self._fits(action):
            return None
        if isinstance(action, Connect) and isinstance(self.first[0], HangsUp):
            return Connects()  # as in a rehearsal: a call of which nothing is said is answered
        return self.first.popleft()

    def _fits(self, action: Action) -> bool:
        """Whether what is to be done next can be done here."""
        return isinstance(self.first[0], (*_DONE.get(type(action), ()), HangsUp))

    def asked(self, action: Action) -> Act:
        """What the person does at an action. For what cannot be done there, the person is told so and asked again."""
        why = f"{_NOT_HERE}\n" if self.first else ""
        self.first.clear()
        while True:
            typed = self.ask(f"{why}{_question(action)}")
            if typed is None or typed.strip() == HANG_UP:
                return HangsUp()
            act = _act(action, typed.strip())
            if not isinstance(act, str):
                return act
            why = f"{act}\n"

    def answer(self, request: Ask, given: Answering, where: str = "") -> Response:
        """What a server answers: what is given, else what the person says. `where` says where it is asked."""
        self.catch_up()
        asked = f"{request.method} {request.data.get('url')}"
        response = given.answer(asked, request.data.get("json"))
        if response is None:
            response = _answer(self.ask, f"{asked}{where}")
        self.done.append(Answered(asked, response))
        return response


def _answer(ask: Asks, asked: str) -> Response:
    """What a server answers, as a person says: JSON, a status, nothing or `no answer` for none."""
    why = ""
    while True:
        typed = (ask(f"{why}{asked} answers (JSON, a status, or nothing: {NO_ANSWER})") or "").strip()
        if typed in ("", NO_ANSWER):
            return Response(None)
        try:
            data = json.loads(typed)
        except ValueError:
            why = f"{shown(typed)} is no JSON, which has its texts in double quotes\n"
            continue
        if isinstance(data, int) and not isinstance(data, bool) and 100 <= data < 600:
            return Response(data)
        return Response(200, data)


def _question(action: Action) -> str:
    """What a person is asked where something can be done."""
    match action:
        case Input(keys=keys, words=words):
            kinds = [each for each in ("keys" if keys else "", "words" if words else "") if each]
            return f"{' or '.join(kinds)} (nothing: silence, {HANG_UP}: hang up)"
        case Connect():
            return f"the call is {', '.join(_outcomes(action))} (nothing: answered, {HANG_UP}: hang up)"
        case Record():
            return f"seconds on the recording (nothing: 5, {HANG_UP}: hang up)"
        case Conversation():
            return f"seconds in the room, until it ends (nothing: 60, {HANG_UP}: hang up)"
    return f"{HANG_UP}: hang up"


def _act(action: Action, typed: str) -> Act | str:
    """What a person does; in words, why that cannot be done here."""
    match action:
        case Input():
            return _answers(action, typed)
        case Connect():
            outcomes = _outcomes(action)
            if typed in ("", *outcomes):
                return Connects(typed or "answered")
            near = meant(typed, outcomes, OTHERS)
            return f"{shown(typed)} is none of them{f', did you mean {near}?' if near else ''}"
        case Record():
            seconds = _seconds(typed, 5)
            key = action.key if action.silence is None else ""
            return _no_number(typed) if seconds is None else Records(seconds, key)
        case Conversation():
            seconds = _seconds(typed, 60)
            return _no_number(typed) if seconds is None else Joins(seconds, ends=True)
    return "nothing else can be done here"


def _answers(action: Input, typed: str) -> Act | str:
    if not typed:
        return Waits()
    keys = "".join(typed.split())
    if set(keys) <= KEYS and action.keys is not None:
        return Presses(keys)
    if action.words is None:
        return f"{shown(typed)} is not of keys, and nothing else is heard here"
    unsure = _UNSURE.fullmatch(typed)
    return Says(unsure[1], int(unsure[2]) / 100) if unsure else Says(typed)


_UNSURE = re.compile(r"(.*\S)\s+(100|[0-9]{1,2})\s?%")
"""Words, and how sure the platform is of them."""


def _outcomes(action: Connect) -> tuple[str, ...]:
    """What may become of a call: a machine is told only where it is listened for, and only a websocket is lost."""
    machine = ("machine",) if action.machine else ()
    lost = ("disconnected",) if action.kind == "websocket" else ()
    return ("answered", *machine, *lost, *FAILURES)


def _no_number(typed: str) -> str:
    return f"{shown(typed)} is no number of seconds"


def _seconds(typed: str, default: float) -> float | None:
    try:
        return max(float(typed.rstrip("s")), 0.0) if typed else default
    except ValueError:
        return None
