"""Flows that would be one folder: two of one name, or of names that are one on some disks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..text.diagnostics import Diagnostic, Label, Rule
from ..text.source import Source, Span
from . import names
from .record import Entry

DUPLICATE_FLOW = Rule(
    "E641",
    "duplicate-flow",
    """Two flows have one name, or names that differ only in the case of their letters.

The name of a flow is the folder of its documents and a part of its URLs: callers of both would hear whichever was
written last.

Give one of them another name after `flow:`.""",
)


def twins(entries: Iterable[Entry]) -> Iterator[Diagnostic]:
    """A finding in each of two flows whose names are one on some disk. The sources of the findings have no text."""
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(names.folded(entry.flow), entry)
        if other is not entry:
            yield _said(other, entry)
            yield _said(entry, other)


def _said(entry: Entry, other: Entry) -> Diagnostic:
    both = f"`{entry.flow}` and `{other.flow}` are one folder on some disks"
    message = f"two flows are named `{entry.flow}`" if entry.flow == other.flow else both
    label = Label(Source(other.path, ""), Span(*other.at), "the other one")
    hint = "give one of them another name"
    return Diagnostic(DUPLICATE_FLOW, Source(entry.path, ""), Span(*entry.at), message, hint, (label,))
