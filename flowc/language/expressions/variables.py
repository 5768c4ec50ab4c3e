"""Variables: the names that something in a flow makes."""

from __future__ import annotations

from collections.abc import Iterator

from ..flow import Data


def made(data: Data) -> frozenset[str]:
    """The names that a `save` or a `set` of a flow makes."""
    within = [data.get(key) for key in ("steps", "input", "keys")]
    return frozenset(_set(within)) | {name for key, name in members(within) if key == "save" and isinstance(name, str)}


def texts(data: Data) -> frozenset[str]:
    """The names that an `input` makes and nothing else does: what was keyed in or said is text."""
    return frozenset(_saved(data, "input")) - {*_saved(data, "request"), *_saved(data, "run"), *_set(data)}


def members(value: object) -> Iterator[tuple[str, object]]:
    """Every key of a flow with what stands at it, however deep."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key, each
            yield from members(each)
    for each in value if isinstance(value, list) else ():
        yield from members(each)


def _saved(data: object, action: str) -> Iterator[str]:
    """The names that the `save` of an action makes."""
    for key, fields in members(data):
        if key == action and isinstance(fields, dict) and isinstance(name := fields.get("save"), str):
            yield name


def _set(data: object) -> Iterator[str]:
    for key, values in members(data):
        if key == "set" and isinstance(values, dict):
            yield from values
