"""A call whose caller is a person: asked for each thing when it is time for it, and told what happens meanwhile."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping

from ..program.machine import Ask, Response
from .graph import Answered, Decision
from .platform.connecting import FAILURES
from .platform.line import Line
from .platform.ncco import Action, Connect, Conversation, Input, Record
from .platform.script import Act, Connects, HangsUp, Joins, Presses, Records, Says, Waits
from .platform.transcript import Happened

Asks = Callable[[str], str | None]
"""Asks a person; None when there is nobody any more."""

Tells = Callable[[Happened], None]
"""Tells a person what happened."""

KEYS = frozenset("0123456789*#")
OUTCOMES = ("answered", "machine", "disconnected", *FAILURES)


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
        """What the person does. For what is no answer, the person is asked again."""
        while True:
            self.catch_up()
            if self.first:
                self.done.append(self.first[0])
                yield self.first.popleft()
                continue
            action = self.line.ncco.actions[self.line.number]
            typed = self.ask(_question(action))
            if typed is None or typed.strip() == "h":
                self.done.append(HangsUp())
                yield HangsUp()
                return
            act = _act(action, typed.strip())
            if act is not None:
                self.done.append(act)
                yield act

    def answer(self, request: Ask, given: Mapping[str, Response]) -> Response:
        """What a server answers: what is given, else what the person says."""
        self.catch_up()
        asked = f"{request.method} {request.data.get('url')}"
        response = given[asked] if asked in given else _answer(self.ask, request)
        self.done.append(Answered(asked, response))
        return response


def _answer(ask: Asks, request: Ask) -> Response:
    """What a server answers, as a person says: JSON, a status, nothing for no answer."""
    typed = (ask(f"{request.method} {request.data.get('url')} answers (JSON, a status, or nothing)") or "").strip()
    if not typed:
        return Response(None)
    try:
        data = json.loads(typed)
    except ValueError:
        return Response(200, None, sound=False)
    if isinstance(data, int) and not isinstance(data, bool) and 100 <= data < 600:
        return Response(data)
    return Response(200, data)


def _question(action: Action) -> str:
    """What a person is asked where something can be done."""
    match action:
        case Input(keys=keys, words=words):
            kinds = [each for each in ("keys" if keys else "", "words" if words else "") if each]
            return f"{' or '.join(kinds)} (nothing: silence, h: hang up)"
        case Connect():
            return f"the call is {', '.join(OUTCOMES)} (nothing: answered)"
        case Record():
            return "seconds on the recording (nothing: 5, h: hang up)"
        case Conversation():
            return "seconds in the room, until it ends (nothing: 60, h: hang up)"
    return "h: hang up"


def _act(action: Action, typed: str) -> Act | None:
    """What a person does; None for what cannot be done here."""
    match action:
        case Input():
            if not typed:
                return Waits()
            return Presses(typed) if set(typed) <= KEYS and action.keys is not None else Says(typed)
        case Connect():
            return Connects(typed or "answered") if typed in ("", *OUTCOMES) else None
        case Record():
            return Records(_seconds(typed, 5), action.key if action.silence is None else "")
        case Conversation():
            return Joins(_seconds(typed, 60), ends=True)
    return None


def _seconds(typed: str, default: float) -> float:
    try:
        return max(float(typed), 0.0)
    except ValueError:
        return default
