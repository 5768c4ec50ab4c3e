"""Recordings: those that the call waits for, and those that go on behind it (reference, record)."""

from __future__ import annotations

import math

from . import undecided
from .line import Line, Over
from .ncco import Record
from .others import Recorded
from .pace import CALLER_HANGS_UP
from .script import HangsUp, Presses, Records, Waits
from .single_keys import meanwhile
from .transcript import Why
from .webhook import recording as recording_data
from .webhook import transcribed


def record(line: Line, action: Record) -> None:
    """The caller is recorded: until a condition ends it, or from here to the end of the call."""
    line.note("recorded", "after a tone" if action.beep else "")
    recorded = Recorded(line.now, action.hook, action.transcription)
    waits = action.silence is not None or bool(action.key)
    if not waits and action.longest is not None:
        waits = not line.rests(undecided.TIME_ALONE)
    if not waits:
        line.others.behind += (recorded,)
        return
    try:
        why = _records(line, action)
    except Over:
        told(line, recorded)
        raise
    line.note("records", why)
    told(line, recorded)


def told(line: Line, recorded: Recorded) -> None:
    """The webhooks of a recording that is over."""
    line.others.recordings += 1
    start = line.call.started
    of = line.call.uuid, line.call.conversation
    data = recording_data(of, line.others.recordings, start + recorded.began, start + line.now)
    line.tell("record", recorded.hook, data)
    if recorded.transcription is not None:
        line.tell("transcribed", recorded.transcription, transcribed(data))


def _records(line: Line, action: Record) -> str:
    """The time of a recording goes by; why it ended."""
    began = line.now
    if not line.caller.asking and line.caller.next_act() != Presses(action.key):
        meanwhile(line, math.inf if action.longest is None else line.now + action.longest)
    words, key, hangs_up = _left(line, action)
    lasts, why = words + (action.silence or 0.0), "silence"
    if key and key == action.key:
        lasts, why = words, f"the key {key}"
    elif action.silence is None:
        lasts, why = (words if hangs_up else line.pace.longest), "the caller"
    if action.longest is not None and lasts >= action.longest:
        lasts, why = action.longest, "the longest time"
    elif hangs_up:
        lasts, why = words, "the caller"
    line.passes(max(began + lasts - line.now, 0.0))
    if hangs_up and why == "the caller":
        raise Over(CALLER_HANGS_UP)
    return why


def _left(line: Line, action: Record) -> tuple[float, str, bool]:
    """The seconds of words that the caller leaves, the key behind them, and whether the caller then hangs up."""
    act = line.caller.next_act()
    match act:
        case Records():
            line.did()
            if act.key and act.key != action.key:
                line.loses(Why.OTHER_KEY if action.key else Why.NO_KEY, act.key, action.key)
            return act.seconds, act.key, False
        case Presses() if action.key and act.keys == action.key:
            line.did()
            return 1.0, act.keys, False
        case Waits():
            line.did()
            return 0.0, "", False
        case HangsUp():
            line.did()
            return 0.0, "", True
        case None:
            return 0.0, "", True
    return 0.0, "", False
