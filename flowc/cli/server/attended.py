"""A server that a person watches: it looks for changes before each request, and tells of requests that lead nowhere."""

from __future__ import annotations

import math
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from ...serve.responder import Asked, Request
from ...serve.responses import Response
from ...serve.service import Parts, Service
from ..output import print_text
from .console import nowhere

_SECONDS = 0.3
"""Seconds between two looks while nothing is asked: what is wrong with a flow is said soon after it was saved."""

Look = Callable[[], bool | None]
"""Takes over what has changed. Whether that went well; None where nothing has changed."""


class Attended(Service):
    """Answers from what is saved when a request comes. `look` takes over what has changed."""

    def __init__(self, parts: Parts, look: Look) -> None:
        super().__init__(parts)
        self._looked = math.inf  # it looks by itself, and not once a second
        self._take_over_now, self._lock = look, threading.Lock()

    def look(self) -> None:
        """Take over what has changed. One thread does it, others wait."""
        with self._lock:
            taken = self._take_over_now()
            if taken is not None:
                self.parts.programs.refused = not taken
                self.parts.counted.reloads.add("taken" if taken else "refused")

    def taken(self, request: Request) -> Asked | Response | Awaitable[Response]:
        """Where a request leads in what is saved now."""
        self.look()
        found = super().taken(request)
        if isinstance(found, Response) and found.status >= 400:
            print_text(f"{nowhere(request, found.status, self.parts.programs.now)}\n", aside=True)
        return found


@contextmanager
def watching(service: Attended) -> Iterator[None]:
    """Look for changes also while nothing is asked."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_SECONDS):
            service.look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
