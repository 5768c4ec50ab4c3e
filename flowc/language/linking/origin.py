"""From an action that a caller hears back to the author's words for it."""

from __future__ import annotations

from collections.abc import Sequence as Items
from typing import NamedTuple, Protocol

from ...program.program import Action, Fill
from ...text.document import Container, Document, Place, child

SHORT = {
    "talk": "text",
    "stream": "streamUrl",
    "conversation": "name",
    "wait": "timeout",
    "transfer": "conversationId",
    "notify": "payload",
    "phone": "number",
    "sip": "uri",
    "app": "user",
    "vbc": "extension",
    "websocket": "uri",
}
"""The field that is meant where an action or an endpoint is written as one value."""

ENDPOINTS = ("phone", "sip", "app", "vbc", "websocket")
"""What a `connect` of a flow has in place of `endpoint`."""


class Origin(Protocol):
    """Where an NCCO action came from. Paths are in the NCCO's own terms: `at("endpoint", 0, "number")`."""

    def whole(self) -> Place:
        """The action: in a raw NCCO its `action` value, in a flow the key that names it."""

    def at(self, *path: str | int) -> Place:
        """The value at a path; the nearest thing written around it, where it was not written itself."""

    def key(self, *path: str | int) -> Place:
        """The key at a path; the nearest thing written around it, where it was not written itself."""


class RawOrigin(NamedTuple):
    """An action of a raw NCCO: item `number` (from 0) of the list `owner`."""

    document: Document
    owner: list[object]
    number: int

    def whole(self) -> Place:
        """The value of `action`, or the item where it has none."""
        action = self.owner[self.number]
        if isinstance(action, dict) and "action" in action:
            return self.document.value(action, "action")
        return self.document.value(self.owner, self.number)

    def at(self, *path: str | int) -> Place:
        """The value at a path."""
        return _walk(self.document, self.owner, self.number, path) or self.whole()

    def key(self, *path: str | int) -> Place:
        """The key at a path."""
        place = self.at(*path)
        return place._replace(part="key") if isinstance(place.owner, dict) else place


class FlowOrigin(NamedTuple):
    """An action of a flow: the value at `key` of `owner`, as fields or in short.

    `defaults` is the mapping that fields not written in the action came from (`voice:`), if any.
    """

    document: Document
    owner: Container
    key_: str | int
    name: str
    defaults: dict[str, object] | None = None

    def whole(self) -> Place:
        """The key that names the action, or its value where it is a prompt's text."""
        if self.key_ == self.name:
            return self.document.key(self.owner, self.key_)
        return self.document.value(self.owner, self.key_)

    def at(self, *path: str | int) -> Place:
        """The value at a path."""
        return self._find(_authored(self, path)) or self.whole()

    def key(self, *path: str | int) -> Place:
        """The key at a path."""
        place = self._find(_authored(self, path))
        return place._replace(part="key") if place and isinstance(place.owner, dict) else self.whole()

    def _find(self, path: Items[str | int]) -> Place | None:
        value = child(self.owner, self.key_)
        if not isinstance(value, dict) and path and path[0] == SHORT.get(self.name):
            return self.document.value(self.owner, self.key_)
        found = _walk(self.document, self.owner, self.key_, path)
        if found is None and self.defaults is not None and path and path[0] in self.defaults:
            return self.document.value(self.defaults, path[0])
        return found


def _authored(origin: FlowOrigin, path: Items[str | int]) -> Items[str | int]:
    """A path of the NCCO as the flow spells it: `endpoint, 0, number` is `phone, number`."""
    fields = child(origin.owner, origin.key_)
    if tuple(path[:2]) != ("endpoint", 0) or not isinstance(fields, dict):
        return path
    kind = next((name for name in ENDPOINTS if name in fields), None)
    return (kind, *path[2:]) if kind else path


def _walk(document: Document, owner: Container, key: str | int, path: Items[str | int]) -> Place | None:
    """The deepest written thing on a path below a value (a short form stands for all below it), if any of it is."""
    place = None
    value = child(owner, key)
    for part in path:
        if not isinstance(value, dict | list) or not _holds(value, part):
            break
        place = document.value(value, part)
        value = child(value, part)
    return place


def _holds(container: Container, part: str | int) -> bool:
    return part in container if isinstance(container, dict) else isinstance(part, int) and part < len(container)


class Placed(NamedTuple):
    """An action, where it came from, the params in it that nothing binds, and its leaves that are templates."""

    action: Action
    origin: Origin
    open: tuple[str, ...] = ()
    fills: tuple[Fill, ...] = ()


class Sequence(NamedTuple):
    """Actions in the order in which a caller meets them, up to the end of the call or of what is known.

    `raw` is true for an NCCO that its author wrote as JSON: what a flow may not hold (legacy forms, placeholders) is
    then a warning. `closed` is true where the call ends after the last action; in a flow, an `input` or a `connect`
    with ways on is always last. Only the first `fresh` actions are still to be looked at: the others stand at the head
    of a sequence of their own, and are here for what follows.
    """

    actions: tuple[Placed, ...]
    raw: bool
    closed: bool
    fresh: int | None = None
