"""When something that is done in a call, or becomes of it, has come to its end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from ..platform.script import RINGING, Act, Connects, HangsUp, Joins
from ..platform.transcript import Happened

_ANSWERED = ("presses", "says", "silent", "event")
_IN_A_ROOM = ("holds", "plays", "meets")


def over(happened: Sequence[Happened], done: int, act: Act, ended: float) -> float:
    """The second at which an act is over that came about before the happening of that number.

    An answer is over when its question is, a call to somebody else when they have talked, a recording when it ends, a
    conversation when the caller is in it no longer, and all of them when the call has `ended`.
    """
    match act:
        case HangsUp():
            return ended
        case Connects():
            return _talked(happened, done, ended)
        case Joins():
            return _first(happened, done, _IN_A_ROOM, ended)
    is_early = done < len(happened) and happened[done].what == "asks"  # it began before its question
    return _first(happened, done + is_early, _ANSWERED, ended)


def _first(happened: Sequence[Happened], done: int, within: Sequence[str], ended: float) -> float:
    """When the first thing happens that is none of those within an act."""
    return next((each.at for each in islice(happened, done, None) if each.what not in within), ended)


def _talked(happened: Sequence[Happened], done: int, ended: float) -> float:
    """When those who were called have talked; of a call that nobody answered, when that was known."""
    known = next((each for each in islice(happened, done, None) if each.what == "outcome"), None)
    if known is None:
        return ended
    status = known.said.partition(" ")[0]
    if status not in _JOINED:
        return known.at
    for each in islice(happened, done, None):
        if each.what == "talks" or (each.what == "outcome" and status == RINGING):
            return each.at + each.seconds
        if each.what == "connects" and status == "machine":  # it ended at the machine, and somebody else is called
            break
    return known.at


_JOINED = ("answered", "machine", "disconnected", RINGING)
"""The outcomes that may last."""
