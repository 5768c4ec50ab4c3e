"""Serves the application itself, in one process: `python -m flowc.serve`.

What stands before it (TLS, other sites) is a proxy's.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import time
from typing import TYPE_CHECKING

from . import log
from .connection import Connection
from .descriptors import have_more, most_connections
from .limits import Limits

if TYPE_CHECKING:
    from .application import Application

LOOK = 0.25
"""Seconds between two looks at connections that are too slow."""

LEAVE = 1.0
"""Seconds for which a connection may still bring a request when the server ends."""

_BACKLOG = 1024
_RECEIVED = 128 * 1024
"""Bytes that the system keeps of what comes on a connection: a request fits, much more would lie in memory at once."""

_THRESHOLD = 20_000


class Listener:
    """An application with its connections."""

    def __init__(self, application: Application) -> None:
        self.application, self.service = application, application.service
        self.limits: Limits = application.parts.limits
        self.connections: set[Connection] = set()
        self.most = most_connections()
        self.ending = False
        self._asked: list[Connection] = []
        self._spare: list[tuple[bool, float, Connection]] = []

    async def serve(self, listening: socket.socket, ended: asyncio.Event) -> None:
        """Answer what comes in until it is over; then what has come in already."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._accepted, sock=listening, backlog=min(_BACKLOG, self.most))
        async with server:
            while not ended.is_set():
                try:
                    await asyncio.wait_for(ended.wait(), LOOK)
                except TimeoutError:
                    self._look(loop.time())
            self.ending = True
            server.close()
            listening.close()  # who comes now is told so at once, and does not wait for somebody to answer
            await self._finished(loop.time() + self.limits.read + self.limits.answer)
        if self.application.parts.store is not None:
            await self.application.parts.store.close()

    def soon(self, connection: Connection) -> None:
        """Have a connection answer in the loop's next turn: to read all, then to answer all is faster than by turns."""
        if not self._asked:
            asyncio.get_running_loop().call_soon(self._answer)
        self._asked.append(connection)

    def _answer(self) -> None:
        asked, self._asked = self._asked, []
        for each in asked:
            try:
                each.turn()
            except Exception as fault:  # the others are to be answered all the same
                log.failure("connection failed", fault)
                each.drop()

    def _accepted(self) -> asyncio.Protocol:
        full = len(self.connections) >= self.most and not self._makes_room()
        return _Refusal() if full else Connection(self)

    def _makes_room(self) -> bool:
        """End a connection on which nothing is asked, else one whose request does not come. Whether there was one."""
        if not self._spare:
            spare = [(each.idle, each.due, each) for each in self.connections if each.is_waiting()]
            self._spare = sorted(spare, key=lambda each: (each[0], -each[1]))  # the last one goes first
        while self._spare:
            idle, due, each = self._spare.pop()
            if each in self.connections and each.is_waiting() and (each.idle, each.due) == (idle, due):
                self.connections.discard(each)
                each.drop()
                return True
        return False

    def _look(self, now: float) -> None:
        for each in tuple(self.connections):
            each.look(now)

    async def _finished(self, until: float) -> None:
        """Wait for the answers that are being made.

        What is idle may have a request on its way: it is answered, and told that it was the last on its connection.
        """
        loop = asyncio.get_running_loop()
        idle_until = loop.time() + LEAVE
        while self.connections and loop.time() < until:
            for each in tuple(self.connections):
                is_idle = each.is_waiting() and loop.time() >= idle_until
                if is_idle and each.transport is not None:
                    each.transport.close()
            await asyncio.sleep(0.05)


class _Refusal(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises OSError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVED)  # its connections have it from it
    listening.bind((host, port))
    listening.listen(_BACKLOG)
    listening.setblocking(False)
    return listening


def run(application: Application, listening: socket.socket) -> None:
    """Serve in this process until a signal ends it; at SIGHUP changed programs are taken over.

    `flowc.serve.workers` has several processes. What is there now stays: it is not looked through for what is unused.
    """
    have_more()
    gc.freeze()
    gc.set_threshold(_THRESHOLD, 10, 10)
    gc.enable()
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_until_signal(application, listening))


async def _until_signal(application: Application, listening: socket.socket) -> None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, ended.set)
    loop.add_signal_handler(signal.SIGHUP, lambda: application.service.take_over_soon(time.monotonic()))
    log.info("serving", pid=os.getpid(), port=listening.getsockname()[1])
    await Listener(application).serve(listening, ended)


def new_loop() -> asyncio.AbstractEventLoop:
    """An event loop: of uvloop, where it is installed."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return asyncio.new_event_loop()
    return new_event_loop()
