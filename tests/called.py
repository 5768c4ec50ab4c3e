"""The calls of `docs/language.md`, played on the machine: what answers each webhook, as the platform gets it.

A call is written in the words of the files that `flowc test` plays: `params`, who calls and when, what servers answer
(`given`), and what is done in it (`presses`, `says`, `waits`, `connects`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from jsonschema import Draft202012Validator

from flowc.program.files import wait_name
from flowc.program.machine import Ask, Reply, Response, State, begin, resume, step
from flowc.program.program import Action, Program
from flowc.program.understand import SILENCE, Event

Data = dict[str, Any]


def played(program: Program, base_url: str, call: Data) -> Iterator[object]:
    """What answers a call: an NCCO for each webhook, at last maybe a request that nothing in the call answers."""
    program = program._replace(params=call.get("params", {}))
    moment = datetime.fromisoformat(call.get("at", "2035-01-01T00:00:00+00:00")).timestamp()
    chance = float(call.get("random", 0.5))
    known = {key: str(call[key]) for key in ("from", "to") if key in call} | {"sip": call.get("headers", {})}
    given = call.get("given", {})
    events = iter([_event(each)._replace(now=moment, random=chance) for each in call.get("steps", [])])
    now = SILENCE._replace(now=moment, random=chance)
    reply = _answered(program, begin(program, known, now), given)
    while reply is not None:
        yield _written(program, base_url, reply)
        if isinstance(reply, Ask) or reply.waits is None:
            break
        comes_back = reply.waits.at in program.documents and reply.waits.at not in program.waits
        event = now if comes_back else next(events, None)
        if event is None:
            break
        found = step(program, reply.waits, reply.state, event)
        reply = None if found is None else _answered(program, found, given)
        if reply is None:
            yield []
    assert next(events, None) is None, "the call is over before its steps are"


def _answered(program: Program, reply: Reply | Ask, given: Data) -> Reply | Ask:
    """A reply, once all requests before it are answered; a request that is none of the given."""
    while isinstance(reply, Ask) and (key := f"{reply.method} {reply.data['url']}") in given:
        reply = resume(program, reply, _response(given[key], reply.expect))
    return reply


def _response(given: Any, expect: Any) -> Response:
    if given == "no answer":
        return Response(None)
    if isinstance(given, int):
        return Response(given, sound=False)
    sound = expect is None or Draft202012Validator(expect).is_valid(given)
    return Response(200, given, sound)


def _event(done: Any) -> Event:
    match done:
        case "waits":
            return SILENCE
        case {"presses": keys}:
            return Event(str(keys))
        case {"says": {"words": words, "confidence": sure}}:
            return Event(words=((words, sure),))
        case {"says": words}:
            return Event(words=((words, 0.9),))
        case {"connects": outcome}:
            return Event(status=outcome)
    raise ValueError(f"no step of a call: {done}")


def _written(program: Program, base_url: str, reply: Reply | Ask) -> object:
    """A reply with the URLs that lead on in it, or a request."""
    if isinstance(reply, Ask):
        return {"method": reply.method, **reply.data}
    actions = [_whispering(program, base_url, each, reply.state) for each in reply.actions]
    if reply.waits is not None and reply.at is not None:
        waiting = actions[reply.at]
        method = waiting.pop("eventMethod", "POST")
        url = _url(program, base_url, wait_name(reply.waits.at, reply.waits.attempt), reply.state)
        actions[reply.at] = {**waiting, "eventUrl": [url], "eventMethod": method}
    return actions


def _whispering(program: Program, base_url: str, action: Action, state: State) -> Data:
    match action:
        case {"endpoint": [{"onAnswer": {"url": str(name)}, **endpoint}]} if name in program.documents:
            whisper = {"url": _url(program, base_url, f"{name}.json", state)}
            return {**action, "endpoint": [{**endpoint, "onAnswer": whisper}]}
    return dict(action)


def _url(program: Program, base_url: str, name: str, state: State) -> str:
    """A URL that leads on; what the call remembers is sealed in its last part, of which the page shows `…`."""
    url = f"{base_url}/{program.flow}/{name}"
    return url if state == State() else f"{url}/…"
