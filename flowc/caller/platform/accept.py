"""Whether something that came back is an NCCO that the platform plays, and if not, why not.

What is stated: an array of actions; an action that does not exist and a value of the wrong type are errors (reference,
NCCO). Booleans and numbers may be texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache

from ...language import facts, gate, shape
from ...language.fault import Fault
from . import undecided
from .ncco import Ncco, Refused, Talk
from .reading import read

DEEPEST = 200
"""Levels of nesting that are read. A limit of ours."""

SYNTAX = "Syntax error in NCCO. Invalid value type or action."
"""The reason in the error event (reference, NCCO)."""

_REMARKS = {
    "unknown": undecided.EXTRA,
    "minimum": undecided.RANGE,
    "maximum": undecided.RANGE,
    "pattern": undecided.RANGE,
    "enum": undecided.RANGE,
    "const": undecided.RANGE,
    "maxLength": undecided.RANGE,
    "minLength": undecided.RANGE,
    "maxItems": undecided.SEVERAL,
    "excludes": undecided.TOGETHER,
    "needs": undecided.TOGETHER,
    "without": undecided.TOGETHER,
    "any": undecided.TOGETHER,
    "one": undecided.TOGETHER,
}
"""What the double does with each kind of fault, of which no document says what the platform does."""


def accept(body: bytes, name: str) -> Ncco | Refused:
    """The NCCO of a body. `name` is what its application calls it."""
    try:
        data = json.loads(body)
        if body.count(b"[") + body.count(b"{") > DEEPEST:
            _nests(data)
    except (ValueError, RecursionError):
        return Refused("what came back is no JSON")
    return accept_data(data, name)


def _nests(data: object) -> None:
    """Raise RecursionError for what nests deeper than can be written again."""
    level = [data]
    for _ in range(DEEPEST):
        level = [each for owner in level if isinstance(owner, dict | list) for each in _members(owner)]
        if not level:
            return
    raise RecursionError


def _members(owner: dict[str, object] | list[object]) -> Iterable[object]:
    return owner.values() if isinstance(owner, dict) else owner


def accept_data(data: object, name: str) -> Ncco | Refused:
    """The NCCO of JSON data."""
    if not isinstance(data, list):
        return Refused(SYNTAX)
    remarks: dict[str, None] = {}
    if not gate.ncco(data):
        for fault in shape.faults("ncco", data):
            if _refused(fault):
                return Refused(SYNTAX, undecided.MISSING if fault.kind == "required" else "")
            remarks.update(dict.fromkeys(_remarks(fault)))
    actions = tuple(read(each) for each in data)
    remarks.update(
        dict.fromkeys(each for action in actions if isinstance(action, Talk) for each in _spoken(action.text))
    )
    return Ncco(name, actions, tuple(remarks))


def _spoken(text: str) -> Iterator[str]:
    """What hearing a text rests on."""
    if "<" in text and not text.lstrip().startswith("<speak"):
        yield undecided.TAGS
    if len(text) > _most_spoken():
        yield undecided.LONG_TEXT


@cache
def _most_spoken() -> float:
    return facts.limit("spokenText")


def _refused(fault: Fault) -> bool:
    """Whether the platform turns down the whole NCCO for a fault."""
    match fault.kind:
        case "tag":
            return True
        case "type":
            return bool(fault.path) and not _spelt(fault)
        case "required":
            return not (_is_old_input(fault) or _is_other_spelling(fault))
    return False


def _spelt(fault: Fault) -> bool:
    """Whether a value of the wrong type is a number or a truth, as a text (reference, NCCO)."""
    if not isinstance(fault.value, str):
        return False
    wanted = fault.schema.get("type")
    if wanted == "boolean":
        return fault.value.lower() in ("true", "false")
    return wanted in ("integer", "number") and _is_number(fault.value)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_old_input(fault: Fault) -> bool:
    """The question of before 2020 has no `type`."""
    return fault.detail == "type" and isinstance(fault.value, dict) and fault.value.get("action") == "input"


def _is_other_spelling(fault: Fault) -> bool:
    """The conversation of a `transfer`, for whose name there are two spellings (reference, transfer)."""
    return fault.detail == "conversationId" and isinstance(fault.value, dict) and "conversation_id" in fault.value


def _remarks(fault: Fault) -> Iterator[str]:
    if fault.kind == "required" and isinstance(fault.value, dict) and {"dtmf", "speech"} & fault.value.keys():
        yield undecided.UNTYPED
    if fault.kind in _REMARKS and not (fault.kind == "unknown" and _is_old(fault)):
        yield _REMARKS[fault.kind]


def _is_old(fault: Fault) -> bool:
    """An extra field that the platform once had, such as `voiceName`."""
    return str(fault.detail) in fault.schema.get("x-flowc", {}).get("legacy", {})
