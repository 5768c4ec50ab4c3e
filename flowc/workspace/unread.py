"""Findings in many files without the texts of these, which are read once more when a finding is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..text.diagnostics import Diagnostic, Label
from ..text.source import Source, Values
from .file import load

if TYPE_CHECKING:
    from ..text.hidden import Hidden


class Unread(Source):
    """A file of which only the name is kept: ten thousand texts, for a line of each, are too much to hold."""

    __slots__ = ()


class UnreadValues(Unread):
    """The same of a file that binds params."""

    __slots__ = ()


def unread(found: Diagnostic, path: Path) -> Diagnostic:
    """A finding in a file without the text of it. One that speaks of another file as well stays as it is."""
    around = (found.source, *(each.source for each in found.labels))
    if not found.source.text or any(each.name != str(path) for each in around):
        return found
    source = Unread(found.source.name, "")
    return found._replace(source=source, labels=tuple(each._replace(source=source) for each in found.labels))


class Reread(Collection[Diagnostic]):
    """Findings that get their texts while they are looked at, one after the other; no secret is seen in them."""

    def __init__(self, found: Collection[Diagnostic]) -> None:
        from ..text.hidden import hidden  # most checks find nothing

        self._found = found
        self._text = lru_cache(maxsize=16)(_text)
        self._hidden = lru_cache(maxsize=16, typed=True)(hidden)

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Diagnostic]:
        return map(self._whole, self._found)

    def __contains__(self, found: object) -> bool:
        return any(each == found for each in self)

    def _whole(self, found: Diagnostic) -> Diagnostic:
        shown = self._read(found.source)
        hint = None if found.hint is None else shown.of(found.hint, found.span)
        # a value is named that is none of its type, never one of a secret
        message = found.message if found.rule.name == "value-does-not-fit" else shown.of(found.message, found.span)
        labels = tuple(self._label(each) for each in found.labels)
        return found._replace(source=shown.source, message=message, hint=hint, labels=labels)

    def _label(self, label: Label) -> Label:
        shown = self._read(label.source)
        return Label(shown.source, label.span, shown.of(label.text, label.span))

    def _read(self, source: Source) -> Hidden:
        return self._hidden(self._whole_text(source))

    def _whole_text(self, source: Source) -> Source:
        if not isinstance(source, Unread):
            return source
        read = self._text(source.name)
        return Values(*read) if isinstance(source, UnreadValues) else read


def _text(name: str) -> Source:
    loaded = load(Path(name))
    return loaded if isinstance(loaded, Source) else Source(name, "")
