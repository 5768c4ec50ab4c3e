"""One build at a time in a workspace."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator

from ..text.diagnostics import Diagnostic, Rule
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


@contextlib.contextmanager
def held(folder: str) -> Iterator[Diagnostic | None]:
    """Hold the lock of a workspace folder, which is made if need be; or what to say when another build holds it.

    The kernel gives the lock back however the process ends. Workers share it, so that a build does not begin while a
    worker of a killed one still writes. Raises OSError where the folder cannot be written.
    """
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    try:
        yield (
            None
            if _taken(descriptor)
            else told(BUILD_RUNNING, path, "another build of this project is running", "wait until it has ended")
        )
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        else:
            return True
