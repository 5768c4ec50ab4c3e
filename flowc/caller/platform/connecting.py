"""Calls to somebody else: what becomes of them, who is told, and what happens then (reference, connect)."""

from __future__ import annotations

from typing import NoReturn

from . import undecided
from .line import Line, Over
from .ncco import Connect, Hook, Ncco, Stream, Talk
from .others import Party
from .outcome import NO_TONE, detail_of, more, outcome, rings_out, status_of
from .pace import CALLEE_HANGS_UP, CALLER_HANGS_UP
from .script import RINGING, Connects
from .single_keys import Taken
from .spoken import KEY_SECONDS, plain
from .talking import left, leg_of, talk, talked
from .transcript import Why
from .webhook import part

FAILURES = ("busy", "timeout", "unanswered", "rejected", "failed", "cancelled")
"""The statuses of a call that nobody answered (reference, event webhook)."""

ANSWERABLE = ("timeout", "failed", "rejected", "unanswered", "busy", "machine", "disconnected")
"""Those whose webhook may be answered with an NCCO (reference, connect)."""

DETECTING = 4.5
"""How long nobody hears anything until a machine is told from a person: 4 to 5 seconds (reference, connect)."""

ANSWERED = ("answered", "human", "machine", "disconnected")


def connect(line: Line, action: Connect) -> Ncco | None:
    """Call somebody; the NCCO that the application has for the outcome, if the call is to go on with one."""
    line.others.legs += 1
    line.note("connects", action.to or action.kind)
    act = outcome(line)
    status = status_of(line, action, act)
    act = act._replace(detail=detail_of(line, action, act.detail, status))
    _tell(line, action, "started", "")
    _tell(line, action, "ringing", "")
    if status == RINGING:
        _given_up(line, action, act.seconds)
    line.passes(action.timeout if rings_out(action, act) else 0.0)
    line.note("outcome", f"{status} {act.detail}".strip())
    if status not in ANSWERED:
        return _failed(line, action, status, act.detail)
    return _answered(line, action, act, status)


def _given_up(line: Line, action: Connect, seconds: float) -> NoReturn:
    """It rings, and the caller hangs up."""
    if seconds > action.timeout:
        line.cannot_be(Why.RINGS_OUT, f"{action.timeout:g}")
    line.note("outcome", RINGING, min(seconds, action.timeout))
    if line.application.events:
        line.rests(undecided.RINGING)
        kind = "connect" if action.synchronous else "event"
        line.tell(kind, action.hook, _data(line, action, "cancelled", ""))
    line.hangs_up()
    raise Over(CALLER_HANGS_UP)


def _failed(line: Line, action: Connect, status: str, detail: str) -> Ncco | None:
    if not action.synchronous:
        _tell(line, action, status, detail)
        if more(line) and line.rests(undecided.FAILED):
            raise Over(_NOBODY)
        return None
    ncco = None
    if status in ANSWERABLE:
        ncco = _ask(line, action, status, detail)
    else:
        _tell(line, action, status, detail)
    if ncco is None and action.kind != "websocket" and line.rests(undecided.BY_ANALOGY):
        raise Over(_NOBODY)
    return ncco


_NOBODY = "nobody answers the call to them"


def _answered(line: Line, action: Connect, act: Connects, status: str) -> Ncco | None:
    """The callee is there: what the callee hears first, a machine, and the talk."""
    began = line.now
    _tell(line, action, "answered", "")
    if action.detecting and action.machine:
        line.note("waits", "", action.tone if action.tone is not None and act.detail == NO_TONE else DETECTING)
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
            if ncco is None and line.rests(undecided.MACHINE):
                raise Over("a machine answers the call to them")
            return ncco
        if ncco is not None or status == "disconnected":
            return ncco
    line.others.joined = (*(line.others.joined or ()), Party(began, act, action, _uuid(line)))
    otherwise = more(line) and line.rests(undecided.BEHIND if action.synchronous else undecided.PLAIN)
    if action.synchronous and otherwise:
        why = talked(line)
        if why != CALLEE_HANGS_UP:
            raise Over(why)
        line.others.joined = None
    elif action.synchronous or otherwise:
        talk(line)
    return None


def _elsewhere(line: Line, action: Connect, status: str, detail: str) -> Ncco | None:
    """The NCCO for a machine, or for a websocket that is gone."""
    if action.synchronous:
        return _ask(line, action, status, detail)
    _tell(line, action, status, detail)
    return None


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
    said = leg_of(line, action, _uuid(line), status)
    if action.headers:
        said["headers"] = action.headers
    return {**said, "sub_state" if status == "machine" else "detail": detail} if detail else said


def _uuid(line: Line) -> str:
    """The leg that was called last."""
    return part(line.call.uuid, "ffff", line.others.legs)


def _tell(line: Line, action: Connect, status: str, detail: str) -> None:
    """A status whose webhook is not answered with an NCCO. Raises Taken where it is, and that is to be played."""
    if not (line.application.events or (action.synchronous and status == "answered")):
        return
    if not action.synchronous or undecided.NOT_PLAYED not in line.supposed:
        line.tell("connect" if action.synchronous else "event", action.hook, _data(line, action, status, detail))
        return
    ncco = _ask(line, action, status, detail)
    if ncco is not None:
        line.rests(undecided.NOT_PLAYED)
        raise Taken(ncco)


def _ask(line: Line, action: Connect, status: str, detail: str) -> Ncco | None:
    """The status of a synchronous call, one that may be answered with an NCCO."""
    return line.ask("connect", action.hook, _data(line, action, status, detail))
