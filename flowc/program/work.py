"""What is done for one answer: work is counted, so that whatever comes from outside is looked at in bounded time."""

from __future__ import annotations

MOST_WORK = 250_000
"""Steps of work that are done for one answer: well under a second of it."""


class TooMuchError(Exception):
    """Something takes more work than is done for one answer."""


class Work:
    """What is left to be done for one answer."""

    __slots__ = ("left",)

    def __init__(self, most: int = MOST_WORK) -> None:
        self.left = most

    def spend(self, steps: int = 1) -> None:
        """Do some of it. Raises TooMuchError when there is none left."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchError
