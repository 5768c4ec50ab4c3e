"""Plain data read from a source, and the way from each piece of it to its characters."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from .source import Source, Span

made = tuple.__new__
"""Makes a NamedTuple of all its fields at once; its own constructor is a function in Python. For what is made by the
hundred in every flow."""

Container = dict[str, object] | list[object]


def child(owner: Container, key: str | int) -> object:
    """What stands at a key of a mapping or an index of a list."""
    return owner[str(key)] if isinstance(owner, dict) else owner[int(key)]


class Marks(Protocol):
    """Where the pieces of a document stand. Asked only when something is said."""

    def key(self, owner: Container, key: str | int) -> Span: ...

    def value(self, owner: Container, key: str | int) -> Span: ...

    def whole(self) -> Span: ...

    def inside(self, owner: Container, key: str | int, start: int, end: int) -> Span: ...


class Document(NamedTuple):
    """Plain data (dict, list, str, int, float, bool, None) with its source.

    A piece of data is named by the container it stands in (by identity) and its key or index there.
    """

    source: Source
    data: object
    marks: Marks

    def key(self, owner: Container, key: str | int) -> Place:
        """The key itself; of a list's item, the item."""
        return made(Place, (self, owner, key, "key", None))

    def value(self, owner: Container, key: str | int) -> Place:
        """The value that stands at a key or index."""
        return made(Place, (self, owner, key, "value", None))

    def whole(self) -> Place:
        """The whole document."""
        return Place(self, None, None, "whole")


class Place(NamedTuple):
    """A place in a document, cheap to make; its span is looked up when it is said."""

    document: Document
    owner: Container | None
    key: str | int | None
    part: str
    inner: tuple[int, int] | None = None

    @property
    def span(self) -> Span:
        """The characters of this place."""
        marks = self.document.marks
        if self.owner is None or self.key is None:
            return marks.whole()
        if self.part == "key":
            return marks.key(self.owner, self.key)
        if self.inner is not None:
            return marks.inside(self.owner, self.key, *self.inner)
        return marks.value(self.owner, self.key)

    def within(self, start: int, end: int) -> Place:
        """A part of a text value: offsets into the text as read. Falls back to the whole value."""
        return self._replace(inner=(start, end))
