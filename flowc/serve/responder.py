"""Responds to the webhooks of the platform: with a document, or where there is none with what a caller hears then."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from ..program.understand import Event, event_of
from . import log, webhook
from .answers import Answer, Answers, Webhook
from .deadline import Begun, begun, within
from .flows import Flow, Route
from .limits import Headers
from .links import StateError
from .metrics import Metrics
from .programs import Programs
from .responses import Response
from .seal import SealError
from .tracing import Tracing
from .webhook import Fields

Watch = Callable[[Route, Fields, Answer], None]
"""Is told of every webhook that was answered: where it led, what it said, and the answer."""


class Request(NamedTuple):
    """A request without its body, and when it came, on the clock of `time.monotonic`. `path` is decoded."""

    method: str
    path: str
    query: bytes
    headers: Headers
    began: float


class Asked(NamedTuple):
    """Where a request leads, and the seal in its URL."""

    route: Route
    sealed: str
    request: Request


class Means(NamedTuple):
    """What webhooks are responded to with; `seconds` is how long that may take."""

    programs: Programs
    answers: Answers
    counted: Metrics
    tracing: Tracing
    seconds: float
    watch: Watch | None


class Responder:
    """Responds to webhooks, counts them and writes them down."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def respond(self, asked: Asked, fields: Fields) -> Response:
        """The response to a webhook that is the platform's."""
        means, (route, sealed, request), said = self._means, asked, event_of(fields)
        if route.kind == "events":
            return self._event(said, fields)
        flow = route.flow or means.programs.now.called(webhook.called(fields))
        if flow is None:
            log.warning("no flow plays this number", number=webhook.called(fields))
            means.counted.refused.add("404", "number")
            return Response(404)
        answer = means.answers.ready(flow, route.at, said) if not sealed else None
        if answer is None:
            hook = Webhook(route, sealed, fields, said, time.time(), request.began + means.seconds)
            making = means.answers.of(flow, hook, means.programs.now.base_url)
            try:
                found = begun(making) if not means.tracing.on else await self._traced(flow, hook, making)
                answer = await found.within(_left(hook)) if isinstance(found, Begun) else found
            except Exception as fault:
                return self.failed(route._replace(flow=flow), fault, hook.call.conversation)
        self._count(flow, asked, fields, answer)
        return answer.response

    async def _traced(self, flow: Flow, asked: Webhook, making: Awaitable[Answer]) -> Answer:
        """The answer to a webhook, made in a span."""
        with self._means.tracing.span("webhook", flow=flow.name, at=asked.route.at):
            return await within(_left(asked), making)

    def failed(self, route: Route, fault: Exception, conversation: str = "") -> Response:
        """What a caller hears where the server cannot answer: the flow's `failure`, else the platform's fallback."""
        flow, why = route.flow, str(fault) if isinstance(fault, SealError | StateError) else ""
        name = flow.name if flow is not None else ""
        log.failure("webhook failed", fault, flow=name, at=route.at, conversation=conversation, why=why)
        self._means.counted.failures.add(name, type(fault).__name__)
        return Response(500) if flow is None or flow.failure is None else Response(200, flow.failure)

    def _event(self, said: Event, fields: Fields) -> Response:
        """What the platform tells of a call is written down."""
        status = said.status
        self._means.counted.events.add(status if status in _STATUSES else "other")
        log.info("event", status=status, conversation=webhook.conversation(fields))
        return Response(200)

    def _count(self, flow: Flow, asked: Asked, fields: Fields, answer: Answer) -> None:
        """Count what was answered, and write it down."""
        counted = self._means.counted
        if answer.served is not None:
            counted.documents.add(*answer.served)
        if answer.exit is not None:
            counted.exits.add(*answer.exit)
        if log.tells():
            document = answer.served[1] if answer.served is not None else ""
            conversation = webhook.conversation(fields)
            log.info("answered", flow=flow.name, at=asked.route.at, document=document, conversation=conversation)
        if self._means.watch is not None:
            try:
                self._means.watch(asked.route, fields, answer)
            except Exception as fault:  # who looks on must not harm the call
                log.failure("watching failed", fault)


def _left(asked: Webhook) -> float:
    """Seconds that are left to answer a webhook."""
    return asked.deadline - time.monotonic()


_OUTCOMES = {"busy", "cancelled", "timeout", "unanswered", "disconnected", "rejected", "failed"}
_STATUSES = {"started", "ringing", "answered", "human", "machine", "completed", "transcribed"} | _OUTCOMES
