"""Who plays the caller of a call that is made by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from .asked import Question
from .platform.transcript import Happened

Sends = Callable[[str, float], None]
"""Sends a key that is pressed so many seconds after something began to be heard."""


class Meanwhile(NamedTuple):
    """What a person typed while something was heard, None: the person has hung up; and how many seconds had gone by."""

    typed: str | None
    after: float


class Person(Protocol):
    """Who plays the caller. All real waiting is done here, none on the line."""

    takes_time: bool
    """Whether what is heard takes its seconds."""

    def asked(self, question: Question) -> str | None:
        """What the person answers; None when nobody is there any more."""

    def told(self, happened: Happened) -> None:
        """Something has happened."""

    def hears(self, happened: Happened, question: Question, *, early: bool, sends: Sends | None) -> Meanwhile:
        """Something is heard, and takes its seconds: what the person answers a question meanwhile, or nothing.

        Without `early`, no question can be answered yet: what was typed in vain, keys or words. With `sends`, keys are
        not in vain: each is sent when it is pressed.
        """

    def says(self, remark: str) -> None:
        """Something that the person ought to know."""
