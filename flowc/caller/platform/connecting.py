"""Calls to somebody else: what becomes of them, who is told, and what happens then (reference, connect)."""

from __future__ import annotations

from . import undecided
from .line import Line, Over
from .ncco import Connect, Hook, Ncco, Stream, Talk
from .script import Connects, HangsUp
from .spoken import KEY_SECONDS, plain
from .webhook import completed, leg

FAILURES = ("busy", "timeout", "unanswered", "rejected", "failed", "cancelled")
"""The statuses of a call that nobody answered (reference, event webhook)."""

ANSWERABLE = ("timeout", "failed", "rejected", "unanswered", "busy", "machine", "disconnected")
"""Those whose webhook may be answered with an NCCO (reference, connect)."""

ANSWERED = ("answered", "human", "machine", "disconnected")


def connect(line: Line, action: Connect) -> Ncco | None:
    """Call somebody; the NCCO that the application has for the outcome, if the call is to go on with one."""
    line.legs += 1
    line.note("connects", action.to or action.kind)
    act = _outcome(line)
    status = _status(action, act)
    _tell(line, action, "started", "")
    _tell(line, action, "ringing", "")
    line.passes(action.timeout if status == "timeout" else 0.0)
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


def _status(action: Connect, act: Connects) -> str:
    """The status that is told: who listens for a machine hears whether it is one."""
    if act.outcome == "machine" and not action.machine:
        return "answered"
    return act.outcome


def _failed(line: Line, action: Connect, status: str, detail: str) -> Ncco | None:
    if not action.synchronous:
        _tell(line, action, status, detail)
        line.rests(undecided.FAILED)
        return None
    if status not in ANSWERABLE:
        _tell(line, action, status, detail)
        return None
    ncco = _ask(line, action, status, detail)
    if ncco is None:
        line.rests(undecided.BY_ANALOGY)
    return ncco


def _answered(line: Line, action: Connect, act: Connects, status: str) -> Ncco | None:
    """The callee is there: what the callee hears first, a machine, and the talk."""
    began = line.now
    _tell(line, action, "answered", "")
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
        if ncco is not None or status == "disconnected" or action.machine == "hangup":
            return ncco
    line.joined = (began, act, action)
    more = line.number + 1 < len(line.ncco.actions)
    if more:
        line.rests(undecided.BEHIND if action.synchronous else undecided.PLAIN)
    if action.synchronous:
        talk(line)
    return None


def _elsewhere(line: Line, action: Connect, status: str, detail: str) -> Ncco | None:
    """The NCCO for a machine, or for a websocket that is gone."""
    if action.synchronous:
        return _ask(line, action, status, detail)
    _tell(line, action, status, detail)
    return None


def talk(line: Line) -> None:
    """They talk until one of them hangs up. Then one leg is left, and the call ends."""
    assert line.joined is not None
    began, act, action = line.joined
    line.joined = None
    by = "caller" if line.hangs_up() else act.by
    line.note("talks", "", min(act.seconds, action.limit))
    if line.application.events:
        numbers, uuid = (action.number_from or line.call.to, action.to), _uuid(line)
        said = leg(numbers, uuid, line.call.conversation, "completed", "outbound")
        start = line.call.started
        line.tell("event", action.hook, completed(said, start + began, start + line.now, "user"))
    raise Over("the time for the call is over" if act.seconds > action.limit else f"the {by} hangs up")


def _whisper(line: Line, action: Connect) -> None:
    """What the callee hears before they are joined."""
    call = line.call
    data = {"to": action.to, "from": action.number_from or call.to}
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
    numbers = (action.number_from or line.call.to, action.to)
    said = leg(numbers, _uuid(line), line.call.conversation, status, "outbound")
    return {**said, "detail": detail} if detail else said


def _uuid(line: Line) -> str:
    return f"aaaaaaaa-bbbb-cccc-ffff-{line.legs:012d}"


def _tell(line: Line, action: Connect, status: str, detail: str) -> None:
    if line.application.events or (action.synchronous and status == "answered"):
        line.tell("event", action.hook, _data(line, action, status, detail))


def _ask(line: Line, action: Connect, status: str, detail: str) -> Ncco | None:
    """The status of a synchronous call, one that may be answered with an NCCO."""
    return line.ask("connect", action.hook, _data(line, action, status, detail))
