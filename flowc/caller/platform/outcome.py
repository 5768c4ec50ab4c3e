"""What becomes of a call to somebody else: what the script says, as far as it can be, and as it is told (reference)."""

from __future__ import annotations

from . import undecided
from .line import Line
from .ncco import Connect
from .script import RINGING, Connects, HangsUp
from .transcript import Why

NO_TONE = "beep_timeout"
"""The detail of a machine whose tone did not come in time."""


def outcome(line: Line) -> Connects:
    """What the script says of the next call; nothing, and it is answered. Who hangs up there lets it ring."""
    act = line.caller.next_act()
    if line.caller.asking and isinstance(act, HangsUp):
        line.did()
        return Connects(RINGING, seconds=0.0)
    if not isinstance(act, Connects):
        return Connects()
    line.did()
    return act


def rings_out(action: Connect, act: Connects) -> bool:
    """Whether somebody is called until the time is over."""
    if act.outcome == "unanswered" and not act.detail:
        return action.kind != "websocket"
    return "timeout" in (act.outcome, act.detail)


def can_be(action: Connect, status: str) -> bool:
    """Whether a call that somebody answers may be told so: only who listens for a machine hears of one, and only a
    websocket is disconnected."""
    if status == "machine":
        return bool(action.machine)
    return status != "disconnected" or action.kind == "websocket"


def status_of(line: Line, action: Connect, act: Connects) -> str:
    """The status that is told; of one that cannot be, that the call was answered."""
    if not can_be(action, act.outcome):
        line.cannot_be(Why.NO_DETECTION if act.outcome == "machine" else Why.NEVER_LOST, action.kind)
        return "answered"
    if act.outcome == "disconnected" and not action.synchronous and not (more(line) and line.rests(undecided.PLAIN)):
        return "answered"  # as yet: it is lost while they talk
    return act.outcome


def detail_of(line: Line, action: Connect, detail: str, status: str) -> str:
    """The detail of a status that is told: a machine's tone where it is waited for, which comes unless it is said."""
    if status != "machine":
        return "" if status == "answered" else detail
    if action.tone is None:
        if detail:
            line.cannot_be(Why.NO_TONE)
        return ""
    if detail == NO_TONE:
        line.rests(undecided.TONE)
    return detail or "beep_start"


def more(line: Line) -> bool:
    """Whether something stands behind the action that is played."""
    return line.number + 1 < len(line.ncco.actions)
