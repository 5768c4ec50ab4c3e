"""A connection of HTTP/1.1 to the application, without a server between: a request is answered in one write.

What is too large, too slow or no HTTP ends the connection. Who sends much has to wait behind who sends little.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Protocol

from . import log
from .deadline import Begun, begun
from .incoming import Incoming
from .limits import Limits
from .responder import Asked, Request
from .responses import Response
from .wire import as_bytes

if TYPE_CHECKING:
    from .service import Service

IDLE = 75.0
"""Seconds that a connection is kept on which nothing is asked."""

LINGER = 2.0
"""Seconds for which what comes after a refusal is let go by."""

TOGETHER = 4
"""Requests of one connection that are answered before those of others have their turn."""

_REFUSED = {400: "form", 408: "body"}
"""Why a request is refused, by the status, where it is not for its size."""

_PIECE = 4096
"""Bytes that are read before it is looked at how many requests they were."""


class Host(Protocol):
    """What connections belong to. Where it is `ending`, a request is the last on its connection."""

    service: Service
    limits: Limits
    connections: set[Connection]
    ending: bool

    def end(self) -> None:
        """Let the next request on each connection be its last."""

    def soon(self, connection: Connection) -> None:
        """Have a connection answer (its `turn`), when what has come by now is read."""


class Connection(asyncio.Protocol):
    """One connection. Its requests are answered one after the other, in their order."""

    def __init__(self, host: Host) -> None:
        self.host, self.limits = host, host.limits
        self.loop = asyncio.get_running_loop()
        self.incoming = Incoming(self, host.limits)
        self.transport: asyncio.Transport | None = None
        self.task: asyncio.Task[None] | None = None
        self.pending: deque[tuple[Request, bytes, bool]] = deque()  # with its body, and whether its connection is kept
        self.rest = b""  # what has come and is not read yet: behind what is pending, it waits for its turn
        self.due = self.loop.time() + self.limits.read
        self.idle, self.paused, self.held, self.queued, self.over = False, False, False, False, False

    # From the network

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; a request has to come soon."""
        self.transport = transport  # type: ignore[assignment] # uvloop's are none of asyncio's classes
        self.host.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End; nobody waits for an answer any more."""
        self.host.connections.discard(self)
        self.transport = None
        self._forget()
        if self.task is not None:
            self.task.cancel()

    def data_received(self, data: bytes) -> None:
        """Read what has come."""
        if self.over:
            return
        if self.rest or len(data) > _PIECE:
            self.rest += data
            self._read_rest()
        else:
            if self.idle:
                self._begins()
            self.incoming.read(data)
        if self.rest or self.task is not None:
            self._read_on()
        if self.incoming.refusal and self.task is None and not self.pending:
            self.refuse(self.incoming.refusal)

    def eof_received(self) -> None:
        """Nothing more comes: what has come is answered, then the connection ends."""
        while self.rest or self.pending:
            self.answer()
            if not self._is_free():
                break

    def pause_writing(self) -> None:
        """The other side does not read: nothing more is answered, nor read, until it does."""
        self.paused = True
        self._read_on()

    def resume_writing(self) -> None:
        """The other side reads again."""
        self.paused = False
        self.answer()

    # To be read

    def _begins(self) -> None:
        """A request begins, and has to come soon."""
        self.idle, self.due = False, self.loop.time() + self.limits.read

    def _read_rest(self) -> None:
        """Read what waits, until there are requests enough for a turn."""
        at = 0
        while at < len(self.rest) and len(self.pending) < TOGETHER and not self.incoming.refusal:
            if self.idle:
                self._begins()
            self.incoming.read(self.rest[at : at + _PIECE])
            at += _PIECE
        self.rest = b"" if self.incoming.refusal else self.rest[at:]

    def _read_on(self) -> None:
        """Let more come, but for while answers are not taken, or there is enough that waits for its own.

        While one answer is made, who goes away is to be seen: what it answers may then be sent once more.
        """
        hold = self.paused or bool(self.pending or self.rest)
        if hold == self.held or self.transport is None or self.transport.is_closing():
            return
        self.held = hold
        if hold:
            self.transport.pause_reading()
        else:
            self.transport.resume_reading()

    def take(self, request: Request, body: bytes, *, keep: bool) -> None:
        """A request is there."""
        self.pending.append((request, body, keep and not self.host.ending))
        if self.task is None:
            self._soon()

    def go_on(self) -> None:
        """Have a body sent for which that is waited."""
        if self.transport is not None:
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    # To the application

    def _soon(self) -> None:
        if not self.queued:
            self.queued = True
            self.host.soon(self)

    def turn(self) -> None:
        """Answer, as `soon` has it."""
        self.queued = False
        self.answer()

    def answer(self) -> None:
        """Answer requests until one of them has to be waited for, or others have their turn."""
        if self.rest and self._is_free():
            self._read_rest()
        pending, turn = self.pending, TOGETHER
        while pending and turn and self.task is None and not (self.paused or self.over) and self.transport is not None:
            turn -= 1
            request, body, keep = pending.popleft()
            found: Response | Begun[Response]
            try:
                found = self._begun(request, body)
            except Exception as fault:
                log.failure("request failed", fault)
                found = Response(500)
            if isinstance(found, Begun):
                self.task = self.loop.create_task(self._later(request, found, keep=keep))
            else:
                self._write(request, found, keep=keep)
        if self.incoming.refusal and self.task is None and not pending:
            self.refuse(self.incoming.refusal)
        elif (pending or self.rest) and self._is_free():
            self._soon()
        if pending or self.held or self.paused or self.rest:
            self._read_on()

    def _is_free(self) -> bool:
        """Whether the next request can be answered."""
        return self.task is None and not self.paused and not self.over and self.transport is not None

    def _begun(self, request: Request, body: bytes) -> Response | Begun[Response]:
        service = self.host.service
        asked = service.taken(request)
        if isinstance(asked, Response):
            return asked
        return begun(service.answer(asked, body) if isinstance(asked, Asked) else asked)

    async def _later(self, request: Request, found: Begun[Response], *, keep: bool) -> None:
        try:
            response = await found
        except Exception as fault:
            log.failure("request failed", fault)
            response = Response(500)
        self.task = None
        if self.transport is not None:
            self._write(request, response, keep=keep)
            self.answer()

    def _write(self, request: Request, response: Response, *, keep: bool) -> None:
        if self.transport is None:
            return
        self.transport.write(as_bytes(response, keep=keep, body=request.method != "HEAD"))
        self.idle = not self.incoming.url  # else a part of the next request is here
        self.due = self.loop.time() + (IDLE if self.idle else self.limits.read)
        if not keep:
            self.over = True
            self._forget()
            self.transport.close()

    # The end

    def refuse(self, status: int) -> None:
        """Answer what cannot be read, and end.

        What still comes is let go by for a while: an end at once would take the answer away from who still sends.
        """
        if self.transport is not None and not self.over:
            response = self.host.service.refused(status, _REFUSED.get(status, "size"))
            self.transport.write(as_bytes(response, keep=False, body=True))
            if self.transport.can_write_eof():  # not under TLS
                self.transport.write_eof()
            self.over, self.due = True, self.loop.time() + LINGER
            self._forget()
            self._read_on()

    def _forget(self) -> None:
        """Let go of what has come: nothing more is answered."""
        self.rest = b""
        self.pending.clear()

    def is_waiting(self) -> bool:
        """Whether nothing goes on until the other side sends something, or reads."""
        return self.task is None and (self.paused or not (self.pending or self.rest))

    def shutdown(self) -> None:
        """The server ends (which uvicorn tells each of its connections)."""
        self.host.end()

    def leave(self) -> None:
        """End, when what has been said is sent."""
        if self.transport is not None:
            self.transport.close()

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
        elif self.idle and not self.transport.get_write_buffer_size():
            self.transport.close()
        elif self.idle or self.paused:
            self.transport.abort()  # to close would be to wait for who does not read
        elif not self.pending and not self.rest:
            self.refuse(408)
