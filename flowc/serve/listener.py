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
from .connections import Connections
from .descriptors import have_more

if TYPE_CHECKING:
    from .application import Application

_BACKLOG = 1024
_RECEIVED = 128 * 1024
"""Bytes that the system keeps of what comes on a connection: a request fits, much more would lie in memory at once."""

_THRESHOLD = 20_000


async def serve(application: Application, listening: socket.socket, ended: asyncio.Event) -> None:
    """Answer what comes in until it is over; then what has come in already."""
    loop, limits = asyncio.get_running_loop(), application.parts.limits
    connections = Connections(application)
    server = await loop.create_server(connections.accepted, sock=listening, backlog=min(_BACKLOG, connections.most))
    async with server:
        await ended.wait()
        connections.end()
        server.close()
        listening.close()  # who comes now is told so at once, and does not wait for somebody to answer
        until = loop.time() + limits.read + limits.answer
        while connections.connections and loop.time() < until:
            await asyncio.sleep(0.05)
    if application.parts.store is not None:
        await application.parts.store.close()


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

    `flowc.serve.workers` has several processes.
    """
    settle()
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_until_signal(application, listening))


def settle() -> None:
    """Have this process ready for many connections, and what is there by now left out of the search for garbage."""
    have_more()
    gc.freeze()
    gc.set_threshold(_THRESHOLD, 10, 10)
    gc.enable()


async def _until_signal(application: Application, listening: socket.socket) -> None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, ended.set)
    loop.add_signal_handler(signal.SIGHUP, lambda: application.service.take_over_soon(time.monotonic()))
    log.info("serving", pid=os.getpid(), port=listening.getsockname()[1])
    await serve(application, listening, ended)


def new_loop() -> asyncio.AbstractEventLoop:
    """An event loop: of uvloop, where it is installed."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return asyncio.new_event_loop()
    return new_event_loop()
