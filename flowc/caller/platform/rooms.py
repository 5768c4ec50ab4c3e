"""Conversations that callers join or are moved to (reference, conversation and transfer)."""

from __future__ import annotations

from . import undecided
from .line import Line, Over
from .ncco import Conversation, Hook, Transfer
from .recording import told
from .script import Joins


def conversation(line: Line, action: Conversation) -> None:
    """The caller is in a room, from which only its end leads back into the NCCO."""
    line.note("joins", f"{action.name} ({action.alone})" if action.alone else action.name)
    act = line.next_act()
    if isinstance(act, Joins):
        line.did()
    else:
        act = Joins()
    if action.waits:
        line.note("holds", f"and hears {action.music}" if action.music else "in silence", act.hold)
    began = line.now
    if line.hangs_up():
        act = act._replace(ends=False)
    line.passes(act.seconds)
    if action.record:
        told(line, began, action.hook, None)
    if not act.ends:
        raise Over("the caller leaves the room, which ends it" if action.ends else "the caller hangs up")
    line.rests(undecided.ROOM)


def transfer(line: Line, action: Transfer) -> None:
    """The caller goes to another conversation for good."""
    line.note("transferred", action.conversation)
    line.rests(undecided.TRANSFER)
    if line.application.events:
        moved = {"conversation_uuid_from": line.call.conversation, "conversation_uuid_to": action.conversation}
        line.tell("event", Hook(), {"type": "transfer", **moved, "uuid": line.call.uuid})
    raise Over("the caller is in another conversation")
