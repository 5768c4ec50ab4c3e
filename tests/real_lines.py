"""Who answers the webhooks of a call, and a caller who tells all that is heard."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from flowc.program.expected import fits
from flowc.program.machine import Ask, Position, Reply, Response, State, begin, resume, step
from flowc.program.program import Program, Wait
from flowc.program.understand import event_of
from tests.real_outside import Desk
from tests.serve_host import Hosted

Ncco = list[dict[str, Any]]
Fields = Mapping[str, object]


class Line(Protocol):
    """Answers webhooks with NCCOs. An action that waits for one has an `eventUrl` of the flow's host."""

    def rings(self, fields: Fields) -> Ncco:
        """The answer webhook."""

    def told(self, url: str, fields: Fields) -> Ncco:
        """The webhook of an action that waits."""

    def whisper(self, url: str) -> Ncco:
        """What is heard by who has been called."""


class Machine:
    """The machine in this process, with a desk that answers its lookups."""

    def __init__(self, program: Program, base: str, desk: Desk, now: float) -> None:
        self.program, self.base, self.desk, self.now = program, base, desk, now
        self.state = State()
        self.waits: Position | None = None

    def rings(self, fields: Fields) -> Ncco:
        return self.made(begin(self.program, fields, event_of({})._replace(now=self.now)))

    def told(self, url: str, fields: Fields) -> Ncco:
        assert self.waits is not None and url == f"{self.base}/{self.program.flow}/{self.waits.at}"
        return self.made(step(self.program, self.waits, self.state, event_of(fields)._replace(now=self.now)))

    def whisper(self, url: str) -> Ncco:
        name = url.removeprefix(f"{self.base}/{self.program.flow}/").removesuffix(".json")
        wait = Wait("outcome", (), {"answered": name})
        program = self.program._replace(waits={**self.program.waits, "whisper": wait})
        said = step(program, Position("whisper"), self.state, event_of({"status": "answered"})._replace(now=self.now))
        assert isinstance(said, Reply)
        return [*said.actions]

    def made(self, said: Reply | Ask | None) -> Ncco:
        while isinstance(said, Ask):
            said = resume(self.program, said, self.looked_up(said))
        if said is None:
            return []
        self.state, self.waits = said.state, said.waits
        return [self.addressed(each, at == said.at) for at, each in enumerate(said.actions)]

    def addressed(self, action: Mapping[str, Any], waits: bool) -> dict[str, Any]:
        """An action with the URLs that a host writes."""
        made = json.loads(json.dumps(action))
        assert isinstance(made, dict)
        if waits and self.waits is not None:
            made["eventUrl"] = [f"{self.base}/{self.program.flow}/{self.waits.at}"]
        match made:
            case {"endpoint": [{"onAnswer": {"url": str(name)} as heard}]}:
                heard["url"] = f"{self.base}/{self.program.flow}/{name}.json"
        return made

    def looked_up(self, ask: Ask) -> Response:
        """What the desk answers to a request."""
        headers = ask.data.get("headers")
        authorization = str(headers.get("Authorization", "")) if isinstance(headers, Mapping) else ""
        url = urlsplit(str(ask.data["url"]))
        body = json.dumps(ask.data["json"]).encode() if "json" in ask.data else b""
        answer = self.desk.answer(f"{ask.method} {url.path}", body, authorization)
        if answer is None:
            return Response(None, None, False)
        try:
            data = json.loads(answer[1])
        except ValueError:
            return Response(answer[0], None, False)
        return Response(answer[0], data, fits(ask.expect, data))


class Served:
    """The server, over HTTP."""

    def __init__(self, program: Program, host: Hosted) -> None:
        self.program, self.host = program, host

    def rings(self, fields: Fields) -> Ncco:
        texts = {key: str(each) for key, each in fields.items()}
        return self.read(self.host.get(f"/{self.program.flow}/{self.program.start}.json", texts))

    def told(self, url: str, fields: Fields) -> Ncco:
        return self.read(self.host.post(urlsplit(url).path, fields))

    def whisper(self, url: str) -> Ncco:
        return self.read(self.host.get(urlsplit(url).path, {"conversation_uuid": "CON-of-another-leg"}))

    @staticmethod
    def read(response: Any) -> Ncco:
        assert response.status == 200
        ncco: Ncco = json.loads(response.body)
        return ncco


class Done(NamedTuple):
    """What happens at a wait: what is written behind `>`, as the fields of a webhook."""

    fields: Fields
    status: str = ""


def done(written: str) -> Done:
    """What `> …` stands for."""
    word, _, rest = written.partition(" ")
    if word in ("says", "mumbles"):
        confidence = 0.9 if word == "says" else 0.3
        return Done({"speech": {"results": [{"text": rest, "confidence": confidence}]}})
    if written == "silence" or written.strip("0123456789*#") == "":
        keys = "" if written == "silence" else written
        return Done({"dtmf": {"digits": keys, "timed_out": not keys}})
    return Done({"status": written}, written)


def call(line: Line, base: str, fields: Fields, script: list[str]) -> Iterator[str]:
    """All that is heard and done in a call, a line each; when nothing is left to do the caller hangs up."""
    left = deque(each for each in script if each.startswith(">"))
    actions = deque(line.rings(fields))
    while actions:
        action = actions.popleft()
        url = action.get("eventUrl", [""])[0]
        yield from _heard(action, line)
        if not url.startswith(base) or action["action"] not in ("input", "notify", "connect"):
            continue
        if action["action"] == "notify":
            actions = deque(line.told(url, {**fields, "payload": action["payload"]}))
            continue
        if not left:
            yield "the caller hangs up"
            return
        yield (written := left.popleft())
        answer = line.told(url, {**fields, **done(written[1:].strip()).fields})
        actions = deque(answer or ([] if action["action"] == "connect" else actions))
    yield "the call ends"


def _heard(action: Mapping[str, Any], line: Line) -> Iterator[str]:
    """What a caller hears of an action, and what those hear that are called."""
    match action:
        case {"action": "talk", "text": str(text)}:
            yield text
        case {"action": "stream", "streamUrl": [str(url)]}:
            yield f"[plays {url}]"
        case {"action": "record"}:
            yield f"[records{' to ' + urlsplit(action['eventUrl'][0]).path if 'eventUrl' in action else ''}]"
        case {"action": "conversation", "name": str(name)}:
            yield f"[is in {name}{'' if action.get('startOnEnter', True) else ', waiting'}]"
        case {"action": "notify", "payload": payload} if "step" not in payload:
            yield f"[notifies {urlsplit(action['eventUrl'][0]).path} {json.dumps(payload)}]"
        case {"action": "connect", "endpoint": [{"number": number} as endpoint]}:
            yield f"[rings {number}{' from ' + action['from'] if 'from' in action else ''}]"
            if "onAnswer" in endpoint:
                heard = " ".join(each["text"] for each in line.whisper(endpoint["onAnswer"]["url"]))
                yield f"[they hear: {heard}]"
