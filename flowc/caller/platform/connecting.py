"""Calls to somebody else: what becomes of them, who is told, and what happens then (reference, connect)."""

from __future__ import annotations

from . import undecided
from .line import Line, Over, Party
from .ncco import Connect, Hook, Ncco, Stream, Talk
from .script import Connects, HangsUp
from .spoken import KEY_SECONDS, plain
from .webhook import completed, leg, part

FAILURES = ("busy", "timeout", "unanswered", "rejected", "failed", "cancelled")
"""The statuses of a call that nobody answered (reference, event webhook)."""

ANSWERABLE = ("timeout", "failed", "rejected", "unanswered", "busy", "machine", "disconnected")
"""Those whose webhook may be answered with an NCCO (reference, connect)."""

DETECTING = 4.5
"""How long nobody hears anything until a machine is told from a person: 4 to 5 seconds (reference, connect)."""

ANSWERED = ("answered", "human", "machine", "disconnected")


def connect(line: Line, action: Connect) -> Ncco | None:
    """Call somebody; the NCCO that the application has for the outcome, if the call is to go on with one."""
    line.legs += 1
    line.note("connects", action.to or action.kind)
    act = _outcome(line)
    status = _status(action, act)
    _tell(line, action, "started", "")
    _tell(line, action, "ringing", "")
    line.passes(action.timeout if _rings_out(action, act) else 0.0)
    line.note("outcome", f"{status} {act.detail}".strip())
    if status not in ANSWERED:
        return _failed(line, action, status, act.detail)
    return _answered(line, action, act, status)


def _outcome(line: Line) -> Connects:
    act = line.next_act()
    if line.asking and isinstance(act, HangsUp):
        line.did()
        raise Over("the caller hangs up")
    if not isinstance(act, Connects):
        return Connects()
    line.did()
    return act


def _rings_out(action: Connect, act: Connects) -> bool:
    """Whether somebody is called until the time is over."""
    if act.outcome == "unanswered" and not act.detail:
        return action.kind != "websocket"
    return "timeout" in (act.outcome, act.detail)


def _status(action: Connect, act: Connects) -> str:
    """The status that is told: who listens for a machine hears whether it is one."""
    if act.outcome == "machine" and not action.machine:
        return "answered"
    return act.outcome


def _failed(line: Line, action: Connect, status: str, detail: str) -> Ncco | None:
    if not action.synchronous:
        _tell(line, action, status, detail)
        if _more(line):
            line.rests(undecided.FAILED)
        return None
    ncco = None
    if status in ANSWERABLE:
        ncco = _ask(line, action, status, detail)
    else:
        _tell(line, action, status, detail)
    if ncco is None and action.kind != "websocket":
        line.rests(undecided.BY_ANALOGY)
    return ncco


def _answered(line: Line, action: Connect, act: Connects, status: str) -> Ncco | None:
    """The callee is there: what the callee hears first, a machine, and the talk."""
    began = line.now
    _tell(line, action, "answered", "")
    if action.detecting and action.machine:
        line.note("waits", "", DETECTING)
    if action.keys:
        line.note("sends", action.keys, len(action.keys) * KEY_SECONDS)
    if action.whisper is not None:
        _whisper(line, action)
    if status == "disconnected":
        line.note("talks", "", min(act.seconds, action.limit))
    elif action.machine and status == "answered":
        _tell(line, action, "human", "")
    if status in ANSWERABLE:
        ncco = _elsewhere(line, action, status, act.detail)
        if status == "machine" and action.machine == "hangup":
            left(line, Party(began, act, action, _uuid(line)), "platform")
            if ncco is None:
                line.rests(undecided.MACHINE)
            return ncco
        if ncco is not None or status == "disconnected":
            return ncco
    line.joined = (*(line.joined or ()), Party(began, act, action, _uuid(line)))
    if _more(line):
        line.rests(undecided.BEHIND if action.synchronous else undecided.PLAIN)
    if action.synchronous:
        talk(line)
    return None


def _more(line: Line) -> bool:
    """Whether something stands behind the action that is played."""
    return line.number + 1 < len(line.ncco.actions)


def _elsewhere(line: Line, action: Connect, status: str, detail: str) -> Ncco | None:
    """The NCCO for a machine, or for a websocket that is gone."""
    if action.synchronous:
        return _ask(line, action, status, detail)
    _tell(line, action, status, detail)
    return None


def talk(line: Line) -> None:
    """They talk until one leg is left. Then the call ends."""
    assert line.joined is not None
    parties = line.joined
    until = [min(each.act.seconds, each.action.limit) for each in parties]
    own = [seconds for each, seconds in zip(parties, until, strict=True) if each.act.by == "caller"]
    lasts = min(own) if own else max(until)
    last = parties[until.index(lasts)]
    by = "caller" if line.hangs_up() else last.act.by
    begun = line.now
    line.note("talks")
    line.happened[-1] = line.happened[-1]._replace(seconds=lasts)
    for seconds, party in sorted(zip(until, parties, strict=True), key=lambda each: each[0]):
        line.passes(max(begun + min(seconds, lasts) - line.now, 0.0))
        line.joined = tuple(each for each in line.joined if each is not party)
        left(line, party, "platform" if party.act.seconds > seconds <= lasts else "user")
    raise Over("the time for the call is over" if last.act.seconds > last.action.limit else f"the {by} hangs up")


def left(line: Line, party: Party, by: str) -> None:
    """The last event of somebody's leg."""
    if line.application.events:
        action, start = party.action, line.call.started
        numbers = (action.number_from or line.call.ours, action.to)
        said = leg(numbers, party.uuid, line.call.conversation, "completed", "outbound")
        line.tell("event", action.hook, completed(said, start + party.began, start + line.now, by))


def _whisper(line: Line, action: Connect) -> None:
    """What the callee hears before they are joined."""
    call = line.call
    data = {"to": action.to, "from": action.number_from or call.ours}
    data |= {"conversation_uuid": call.conversation, "uuid": _uuid(line)}
    ncco = line.ask("whisper", Hook(action.whisper, "GET"), data)
    if ncco is None:
        line.rests(undecided.WHISPER)
        return
    for each in ncco.actions:
        if isinstance(each, Talk):
            line.note("callee hears", plain(each.text), each.seconds, each.language)
        elif isinstance(each, Stream):
            line.note("callee hears", each.url, each.seconds)
        else:
            line.rests(undecided.WHISPERED)


def _data(line: Line, action: Connect, status: str, detail: str) -> dict[str, object]:
    numbers = (action.number_from or line.call.ours, action.to)
    said = leg(numbers, _uuid(line), line.call.conversation, status, "outbound")
    if action.headers:
        said["headers"] = action.headers
    return {**said, "sub_state" if status == "machine" else "detail": detail} if detail else said


def _uuid(line: Line) -> str:
    """The leg that was called last."""
    return part(line.call.uuid, "ffff", line.legs)


def _tell(line: Line, action: Connect, status: str, detail: str) -> None:
    if line.application.events or (action.synchronous and status == "answered"):
        kind = "connect" if action.synchronous else "event"
        line.tell(kind, action.hook, _data(line, action, status, detail))


def _ask(line: Line, action: Connect, status: str, detail: str) -> Ncco | None:
    """The status of a synchronous call, one that may be answered with an NCCO."""
    return line.ask("connect", action.hook, _data(line, action, status, detail))
