"""What several processes have counted, together: each keeps its own figures in a file of a folder that they share.

Whichever of them is asked adds those of the others to its own. The figures of a process that has ended stay, so that
none goes down: in one file for all that ended by themselves, for a server may replace its workers every minute.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import json
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from .counting import see_writable
from .metrics import Metrics, metrics

SECONDS = 1.0
"""How old the figures of another process may be."""

_ENDING = ".counts.json"
_ENDED = f"ended{_ENDING}"
_LOCK = "lock"


class Tally(Metrics):
    """What is counted by one process among several."""

    _folder: Path
    _written: tuple[int, str]
    _writing: threading.Lock
    _left = False

    def share(self, folder: Path) -> None:
        """Have a folder together with others. Raises ServeError where nothing can be written there."""
        self._folder, self._written, self._writing = folder, (0, ""), threading.Lock()
        see_writable(folder)
        self.end()

    def keep(self) -> None:
        """Write what is counted from now on, once a second."""
        self._begin()
        os.register_at_fork(after_in_child=self._begin)  # a server may load the application before it forks
        atexit.register(self.leave)

    def text(self) -> bytes:
        """What all have counted, as it is scraped."""
        self.end()  # what was told once does not go down, however this process ends
        try:
            with self._locked(fcntl.LOCK_SH):
                return _together(_data(self), *self._others()).text()
        except OSError:  # the folder is gone, as it is when a server ends
            return Metrics.text(self)

    def write(self) -> None:
        """Write what was counted here, if anything was since it was written."""
        with self._writing:
            now = os.getpid(), json.dumps(_data(self))
            if now != self._written and not self._left:
                _put(self._path(), now[1])
                self._written = now

    def end(self) -> None:
        """Write the last figures of this process, if there still is a place for them."""
        with contextlib.suppress(OSError):
            self.write()

    def leave(self) -> None:
        """Leave the figures of this process, which counts nothing more, with those of all that have ended before."""
        with contextlib.suppress(OSError), self._writing, self._locked(fcntl.LOCK_EX):
            if self._left:
                return
            ended = self._folder / _ENDED
            _put(ended, json.dumps(_data(_together(_data(self), _read(ended)))))
            self._path().unlink(missing_ok=True)
            self._left = True

    @contextlib.contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        """Keep others from moving figures meanwhile, or from reading them."""
        held = os.open(self._folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(held, how)
            yield
        finally:
            os.close(held)

    def _begin(self) -> None:
        self._writing = threading.Lock()  # the one before may have been held when this process was made of another
        threading.Thread(target=self._go_on, name="flowc-counts", daemon=True).start()

    def _go_on(self) -> None:
        waits = threading.Event()
        while not waits.wait(SECONDS):
            self.end()

    def _others(self) -> Iterator[Mapping[str, list[object]]]:
        own = self._path()
        for path in self._folder.glob(f"*{_ENDING}"):
            if path != own:
                yield _read(path)

    def _path(self) -> Path:
        return self._folder / f"{os.getpid()}{_ENDING}"


def tally(folder: str) -> Tally:
    """Counters at nought, in a folder that several processes share. Raises ServeError."""
    made = Tally(*metrics())
    made.share(Path(folder))
    made.keep()
    return made


def _together(*counted: Mapping[str, list[object]]) -> Metrics:
    """What several processes have counted, added up."""
    together = metrics()
    for data in counted:
        for each in together:
            each.join(data.get(each.name, ()))
    return together


def _put(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def _read(path: Path) -> Mapping[str, list[object]]:
    """What lies in a file; nothing where it is gone, or cannot be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _data(counted: Metrics) -> dict[str, list[object]]:
    return {each.name: each.data() for each in counted}
