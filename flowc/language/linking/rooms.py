"""Rooms: a flow as it is heard in one language, on one way into it. What stands in them is named after them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ..flow import Data, Flow
from .lower import Lowering, language_of

if TYPE_CHECKING:
    from .cursor import Cursor


class Room(NamedTuple):
    """A flow in a language.

    `path` is how a call came into it: empty for the flow itself, `main.vm/` for the flow `vm` run from `main`. `back`
    is where the call goes on at its end. `language` is None where the flow has one language alone.
    """

    path: str
    flow: Flow
    lowering: Lowering
    language: str | None
    prefix: str
    back: Cursor | None = None

    def name(self, name: str) -> str:
        """The name of a document or a wait in this room, from its name in the flow."""
        return f"{self.prefix}{name}"


Opening = Callable[[str, Flow, str | None], Lowering]
"""Makes what lowers a flow that a call came into on a path, in a language."""


class Rooms:
    """The rooms of a program, each made once. `languages` are those of the flow, the first one first."""

    def __init__(self, flow: Flow, opening: Opening) -> None:
        self.opening = opening
        self.languages = _languages(flow.data)
        self.lowerings: dict[tuple[str, str | None], Lowering] = {}
        self.made: dict[str, Room] = {}
        first = self.languages[0] if self.languages else None
        self.first = self.room("", flow, first, None)

    def room(self, path: str, flow: Flow, language: str | None, back: Cursor | None) -> Room:
        """A room, by its path and language."""
        prefix = path if not self.languages or language == self.languages[0] else f"{language}/{path}"
        if prefix not in self.made:
            self.made[prefix] = Room(path, flow, self.lowering(path, flow, language), language, prefix, back)
        return self.made[prefix]

    def lowering(self, path: str, flow: Flow, language: str | None) -> Lowering:
        """What lowers a flow on a path, in a language."""
        key = path, language
        if key not in self.lowerings:
            self.lowerings[key] = self.opening(path, flow, language)
        return self.lowerings[key]

    def in_language(self, room: Room, language: str | None) -> Room:
        """The same room in another language."""
        return room if language == room.language else self.room(room.path, room.flow, language, room.back)


def _languages(data: Data) -> tuple[str, ...]:
    """The languages of a flow of several."""
    voice = data.get("voice")
    if not isinstance(voice, list):
        return ()
    return tuple(dict.fromkeys(language_of(each) for each in voice if isinstance(each, dict)))
