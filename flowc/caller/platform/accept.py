"""Whether something that came back is an NCCO that the platform plays, and if not, why not.

It is an array of actions (reference, NCCO); `tolerance` says what comes of what is wrong in them.
"""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from functools import cache

from ...language.schema import facts, gate, shape
from ...language.schema.fault import Fault
from . import undecided
from .ncco import Ncco, Refused, Talk
from .reading import read
from .spoken import is_ssml
from .tolerance import refusal, refused, remarks

DEEPEST = 200
"""Levels of nesting that are read. A limit of ours."""

SYNTAX = "Syntax error in NCCO. Invalid value type or action."
"""The reason in the error event (reference, NCCO)."""

ZIPPED = "what came back is gzip-encoded"
_GZIP = b"\x1f\x8b"


def accept(body: bytes, name: str) -> Ncco | Refused:
    """The NCCO of a body. `name` is what its application calls it."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Refused(ZIPPED if body.startswith(_GZIP) else "what came back is not UTF-8")
    try:
        data = json.loads(text, parse_constant=_no_json)
        if body.count(b"[") + body.count(b"{") > DEEPEST:
            _nests(data)
    except (ValueError, RecursionError):
        return Refused("what came back is no JSON")
    found = accept_data(data, name)
    if isinstance(found, Ncco) and body.startswith(BOM_UTF8):
        return found._replace(remarks=(*found.remarks, undecided.MARK))
    return found


def _no_json(word: str) -> object:
    """`NaN` and `Infinity`, which Python writes and JSON has not."""
    raise ValueError(word)


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
        return Refused(SYNTAX, where="no list of actions")
    rests: dict[str, None] = {}
    if not gate.ncco(data):
        for fault in shape.faults("ncco", data):
            if refused(fault):
                return Refused(SYNTAX, refusal(fault), _where(fault))
            rests.update(dict.fromkeys(remarks(fault, data)))
    actions = tuple(read(each) for each in data)
    rests.update(dict.fromkeys(each for action in actions if isinstance(action, Talk) for each in _spoken(action.text)))
    return Ncco(name, actions, tuple(rests))


def _spoken(text: str) -> Iterator[str]:
    """What hearing a text rests on."""
    if "<" in text and not is_ssml(text):
        yield undecided.TAGS
    if len(text) > _most_spoken():
        yield undecided.LONG_TEXT


@cache
def _most_spoken() -> float:
    return facts.limit("spokenText")


def _where(fault: Fault) -> str:
    """The place of a fault in an NCCO: its action, counted from 1, and the field."""
    number, *fields = fault.path
    names = [each for each in (*fields, str(fault.detail) if fault.kind == "required" else "") if isinstance(each, str)]
    field = ".".join(filter(None, names))
    where = f"action {int(number) + 1}{f', `{field}`' if field else ''}"
    if fault.kind == "tag" and isinstance(fault.value, dict):
        missing = f"`{fault.value[fault.path[-1]]}`"
        return (
            f"action {int(number) + 1}: there is no action {missing}" if field == "action" else f"{where}: no {missing}"
        )
    return where
