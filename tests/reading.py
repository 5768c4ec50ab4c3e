"""What the readers say of a text, as lines that a test can hold against a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from flowc.text import json, yaml
from flowc.text.diagnostics import Diagnostic
from flowc.text.document import Container, Document
from flowc.text.source import Source, Span

MESSAGES = Path(__file__).parent / "messages"
"""Golden files of what is said of many small texts."""


class Outcome(NamedTuple):
    """What came of reading a text: the document, if any, and what was said."""

    document: Document | None
    said: list[Diagnostic]

    @property
    def data(self) -> object:
        """The data; only asked where there must be some."""
        assert self.document is not None, self.lines
        return self.document.data

    @property
    def lines(self) -> list[str]:
        """The findings as `LINE:COLUMN-COLUMN CODE message = hint` (`LINE:COLUMN-LINE:COLUMN` over several lines)."""
        return [line(each) for each in self.said]


def of_yaml(text: str, *, pure: bool = False) -> Outcome:
    said: list[Diagnostic] = []
    return Outcome(yaml.read(Source("a.flow.yml", text), said.append, pure=pure), said)


def of_json(text: str) -> Outcome:
    said: list[Diagnostic] = []
    return Outcome(json.read(Source("a.ncco.json", text), said.append), said)


def listed(read: Callable[[str], Outcome], texts: Iterable[str]) -> str:
    """What is said of each text, for a golden file."""
    return "".join(f"{short(text, 100)}\n    " + "\n    ".join(read(text).lines) + "\n" for text in texts)


def short(text: str, most: int = 30) -> str:
    """A text in one line of printable characters."""
    return ascii(text) if len(text) <= most else f"{text[:most]!a} … {len(text)} characters"


def line(diagnostic: Diagnostic) -> str:
    where = place(diagnostic.source, diagnostic.span)
    hint = f" = {diagnostic.hint}" if diagnostic.hint else ""
    labels = "".join(f" [{place(each.source, each.span)} {each.text}]" for each in diagnostic.labels)
    return f"{where} {diagnostic.rule.code} {diagnostic.message}{hint}{labels}"


def place(source: Source, span: Span) -> str:
    start, end = source.position(span.start), source.position(span.end)
    until = f"{end.column}" if start.line == end.line else f"{end.line}:{end.column}"
    return f"{start.line}:{start.column}-{until}"


def written(document: Document, owner: Container, key: str | int) -> tuple[str, str]:
    """The characters of a key and of its value."""
    text = document.source.text
    key_span, value_span = document.key(owner, key).span, document.value(owner, key).span
    return text[slice(*key_span)], text[slice(*value_span)]
