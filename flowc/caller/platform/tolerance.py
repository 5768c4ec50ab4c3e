"""What comes of each fault in an NCCO: whether the platform turns all of it down, or plays it, and what that rests on.

What is stated: an action that does not exist and a value of the wrong type are errors; booleans and numbers may be
texts (reference, NCCO).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...language.schema.fault import Fault
from . import undecided


def refused(fault: Fault) -> bool:
    """Whether the platform turns down the whole NCCO for a fault."""
    match fault.kind:
        case "tag":
            return True
        case "minItems":
            return bool(fault.path)
        case "type":
            return bool(fault.path) and not (_spelt(fault) or _either(fault))
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


def refusal(fault: Fault) -> str:
    """What it rests on that an NCCO is turned down for a fault."""
    if fault.kind in _MISSING:
        return _MISSING[fault.kind]
    return undecided.RINGBACK if fault.path[-1] == "ringbackTone" and isinstance(fault.value, list) else ""


_MISSING = {"required": undecided.MISSING, "minItems": undecided.EMPTY}


def remarks(fault: Fault, data: list[object]) -> Iterator[str]:
    """What it rests on that an NCCO is played in spite of a fault."""
    if fault.kind == "required" and isinstance(fault.value, dict) and {"dtmf", "speech"} & fault.value.keys():
        yield undecided.UNTYPED
    either = _either(fault) if fault.kind == "type" and fault.path else None
    if either is not None:
        yield either
    if fault.kind == "unknown":
        yield from _ignored(fault, data)
    elif fault.kind in _REMARKS:
        yield _REMARKS[fault.kind]


_REMARKS = {
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


def _ignored(fault: Fault, data: list[object]) -> Iterator[str]:
    """What it rests on that a field is ignored. Nothing where the platform once had it, such as `voiceName`."""
    old = fault.schema.get("x-flowc", {}).get("legacy", {}).get(str(fault.detail))
    action = data[int(fault.path[0])]
    if old is None:
        yield undecided.EXTRA
    elif "disagree" in old:
        yield from [] if fault.detail == "conversation_id" else [undecided.SPELT]
    elif "moved" in old and isinstance(action, dict) and {"type", *old["moved"][:1]} & action.keys() - {fault.detail}:
        yield undecided.EXTRA


def _either(fault: Fault) -> str | None:
    """What it rests on that a text is taken for a list of one: samples and tables of the documents have either."""
    return _EITHER.get(fault.path[-1]) if isinstance(fault.value, str) else None


_EITHER: Mapping[str | int, str] = {"musicOnHoldUrl": undecided.MUSIC, "uuid": undecided.LEG}
