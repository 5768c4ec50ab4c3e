"""Who plays the caller of a call that is made by hand."""

from __future__ import annotations

from typing import Protocol

from .asked import Question
from .platform.transcript import Happened


class Person(Protocol):
    """Who plays the caller. All real waiting is done here, none on the line."""

    takes_time: bool
    """Whether what is heard takes its seconds."""

    def asked(self, question: Question) -> str | None:
        """What the person answers; None when there is nobody any more."""

    def told(self, happened: Happened) -> None:
        """Something has happened."""

    def hears(self, happened: Happened, question: Question, *, early: bool) -> str | None:
        """Something is heard, and takes its seconds: what the person answers a question meanwhile, or nothing.

        Without `early`, no question can be answered yet: what was typed in vain, keys or words.
        """

    def says(self, remark: str) -> None:
        """Something that the person ought to know."""
