"""Many flows at once: processes that share the work and hand their results back in the order of the flows."""

from __future__ import annotations

import contextlib
import gc
import os
import struct
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import IO, TypeVar

T = TypeVar("T")
Work = Callable[[T], bytes]

ENOUGH = 16
"""Pieces of work from which processes of their own are worth starting: about 20 ms of compiling."""
MOST = 8
_TIDY = 50  # pieces of work, each of which may leave about 20 kB
_LENGTH = struct.Struct(">Q")


def results(pieces: Sequence[T], work: Work[T], most: int | None = None) -> Iterator[bytes]:
    """The result of each piece, in order. `most` processes at most; without it, as many as fit pieces and machine.

    A worker that dies leaves its pieces to this process, which so meets the same fault, if it was one of flowc.
    """
    work = _tidied(work)
    several = processes(len(pieces)) if most is None else most
    if several < 2:
        yield from map(work, pieces)
        return
    # The first one is done here: what the work imports and keeps ready is then there for all processes.
    yield work(pieces[0])
    pieces = pieces[1:]
    pipes = [_start(pieces[first::several], work) for first in range(several)]
    try:
        for number, piece in enumerate(pieces):
            result = _received(pipes[number % several][1])
            yield work(piece) if result is None else result
    finally:
        for _, pipe in pipes:  # all, before one is waited for: a later process holds the pipes of those before it
            pipe.close()
        for process, _ in pipes:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process, 0)


def _tidied(work: Work[T]) -> Work[T]:
    """Work that now and then takes apart what pieces leave behind that holds each other: the collector may be off."""
    done = count(1)

    def tidied(piece: T) -> bytes:
        if next(done) % _TIDY == 0:
            gc.collect(0)
        return work(piece)

    return tidied


def processes(pieces: int) -> int:
    """How many processes are worth it for so many pieces on this machine."""
    if pieces < ENOUGH or not hasattr(os, "fork"):
        return 1
    return min(MOST, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _start(pieces: Sequence[T], work: Work[T]) -> tuple[int, IO[bytes]]:
    end, begin = os.pipe()
    process = os.fork()
    if process:
        os.close(begin)
        return process, os.fdopen(end, "rb")
    os.close(end)
    status = 1
    try:
        _do_all(pieces, work, begin)
        status = 0
    finally:
        # Neither the parent's buffers nor its exit handlers are this process's.
        os._exit(status)


def _do_all(pieces: Sequence[T], work: Work[T], pipe: int) -> None:
    parent = os.getppid()
    with os.fdopen(pipe, "wb") as file, contextlib.suppress(BrokenPipeError):
        for piece in pieces:
            if os.getppid() != parent:
                return
            result = work(piece)
            file.write(_LENGTH.pack(len(result)) + result)
            file.flush()


def _received(pipe: IO[bytes]) -> bytes | None:
    """The next result, or None where the worker has ended before it."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    result = pipe.read(length)
    return result if len(result) == length else None
