"""Plays a call: asks for its first NCCO, does what that says, and takes up each that a webhook brings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from . import connecting, listening, prompts, recording, rooms, undecided
from .application import Application, Call
from .line import Line, Over
from .ncco import Connect, Conversation, Hook, Input, Ncco, Notify, Record, Stream, Talk, Transfer, Wait
from .pace import CALLER_HANGS_UP, longest_call
from .script import Act, keys_of
from .single_keys import Taken, meanwhile
from .talking import left, talk
from .transcript import Transcript, Why
from .webhook import completed

NO_NCCO = "no NCCO answers it"
"""How it begins why a call has ended that nobody plays anything to."""

A_CALL = Call()
"""A call whose numbers are nobody's."""


def play(application: Application, script: Iterable[Act], call: Call = A_CALL) -> Transcript:
    """The call from its answer to its end. The script is asked for an act only when the caller may act."""
    return run(Line(application, call, script))


def run(line: Line) -> Transcript:
    """A call that has not begun yet, to its end."""
    try:
        ncco = opening(line)
        while True:
            ncco = through(line, ncco)
    except Over as over:
        ended(line, str(over))
    happened, acts, remarks = tuple(line.happened), tuple(line.acts), tuple(line.remarks)
    return Transcript(happened, acts, remarks, line.why, line.now, tuple(line.trouble), tuple(line.losses))


def opening(line: Line) -> Ncco:
    """The first NCCO of a call. Raises Over where there is none."""
    call = line.call
    for status in ("started", "ringing"):
        _event(line, status)
    if call.outbound:
        _answers(line, call.outcome)
    ncco = line.ask("answer", Hook(), call.answer_data)
    if ncco is None:
        last = next((each.said for each in reversed(line.happened) if each.what == "webhook"), "")
        came = ", then ".join(why for _, why in line.trouble) or last
        raise Over(f"{NO_NCCO}{f' ({came})' if came else ''}: the caller hears nothing")
    if not call.outbound:
        _event(line, "answered")
    return ncco


def _answers(line: Line, outcome: str) -> None:
    """Whether a call that is made is answered, which is when its NCCO is asked for (reference, answer webhook)."""
    if outcome not in connecting.ANSWERED:
        line.note("outcome", outcome)
        _event(line, outcome)
        line.others.unanswered = True
        raise Over("nobody answers it")
    _event(line, "answered")
    if outcome != "answered":
        line.note("outcome", f"answered by a {outcome}")
        _event(line, outcome)


def ended(line: Line, why: str) -> None:
    """The call is over: what is noted and told then."""
    line.why = why
    if line.now > longest_call():
        line.rests(undecided.LONGEST)
    rest = line.caller.goes_on()
    if rest is not None:
        line.loses(Why.NO_QUESTION, keys_of(rest))
    line.note("ended", why)
    _close(line, "user" if why in _BY_CALLER else "platform")


_BY_CALLER = (CALLER_HANGS_UP, rooms.LEFT, rooms.MOVED)
"""How it is told that a call ends with the caller, who hangs up here or elsewhere."""


def through(line: Line, ncco: Ncco) -> Ncco:
    """One NCCO, action by action, until a webhook brings another: that one. Raises Over at the end of the call."""
    line.ncco = ncco
    for number, action in enumerate(ncco.actions):
        line.number = number
        line.pace.plays(number)
        try:
            follows: Ncco | None = _PLAYS[type(action)](line, action)
        except Taken as taken:
            return taken.ncco
        if line.barge_in and type(action) not in _LISTENED:
            line.rests(undecided.BARGE_IN)
        if follows is not None:
            return follows
    if line.barge_in:
        line.rests(undecided.BARGE_IN)
        line.barge_in = False
    if line.others.joined is not None:
        talk(line)
    raise Over("there is nothing more to play")


def _notify(line: Line, action: Notify) -> Ncco | None:
    """An application is told, and may take over (reference, notify)."""
    return line.ask("notify", action.hook, {"payload": action.payload, "conversation_uuid": line.call.conversation})


def _wait(line: Line, action: Wait) -> None:
    seconds, (least, most) = action.seconds, SURE_WAIT
    if not least <= seconds <= most and line.rests(undecided.WAIT):
        seconds = min(max(seconds, least), most)
    line.note("waits", "", seconds)
    last = prompts.is_last(line)
    meanwhile(line, line.now, math.inf if last else 1, began=line.now - seconds, last=last)


SURE_WAIT = (2.0, 60.0)
"""The seconds that a `wait` may last by all sources (reference, wait)."""

_LISTENED = (Talk, Stream, Input)
"""Between a prompt that may be cut short and its question nothing else may stand (reference, talk)."""


_PLAYS: dict[type, Callable[[Line, Any], Ncco | None]] = {
    Talk: prompts.prompt,
    Stream: prompts.prompt,
    Input: listening.ask,
    Record: recording.record,
    Connect: connecting.connect,
    Conversation: rooms.conversation,
    Notify: _notify,
    Wait: _wait,
    Transfer: rooms.transfer,
}


def _event(line: Line, status: str) -> None:
    """What happens to the caller's leg."""
    if line.application.events:
        line.tell("event", Hook(), line.call.leg(status))


def _close(line: Line, by: str) -> None:
    """What is told when a call is over: recordings behind it, its end, and who ended it."""
    line.number = -1
    for each in line.others.behind:
        recording.told(line, each)
    for party in line.others.joined or ():
        left(line, party, "platform")
    if line.application.events and not line.others.unanswered:
        start = line.call.started
        line.tell("event", Hook(), completed(line.call.leg("completed"), start, start + line.now, by))
