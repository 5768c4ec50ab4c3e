"""Programs that may change while they are served: a changed one is taken over between two webhooks, a broken one never.

A call that stands where the new program has no such place goes on in the program it stands in.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from . import log
from .flows import Route, Served
from .settings import ServeError
from .sources import SITE, program_files, site_file

MOST_PAST = 4
"""Earlier programs that are kept for the calls in them."""

Stamp = tuple[tuple[str, int, int, int], ...]
Load = Callable[[], Served]


class Programs:
    """What is served now, and what was before it."""

    def __init__(self, load: Load, paths: Sequence[Path] = ()) -> None:
        """`load` makes what is served of what lies in the paths. Raises ServeError where it cannot."""
        self._load, self._paths = load, paths
        self._stamp = self._served = self._stamped()
        self.now = load()
        self.refused = False
        self._past: deque[Served] = deque(maxlen=MOST_PAST)
        self._looking = Lock()

    def route(self, path: str) -> Route | None:
        """Where a path leads: in what is served now, else in what a call may still stand in."""
        found = self.now.routes.get(path)
        if found is not None:
            return found
        past = next((each.routes[path] for each in self._past if path in each.routes), None)
        return None if past is None or self._takes_no_call(past) else past

    def _takes_no_call(self, route: Route) -> bool:
        """Whether it is where calls of a flow began that is no more: those in it go on, no other begins."""
        return route.kind == "begin" and route.flow is not None and route.flow.name not in self.now.flows

    def let_go(self) -> None:
        """Let go of flows that are no more, with the calls in them."""
        self._past = deque([each for each in self._past if each.flows.keys() <= self.now.flows.keys()], MOST_PAST)

    def look(self) -> bool | None:
        """Take over what has changed. Whether that went well; None where nothing has changed."""
        with self._looking:
            stamp = self._stamped()
            if stamp == self._stamp:
                return None
            gone = [path for path in _sites(self._served) if not os.path.exists(path)]
            self._stamp = stamp
            if gone:
                return self._refuse(f"{gone[0]}: it is gone, which has the URL and the numbers; build the flows anew")
            taken = self.take(self._load)
            self._served = stamp if taken else self._served
            return taken

    def take(self, load: Load) -> bool:
        """Serve something else from now on, if it can be loaded."""
        try:
            new = load()
        except ServeError as fault:
            return self._refuse(str(fault).replace("\n", "; "))
        self._past.appendleft(self.now)
        self.now, self.refused = new, False
        log.info("program taken over", flows=len(new.flows))
        return True

    def _refuse(self, why: str) -> bool:
        self.refused = True
        log.failure("program refused", why=why)
        return False

    def _stamped(self) -> Stamp:
        """What tells a changed file, without reading it."""
        return tuple([each for path in self._paths for each in map(_stat, _all(path)) if each])


def _sites(stamp: Stamp) -> list[str]:
    """What builds had written beside the programs."""
    return [path for path, *_ in stamp if os.path.basename(path) == SITE]


def _all(path: Path) -> list[Path]:
    try:
        return [*program_files(path), site_file(path)]
    except ServeError:
        return []


def _stat(path: Path) -> tuple[str, int, int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return str(path), found.st_mtime_ns, found.st_size, found.st_ino
