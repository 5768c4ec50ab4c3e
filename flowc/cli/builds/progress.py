"""A line that says how far a long build is, where a person is watching."""

from __future__ import annotations

import sys
import time

WAIT = 1.0
"""Seconds after which a build is long."""
EVERY = 0.1
"""Seconds between two changes of the line."""


class Progress:
    """Called with how many of how many flows are done; writes over its own line on stderr."""

    def __init__(self) -> None:
        self.next = time.monotonic() + WAIT
        self.wide = 0

    def __call__(self, done: int, of: int) -> None:
        """Bring the line up to date, if it is time."""
        now = time.monotonic()
        if now >= self.next:
            self.next = now + EVERY
            self._write(f"{done:,} of {of:,} flows")

    def end(self) -> None:
        """Take the line away."""
        if self.wide:
            self._write("")
            sys.stderr.write("\r")
            sys.stderr.flush()

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text:<{self.wide}}")
        sys.stderr.flush()
        self.wide = max(self.wide, len(text))


def watched() -> Progress | None:
    """A progress line, where stderr is a terminal."""
    return Progress() if sys.stderr.isatty() else None
