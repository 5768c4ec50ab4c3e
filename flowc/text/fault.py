"""A finding before it has a source: what the readers hand on until all is read."""

from __future__ import annotations

from typing import NamedTuple

from .diagnostics import Diagnostic, Label, Rule
from .source import Source, Span


class Fault(NamedTuple):
    """A finding at a place of a text; `cause` is a second place and what to say there."""

    rule: Rule
    span: Span
    message: str
    hint: str | None = None
    cause: tuple[Span, str] | None = None

    def of(self, source: Source) -> Diagnostic:
        """The finding in a source."""
        labels = (Label(source, *self.cause),) if self.cause else ()
        return Diagnostic(self.rule, source, self.span, self.message, self.hint, labels)


class Stop(NamedTuple):
    """Why and where a parser stopped: its own words, the place it stopped at, and where it had begun what it was at."""

    words: str
    at: int
    began: int
