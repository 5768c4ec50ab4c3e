"""What flowc has to say about a text: a rule, a place, words, and the fix."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .document import Place
from .source import Source, Span

Severity = Literal["error", "warning"]


class Label(NamedTuple):
    """A second place that a diagnostic speaks of, such as the thing it collides with."""

    source: Source
    span: Span
    text: str


class Diagnostic(NamedTuple):
    """One finding, at one place."""

    rule: Rule
    source: Source
    span: Span
    message: str
    hint: str | None = None
    labels: tuple[Label, ...] = ()


class Rule(NamedTuple):
    """A kind of finding: its code, the name people type in `allow:`, and its page.

    The letter of the code is its weight (E error, W warning), the first digit its stage.
    The page says what is wrong, why it hurts a caller, and what to do.
    """

    code: str
    name: str
    page: str

    @property
    def severity(self) -> Severity:
        """The weight of every finding of this rule."""
        return "error" if self.code.startswith("E") else "warning"

    def at(self, place: Place, message: str, hint: str | None = None, *labels: tuple[Place, str]) -> Diagnostic:
        """The finding of this rule at a place; each label is a second place and what to say there."""
        return Diagnostic(
            self,
            place.document.source,
            place.span,
            message,
            hint,
            tuple(Label(other.document.source, other.span, text) for other, text in labels),
        )


def errors(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Those findings that are errors."""
    return [each for each in diagnostics if each.rule.severity == "error"]
