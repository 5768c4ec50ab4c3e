"""From a webhook to what answers it: the program is asked, and the outside where the program asks it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple, TypeGuard

from ..program.carried import only
from ..program.expected import amiss
from ..program.machine import Ask, Reply, State, begin, played, resume, step
from ..program.machine import Response as Told
from ..program.understand import Event
from . import log, lookup, webhook
from .flows import Flow, Route
from .links import Links
from .metrics import Metrics
from .networks import Network
from .responses import Response
from .seal import Place, SealError
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

    `event` is what of it answers a wait, and when it came; `deadline` is on the clock of `time.monotonic`.
    """

    route: Route
    sealed: str
    fields: Fields
    event: Event
    deadline: float

    @property
    def conversation(self) -> str:
        """The call that it is about."""
        return webhook.conversation(self.fields)

    @property
    def told(self) -> dict[str, str]:
        """The same for a log that says where an answer led: nothing where that would tell a sensitive one."""
        named = "" if self.route.sensitive else self.route.call(self.conversation)
        return {"conversation": named} if named else {}


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


NOTHING = State()

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

    def of(self, flow: Flow, asked: Webhook, base_url: str) -> Answer | Awaitable[Answer]:
        """The answer to a webhook of a flow, or what makes it where something may have to be waited for.

        Raises what keeps it from being answered.
        """
        if asked.sealed or asked.route.reads:
            return self._remembering(flow, asked, base_url)
        said = _first(flow, asked, NOTHING)
        if isinstance(said, Ask) or _leads_on(said):
            return self._going_on(flow, asked, said, base_url)
        return self._made(flow, asked, said, as_json(said.actions) if said else NONE)

    async def _remembering(self, flow: Flow, asked: Webhook, base_url: str) -> Answer:
        """The answer to a webhook of a call that remembers something."""
        return await self._going_on(flow, asked, _first(flow, asked, await self._state(flow, asked)), base_url)

    async def _going_on(self, flow: Flow, asked: Webhook, said: Reply | Ask | None, base_url: str) -> Answer:
        """The answer that comes of what the program says, when the outside was asked, with the URLs that lead on."""
        while isinstance(said, Ask):
            said = resume(flow.program, said, await self._looked_up(flow, said, asked))
        if not _leads_on(said):
            return self._made(flow, asked, said, as_json(said.actions) if said else NONE)
        body, sealed = await self._written(flow, said, asked, base_url)
        return self._made(flow, asked, said, body, sealed=sealed)

    def _made(self, flow: Flow, asked: Webhook, said: Reply | None, body: bytes, *, sealed: bool = False) -> Answer:
        """The answer with a body, which is kept where it is the same for every call."""
        if said is None:
            return answer_of(flow, asked.route, body)
        answer = answer_of(flow, asked.route, body, said.document)
        if said.unusable:
            _tell_unusable(flow, asked, said)
        if said.endless is not None:
            why = "choices or requests lead back to it with nothing heard or asked in between"
            log.warning("a round does not end", flow=flow.name, **asked.told, document=said.endless, why=why)
        if said.document in flow.constant and not sealed:
            self._keep(flow, asked, answer)
        return answer

    async def _state(self, flow: Flow, asked: Webhook) -> State:
        """What the call remembers. Raises SealError, OSError."""
        if asked.route.kind == "wait" and _leads_nowhere(flow, asked.route, asked.event):
            return NOTHING
        if not asked.sealed:
            raise SealError("what the call remembers is missing from the URL")
        place = _place(flow, asked.route.at, asked.conversation)
        return await self._links.state(place, asked.sealed, asked.event.now)

    async def _written(self, flow: Flow, reply: Reply, asked: Webhook, base_url: str) -> tuple[bytes, bool]:
        """A reply as the body of a response, and whether what this call remembers is in it."""
        sealed = False

        async def link(at: str) -> str:
            nonlocal sealed
            read = flow.carried.at(at if reply.waits is None or at.endswith(".json") else reply.waits.at)
            state = only(reply.state, read)
            if not read and state == NOTHING:
                return f"{base_url}/{flow.name}/{at}"
            sealed = True
            return await self._links.to(base_url, _place(flow, at, asked.conversation), state, asked.event.now)

        return await written(flow.program, reply, link), sealed

    async def _looked_up(self, flow: Flow, ask: Ask, asked: Webhook) -> Told:
        """What comes of a request, before the webhook has to be answered."""
        began = time.monotonic()
        seconds = min(ask.timeout, asked.deadline - SPARE - began)
        with self._tracing.span("lookup", flow=flow.name, step=ask.step):
            told = {"Idempotency-Key": _once(flow, ask, asked), **self._tracing.headers()}
            answer = await lookup.ask(ask.method, _with_headers(ask.data, told), seconds, self._allowed)
        wrong = amiss(ask.expect, answer.body) if answer.json else "no JSON"
        took = time.monotonic() - began
        status = "none" if answer.status is None else str(answer.status)
        self._counted.lookups.add(took, flow.name, ask.step, status)
        why = _amiss(flow, ask, answer, wrong)
        write = log.warning if why else log.info
        write("lookup", flow=flow.name, step=ask.step, **asked.told, status=status, seconds=round(took, 3), why=why)
        return Told(answer.status, answer.body if answer.json else None, not wrong)

    def _keep(self, flow: Flow, asked: Webhook, answer: Answer) -> None:
        """Keep an answer, if it is one to something short that may be said again."""
        said = asked.event
        if asked.sealed or said.words or len(said.digits) + len(said.status) > LONGEST_READY:
            return
        if len(self._ready) >= MOST_READY:
            self._ready.clear()
        self._ready[id(flow), asked.route.at, said.digits, said.status] = flow, answer


def _leads_on(said: Reply | None) -> TypeGuard[Reply]:
    """Whether a URL stands in what is said: of what it waits for, or of a whisper."""
    return said is not None and (said.waits is not None or "connect" in [each["action"] for each in said.actions])


def _first(flow: Flow, asked: Webhook, state: State) -> Reply | Ask | None:
    """What the program says to a webhook."""
    route, event = asked.route, asked.event
    if route.kind in ("begin", "answer"):
        return begin(flow.program, webhook.call(asked.fields), event)
    if route.kind == "document":
        return played(flow.program, route.position.at, state, Event(now=event.now, random=event.random))
    return step(flow.program, route.position, state, event)


def _tell_unusable(flow: Flow, asked: Webhook, said: Reply) -> None:
    """Write down which fields had no value that they take, so that the call went another way there."""
    for each in list(dict.fromkeys(said.unusable))[:_MOST_UNUSABLE]:
        told = {"at": each.at, "field": each.field, "reads": each.reads, "why": each.why}
        log.warning("a value did not fit", flow=flow.name, **told, **asked.told)


_MOST_UNUSABLE = 5
"""Fields of one answer that are told of."""


def _amiss(flow: Flow, ask: Ask, answer: lookup.Answer, wrong: str) -> str:
    """What is wrong with an answer of the outside; nothing of one that the flow has a way for (`when`)."""
    request = flow.program.documents[ask.step].requests
    if answer.status is None or (request is not None and str(answer.status) in request.when):
        return answer.why
    if not 200 <= answer.status < 300:
        return "a status that the flow has no way for"
    return wrong


def _once(flow: Flow, ask: Ask, asked: Webhook) -> str:
    """What a request is known by: the same where the platform sends a webhook again, another for any other webhook."""
    said, when = asked.event[:3], asked.fields.get("timestamp")
    call = (flow.name, asked.route.at, webhook.conversation(asked.fields), asked.sealed)
    what = (*call, said, str(when), ask.step, ask.walk.spent)
    return sha256(repr(what).encode(errors="replace")).hexdigest()[:32]


def _with_headers(data: Mapping[str, object], more: Mapping[str, str]) -> Mapping[str, object]:
    """A request with headers of ours; the author's stand for those of the same name."""
    own = data.get("headers")
    return {**data, "headers": {**more, **(own if isinstance(own, dict) else {})}} if more else data


def _leads_nowhere(flow: Flow, route: Route, event: Event) -> bool:
    """Whether it is a status without a way on: it changes nothing, whatever the call remembers."""
    wait = flow.program.waits.get(route.position.at)
    return wait is not None and wait.on == "outcome" and event.status not in wait.exits


def _place(flow: Flow, at: str, conversation: str) -> Place:
    """Where a seal belongs. That in a whisper's URL is bound to no call.

    It is asked for about the leg of who was called, and no document says that its conversation is that of the caller.
    """
    return Place(flow.name, at, "" if at.endswith(".json") else conversation)
