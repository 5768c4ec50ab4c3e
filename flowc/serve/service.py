"""What is done with a request, whichever way it came in: refused, or answered as the platform's."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from typing import NamedTuple

from . import log, webhook
from .flows import Route
from .limits import Limits
from .metrics import Metrics
from .operations import Operations
from .programs import Programs
from .responder import Asked, Request, Responder
from .responses import METHODS, Response
from .seal import is_seal
from .signed import SignatureError, body_hashes, query_hashes
from .store import Store
from .verified import Verifier

LOOK = 1.0
"""Seconds between two looks at whether a program has changed."""

_METHODS = ("POST", "GET", "HEAD")


class Parts(NamedTuple):
    """What the service is made of."""

    programs: Programs
    verifier: Verifier
    responder: Responder
    counted: Metrics
    limits: Limits
    store: Store | None


class Service:
    """Each process has one; the webhooks of a call need not come to the same. `together` is how many it answers now."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.together = 0
        self._operations = Operations(parts.programs, parts.counted, parts.store)
        self._looked = time.monotonic()
        self._looking: asyncio.Task[None] | None = None

    def taken(self, request: Request) -> Asked | Response | Awaitable[Response]:
        """Where a request leads, or the response to one that leads nowhere here."""
        if request.began - self._looked >= LOOK:
            self.take_over_soon(request.began)
        route, sealed = self.parts.programs.now.routes.get(request.path), ""
        if route is None:
            if request.path in self._operations.at:
                return self._operations.at[request.path]()
            route, sealed = self._found(request.path)
        if request.method not in _METHODS:
            return self.refused(405, "method")._replace(headers=METHODS)
        if route is None:
            log.info("nothing is served there", method=request.method, path=request.path[:200])
            return self.refused(404, "path")
        if self.together >= self.parts.limits.together:
            return self.refused(503, "busy")
        return Asked(route, sealed, request)

    async def answer(self, asked: Asked, body: bytes) -> Response:
        """The response to a request that leads somewhere, now that its body is there."""
        request, jti = asked.request, ""
        posted = request.method == "POST"
        parameters = () if posted else webhook.parameters(request.query)
        self.together += 1
        try:
            verifier = self.parts.verifier
            if verifier.on:
                hashes = body_hashes(body) if posted else query_hashes(parameters)
                jti = verifier.id(request.headers.get(b"authorization", b""), hashes)
                if not verifier.alone:
                    await verifier.look_at_others(jti)
            fields = webhook.of_body(body) if posted else webhook.of_query(parameters)
            found = self.parts.responder.respond(asked, fields)
            return found if isinstance(found, Response) else await found
        except SignatureError as fault:
            flow = asked.route.flow
            log.warning("request refused", why=str(fault), flow=flow.name if flow else "", at=asked.route.at)
            return self.refused(401, "signature")
        except Exception as fault:
            return self.parts.responder.failed(asked.route, fault)
        except BaseException:
            await self.parts.verifier.forget(jti)
            raise
        finally:
            self.together -= 1

    def refused(self, status: int, why: str) -> Response:
        """A response without a document."""
        self.parts.counted.refused.add(str(status), why)
        return Response(status)

    def _found(self, path: str) -> tuple[Route | None, str]:
        """Where a path leads that is not served now as it is, and the seal that it ends in."""
        route = self.parts.programs.route(path)
        if route is not None:
            return route, ""
        head, _, last = path.rpartition("/")
        found = self.parts.programs.route(head) if is_seal(last) else None
        return (found, last) if found is not None and found.kind in ("wait", "document") else (None, "")

    def take_over_soon(self, now: float) -> None:
        """See to it that a changed program is taken over, beside what goes on. `now` is that of `time.monotonic`."""
        self._looked = now
        if self._looking is None:
            self._looking = asyncio.get_running_loop().create_task(self._take_over())

    async def _take_over(self) -> None:
        try:
            taken = await asyncio.to_thread(self.parts.programs.look)
            if taken is not None:
                self.parts.counted.reloads.add("taken" if taken else "refused")
        except Exception as fault:
            log.failure("program refused", fault)
        finally:
            self._looking = None
