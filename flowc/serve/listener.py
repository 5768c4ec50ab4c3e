"""Serves the application itself, in one process or several: `python -m flowc.serve`.

What stands before it (TLS, other sites) is a proxy's.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import socket
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from . import log
from .connection import Connection
from .limits import Limits

if TYPE_CHECKING:
    from .application import Application

LOOK = 0.25
"""Seconds between two looks at connections that are too slow."""

MOST_CONNECTIONS = 2000
"""Connections of one process; one more is closed."""

_BACKLOG = 1024
_THRESHOLD = 20_000


class Listener:
    """An application with its connections."""

    def __init__(self, application: Application) -> None:
        self.application, self.service = application, application.service
        self.limits: Limits = application.parts.limits
        self.connections: set[Connection] = set()
        self._asked: list[Connection] = []

    async def serve(self, listening: socket.socket, ended: asyncio.Event) -> None:
        """Answer what comes in until it is over; then what has come in already."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._accepted, sock=listening, backlog=_BACKLOG)
        async with server:
            while not ended.is_set():
                try:
                    await asyncio.wait_for(ended.wait(), LOOK)
                except TimeoutError:
                    self._look(loop.time())
            server.close()
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
                each.answer()
            except Exception as fault:  # the others are to be answered all the same
                log.failure("connection failed", fault)
                each.drop()

    def _accepted(self) -> asyncio.Protocol:
        return Connection(self) if len(self.connections) < MOST_CONNECTIONS else _Refusal()

    def _look(self, now: float) -> None:
        for each in tuple(self.connections):
            each.look(now)

    async def _finished(self, until: float) -> None:
        """Wait for the answers that are being made, and close what is idle."""
        loop = asyncio.get_running_loop()
        while self.connections and loop.time() < until:
            for each in tuple(self.connections):
                if each.task is None and not each.pending and each.transport is not None:
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
    listening.bind((host, port))
    listening.listen(_BACKLOG)
    listening.setblocking(False)
    return listening


def run(make: Callable[[], Application], listening: socket.socket, workers: int = 1) -> None:
    """Serve until a signal ends it; each worker is a process with an application of its own."""
    if workers == 1:
        _work(make(), listening)
        return
    make()  # what keeps it from being served is said once
    children = [_forked(make, listening) for _ in range(workers)]
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: _end(children))
    os.wait()
    _end(children)  # with one gone, the others go: whoever started this starts it again whole
    while _waited():
        pass


def _forked(make: Callable[[], Application], listening: socket.socket) -> int:
    child = os.fork()
    if child == 0:
        try:
            _work(make(), listening)
        finally:
            os._exit(0)
    return child


def _end(children: Iterable[int]) -> None:
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)


def _waited() -> bool:
    """Whether there was a child to wait for."""
    try:
        os.wait()
    except ChildProcessError:
        return False
    return True


def _work(application: Application, listening: socket.socket) -> None:
    """Serve in this process. What is there now stays: looking through it for rubbish would find none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_THRESHOLD, 10, 10)
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_until_signal(application, listening))


async def _until_signal(application: Application, listening: socket.socket) -> None:
    ended = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, ended.set)
    log.info("serving", pid=os.getpid(), port=listening.getsockname()[1])
    await Listener(application).serve(listening, ended)


def new_loop() -> asyncio.AbstractEventLoop:
    """An event loop: of uvloop, where it is installed."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return asyncio.new_event_loop()
    return new_event_loop()
