"""What copies of the server share, where they share anything: Redis, or for one copy its own memory."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol

from .deadline import in_task

if TYPE_CHECKING:
    from redis.asyncio import Redis

MOST_IDS = 200_000
_SWEEP = 1.0
"""Seconds between two looks at ids whose time is over."""
_SECONDS = 0.5
"""How long Redis may take: a caller waits."""


class Store(Protocol):
    """Ids that were seen, and what calls remember where it does not fit into a URL. Raises OSError where it is down."""

    async def first(self, name: str, seconds: int) -> bool:
        """Whether an id is seen for the first time; it is remembered for some seconds."""

    async def forget(self, name: str) -> None:
        """Take an id as not seen: what it came with was not answered."""

    async def put(self, name: str, data: bytes, seconds: int) -> None:
        """Keep data for some seconds."""

    async def get(self, name: str) -> bytes | None:
        """Data that was kept, none if there is no such or no more."""

    async def close(self) -> None:
        """Let go of connections."""


class Seen:
    """The ids that one process has seen, the oldest first; those past their time, or past our limit, are let go."""

    def __init__(self) -> None:
        self._until: OrderedDict[str, float] = OrderedDict()
        self._swept = 0.0

    def first(self, name: str, seconds: int, now: float) -> bool:
        """Whether an id is seen for the first time."""
        until = self._until
        if not self._swept <= now < self._swept + _SWEEP or len(until) >= MOST_IDS:
            self._sweep(now)
        if until.get(name, 0.0) >= now:
            return False
        until.pop(name, None)
        until[name] = now + seconds
        return True

    def _sweep(self, now: float) -> None:
        """Let go of what is past its time, or past our limit."""
        self._swept, until = now, self._until
        while until and (len(until) >= MOST_IDS or next(iter(until.values())) < now):
            until.popitem(last=False)

    def forget(self, name: str) -> None:
        """Take an id as not seen."""
        self._until.pop(name, None)


class RedisStore:
    """A Redis, by its URL."""

    def __init__(self, url: str, prefix: str = "flowc:") -> None:
        self._url, self._prefix = url, prefix
        self._redis: Redis | None = None

    async def first(self, name: str, seconds: int) -> bool:
        """Whether an id is seen for the first time by any copy of the server."""
        return await self._ask("SET", f"{self._prefix}seen:{name}", b"", "NX", "EX", seconds) is not None

    async def forget(self, name: str) -> None:
        """Take an id as not seen."""
        await self._ask("DEL", f"{self._prefix}seen:{name}")

    async def put(self, name: str, data: bytes, seconds: int) -> None:
        """Keep data for some seconds."""
        await self._ask("SET", f"{self._prefix}call:{name}", data, "EX", seconds)

    async def get(self, name: str) -> bytes | None:
        """Data that was kept."""
        data = await self._ask("GET", f"{self._prefix}call:{name}")
        return data if isinstance(data, bytes) else None

    async def close(self) -> None:
        """Let go of connections."""
        if self._redis is not None:
            await self._redis.aclose()

    async def _ask(self, *command: object) -> object:
        from redis.exceptions import RedisError

        if self._redis is None:
            self._redis = _opened(self._url)
        await in_task()
        try:
            return await self._redis.execute_command(*command)  # type: ignore[no-untyped-call]
        except (RedisError, TimeoutError) as fault:
            raise OSError(f"Redis does not answer: {type(fault).__name__}") from fault


def _opened(url: str) -> Redis:
    from redis.asyncio import Redis

    return Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS, max_connections=100)
