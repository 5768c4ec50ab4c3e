"""Deadlines that cost nothing where nothing has to be waited for, as is so with nearly all webhooks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Generator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


async def within(seconds: float, awaitable: Awaitable[T]) -> T:
    """What an awaitable comes to. Raises TimeoutError where it waits longer.

    It is begun at once; only if it then has to wait for something, a timer is set.
    """
    found = begun(awaitable)
    return await found.within(seconds) if isinstance(found, Begun) else found


def begun(awaitable: Awaitable[T]) -> T | Begun[T]:
    """What an awaitable comes to without waiting for anything, else the rest of it."""
    steps = awaitable.__await__()
    try:
        return Begun(next(steps), steps)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]


async def in_task() -> None:
    """Go on in a task, where alone a timer can be set: what was begun outside of one waits until there is one."""
    if asyncio.current_task() is None:
        await _Once()


class _Once:
    """Waits for the next turn of the event loop, as `asyncio.sleep(0)` does, which needs no task either."""

    def __await__(self) -> Generator[None, None, None]:
        yield


class Begun(Generic[T]):
    """The rest of an awaitable that was begun: what it waits for is still to be told to the event loop."""

    def __init__(self, waits_for: object, steps: Generator[Any, None, T]) -> None:
        self._waits_for, self._steps = waits_for, steps

    async def within(self, seconds: float) -> T:
        """What it comes to. Raises TimeoutError where it waits longer."""
        await in_task()
        async with asyncio.timeout(seconds):
            return await self

    def __await__(self) -> Generator[Any, None, T]:
        waits_for = self._waits_for
        try:
            while True:
                try:
                    yield waits_for
                except GeneratorExit:
                    self._steps.close()
                    raise
                except BaseException as fault:
                    waits_for = self._steps.throw(fault)
                else:
                    waits_for = next(self._steps)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]
