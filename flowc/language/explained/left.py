"""What of a flow is still looked at although its shape is wrong, and what is not said of it then."""

from __future__ import annotations

from typing import NamedTuple

from ...text.diagnostics import Diagnostic
from ...text.document import Document
from ..schema.shape import Unsound

_OF_NAMES = frozenset({"unknown-variable", "unknown-param", "unknown-prompt", "unknown-calendar", "unknown-use"})
"""Rules about a name that nothing has."""


class Left(NamedTuple):
    """What is left to look at: a document, its unsound actions, and the findings that only follow from the rest.

    `names` are those of parts that were left out, and of variables that something wrong was meant to make.
    """

    document: Document
    unsound: Unsound
    hushed: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def told(self, said: list[Diagnostic]) -> list[Diagnostic]:
        """The findings but for what follows from what has been left out."""
        return [each for each in said if not self.follows(each)] if self.hushed or self.names else said

    def follows(self, each: Diagnostic) -> bool:
        """Whether a finding only says that something is missing which has been left out."""
        about = each.source.text[slice(*each.span)].strip("'\"")
        return each.rule.name in self.hushed or (each.rule.name in _OF_NAMES and about in self.names)


def left(document: Document, unsound: Unsound | None) -> Left | None:
    """What is left of a flow whose shape has been looked at; `unsound` is what that found. None for nothing."""
    if unsound is not None and not unsound:
        return Left(document, unsound)
    from .mended import meant, mended  # few flows have a wrong shape

    if unsound is None or not isinstance(document.data, dict):
        return mended(document)
    return Left(document, unsound, names=meant(document.data.get("steps"), unsound))
