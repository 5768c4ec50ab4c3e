"""From a webhook to what answers it: the program is asked, and the outside where the program asks it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from hashlib import sha256
from random import random
from typing import NamedTuple

from ..program.expected import fits
from ..program.machine import Ask, Reply, State, begin, played, resume, step
from ..program.machine import Response as Told
from ..program.understand import Event
from . import log, lookup, webhook
from .flows import Flow, Route
from .links import NOTHING, Call, Links
from .metrics import Metrics
from .networks import Network
from .responses import Response
from .tracing import Tracing
from .webhook import Fields
from .written import NONE, as_json, written

SPARE = 0.25
"""Seconds of a webhook's time that are left for its answer when all lookups have had theirs."""

MOST_READY = 10_000
"""Answers that are kept as bytes."""

LONGEST_READY = 32
"""Keys that such an answer may be one to."""


class Webhook(NamedTuple):
    """A request of the platform: where it leads, the seal in its URL, what it says, when it has to be answered.

    `said` is what of it answers a wait, without the time. `now` is in seconds since the epoch, `deadline` on the clock
    of `time.monotonic`.
    """

    route: Route
    sealed: str
    fields: Fields
    said: Event
    now: float
    deadline: float

    @property
    def call(self) -> Call:
        """The call that it is about."""
        return Call(webhook.conversation(self.fields), self.now)

    @property
    def event(self) -> Event:
        """What it says happened, and when."""
        digits, status, words, _, _ = self.said
        return Event(digits, status, words, self.now, random())


class Answer(NamedTuple):
    """What a webhook is answered with, and the document that it begins with, if it is one.

    `served` and `exit` are the labels under which it is counted. They say nothing where they would tell a sensitive
    answer.
    """

    response: Response
    document: str | None
    served: tuple[str, str] | None
    exit: tuple[str, str, str] | None


def answer_of(flow: Flow, route: Route, body: bytes, document: str | None = None) -> Answer:
    """The answer to a webhook that was asked for at a route."""
    name = flow.program.flow
    told = document if document is not None and not route.sensitive else ""
    left = (name, route.at, told) if route.kind == "wait" else None
    return Answer(Response(200, body), document, (name, told) if told else None, left)


_Key = tuple[int, str, str, str]


class Answers:
    """Answers webhooks."""

    def __init__(self, links: Links, counted: Metrics, tracing: Tracing, allowed: Sequence[Network]) -> None:
        self._links, self._counted, self._tracing, self._allowed = links, counted, tracing, allowed
        self._ready: dict[_Key, tuple[Flow, Answer]] = {}

    def ready(self, flow: Flow, at: str, said: Event) -> Answer | None:
        """The answer to a webhook without a seal that was answered like this before, and always will be."""
        found = self._ready.get((id(flow), at, said.digits, said.status)) if not said.words else None
        return found[1] if found is not None and found[0] is flow else None

    async def of(self, flow: Flow, asked: Webhook, base_url: str) -> Answer:
        """The answer to a webhook of a flow. Raises what keeps it from being answered."""
        event = asked.event
        state = await self._state(flow, asked, event) if asked.sealed else NOTHING
        said = _first(flow, asked, state, event)
        while isinstance(said, Ask):
            said = resume(flow.program, said, await self._looked_up(flow, said, asked))
        if said is None:
            return answer_of(flow, asked.route, NONE)
        leads_on = said.waits is not None or "connect" in [each["action"] for each in said.actions]
        body = await self._written(flow, said, asked.call, base_url) if leads_on else as_json(said.actions)
        answer = answer_of(flow, asked.route, body, said.document)
        if said.unusable:
            log.warning("no value fitted", flow=flow.name, documents=list(said.unusable))
        if said.document in flow.constant and said.state == NOTHING:
            self._keep(flow, asked, answer)
        return answer

    async def _state(self, flow: Flow, asked: Webhook, event: Event) -> State:
        """What the call remembers. Raises SealError, OSError."""
        if asked.route.kind == "wait" and _leads_nowhere(flow, asked.route, event):
            return NOTHING
        call = _apart(asked.call) if asked.route.kind == "document" else asked.call
        return await self._links.state(flow, asked.route.at, asked.sealed, call)

    async def _written(self, flow: Flow, reply: Reply, call: Call, base_url: str) -> bytes:
        async def link(at: str) -> str:
            if not at.endswith(".json"):
                return await self._links.to(base_url, flow, at, reply.state, call)
            state = NOTHING if at.removesuffix(".json") in flow.constant else reply.state
            return await self._links.to(base_url, flow, at, state, _apart(call))

        return await written(flow.program, reply, link)

    async def _looked_up(self, flow: Flow, ask: Ask, asked: Webhook) -> Told:
        """What comes of a request, before the webhook has to be answered."""
        began = time.monotonic()
        seconds = min(ask.timeout, asked.deadline - SPARE - began)
        with self._tracing.span("lookup", flow=flow.name, step=ask.step):
            told = {"Idempotency-Key": _once(flow, ask, asked), **self._tracing.headers()}
            answer = await lookup.ask(ask.method, _with_headers(ask.data, told), seconds, self._allowed)
        sound = answer.json and fits(ask.expect, answer.body)
        took = time.monotonic() - began
        status = "none" if answer.status is None else str(answer.status)
        self._counted.lookups.add(took, flow.name, ask.step, status)
        write = log.info if sound else log.warning
        why = answer.why or ("" if sound else "not as expected" if answer.json else "no JSON")
        write("lookup", flow=flow.name, step=ask.step, status=status, seconds=round(took, 3), why=why)
        return Told(answer.status, answer.body if answer.json else None, sound)

    def _keep(self, flow: Flow, asked: Webhook, answer: Answer) -> None:
        """Keep an answer, if it is one to something short that may be said again."""
        said = asked.said
        if asked.sealed or said.words or len(said.digits) + len(said.status) > LONGEST_READY:
            return
        if len(self._ready) >= MOST_READY:
            self._ready.clear()
        self._ready[id(flow), asked.route.at, said.digits, said.status] = flow, answer


def _first(flow: Flow, asked: Webhook, state: State, event: Event) -> Reply | Ask | None:
    """What the program says to a webhook."""
    route = asked.route
    if route.kind in ("begin", "answer"):
        return begin(flow.program, webhook.call(asked.fields), event)
    if route.kind == "document":
        return played(flow.program, route.position.at, state, Event(now=event.now, random=event.random))
    return step(flow.program, route.position, state, event)


def _once(flow: Flow, ask: Ask, asked: Webhook) -> str:
    """What a request is known by: the same where the platform sends a webhook again, another for any other webhook."""
    said, when = asked.said, asked.fields.get("timestamp")
    what = (flow.name, ask.step, webhook.conversation(asked.fields), asked.sealed, said, str(when))
    return sha256(repr(what).encode(errors="replace")).hexdigest()[:32]


def _with_headers(data: Mapping[str, object], more: Mapping[str, str]) -> Mapping[str, object]:
    """A request with headers of ours; the author's stand for those of the same name."""
    own = data.get("headers")
    return {**data, "headers": {**more, **(own if isinstance(own, dict) else {})}} if more else data


def _leads_nowhere(flow: Flow, route: Route, event: Event) -> bool:
    """Whether it is a status without a way on: it changes nothing, whatever the call remembers."""
    wait = flow.program.waits.get(route.position.at)
    return wait is not None and wait.on == "outcome" and event.status not in wait.exits


def _apart(call: Call) -> Call:
    """The call as a whisper's URL is bound to it: to none.

    It is asked for about the leg of who was called, and no document says that its conversation is that of the caller.
    """
    return Call("", call.now)
