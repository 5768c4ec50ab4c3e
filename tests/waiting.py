"""Waits for something to come to hold, for tests with servers and processes of their own."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(holds: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether something comes to hold in time; it is looked at again and again."""
    deadline = time.monotonic() + seconds
    while not (found := holds()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found
