"""Who and what else is on a call: those who were called and have answered, and recordings behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .ncco import Connect, Hook
from .script import Connects


class Party(NamedTuple):
    """Somebody who has answered: since when, what becomes of it, the action that called them, and their leg."""

    began: float
    act: Connects
    action: Connect
    uuid: str


class Recorded(NamedTuple):
    """A recording that goes on to the end of the call: since when, and who is told of it and of its text."""

    began: float
    hook: Hook
    transcription: Hook | None


@dataclass(slots=True)
class Others:
    """The legs and the recordings of a call, beside the caller's own leg."""

    joined: tuple[Party, ...] | None = None
    """Those who have answered: they talk when there is nothing more to play."""
    behind: tuple[Recorded, ...] = ()
    recordings: int = 0
    """How many recordings there were, for their ids."""
    legs: int = 0
    """How many were called, for the ids of their legs."""
    unanswered: bool = False
    """Whether nobody has answered the call itself: then the caller's own leg has had its last event."""

    def copy(self) -> Others:
        """The same, which go on apart."""
        return Others(self.joined, self.behind, self.recordings, self.legs, self.unanswered)
