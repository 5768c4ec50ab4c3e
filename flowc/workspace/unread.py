"""Findings in many files without the texts of these, which are read once more when a finding is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from ..text.diagnostics import Diagnostic
from ..text.source import Source
from .file import load


class Unread(Source):
    """A file of which only the name is kept: ten thousand texts, for a line of each, are too much to hold."""

    __slots__ = ()


def unread(found: Diagnostic, path: Path) -> Diagnostic:
    """A finding in a file without the text of it. One that speaks of another file as well stays as it is."""
    around = (found.source, *(each.source for each in found.labels))
    if not found.source.text or any(each.name != str(path) for each in around):
        return found
    source = Unread(found.source.name, "")
    return found._replace(source=source, labels=tuple(each._replace(source=source) for each in found.labels))


class Reread(Collection[Diagnostic]):
    """Findings that get their texts while they are looked at, one after the other."""

    def __init__(self, found: Collection[Diagnostic]) -> None:
        self._found = found
        self._text = lru_cache(maxsize=16)(_text)

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Diagnostic]:
        return map(self._whole, self._found)

    def __contains__(self, found: object) -> bool:
        return any(each == found for each in self)

    def _whole(self, found: Diagnostic) -> Diagnostic:
        around = (found.source, *(each.source for each in found.labels))
        if not any(isinstance(each, Unread) for each in around):
            return found
        labels = tuple(each._replace(source=self._read(each.source)) for each in found.labels)
        return found._replace(source=self._read(found.source), labels=labels)

    def _read(self, source: Source) -> Source:
        return self._text(source.name) if isinstance(source, Unread) else source


def _text(name: str) -> Source:
    loaded = load(Path(name))
    return loaded if isinstance(loaded, Source) else Source(name, "")
