"""What was typed on the command line, as a text that findings can point at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...checks.allow import Allow
from ...text.document import Container, Document
from ...text.source import Source, Span
from ...workspace.file import shown

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


def word(before: str, typed: str) -> tuple[Source, Span]:
    """A word of the command line, and what stands before it."""
    text = shown(typed)
    return Source(COMMAND_LINE, f"{before} {text}"), Span(len(before) + 1, len(before) + 1 + len(text))


def bound(written: Sequence[str]) -> Source:
    """What was typed with `--param`, without the values, of which one may be a secret."""
    return Source(COMMAND_LINE, " ".join(f"--param {shown(each.partition('=')[0].strip())}" for each in written))


def binding(written: Sequence[str], name: str) -> tuple[Source, Span]:
    """Where a param is bound with `--param`."""
    source = bound(written)
    at = f"{source.text} ".find(f"--param {shown(name)} ") + len("--param ")
    return source, Span(at, at + len(shown(name)))


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
