"""Conversations in rehearsed calls: who else is there, and how the caller is to be in them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from ...language.explained.wording import shown
from ...text.diagnostics import Rule
from ..platform.rooms import DEAF, ENDS, RECORDED, SILENT, WAITS, heard_by, hears
from ..platform.script import Joins, Member
from ..platform.transcript import Happened

ANOTHER_PART = Rule(
    "E421",
    "another-part",
    """The caller has another part in a conversation

A guest who was to listen is heard by all, the conversation does not end when its moderator leaves, or what was to be
recorded is not. Correct the `conversation` of the flow, or the call if the flow is right.""",
)

_MANNERS = {
    "startOnEnter": (WAITS, "begins the conversation", False),
    "endOnExit": (ENDS, "does not end the conversation by leaving", True),
    "record": (RECORDED, "is not recorded", True),
    "mute": (SILENT, "is heard", True),
}
"""For each field of a `conversation`: what the transcript tells of it, and what is so if it does not; the value that it
tells of."""

_LEGS = {"canSpeak": heard_by, "canHear": hears}

Part = tuple[tuple[str, str, bool], ...]
"""How a caller is to be in a room: the field, how the transcript tells of it, and whether it does."""


def joins(value: object) -> tuple[Joins, str, Part]:
    """What goes on in a conversation, its name (empty: any), and the caller's part in it."""
    if not isinstance(value, dict):
        return Joins(), str(value), ()
    others = tuple(map(_member, value.get("others", ())))
    closes = any(each.ends and each.leaves is not None for each in others)
    seconds = float(value.get("seconds", math.inf if closes else Joins().seconds))
    act = Joins(seconds, float(value.get("hold", 0)), bool(value.get("ends", False)), others)
    return act, str(value.get("room", "")), tuple(_part(value))


def _member(value: Any) -> Member:
    """Another member; a name alone is somebody who is there already, and stays."""
    if not isinstance(value, dict):
        return Member(str(value))
    comes = float(value.get("comes", 0))
    leaves = comes + float(value["stays"]) if "stays" in value else None
    starts, ends = bool(value.get("startOnEnter", True)), bool(value.get("endOnExit", False))
    return Member(str(value["who"]), comes, leaves, starts, ends)


def _part(fields: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    for name, (manner, _, value) in _MANNERS.items():
        if name in fields:
            yield name, manner, bool(fields[name]) == value
    for name, told in _LEGS.items():
        if name in fields:
            yield name, told([str(each) for each in fields[name]]), True


def written(act: Joins, room: str) -> str:
    """What goes on in a room, as an author would write it behind `joins:`."""
    usual = Joins()
    fields = [f"room: {_text(room)}"]
    fields += [f"hold: {act.hold:g}"] if act.hold else []
    fields += [f"others: [{', '.join(map(_written_member, act.others))}]"] if act.others else []
    fields += [f"seconds: {act.seconds:g}"] if math.isfinite(act.seconds) and act.seconds != usual.seconds else []
    fields += ["ends: true"] if act.ends else []
    return f"{{{', '.join(fields)}}}"


def _written_member(member: Member) -> str:
    if member == Member(member.who):
        return _text(member.who)
    fields = [f"who: {_text(member.who)}"]
    fields += [f"comes: {member.comes:g}"] if member.comes else []
    fields += [f"stays: {member.leaves - member.comes:g}"] if member.leaves is not None else []
    fields += [] if member.starts else ["startOnEnter: false"]
    fields += ["endOnExit: true"] if member.ends else []
    return f"{{{', '.join(fields)}}}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def another_part(found: Happened, part: Part) -> tuple[str, str | None] | None:
    """The first way in which a caller is not in a room as was to be, and what to write if that is right."""
    room, _, told = found.said.removesuffix(")").partition(" (")
    manners = told.split(", ")
    for name, manner, so in part:
        if (manner in manners) != so:
            is_so, other, value = _MANNERS.get(name, ("", _other(name, manners), True))
            words = other if so else f"is {is_so}" if is_so in (RECORDED, SILENT) else is_so
            hint = f"write `{name}: {'true' if value != so else 'false'}` if the flow is right"
            return f"in {shown(room)} the caller {words}", hint if name in _MANNERS else None
    return None


def _other(name: str, manners: list[str]) -> str:
    """Whom the caller hears, or who hears the caller, in place of those who were to be."""
    if name == "canHear":
        return next(
            (each for each in manners if each.startswith("hears ")), "hears nobody" if DEAF in manners else "hears all"
        )
    found = next((each for each in manners if each.startswith("heard ")), None)
    return f"is {found}" if found else "is heard by nobody" if SILENT in manners else "is heard by all"
