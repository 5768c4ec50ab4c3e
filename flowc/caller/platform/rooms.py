"""Conversations that callers join or are moved to, and who else is there (reference, conversation and transfer)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from . import undecided
from .line import Line, Over
from .ncco import Conversation, Hook, Transfer
from .others import Recorded
from .pace import CALLER_HANGS_UP
from .recording import told
from .script import HangsUp, Joins, Member
from .single_keys import meanwhile

MODERATOR = "the moderator"
"""Who comes where nothing more is said of them than when."""

LEFT = "the caller leaves the room, which ends it"
MOVED = "the caller is in another conversation"

SURE_MEMBERS = 32
"""How many members a conversation has room for by all sources (reference, conversation)."""


def conversation(line: Line, action: Conversation) -> None:
    """The caller is in a room, from which only its end leads back into the NCCO."""
    line.note("joins", _named(action.name, manners(action)))
    act = line.caller.next_act()
    if isinstance(act, Joins):
        line.did()
    else:
        act = Joins()
    began, others = line.now, _others(act)
    meanwhile(line, began + act.seconds)
    if len(others) >= SURE_MEMBERS:
        line.rests(undecided.MEMBERS)
    try:
        ends = _stays(line, action, act, began)
    finally:
        if action.record:
            told(line, Recorded(began, action.hook, action.transcription))
    if not ends:
        raise Over(LEFT if action.ends else CALLER_HANGS_UP)
    if line.rests(undecided.ROOM):
        raise Over("the conversation has ended")


def manners(action: Conversation) -> Iterator[str]:
    """How a caller is in a room, where that is not as usual."""
    if action.waits:
        yield WAITS
    yield from _senses(action)
    if action.record:
        yield RECORDED
    if action.ends:
        yield ENDS


def _senses(action: Conversation | Transfer) -> Iterator[str]:
    """Whom a caller hears, and who hears the caller, where that is not all."""
    if action.heard_by is not None:
        yield heard_by(action.heard_by)
    if action.hears is not None:
        yield hears(action.hears)


def _named(name: str, manners: Iterable[str]) -> str:
    """A room, and how the caller is in it."""
    manner = ", ".join(manners)
    return f"{name} ({manner})" if manner else name


WAITS, RECORDED, ENDS, SILENT, DEAF = "does not begin it", "recorded", "ends it by leaving", "silent", "deaf"


def heard_by(legs: Sequence[str]) -> str:
    """How somebody is in a room whom these hear."""
    return f"heard by {' and '.join(legs)} alone" if legs else SILENT


def hears(legs: Sequence[str]) -> str:
    """How somebody is in a room who hears these."""
    return f"hears {' and '.join(legs)} alone" if legs else DEAF


def _others(act: Joins) -> tuple[Member, ...]:
    return (*act.others, Member(MODERATOR, act.hold)) if act.hold > 0 else act.others


def _stays(line: Line, action: Conversation, act: Joins, joined: float) -> bool:
    """The caller's time in a room since `joined` goes by, with all that is met there; whether the room then ends."""
    others = _others(act)
    begins = _begins(action, others)
    closed = min((_leaves(each) for each in others if each.ends), default=math.inf)
    until = act.seconds + (begins if math.isfinite(begins) else 0.0)
    leaves = closed > until and not line.caller.asking and isinstance(line.caller.next_act(), HangsUp)
    ends = not leaves and (act.ends or closed <= until)
    until = min(until, closed)
    if action.waits and any(each.starts and not each.ends and _leaves(each) <= until for each in others):
        line.rests(undecided.BEGUN)
    for each in others:
        if each.comes <= 0:
            line.note("meets", f"{each.who} is there")
    if action.waits and (begins or not others):
        _holds(line, action, min(begins, until))
    for at, what in sorted(_met(others, begins, until), key=lambda each: each[0]):
        line.passes(max(joined + at - line.now, 0.0))
        line.note("meets", what)
    line.passes(max(joined + until - line.now, 0.0))
    if leaves:
        line.did()
    return ends


def _leaves(member: Member) -> float:
    """When somebody leaves; never, if they stay."""
    return math.inf if member.leaves is None else max(member.leaves, member.comes)


def _begins(action: Conversation, others: tuple[Member, ...]) -> float:
    """When the room begins, in seconds from the caller's coming; never, if nobody begins it."""
    if not action.waits or not others:
        return 0.0
    return min((max(each.comes, 0.0) for each in others if each.starts), default=math.inf)


def _holds(line: Line, action: Conversation, seconds: float) -> None:
    """The caller waits, and hears music where there is any: also where nobody says how long (`seconds` is 0)."""
    line.note("holds", f"and hears {action.music}" if action.music else "in silence")
    if action.music:
        line.note("plays", action.music)
    line.happened[-1] = line.happened[-1]._replace(seconds=seconds)


def _met(others: tuple[Member, ...], begins: float, until: float) -> Iterator[tuple[float, str]]:
    """Who comes and leaves while the caller is in a room, and when. Who comes when it `begins` begins it."""
    for each in others:
        first = each.starts and each.comes == begins
        if 0 < each.comes <= until:
            yield each.comes, f"{each.who} comes{', and it begins' if first else ''}"
        if _leaves(each) <= until:
            yield _leaves(each), f"{each.who} leaves{', which ends it' if each.ends else ''}"


def transfer(line: Line, action: Transfer) -> None:
    """The caller goes to another conversation for good, and hangs up there."""
    line.note("transferred", _named(action.conversation, _senses(action)))
    line.rests(undecided.TRANSFER)
    if line.application.events:
        moved = {"conversation_uuid_from": line.call.conversation, "conversation_uuid_to": action.conversation}
        line.tell("event", Hook(), {"type": "transfer", **moved, "uuid": line.call.uuid})
    act = line.caller.next_act() if not line.caller.asking else None
    if isinstance(act, Joins):
        line.did()
        line.passes(act.seconds)
    raise Over(MOVED)
