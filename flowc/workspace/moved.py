"""Findings in a document that was filled, said where its author can change something: in the template, or the flow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ..text.diagnostics import Diagnostic, Label
from ..text.document import Container, Document, Place, child
from ..text.source import Source, Span

Path = tuple[str | int, ...]


class At(NamedTuple):
    """Marks that know one place: a stretch of a text that was found by searching it."""

    span: Span

    def key(self, owner: Container, key: str | int) -> Span:
        return self.span

    def value(self, owner: Container, key: str | int) -> Span:
        return self.span

    def whole(self) -> Span:
        return self.span

    def inside(self, owner: Container, key: str | int, start: int, end: int) -> Span:
        return self.span


def stretch(source: Source, span: Span) -> Place:
    """A stretch of a text as a place."""
    return Document(source, None, At(span)).whole()


class Moves:
    """From a filled document to its template. `kept` has, for each action that is there, its number in the template."""

    def __init__(self, filled: Document, template: Document, kept: Sequence[int]) -> None:
        self.filled, self.template, self.kept = filled, template, kept

    @cached_property
    def paths(self) -> dict[Span, Path]:
        """The way to each piece of the filled document, by the stretch of its text; made once for all findings."""
        return {span: path for path, span in _pieces(self.filled, self.filled.data, ())}

    def moved(self, found: Diagnostic) -> Diagnostic:
        """A finding in the filled document, at the same piece of the template."""
        labels = tuple(Label(*self._place(each.source, each.span), each.text) for each in found.labels)
        source, span = self._place(found.source, found.span)
        return found._replace(source=source, span=span, labels=labels)

    def _place(self, source: Source, span: Span) -> tuple[Source, Span]:
        if source.name != self.filled.source.name:
            return source, span
        path = self.paths.get(span)
        return self.template.source, _same(self._around(span) if path is None else path, self.template, self.kept)

    def _around(self, span: Span) -> Path:
        """The way to the smallest piece that a stretch lies in."""
        around = (each for each in self.paths if each.start <= span.start and span.end <= each.end)
        smallest = min(around, key=lambda each: each.end - each.start, default=None)
        return self.paths[smallest] if smallest else ()


def _same(path: Path, template: Document, kept: Sequence[int]) -> Span:
    data: object = template.data
    place = template.whole()
    for depth, step in enumerate(path):
        key = kept[step] if depth == 0 and isinstance(step, int) and step < len(kept) else step
        if not isinstance(data, dict | list):
            break
        try:
            place, data = template.value(data, key), child(data, key)
        except LookupError:
            break
    return place.span


def _pieces(document: Document, data: object, path: Path) -> Iterator[tuple[Path, Span]]:
    keys: Sequence[str | int] = ()
    if isinstance(data, dict | list):
        keys = list(data) if isinstance(data, dict) else range(len(data))
        for key in keys:
            yield (*path, key), document.key(data, key).span
            yield (*path, key), document.value(data, key).span
            yield from _pieces(document, child(data, key), (*path, key))
