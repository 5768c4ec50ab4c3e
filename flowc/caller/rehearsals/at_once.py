"""Work on many pieces, several at once, whose results come in the order of the pieces."""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Iterator, Sequence
from queue import PriorityQueue, SimpleQueue
from threading import Thread
from typing import NamedTuple, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_ENOUGH = -1
"""Comes before every piece: whoever takes it up takes up nothing more."""


class _Raised(NamedTuple):
    """What came of a piece in place of a result."""

    error: BaseException


def at_once(
    pieces: Sequence[T], work: Callable[[T], R], most: int, alone: Callable[[T], Hashable] = lambda _: None
) -> Generator[R, None, None]:
    """The result of each piece, in order; what `work` raises is raised at its turn.

    Pieces that have the same thing `alone` are never under way together, and keep their order; with None, a piece goes
    together with any other. When the iterator is closed, no further piece is begun, and nobody waits for those that are
    under way.
    """
    if min(most, len(pieces)) < 2:
        yield from map(work, pieces)
        return
    follows, first = _rows([alone(each) for each in pieces])
    ready: PriorityQueue[int] = PriorityQueue()
    done: SimpleQueue[tuple[int, R | _Raised]] = SimpleQueue()
    for number in first:
        ready.put(number)

    def go_on() -> None:
        while (number := ready.get()) != _ENOUGH:
            try:
                done.put((number, work(pieces[number])))
            except BaseException as error:  # raised where the result is wanted
                done.put((number, _Raised(error)))
            if number in follows:
                ready.put(follows[number])

    threads = [Thread(target=go_on, daemon=True) for _ in range(min(most, len(pieces)))]
    try:
        for each in threads:
            each.start()
        yield from _in_order(done, len(pieces))
    finally:
        for _ in threads:
            ready.put(_ENOUGH)


def _rows(alone: Sequence[Hashable]) -> tuple[dict[int, int], list[int]]:
    """Which piece follows each that has the same thing alone, and the pieces that follow none."""
    last: dict[Hashable, int] = {}
    follows: dict[int, int] = {}
    first: list[int] = []
    for number, each in enumerate(alone):
        if each is not None and each in last:
            follows[last[each]] = number
        else:
            first.append(number)
        last[each] = number
    return follows, first


def _in_order(done: SimpleQueue[tuple[int, R | _Raised]], count: int) -> Iterator[R]:
    """What comes in any order, in that of its numbers."""
    early: dict[int, R | _Raised] = {}
    for wanted in range(count):
        while wanted not in early:
            number, found = done.get()
            early[number] = found
        result = early.pop(wanted)
        if isinstance(result, _Raised):
            raise result.error
        yield result
