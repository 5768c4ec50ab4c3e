"""Steps of rehearsed calls whose parts do not go together, so that no call could be so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ...language.explained.wording import either, shown
from ...language.schema import facts
from ..platform.script import RINGING, Act, Connects, HangsUp
from .rehearsal import Step, Took

_TALKED = ("answered", "machine", "disconnected")
"""Outcomes behind which there is a talk."""


class Impossible(NamedTuple):
    """The key of a step that does not go with the others, why, and what to write."""

    key: str
    message: str
    hint: str


def impossible(name: str, value: Any, step: Step) -> Iterator[Impossible]:
    """What in a step, whose shape is right, cannot be so together."""
    if name == "connects" and isinstance(value, dict):
        yield from _connects(value)
    if isinstance(step.expected, Took):
        yield from _took(step.expected, value)


def _connects(fields: Mapping[str, Any]) -> Iterator[Impossible]:
    outcome = str(fields.get("and", "answered"))
    if "seconds" in fields and outcome not in (*_TALKED, RINGING):
        yield Impossible("seconds", f"nobody talks in a call that is `{outcome}`", "take `seconds` out")
    if "hangs up" in fields and outcome == RINGING:
        hint = "take it out, and write the step `- hangs up` behind this one"
        yield Impossible("hangs up", "the caller alone hangs up while it rings", hint)
    elif "hangs up" in fields and outcome not in ("answered", "machine"):
        yield Impossible("hangs up", f"nobody hangs up in a call that is `{outcome}`", "take `hangs up` out")
    details = facts.known("outcomeDetails")
    if "detail" in fields and fields["detail"] not in details.get(outcome, ()):
        message = f"a call that is `{outcome}` has no detail {shown(fields['detail'])}"
        yield Impossible("detail", message, _detail(str(fields["detail"]), outcome, details))


def _detail(written: str, outcome: str, details: Mapping[str, Iterable[str]]) -> str:
    """The outcome that a detail is of, or those that there are."""
    of = next((each for each, known in details.items() if written in known), None)
    if of is not None:
        return f"it is one of `{of}`: write `and: {of}`, or take it out"
    known = [f"`{each}`" for each in details.get(outcome, ())]
    return f"there are {either(known)}" if known else "take `detail` out"


def _took(took: Took, fields: Mapping[str, Any]) -> Iterator[Impossible]:
    if took.less is None or took.more is None or took.more < took.less:
        return
    less, more = fields["less than"], fields["more than"]
    message = f"no time is both more than {took.more:g} s and less than {took.less:g} s"
    right = f"write `took: {{more than: {less}, less than: {more}}}`" if took.less < took.more else "leave one out"
    yield Impossible("less than", message, right)


def behind_ringing(steps: Iterable[Step]) -> Iterator[tuple[Step, str, str]]:
    """Steps that do something else than hang up while it rings: each with what is wrong, and what to write."""
    before: Act | None = None
    for step in steps:
        if step.act is None:
            continue
        rings = isinstance(before, Connects) and before.outcome == RINGING
        if rings and not isinstance(step.act, HangsUp):
            yield step, "while it rings, the caller can do nothing but hang up", "write `- hangs up` before it"
        before = step.act


_NUMBER = re.compile("[1-9][0-9]*")


def no_number(name: str, written: str) -> tuple[str, str] | None:
    """What is wrong with a number under that name, as the platform would tell it, and what to write; None: nothing."""
    if _NUMBER.fullmatch(written) or (name == "from" and _NO_NUMBER.fullmatch(written)):
        return None
    digits = re.sub(r"[^0-9]", "", written)
    right = digits.removeprefix("00")
    example = "write the country code and the number, digits alone: `447700900123`"
    if len(digits) < _LEAST or re.search(r"[^0-9+().\s/-]", written):
        return f"{shown(written)} is no number" if written else "this is no number, but an empty text", example
    if right.startswith("0"):
        return f"the platform tells numbers with their country code, {shown(written)} has none", example
    return f"the platform tells numbers as digits alone, {shown(written)} is none", f'write `{name}: "{right}"`'


_NO_NUMBER = re.compile(r"(?i:anonymous|unknown|restricted|unavailable|private|withheld|blocked)|sips?:[^\s]+")
"""What may be told of a caller who has no number, or withholds it; no document of the platform says it."""

_LEAST = 5
"""Digits from which on a text with other signs between them is taken for a number."""
