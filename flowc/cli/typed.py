"""What was typed on the command line, as a text that findings can point at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..checks.allow import Allow
from ..text.document import Container, Document
from ..text.source import Source, Span
from ..workspace.file import shown

COMMAND_LINE = "<command line>"


class _Words(NamedTuple):
    """Where the words of a list stand in a text that is made of them."""

    spans: Sequence[Span]

    def key(self, owner: Container, key: str | int) -> Span:
        return self.spans[int(key)]

    def value(self, owner: Container, key: str | int) -> Span:
        return self.spans[int(key)]

    def whole(self) -> Span:
        return Span(0, self.spans[-1].end if self.spans else 0)

    def inside(self, owner: Container, key: str | int, start: int, end: int) -> Span:
        return self.spans[int(key)]


def allows(names: Sequence[str]) -> list[Allow]:
    """The names given with `--allow`, each at its place."""
    written: list[object] = [shown(name) for name in names]
    text, spans = "", []
    for name in written:
        text += f"{' ' if text else ''}--allow "
        spans.append(Span(len(text), len(text) + len(str(name))))
        text += str(name)
    document = Document(Source(COMMAND_LINE, text), written, _Words(spans))
    return [Allow(str(name), document.value(written, index)) for index, name in enumerate(written)]
