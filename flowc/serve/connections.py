"""The connections to an application in one process: how many there may be, whose turn it is, and which are too slow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from . import log
from .connection import Connection
from .descriptors import most_connections
from .limits import Limits

if TYPE_CHECKING:
    from .application import Application

LOOK = 0.25
"""Seconds between two looks at connections that are too slow."""

LEAVE = 1.0
"""Seconds for which a connection may still bring a request when the server ends."""


class Connections:
    """An application with its connections. A server that looks after them too has a set for them (`held`), and a class
    that tells it of them (`made`).
    """

    def __init__(
        self,
        application: Application,
        held: set[Connection] | None = None,
        made: Callable[[Connections], Connection] = Connection,
    ) -> None:
        self.service = application.service
        self.limits: Limits = application.parts.limits
        self.connections: set[Connection] = set() if held is None else held
        self.most = most_connections()
        self.ending = False
        self._made = made
        self._leave = 0.0
        self._looking = False
        self._asked: list[Connection] = []
        self._spare: list[tuple[bool, float, Connection]] = []

    def accepted(self) -> asyncio.Protocol:
        """What answers a connection that is new."""
        if len(self.connections) >= self.most and not self._makes_room():
            return _Refusal()
        if not self._looking:
            self._looking = True
            asyncio.get_running_loop().call_later(LOOK, self._look)
        return self._made(self)

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

    def end(self) -> None:
        """Let a request be the last on its connection.

        What is idle may have one on its way: it is answered, and told that it was the last.
        """
        if not self.ending:
            self.ending, self._leave = True, asyncio.get_running_loop().time() + LEAVE

    def _look(self) -> None:
        """Look at connections for as long as there are any."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for each in tuple(self.connections):
            each.look(now)
            if self.ending and now >= self._leave and each.is_waiting():
                each.leave()
        self._looking = bool(self.connections)
        if self._looking:
            loop.call_later(LOOK / 5 if self.ending else LOOK, self._look)


class _Refusal(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()
