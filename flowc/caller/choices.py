"""What can be done, or become of it, at each place of a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..program.machine import Ask, Response
from ..program.program import Program, Wait
from ..program.understand import good
from .platform.ncco import Action, Connect, Conversation, Input, Record
from .platform.script import Act, Connects, HangsUp, Joins, Presses, Records, Says, Waits

UNSURE = 0.3
"""How sure words are that the platform is not sure of."""

_DIGITS = "12345678901234567890"
_TRIED = (*_DIGITS[:1], "9", "8", "7", "0", "*", "99", *(_DIGITS[:length] for length in range(2, 21)), "1200", "0101")
"""Keys of which some are an answer that is no option, and some a wrong one, as a rule."""


def acts(action: Action, wait: Wait | None) -> Iterator[Act]:
    """What can be done at an action, each kind once."""
    match action:
        case Input():
            yield from _answers(action, wait)
        case Connect():
            yield Connects()
            yield from [Connects(each) for each in _outcomes(wait)]
        case Record():
            yield Records(key=action.key)
        case Conversation():
            yield Joins(ends=True)
        case _:
            yield HangsUp()


def responses(program: Program, ask: Ask, fits: Callable[[object, object], bool]) -> Iterator[Response]:
    """What a server may answer: each status that leads somewhere, a good answer, nothing."""
    request = program.documents[ask.step].requests
    for status in request.when if request is not None else ():
        if status.isdigit():
            yield Response(int(status))
    body = _example(ask.expect)
    if fits(ask.expect, body):
        yield Response(200, body)
    yield Response(None)


def _answers(action: Input, wait: Wait | None) -> Iterator[Act]:
    """The answers that a question tells apart: each option, a good one that is none, a wrong one, silence."""
    submit = "#" if action.keys is not None and action.keys.submit else ""
    exits = wait.exits if wait is not None else {}
    for answer in exits:
        keys = not answer.strip("0123456789*#")
        yield Presses(answer + submit) if keys and action.keys is not None else Says(answer)
    words = [each for each in exits if each.strip("0123456789*#")]
    yield from [Says(each, UNSURE) for each in words[:1] if action.words is not None]
    most = action.keys.most if action.keys is not None else 0
    tried = [each for each in _TRIED if len(each) <= most and each not in exits]
    fine = next((each for each in tried if wait is not None and wait.answered is not None and good(wait, each)), None)
    wrong = next((each for each in tried if wait is None or wait.answered is None or not good(wait, each)), None)
    yield from [Presses(each + submit) for each in (fine, wrong) if each is not None]
    yield Waits()


def _outcomes(wait: Wait | None) -> Iterator[str]:
    """One outcome for each document that outcomes lead to."""
    seen: set[str] = set()
    for status, to in wait.exits.items() if wait is not None else ():
        if to not in seen:
            seen.add(to)
            yield status


def _example(schema: Any) -> object:
    """Data that a schema takes, as a rule: what it names, else the least of its type."""
    if not isinstance(schema, dict):
        return {}
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    for key in ("enum", "examples"):
        if schema.get(key):
            return schema[key][0]
    fields = schema.get("properties", {})
    least = max(1, int(schema.get("minimum", 1)))
    plain: dict[str, object] = {"string": "text", "integer": least, "number": least, "boolean": True, "array": []}
    named = schema.get("required") or fields or ()
    members: dict[str, object] = {name: _example(fields.get(name)) for name in named}
    return plain.get(str(schema.get("type")), members)
