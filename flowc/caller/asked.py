"""What a person who plays the caller is asked, and what an answer that was typed means at each action."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import NamedTuple

from ..language.explained.wording import shown
from ..program.machine import Response
from .platform import undecided
from .platform.connecting import FAILURES
from .platform.listening import OLD_MOST
from .platform.ncco import Action, Connect, Conversation, Input, Keys, Record
from .platform.options import Supposed
from .platform.outcome import can_be
from .platform.script import Act, Connects, HangsUp, Joins, Presses, Records, Says, Waits
from .rehearsals.parse import NO_ANSWER
from .rehearsals.words import OUTCOMES as OTHERS
from .rehearsals.words import meant

USUAL: Supposed = {}
"""Nothing is taken otherwise."""

KEYS = frozenset("0123456789*#")
HANG_UP = "h"
"""What a person types to hang up."""


class Listens(NamedTuple):
    """How a question of the platform comes to its end, whatever a person does.

    `silence` is for how many seconds a silent caller is waited for (None: for ever), `keys` how keys are collected
    (None: not at all). `heard` are the seconds, by estimate, of the words that were heard before it.
    """

    silence: float | None
    keys: Keys | None
    heard: float = 0.0

    def has_all(self, typed: str) -> bool:
        """Whether nothing more is waited for behind these keys (reference, input)."""
        keys = pressed(typed)
        if self.keys is None or not keys:
            return False
        return len(keys) >= self.keys.most or (self.keys.submit and keys.endswith("#"))

    def waits(self, typed: str) -> float | None:
        """How many seconds are waited for something behind what was typed; None: as long as it takes."""
        if not typed:
            return self.silence
        return self.keys.timeout if self.keys is not None and pressed(typed) else None


class Question(NamedTuple):
    """What a person is asked, in the last of the lines.

    `listens`, where the platform asks it and goes on by itself; `begun` is what has been answered already.
    """

    text: str
    listens: Listens | None = None
    begun: str = ""


MEANWHILE = Question(f"(nothing: hear on, {HANG_UP}: hang up)")
"""What a person is asked where nothing but hanging up can be done while something is heard."""

SENDS = Question(f"keys (nothing: hear on, {HANG_UP}: hang up)")
"""What a person is asked where keys are sent one by one while something is heard."""


def pressed(typed: str) -> str:
    """The keys that were typed; nothing where anything else was, too:."""
    return typed if set(typed) <= KEYS else ""


def listens(action: Input, supposed: Supposed = USUAL, heard: float = 0.0) -> Listens:
    """How a question comes to its end, after so many seconds of words."""
    starts = [action.keys.timeout] if action.keys is not None else []
    if action.words is not None:
        capped = undecided.LATE_START in supposed
        starts.append(min(action.words.start, OLD_MOST) if capped else action.words.start)
    last = max if undecided.SILENCE in supposed else min
    return Listens(last(starts, default=0.0), action.keys, heard)


def question(action: Action, supposed: Supposed = USUAL, heard: float = 0.0) -> Question:
    """What a person is asked where something can be done, after so many seconds of words.

    `supposed` is what the platform is taken to do otherwise than usual.
    """
    match action:
        case Input():
            return Question(
                f"{_kinds(action)} (nothing: silence, {HANG_UP}: hang up)", listens(action, supposed, heard)
            )
        case Connect():
            return Question(f"the call is {', '.join(_outcomes(action))} (nothing: answered, {HANG_UP}: hang up)")
        case Record():
            return Question(f"seconds on the recording (nothing: 5, {HANG_UP}: hang up)")
        case Conversation():
            return Question(f"seconds in the room, until it ends (nothing: 60, {HANG_UP}: hang up)")
    return Question(f"{HANG_UP}: hang up")


def endless(asks: Input | None, *, sends: bool) -> Question:
    """What a person is asked while something is heard that does not end by itself.

    `asks` can be answered meanwhile; `sends`, each key is sent at once.
    """
    if asks is not None:
        return Question(f"{_kinds(asks)} ({HANG_UP}: hang up)", listens(asks)._replace(silence=None))
    return Question(f"keys ({HANG_UP}: hang up)" if sends else f"{HANG_UP}: hang up")


def request(asks: str) -> Question:
    """What a person is asked where a server would be."""
    return Question(f"{asks} answers (JSON, a status, or nothing: {NO_ANSWER})")


def response(typed: str) -> Response | str:
    """What a server answers; in words, why that is no answer."""
    if typed in ("", NO_ANSWER):
        return Response(None)
    try:
        data = json.loads(typed)
    except ValueError:
        return f"{shown(typed)} is no JSON, which has its texts in double quotes"
    if isinstance(data, int) and not isinstance(data, bool) and 100 <= data < 600:
        return Response(data)
    return Response(200, data)


def act(action: Action, typed: str) -> Act | str:
    """What a person does; in words, why that cannot be done here."""
    if typed == HANG_UP:
        return HangsUp()
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


def meanwhile(asks: Input | None, typed: str, *, sends: bool = False) -> Act | str:
    """What a person does while something is heard: answers a question, or presses keys that are sent one by one."""
    if typed == HANG_UP:
        return HangsUp()
    if not typed:
        return "this does not end by itself"
    if sends and asks is None and (keys := pressed("".join(typed.split()))):
        return Presses(keys)
    if asks is None:
        return "nothing but keys is heard here" if sends else "nothing else can be done here"
    return act(asks, typed)


def sent(typed: str) -> Act | str:
    """What a person does while keys are sent one by one, and something is heard that ends by itself."""
    return meanwhile(None, typed, sends=True) if typed else Waits()


def _kinds(action: Input) -> str:
    return " or ".join(name for name, on in (("keys", action.keys), ("words", action.words)) if on)


def _answers(action: Input, typed: str) -> Act | str:
    if not typed:
        return Waits()
    keys = "".join(typed.split())
    if set(keys) <= KEYS and action.keys is not None:
        return Presses(keys)
    if action.words is None:
        return f"{shown(typed)} is not of keys, and nothing else is heard here"
    unsure = _UNSURE.fullmatch(typed)
    words, confidence = (unsure[1], int(unsure[2]) / 100) if unsure else (typed, Says("").confidence)
    quoted = _QUOTED.fullmatch(words)
    return Says(quoted[1] if quoted else words, confidence)


_UNSURE = re.compile(r"(.*\S)\s+(100|[0-9]{1,2})\s?%")
"""Words, and how sure the platform is of them."""

_QUOTED = re.compile(r'"\s*([^"]*[^"\s])\s*"')
"""Words that begin as keys do."""


def _outcomes(action: Connect) -> tuple[str, ...]:
    """What may become of a call: a machine is told only where it is listened for, and only a websocket is lost."""
    return tuple([each for each in ("answered", "machine", "disconnected", *FAILURES) if can_be(action, each)])


def _no_number(typed: str) -> str:
    return f"{shown(typed)} is no number of seconds"


def _seconds(typed: str, default: float) -> float | None:
    try:
        seconds = float(typed.rstrip("s")) if typed else default
    except ValueError:
        return None
    return max(seconds, 0.0) if isfinite(seconds) else None
