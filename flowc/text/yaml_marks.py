"""Where the pieces of a YAML document stand, worked out from the parser's events for the members that are asked of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from .document import Container
from .marks import Spot, TreeMarks
from .source import Source, Span


class Mark(Protocol):
    """A place in the text that was parsed."""

    @property
    def index(self) -> int: ...


class Event(Protocol):
    """What the parser gives: a scalar has a `style`, the beginning of a collection a `flow_style`, both an `anchor`."""

    @property
    def start_mark(self) -> Mark | None: ...

    @property
    def end_mark(self) -> Mark | None: ...


class EventMarks(TreeMarks):
    """The places of a document that was read event by event.

    A build asks where each step begins: working out all else took longer than reading. `base` is the offset of the
    text that was parsed; `containers` are the lists and mappings of the data in the order they open.
    """

    def __init__(self, source: Source, base: int, events: Sequence[Event], containers: list[Container]) -> None:
        super().__init__(source, tuple, tuple)
        self._base = base
        self._events = events
        self._opened = containers
        self._tree: _Tree | None = None
        self._numbers: dict[int, dict[str, int]] = {}

    def key(self, owner: Container, key: str | int) -> Span:
        """The key; of a list's item, the item."""
        return self._span(self.tree().members(owner)[self._at(owner, key)])

    def value(self, owner: Container, key: str | int) -> Span:
        """The value at a key or index."""
        return self._span(self.tree().members(owner)[self._at(owner, key) + isinstance(owner, dict)])

    def whole(self) -> Span:
        """All of the data."""
        top = self.tree().top
        return self._span(top[0]) if top else Span(0, 0)

    def spots(self, owner: Container) -> dict[str | int, Spot]:
        """The spots of all members of a container of this document."""
        members = self.tree().members(owner)
        if isinstance(owner, list):
            return {
                number: Spot(self._span(each), self._span(each), _bare(each)) for number, each in enumerate(members)
            }
        return {
            name: Spot(self._span(members[at]), self._span(members[at + 1]), _bare(members[at + 1]))
            for name, at in self._keys(owner).items()
        }

    def tree(self) -> _Tree:
        """The events by what they stand in, sorted out once."""
        if self._tree is None:
            self._tree = _Tree(self._events, self._opened)
        return self._tree

    def _at(self, owner: Container, key: str | int) -> int:
        return self._keys(owner)[str(key)] if isinstance(owner, dict) else int(key)

    def _keys(self, owner: Container) -> dict[str, int]:
        """Where among the members of a mapping each key stands, the first of two that are the same."""
        found = self._numbers.get(id(owner))
        if found is None:
            members = self.tree().members(owner)
            found = self._numbers[id(owner)] = {}
            for at in range(0, len(members) - 1, 2):
                found.setdefault(getattr(members[at], "value", ""), at)
        return found

    def _span(self, event: Event) -> Span:
        """The characters of a scalar, or of a collection with all that is in it."""
        first, last = event.start_mark, event.end_mark
        start, end = self._base + (first.index if first else 0), self._base + (last.index if last else 0)
        style = getattr(event, "style", _COLLECTION)
        if style == _COLLECTION:
            return Span(start, max(start, self._end(event)))
        if style in ("|", ">"):
            end = start + len(self._source.text[start:end].rstrip())
        return Span(start, end)

    def _end(self, event: Event) -> int:
        """Where a collection ends: at its sign; one without a sign where its last member does."""
        sign = self.tree().end.get(id(event))
        if sign and sign.start_mark and sign.end_mark and sign.end_mark.index > sign.start_mark.index:
            return self._base + sign.end_mark.index
        inside = self.tree().inside[id(event)]
        return self._span(inside[-1]).end if inside else 0


_COLLECTION = "[{"


def _bare(event: Event) -> bool:
    """Whether a member is a scalar without quotes."""
    return not getattr(event, "style", _COLLECTION)


class _Tree:
    """Events by what they stand in. `top` are those outside of all, `inside` those of a collection by its first event.

    `start` leads from a container of the data to its first event, `end` from there to its last. All by identity.
    """

    def __init__(self, events: Iterable[Event], containers: Iterable[Container]) -> None:
        self.top: list[Event] = []
        self.inside: dict[int, list[Event]] = {}
        self.start: dict[int, Event] = {}
        self.end: dict[int, Event] = {}
        here, unopened = self.top, iter(containers)
        above: list[tuple[list[Event], Event]] = []
        for event in events:
            if hasattr(event, "style"):
                here.append(event)
            elif hasattr(event, "flow_style"):
                container = next(unopened, None)
                if container is None:  # one that was refused, the last event of all
                    return
                self.start[id(container)] = event
                here.append(event)
                above.append((here, event))
                here = self.inside[id(event)] = []
            elif above and not hasattr(event, "anchor"):
                here, first = above.pop()
                self.end[id(first)] = event

    def members(self, container: Container) -> list[Event]:
        """The keys and values, in turn, of a mapping, or the items of a list."""
        return self.inside[id(self.start[id(container)])]
