"""What copies of the server share, where they share anything: Redis, or for one copy its own memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .deadline import in_task

if TYPE_CHECKING:
    from redis.asyncio import Redis

MOST_IDS = 200_000
"""Ids that are remembered at the least, before the oldest are let go: 333 a second for ten minutes."""
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


class StoreError(OSError):
    """A Redis that does not answer; its text says so, and why."""


class Seen:
    """The ids that one process has seen within some seconds; they are remembered for at most twice as long.

    New ones are put with the young. When those have had their time, or are too many, they are the old ones, and the old
    ones before them are let go.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds, self._until = seconds, 0.0
        self._young: set[str] = set()
        self._old: set[str] = set()

    def first(self, name: str, now: float) -> bool:
        """Whether an id is seen for the first time."""
        if now >= self._until or len(self._young) >= MOST_IDS:
            self._old, self._young = self._young if now < self._until + self._seconds else set(), set()
            self._until = now + self._seconds
        if name in self._young or name in self._old:
            return False
        self._young.add(name)
        return True

    def forget(self, name: str) -> None:
        """Take an id as not seen."""
        self._young.discard(name)
        self._old.discard(name)


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
        except (RedisError, TimeoutError, ValueError, TypeError) as fault:  # the last two of a URL with odd parameters
            raise StoreError(f"Redis does not answer: {type(fault).__name__}") from fault


def is_url(url: str) -> bool:
    """Whether a URL is one of a Redis."""
    try:
        _opened(url)
    except ValueError:
        return False
    return True


def _opened(url: str) -> Redis:
    from redis.asyncio import Redis

    return Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS, max_connections=100)
