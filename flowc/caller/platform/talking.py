"""Those who are on a call talk until one leg is left, and what is told of legs that end (reference, connect)."""

from __future__ import annotations

from .line import Line, Over
from .ncco import Connect
from .others import Party
from .pace import CALLEE_HANGS_UP, CALLER_HANGS_UP
from .single_keys import meanwhile
from .webhook import completed, leg


def talk(line: Line) -> None:
    """They talk until one leg is left. Then the call ends."""
    raise Over(talked(line))


def talked(line: Line) -> str:
    """They talk until one leg is left; why it is."""
    assert line.others.joined is not None
    parties = line.others.joined
    until = [min(each.act.seconds, each.action.limit) for each in parties]
    own = [seconds for each, seconds in zip(parties, until, strict=True) if each.act.by == "caller"]
    lasts = min(own) if own else max(until)
    last = parties[until.index(lasts)]
    begun, number = line.now, len(line.happened)
    line.note("talks")
    line.happened[number] = line.happened[number]._replace(seconds=lasts)
    meanwhile(line, begun + lasts)
    by = "caller" if line.hangs_up() else last.act.by
    for seconds, party in sorted(zip(until, parties, strict=True), key=lambda each: each[0]):
        line.passes(max(begun + min(seconds, lasts) - line.now, 0.0))
        line.others.joined = tuple(each for each in line.others.joined if each is not party)
        left(line, party, "platform" if party.act.seconds > seconds <= lasts else "user")
    if last.act.seconds > last.action.limit:
        return "the time for the call is over"
    if by == "callee" and _is_lost(last):
        return "the websocket is lost"
    return CALLER_HANGS_UP if by == "caller" else CALLEE_HANGS_UP


def _is_lost(party: Party) -> bool:
    """Whether somebody is a program whose connection is lost at last."""
    return party.act.outcome == "disconnected" and party.action.kind == "websocket"


def left(line: Line, party: Party, by: str) -> None:
    """The last event of somebody's leg."""
    if line.application.events:
        start = line.call.started
        if by == "user" and _is_lost(party):
            lost = leg_of(line, party.action, party.uuid, "disconnected")
            line.tell("event", party.action.hook, {**lost, "headers": party.action.headers or lost["headers"]})
            return
        said = leg_of(line, party.action, party.uuid, "completed")
        line.tell("event", party.action.hook, completed(said, start + party.began, start + line.now, by))


def leg_of(line: Line, action: Connect, uuid: str, status: str) -> dict[str, object]:
    """What is said of a leg that was called."""
    numbers = (action.number_from or line.call.ours, action.to)
    return leg((uuid, line.call.conversation), numbers, status, "outbound")
