"""Where the pieces of a tree of plain data stand, worked out when it is first asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from .document import Container
from .source import Source, Span


class Piece(NamedTuple):
    """A piece of a text, in the order of writing; `text` is a key as read, `style` a quote or `|` or `>` ("": bare).

    A `close` whose `end` is -1 ends where its last child ends: a block collection has no closing sign.
    """

    kind: Literal["key", "scalar", "open", "close"]
    start: int
    end: int
    text: str = ""
    style: str = ""


class Spot(NamedTuple):
    """Where a member of a container stands; the key of a list's item is the item itself."""

    key: Span
    value: Span
    bare: bool
    """Whether the value is a scalar without quotes."""


class TreeMarks:
    """The places of a document (`flowc.text.document.Marks`).

    `pieces` gives the pieces of the text, `containers` the lists and mappings of the data in the order they open.
    """

    def __init__(
        self, source: Source, pieces: Callable[[], Iterable[Piece]], containers: Callable[[], Iterable[Container]]
    ) -> None:
        self._source = source
        self._pieces = pieces
        self._containers = containers
        self._spots: dict[int, dict[str | int, Spot]] = {}
        self._whole: Span | None = None

    def key(self, owner: Container, key: str | int) -> Span:
        """The key; of a list's item, the item."""
        return self.spots(owner)[key].key

    def value(self, owner: Container, key: str | int) -> Span:
        """The value at a key or index."""
        return self.spots(owner)[key].value

    def whole(self) -> Span:
        """All of the data."""
        if self._whole is None:
            self._whole = _place(self._pieces(), iter(self._containers()), self._spots)
        return self._whole

    def inside(self, owner: Container, key: str | int, start: int, end: int) -> Span:
        """The characters that were read as `[start:end]` of a text; where they cannot be told, the whole value."""
        from .spelling import spelled  # asked of few texts, and only where something is said

        span = self.value(owner, key)
        value = _member(owner, key)
        at = spelled(self._source.text[span.start : span.end], value) if isinstance(value, str) else None
        if at is None or not 0 <= start < end <= len(at):
            return span
        return Span(span.start + at[start].start, span.start + at[end - 1].end)

    def spots(self, owner: Container) -> dict[str | int, Spot]:
        """The spots of all members of a container of this document."""
        self.whole()
        return self._spots[id(owner)]


def _member(owner: Container, key: str | int) -> object:
    if isinstance(owner, dict):
        return owner[str(key)]
    return owner[int(key)]


class _Open:
    """A container whose end has not come yet."""

    def __init__(self, start: int, spots: dict[str | int, Spot], *, mapping: bool) -> None:
        self.start = start
        self.end = start
        self.spots = spots
        self.mapping = mapping
        self.key: Piece | None = None

    def take(self, value: Span, *, bare: bool) -> None:
        """A member has been read."""
        self.end = max(self.end, value.end)
        if self.key is not None:
            self.spots.setdefault(self.key.text, Spot(Span(self.key.start, self.key.end), value, bare))
        elif not self.mapping:
            self.spots[len(self.spots)] = Spot(value, value, bare)
        self.key = None


def _place(pieces: Iterable[Piece], containers: Iterator[Container], spots: dict[int, dict[str | int, Spot]]) -> Span:
    """Fill `spots`, by the identity of the container, and return the place of the whole."""
    root = here = _Open(0, {}, mapping=False)
    above: list[_Open] = []
    for piece in pieces:
        if piece.kind == "key":
            here.key = piece
        elif piece.kind == "scalar":
            here.take(Span(piece.start, piece.end), bare=not piece.style)
        elif piece.kind == "open":
            container = next(containers)
            above.append(here)
            here = _Open(piece.start, spots.setdefault(id(container), {}), mapping=isinstance(container, dict))
        else:
            span = Span(here.start, here.end if piece.end < 0 else piece.end)
            here = above.pop()
            here.take(span, bare=False)
    return root.spots[0].value if root.spots else Span(0, 0)
