"""One build at a time in a workspace."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from typing import NamedTuple

from ..text.diagnostics import Diagnostic, Rule
from . import stage
from .disk import told

BUILD_RUNNING = Rule(
    "E640",
    "build-running",
    """Another build of this project is running.

Two builds that put their files in place at the same time would leave a site of which one half belongs to one build and
one half to the other, and callers would be led from one to the other.

Wait until the other build has ended. A build that was killed holds nothing back.""",
)

PATIENCE = 1.0
"""Seconds to wait for a build that is just ending (or for the last worker of one that was killed)."""
_TRIES = 200


@contextlib.contextmanager
def held(folder: str) -> Iterator[Diagnostic | None]:
    """Hold the lock of a workspace folder, which is made if need be; or what to say when another build holds it.

    The kernel gives the lock back however the process ends. Workers share it, so that a build does not begin while a
    worker of a killed one still writes. Raises OSError where the folder cannot be written.
    """
    path = os.path.join(folder, "lock")
    until = time.monotonic() + PATIENCE
    folders = stage.missing(folder)
    lock, taken = _opened(folder, path), False
    try:
        taken = _taken(lock.descriptor, until)
        while taken and not _is_there(lock.descriptor, path):  # whoever held it has taken it away
            os.close(lock.descriptor)
            lock = _opened(folder, path)
            taken = _taken(lock.descriptor, until)
        yield (
            None
            if taken
            else told(BUILD_RUNNING, path, "another build of this project is running", "wait until it has ended")
        )
    finally:
        if taken:
            _withdraw(lock, path, folders)
        os.close(lock.descriptor)


class _Lock(NamedTuple):
    """An open lock, and whether its file was made by this process."""

    descriptor: int
    made: bool


def _opened(folder: str, path: str) -> _Lock:
    """The lock's file, open. Whoever made it first may be taking it away, so it is tried again."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    for _ in range(_TRIES):
        with contextlib.suppress(FileExistsError, FileNotFoundError):
            os.makedirs(folder, exist_ok=True)  # it may go at any moment, even between looking and making
            return _Lock(os.open(path, flags | os.O_EXCL, 0o644), True)
        with contextlib.suppress(FileNotFoundError):
            return _Lock(os.open(path, flags & ~os.O_CREAT), False)
        time.sleep(0.001)
    os.makedirs(folder, exist_ok=True)
    return _Lock(os.open(path, flags, 0o644), False)


def _is_there(descriptor: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except OSError:
        return False


def _withdraw(lock: _Lock, path: str, folders: list[str]) -> None:
    """Take the lock away, while it is held, where nothing came of the build that made it."""
    with contextlib.suppress(OSError):
        if lock.made and os.listdir(os.path.dirname(path)) == [os.path.basename(path)]:
            os.unlink(path)
    stage.withdraw(folders)


def _taken(descriptor: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        else:
            return True
