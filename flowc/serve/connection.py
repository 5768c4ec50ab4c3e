"""A connection of HTTP/1.1 to the application, without a server between: a request is answered in one write.

httptools reads requests as strictly as it can. What is too large, too slow or no HTTP ends the connection.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import unquote

from . import log
from .deadline import Begun, begun
from .limits import Limits
from .responder import Asked, Request
from .responses import Response

if TYPE_CHECKING:
    from .service import Service

IDLE = 75.0
"""Seconds that a connection is kept on which nothing is asked."""

LINGER = 2.0
"""Seconds for which what comes after a refusal is let go by."""

TOGETHER = 16
"""Requests of one connection that are read before they are answered."""

_LINE = 4096
"""Bytes of a first line and of what stands between headers, beside those that are counted."""


class Host(Protocol):
    """What connections belong to."""

    service: Service
    limits: Limits
    connections: set[Connection]

    def soon(self, connection: Connection) -> None:
        """Have a connection answer, when what has come by now is read."""


class _Whole(NamedTuple):
    request: Request
    body: bytes
    keep: bool


class Connection(asyncio.Protocol):
    """One connection. Its requests are answered one after the other, in their order."""

    def __init__(self, host: Host) -> None:
        from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

        self.host, self.limits = host, host.limits
        self.loop = asyncio.get_running_loop()
        self.parser, self.faults = HttpRequestParser(self), (HttpParserError, HttpParserUpgrade)
        self.transport: asyncio.Transport | None = None
        self.task: asyncio.Task[None] | None = None
        self.pending: deque[_Whole] = deque()
        self.due = self.loop.time() + self.limits.read
        self.idle, self.paused, self.over, self.refusal = False, False, False, 0
        self.fresh()

    # From the network

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; a request has to come soon."""
        self.transport = transport  # type: ignore[assignment] # uvloop's are none of asyncio's classes
        self.host.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End; nobody waits for an answer any more."""
        self.host.connections.discard(self)
        self.transport = None
        self.pending.clear()
        if self.task is not None:
            self.task.cancel()

    def data_received(self, data: bytes) -> None:
        """Read what has come."""
        if self.over:
            return
        if self.idle:
            self.idle, self.due = False, self.loop.time() + self.limits.read
        self.fed += len(data)  # a request that ends in it takes this back
        try:
            self.parser.feed_data(data)
        except self.faults:
            self.refusal = self.refusal or 400
        if self.in_head and self.fed > self.limits.headers + self.limits.path + _LINE:
            self.refusal = self.refusal or 431
        if self.refusal and not self.pending and self.task is None:
            self.refuse(self.refusal)

    def eof_received(self) -> None:
        """Nothing more comes: what has come is answered, then the connection ends."""
        self.answer()

    def pause_writing(self) -> None:
        """The other side does not read: nothing more is answered until it does."""
        self.paused = True

    def resume_writing(self) -> None:
        """The other side reads again."""
        self.paused = False
        self.answer()

    # From the parser

    def fresh(self) -> None:
        """Be ready for the next request."""
        self.url, self.size, self.fed, self.in_head = b"", 0, 0, True
        self.headers: dict[bytes, bytes] = {}
        self.parts: list[bytes] = []

    def on_url(self, url: bytes) -> None:
        """A part of the URL."""
        self.url += url
        if len(self.url) > self.limits.path:
            self.refusal = self.refusal or 414

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header. Of one that stands twice nobody can say which counts."""
        name = name.lower()
        self.headers[name] = b"" if name in self.headers else value

    def on_headers_complete(self) -> None:
        """All headers are there. What is too large already is refused; who wants to be told to go on is told."""
        self.in_head = False
        headers, length = self.headers, self.headers.get(b"content-length", b"0")
        if sum(map(len, headers)) + sum(map(len, headers.values())) > self.limits.headers:
            self.refusal = self.refusal or 431
        if not length.isdigit() or int(length[:19]) > self.limits.body:
            self.refusal = self.refusal or 413
        if b"expect" in headers and not self.refusal and self.transport is not None:
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, part: bytes) -> None:
        """A part of the body."""
        self.size += len(part)
        if self.size > self.limits.body:
            self.refusal = self.refusal or 413
        else:
            self.parts.append(part)

    def on_message_complete(self) -> None:
        """A request is there."""
        if not self.refusal:
            self.pending.append(_Whole(self._request(), b"".join(self.parts), self.parser.should_keep_alive()))
            self.fresh()
            if len(self.pending) == 1 and self.task is None:
                self.host.soon(self)
            elif len(self.pending) >= TOGETHER:
                self.answer()

    # To the application

    def _request(self) -> Request:
        raw, _, query = self.url.partition(b"?")
        path = raw.decode("latin-1")
        if "%" in path:
            path = unquote(path) if "%2f" not in path.lower() else ""
        return Request(self.parser.get_method().decode("latin-1"), path, query, self.headers, time.monotonic())

    def answer(self) -> None:
        """Answer requests until one of them has to be waited for."""
        while self.pending and self.task is None and not self.paused and not self.over and self.transport is not None:
            whole = self.pending.popleft()
            found: Response | Begun[Response]
            try:
                found = begun(self._response(whole))
            except Exception as fault:
                log.failure("request failed", fault)
                found = Response(500)
            if isinstance(found, Begun):
                self.transport.pause_reading()
                self.task = self.loop.create_task(self._later(whole, found))
            else:
                self._write(whole, found)
        if self.refusal and self.task is None and not self.pending:
            self.refuse(self.refusal)

    async def _response(self, whole: _Whole) -> Response:
        service = self.host.service
        asked = service.taken(whole.request)
        if not isinstance(asked, Asked):
            return asked if isinstance(asked, Response) else await asked
        service.together += 1
        try:
            return await service.answer(asked, whole.body)
        finally:
            service.together -= 1

    async def _later(self, whole: _Whole, found: Begun[Response]) -> None:
        try:
            response = await found
        except Exception as fault:
            log.failure("request failed", fault)
            response = Response(500)
        self.task = None
        if self.transport is not None:
            self._write(whole, response)
            self.transport.resume_reading()
            self.answer()

    def _write(self, whole: _Whole, response: Response) -> None:
        if self.transport is None:
            return
        self.transport.write(_as_bytes(response, keep=whole.keep, body=whole.request.method != "HEAD"))
        if not whole.keep:
            self.transport.close()
        self.idle, self.due = True, self.loop.time() + IDLE

    def refuse(self, status: int) -> None:
        """Answer what cannot be read, and end.

        What still comes is let go by for a while: an end at once would take the answer away from who still sends.
        """
        if self.transport is not None and not self.over:
            self.transport.write(_as_bytes(Response(status), keep=False, body=True))
            self.transport.write_eof()
            self.over, self.due = True, self.loop.time() + LINGER

    def drop(self) -> None:
        """End, whatever is still to be said."""
        if self.transport is not None:
            self.transport.abort()

    def look(self, now: float) -> None:
        """End a connection on which a request, or the next one, has not come in time."""
        if now <= self.due or self.task is not None or self.transport is None:
            return
        if self.over:
            self.transport.abort()
        elif self.idle:
            self.transport.close()
        else:
            self.refuse(408)


def _as_bytes(response: Response, *, keep: bool, body: bool) -> bytes:
    """A response as it goes over the wire."""
    length = b"%d\r\n" % len(response.body)
    end = b"\r\n" if keep else b"connection: close\r\n\r\n"
    head = (_head(response.status, response.headers), b"content-length: ", length, b"date: ", _date(), b"\r\n", end)
    return b"".join((*head, response.body) if body else head)


@lru_cache(64)
def _head(status: int, headers: tuple[tuple[bytes, bytes], ...]) -> bytes:
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()]
    return b"".join([*lines, *(name + b": " + value + b"\r\n" for name, value in headers)])


def _date() -> bytes:
    return _date_at(int(time.time()))


@lru_cache(2)
def _date_at(second: int) -> bytes:
    return formatdate(second, usegmt=True).encode()
