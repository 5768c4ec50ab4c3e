"""The folder in which the workers of one server count: that it can be written into, and whose it is.

Who started them holds a lock in a folder that was made for them alone. The system lets go of it when they are gone,
however they went, so that the next server can tell a folder that was left from one that is in use.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from .settings import ServeError

PREFIX = "flowc-metrics-"
"""How the name of a folder begins that was made for the workers of one server."""

_OWNER = "owner"


@contextmanager
def together() -> Iterator[None]:
    """Have the processes that are started meanwhile count in one folder: FLOWC_METRICS, or one that is made for them.

    Raises ServeError where none was named and none can be made, or nothing can be written into it.
    """
    named = os.environ.get("FLOWC_METRICS")
    try:
        made = nullcontext(named) if named else TemporaryDirectory(prefix=PREFIX)
    except OSError as fault:
        hint = "set FLOWC_METRICS to a folder that may be written to, or start one process"
        raise ServeError(f"no folder can be made to count in ({fault.strerror}): {hint}") from None
    with made as folder, counting(Path(folder)):
        os.environ["FLOWC_METRICS"] = folder
        yield


@contextmanager
def counting(folder: Path) -> Iterator[None]:
    """Have workers count in a folder meanwhile. Raises ServeError where nothing can be written into it."""
    see_writable(folder)
    if not folder.name.startswith(PREFIX):  # it is somebody's own
        yield
        return
    held = _hold(folder)
    try:
        for each in folder.parent.glob(f"{PREFIX}*"):
            if each != folder and _was_left(each):
                shutil.rmtree(each, ignore_errors=True)
        yield
    finally:
        os.close(held)


def see_writable(folder: Path) -> None:
    """See that files can be written into a folder, which is made. Raises ServeError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        hint = "name a folder that can be written to"
        raise ServeError(f"FLOWC_METRICS: nothing can be written into {folder} ({fault.strerror}): {hint}") from None


def _hold(folder: Path) -> int:
    """Lock a folder as ours; the workers hold the lock with us. It is named when it is locked, so none sees it free."""
    part = folder / f"{_OWNER}.part"
    held = os.open(part, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    os.replace(part, folder / _OWNER)
    return held


def _was_left(folder: Path) -> bool:
    """Whether a folder is one of ours that nobody counts in any more."""
    try:
        found = os.lstat(folder)
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            return False
        with (folder / _OWNER).open("rb+") as owner:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
