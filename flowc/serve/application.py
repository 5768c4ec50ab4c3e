"""The server as an ASGI application."""

from __future__ import annotations

import time

from .deadline import Begun, begun
from .limits import GoneError, LimitError, Receive, Scope, Send, body_of, headers_of, part_of
from .responder import Asked, Request
from .responses import Response, start_of
from .service import Parts, Service


class Application:
    """The application: reads requests as ASGI has them."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.service = Service(parts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        try:
            response = await self._response(scope, receive)
        except GoneError:
            return
        await send(start_of(response))
        await send({"type": "http.response.body", "body": response.body})

    async def _response(self, scope: Scope, receive: Receive) -> Response:
        service = self.service
        try:
            headers = headers_of(scope, self.parts.limits)
        except LimitError as fault:
            return service.refused(fault.status, "size")
        asked = service.taken(Request(scope["method"], _path(scope), scope["query_string"], headers, time.monotonic()))
        if not isinstance(asked, Asked):
            return asked if isinstance(asked, Response) else await asked
        service.together += 1
        try:
            body = await self._body(receive)
        except LimitError as fault:
            return service.refused(fault.status, "body")
        finally:
            service.together -= 1
        return await service.answer(asked, body)

    async def _body(self, receive: Receive) -> bytes:
        """The body of a request, which is nearly always there at once. Raises LimitError, GoneError."""
        first = begun(receive())
        if isinstance(first, Begun) or first.get("more_body"):
            return await body_of(first, receive, self.parts.limits)
        body = part_of(first)
        if len(body) > self.parts.limits.body:
            raise LimitError(413)
        return body

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The beginning and the end of the server; nothing else is spoken here."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close"})  # before it is accepted: the server answers 403
            return
        if scope["type"] != "lifespan":
            raise ValueError(f"this application does not speak {scope['type']}")
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self.parts.store is not None:
            await self.parts.store.close()
        await send({"type": "lifespan.shutdown.complete"})


def _path(scope: Scope) -> str:
    """The path of a request below where the application is mounted; none for one with an encoded slash."""
    path: str = scope["path"]
    raw: bytes | None = scope.get("raw_path")
    if raw and b"%" in raw and b"%2f" in raw.lower():
        return ""
    root: str = scope.get("root_path") or ""
    return path[len(root) :] if root and path.startswith(f"{root}/") else path
