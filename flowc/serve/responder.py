"""Responds to the webhooks of the platform: with a document, or where there is none with what a caller hears then."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from random import random
from typing import NamedTuple

from ..program.understand import Event, event_of
from . import log, webhook
from .answers import Answer, Answers, Webhook
from .deadline import in_task, within
from .flows import Flow, Route, Served
from .limits import Headers
from .links import StateError
from .metrics import Metrics
from .programs import Programs
from .responses import Response
from .seal import SealError
from .store import StoreError
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

    def respond(self, asked: Asked, fields: Fields) -> Response | Awaitable[Response]:
        """The response to a webhook that is the platform's, or what makes it where something has to be waited for."""
        means, (route, sealed, request), said = self._means, asked, event_of(fields, time.time(), random())
        if not fields and isinstance(fields, webhook.Unread):
            _tell_unread(route, fields)
        if route.kind == "events":
            return self._event(route, said, fields)
        flow = route.flow or means.programs.now.called(webhook.called(fields))
        if flow is None:
            _tell_no_flow(means.programs.now, webhook.called(fields))
            means.counted.refused.add("404", "number")
            return Response(404)
        answer = means.answers.ready(flow, route.at, said) if not sealed else None
        if answer is None:
            hook = Webhook(route, sealed, fields, said, request.began + means.seconds)
            if means.tracing.on:
                return self._later(flow, asked, hook, self._traced(flow, hook))
            try:
                made = means.answers.of(flow, hook, means.programs.now.base_url)
            except Exception as fault:
                return self.failed(route._replace(flow=flow), fault, hook.conversation)
            if not isinstance(made, Answer):
                return self._later(flow, asked, hook, made)
            answer = made
        self._count(flow, asked, fields, answer)
        return answer.response

    async def _later(self, flow: Flow, asked: Asked, hook: Webhook, making: Awaitable[Answer]) -> Response:
        """The response to a webhook, when its answer is made."""
        try:
            answer = await within(_left(hook), making)
        except Exception as fault:
            return self.failed(asked.route._replace(flow=flow), fault, hook.conversation)
        self._count(flow, asked, hook.fields, answer)
        return answer.response

    async def _traced(self, flow: Flow, hook: Webhook) -> Answer:
        """The answer to a webhook, made in a span, which has to end in the task in which it began."""
        await in_task()
        with self._means.tracing.span("webhook", flow=flow.name, at=hook.route.at):
            made = self._means.answers.of(flow, hook, self._means.programs.now.base_url)
            return made if isinstance(made, Answer) else await made

    def failed(self, route: Route, fault: Exception, conversation: str = "") -> Response:
        """What a caller hears where the server cannot answer: the flow's `failure`, else the platform's fallback."""
        flow, why = route.flow, str(fault) if isinstance(fault, SealError | StateError | StoreError) else ""
        name = flow.name if flow is not None else ""
        log.failure("webhook failed", fault, flow=name, at=route.at, conversation=route.call(conversation), why=why)
        self._means.counted.failures.add(name, type(fault).__name__)
        said = flow.failed(route.at) if flow is not None else None
        return Response(500) if said is None else Response(200, said)

    def _event(self, route: Route, said: Event, fields: Fields) -> Response:
        """What the platform tells of a call is written down."""
        status = said.status
        self._means.counted.events.add(status if status in _STATUSES else "other")
        log.info("event", status=status, conversation=webhook.conversation(fields))
        self._tell(route, fields, Answer(Response(200), None, None, None))
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
            conversation = asked.route.call(webhook.conversation(fields))
            log.info("answered", flow=flow.name, at=asked.route.at, document=document, conversation=conversation)
        if self._means.watch is not None:
            self._tell(asked.route, fields, answer)

    def _tell(self, route: Route, fields: Fields, answer: Answer) -> None:
        """Tell who looks on, if anybody does."""
        if self._means.watch is not None:
            try:
                self._means.watch(route, fields, answer)
            except Exception as fault:  # who looks on must not harm the call
                log.failure("watching failed", fault)


def _tell_unread(route: Route, fields: webhook.Unread) -> None:
    """Write down that a body was no webhook: it counts as silence, or as a call of which nothing is known."""
    flow = route.flow.name if route.flow is not None else ""
    why = f"the body is {fields.why}, and a JSON object was expected, as the platform sends it"
    log.warning("no webhook", flow=flow, at=route.at or route.kind, why=why)


def _tell_no_flow(served: Served, number: str) -> None:
    """Write down that a call came in for which there is no flow."""
    if not number:
        why = "the webhook has no number in `to`"
    elif served.numbers:
        why = "give it to a flow under `numbers` in flowc.yml, or in FLOWC_NUMBERS"
    else:
        why = "there are several flows: give each its numbers under `numbers` in flowc.yml, or in FLOWC_NUMBERS"
    log.warning("no flow plays this number", number=number, why=why)


def _left(asked: Webhook) -> float:
    """Seconds that are left to answer a webhook."""
    return asked.deadline - time.monotonic()


_OUTCOMES = {"busy", "cancelled", "timeout", "unanswered", "disconnected", "rejected", "failed"}
_STATUSES = {"started", "ringing", "answered", "human", "machine", "completed", "transcribed"} | _OUTCOMES
