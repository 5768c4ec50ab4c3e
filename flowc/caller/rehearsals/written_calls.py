"""Calls that were played, written as a file of rehearsed calls."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from ...program.machine import Response
from ..exploring.calls_through import Explored
from ..exploring.graph import Answered, Decision
from ..platform.application import Call, Custom
from ..platform.pace import CALLER_HANGS_UP
from ..platform.script import RINGING, Act, Connects, HangsUp, Joins, Presses, Records, Says, Waits
from ..platform.transcript import Transcript, Why
from .given import IN_TURN
from .rooms import written as joined


def written(flow: str, calls: Iterable[Explored], params: Mapping[str, object] = {}) -> str:
    """The text of a file. Each call hears what it heard, in order, and does what it did."""
    named = [(_name(number, each), each) for number, each in enumerate(calls, 1)]
    return f"{head(flow, params)}{entries(named)}"


def head(flow: str, params: Mapping[str, object] = {}) -> str:
    """The beginning of a file, up to its first call."""
    bound = f"params: {json.dumps(dict(params), ensure_ascii=False)}\n" if params else ""
    return f"flow: {_text(flow) if not flow.isidentifier() else flow}\n{bound}calls:\n"


def entries(calls: Iterable[tuple[str, Explored]], indent: int = 2) -> str:
    """Calls as items of `calls`, each with its name."""
    rows: list[str] = []
    for name, call in calls:
        rows += [f"- name: {_text(name)}", *_moment(call), *_given(call), "  steps:"]
        rows += [f"    - {step}" for step in _steps(call)]
    return "".join(f"{' ' * indent}{row}\n" for row in rows)


def _moment(call: Explored) -> Iterator[str]:
    """Who calls whom, and when, if it matters."""
    (calls, chance), usual = call.start, Call()
    if calls.started != usual.started:
        least = "seconds" if calls.started % 60 else "minutes"
        yield f"  at: {datetime.fromtimestamp(calls.started, UTC).isoformat(timespec=least)}"
    if calls.outbound:
        yield "  direction: outbound"
        usual = usual.made()
        yield from [f"  outcome: {calls.outcome}"] if calls.outcome != usual.outcome else []
    for key, value, common in (("from", calls.caller, usual.caller), ("to", calls.to, usual.to)):
        if value != common:
            yield f"  {key}: {_text(value)}"
    yield from [f"  user: {_text(calls.user)}"] if calls.user else []
    data = calls.custom.json if isinstance(calls.custom, Custom) else _text(calls.custom)
    yield from [f"  data: {data}"] if calls.custom else []
    yield from [f"  headers: {json.dumps(dict(calls.headers), ensure_ascii=False)}"] if calls.headers else []
    yield from [f"  random: {chance:g}"] if chance != 0.5 else []


def _given(call: Explored) -> Iterator[str]:
    """What servers answer."""
    answers: dict[str, list[str]] = {}
    for each in call.decisions:
        if isinstance(each, Answered):
            answers.setdefault(each.request, []).append(_response(each.response))
    yield from ["  given:"] if answers else []
    for request, given in answers.items():
        while given[1:] and given[-1] == given[-2]:  # the last one stays
            given.pop()
        yield f"    {_text(request)}: {given[0] if len(given) == 1 else f'{{{IN_TURN}: [{chr(44).join(given)}]}}'}"


def _response(response: Response) -> str:
    if response.status is None:
        return "no answer"
    if response.body is None:
        return str(response.status)
    return f'{{"status": {response.status}, "body": {json.dumps(response.body, ensure_ascii=False)}}}'


def _name(number: int, call: Explored) -> str:
    done = ", ".join(filter(None, map(_brief, call.decisions)))
    return f"{number}: {done}" if done else str(number)


def _steps(call: Explored) -> Iterator[str]:
    """What was heard between the acts, and the acts."""
    transcript, begun = call.transcript, 0
    for number, (act, position) in enumerate(zip(call.acts, transcript.acts, strict=False)):
        yield from _heard(transcript, begun, position)
        rings = isinstance(act, HangsUp) and transcript.happened[position - 1].what == "connects"
        done = Connects(RINGING, seconds=0.0) if rings else _without_lost(act, number, transcript)
        yield _act(done, transcript, position)
        begun = position
        if isinstance(done, Connects) and done.outcome == RINGING:
            yield "hangs up"
            break
    yield from _heard(transcript, begun, len(transcript.happened))
    if transcript.ended != CALLER_HANGS_UP:
        yield "ended"


def _without_lost(act: Act, number: int, transcript: Transcript) -> Act:
    """An act without what was lost of it, which changed nothing in the call."""
    for each in transcript.losses:
        if each.act != number:
            continue
        if isinstance(act, Presses) and each.keys and act.keys.removesuffix(each.keys) not in ("", act.keys):
            act = act._replace(keys=act.keys.removesuffix(each.keys))
        elif isinstance(act, Records):
            act = act._replace(key="")
        elif each.why in _UNHEARD:
            act = Waits()
    return act


_UNHEARD = (Why.TOO_EARLY, Why.WORDS_ASKED, Why.KEYS_ASKED)
"""Why all of an answer is lost, so that it was as if the caller said nothing."""


def _heard(transcript: Transcript, begun: int, end: int) -> Iterator[str]:
    for each in transcript.happened[begun:end]:
        if each.what in ("hears", "plays", "callee hears"):
            yield f"{'callee hears' if each.what == 'callee hears' else 'hears'}: {_heard_text(each.said)}"


def _heard_text(said: str) -> str:
    """Words as they are heard; between slashes they would be a pattern."""
    return f"{{exactly: {_text(said)}}}" if said.startswith("/") and said.endswith("/") else _text(said)


def _act(act: Act, transcript: Transcript, position: int) -> str:
    before = transcript.happened[position - 1].said
    match act:
        case Presses(keys, early, pause):
            how = [*_early(early), *([f"pause: {pause:g}"] if pause != Presses("").pause else [])]
            return f"presses: {{keys: {', '.join([_text(keys), *how])}}}" if how else f"presses: {_text(keys)}"
        case Says(words, confidence, early):
            how = [*([f"confidence: {confidence:g}"] if confidence != Says("").confidence else []), *_early(early)]
            return f"says: {{words: {', '.join([_text(words), *how])}}}" if how else f"says: {_text(words)}"
        case Connects(outcome, _, seconds):
            rings = f", seconds: {seconds:g}" if outcome == RINGING and seconds else ""
            return f"connects: {{to: {_text(before)}, and: {outcome}{rings}}}"
        case Records(seconds, key):
            return f"records: {{seconds: {seconds:g}, key: {_text(key)}}}" if key else f"records: {seconds:g}"
        case Joins():
            return f"joins: {joined(act, before.partition(' (')[0])}"
        case HangsUp():
            return "hangs up"
    return "waits"


def _early(early: bool) -> list[str]:
    return ["early: true"] if early else []


def _brief(decision: Decision) -> str:
    match decision:
        case Answered(request, response):
            return f"{request.partition(' ')[0]} {response.status or 'no answer'}"
        case Presses(keys):
            return f"presses {keys}"
        case Says(words):
            return f"says {words}"
        case Connects(outcome):
            return outcome
        case Waits():
            return "says nothing"
    return ""


def _text(text: str) -> str:
    """A text in quotes, with its letters as they are."""
    return json.dumps(text, ensure_ascii=False)
