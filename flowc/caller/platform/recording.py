"""Recordings: those that the call waits for, and those that go on behind it (reference, record)."""

from __future__ import annotations

from . import undecided
from .line import Line, Over
from .ncco import Hook, Record
from .script import HangsUp, Presses, Records, Waits
from .webhook import recording as recording_data
from .webhook import transcribed


def record(line: Line, action: Record) -> None:
    """The caller is recorded: until a condition ends it, or from here to the end of the call."""
    line.note("recorded", "after a tone" if action.beep else "")
    if action.silence is None and not action.key and action.longest is None:
        line.behind.append((line.now, action.hook, action.transcription))
        return
    if action.silence is None and not action.key:
        line.rests(undecided.TIME_ALONE)
    began = line.now
    try:
        why = _records(line, action)
    except Over:
        told(line, began, action.hook, action.transcription)
        raise
    line.note("records", why)
    told(line, began, action.hook, action.transcription)


def told(line: Line, began: float, hook: Hook, transcription: Hook | None) -> None:
    """The webhooks of a recording that is over."""
    line.recordings += 1
    start = line.call.started
    of = line.call.uuid, line.call.conversation
    data = recording_data(of, line.recordings, start + began, start + line.now)
    line.tell("record", hook, data)
    if transcription is not None:
        line.tell("transcribed", transcription, transcribed(data))


def _records(line: Line, action: Record) -> str:
    """The time of a recording goes by; why it ended."""
    words, key, hangs_up = _left(line, action)
    lasts, why = words + (action.silence or 0.0), "silence"
    if key and key == action.key:
        lasts, why = words, f"the key {key}"
    elif action.silence is None:
        lasts, why = (words if hangs_up else line.longest), "the caller"
    if action.longest is not None and lasts >= action.longest:
        lasts, why = action.longest, "the longest time"
    elif hangs_up:
        lasts, why = words, "the caller"
    line.passes(lasts)
    if hangs_up and why == "the caller":
        raise Over("the caller hangs up")
    return why


def _left(line: Line, action: Record) -> tuple[float, str, bool]:
    """The seconds of words that the caller leaves, the key behind them, and whether the caller then hangs up."""
    act = line.next_act()
    match act:
        case Records():
            line.did()
            if act.key and act.key != action.key:
                line.loses(f"the key `{act.key}` is lost: {_ends(action.key)}")
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


def _ends(key: str) -> str:
    return f"the recording ends with `{key}`" if key else "no key ends the recording"
