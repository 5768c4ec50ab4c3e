"""Places in the blocks of a flow, from which documents are made."""

from __future__ import annotations

from typing import NamedTuple

from ...text.document import Place, made
from ..flow import Action, Block
from . import naming
from .rooms import Room


class Cursor(NamedTuple):
    """A place in a block: the block's name, the next action, what follows the block, and the room it is in.

    `asked` is the wait of the last question before it in the block, if there is one.
    """

    block: str
    actions: tuple[Action, ...]
    position: int
    place: Place
    after: Cursor | None
    room: Room
    asked: str | None = None

    @property
    def name(self) -> str:
        """The name of a document that begins here."""
        return naming.nth(self.block, self.position)

    def next(self) -> Cursor:
        """Behind the next action."""
        return made(
            Cursor, (self.block, self.actions, self.position + 1, self.place, self.after, self.room, self.asked)
        )

    def inside(self, name: str, block: Block) -> Cursor:
        """A block in place, whose end is here."""
        return made(Cursor, (name, block.actions, 0, block.place, self, self.room, self.asked))
