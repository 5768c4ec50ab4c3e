"""What several processes have counted, together: each keeps its own figures in a file of a folder that they share.

Whichever of them is asked adds those of the others to its own. The figures of a process that has ended stay, so that
none goes down.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from .metrics import Metrics, metrics
from .settings import ServeError

SECONDS = 1.0
"""How old the figures of another process may be."""

_ENDING = ".counts.json"


class Tally(Metrics):
    """What is counted by one process among several."""

    _folder: Path
    _written: tuple[int, str]

    def share(self, folder: Path) -> None:
        """Have a folder together with others. Raises ServeError where nothing can be written there."""
        self._folder, self._written = folder, (0, "")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.write()
        except OSError as fault:
            raise ServeError(f"FLOWC_METRICS: nothing can be written into {folder}: {fault.strerror}") from None

    def keep(self) -> None:
        """Write what is counted from now on, once a second."""
        self._begin()
        os.register_at_fork(after_in_child=self._begin)  # a server may load the application before it forks
        atexit.register(self.end)

    def text(self) -> bytes:
        """What all have counted, as it is scraped."""
        self.end()  # what was told once does not go down, however this process ends
        together = metrics()
        for data in (_data(self), *self._others()):
            for each in together:
                each.join(data.get(each.name, ()))
        return together.text()

    def write(self) -> None:
        """Write what was counted here, if anything was since it was written."""
        now = os.getpid(), json.dumps(_data(self))
        if now == self._written:
            return
        path = self._path()
        part = path.with_suffix(".part")
        part.write_text(now[1], encoding="utf-8")
        os.replace(part, path)
        self._written = now

    def end(self) -> None:
        """Write the last figures of this process, if there still is a place for them."""
        with contextlib.suppress(OSError):
            self.write()

    def _begin(self) -> None:
        threading.Thread(target=self._go_on, name="flowc-counts", daemon=True).start()

    def _go_on(self) -> None:
        waits = threading.Event()
        while not waits.wait(SECONDS):
            self.end()

    def _others(self) -> Iterator[Mapping[str, list[object]]]:
        own = self._path()
        for path in self._folder.glob(f"*{_ENDING}"):
            if path != own:
                try:
                    yield json.loads(path.read_text(encoding="utf-8"))
                except (OSError, ValueError):
                    continue

    def _path(self) -> Path:
        return self._folder / f"{os.getpid()}{_ENDING}"


def tally(folder: str) -> Tally:
    """Counters at nought, in a folder that several processes share. Raises ServeError."""
    made = Tally(*metrics())
    made.share(Path(folder))
    made.keep()
    return made


def _data(counted: Metrics) -> dict[str, list[object]]:
    return {each.name: each.data() for each in counted}
