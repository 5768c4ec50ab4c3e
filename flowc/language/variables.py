"""Variables: the names that something in a flow makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .flow import Data


def made(data: Data) -> frozenset[str]:
    """The names that a `save` or a `set` of a flow makes."""
    return (
        frozenset(_made(data.get("steps"))) | frozenset(_made(data.get("input"))) | frozenset(_made(data.get("keys")))
    )


def texts(data: Data) -> frozenset[str]:
    """The names that an `input` makes and nothing else does: what was keyed in or said is text."""
    answers = frozenset(_saved(data, "input"))
    return answers - frozenset(_saved(data, "request")) - frozenset(_saved(data, "run")) - frozenset(_set(data))


def _saved(value: object, action: str) -> Iterator[str]:
    """The names that the `save` of an action makes."""
    fields = value.get(action) if isinstance(value, dict) else None
    if isinstance(fields, dict) and isinstance(name := fields.get("save"), str):
        yield name
    for each in _inside(value):
        yield from _saved(each, action)


def _set(value: object) -> Iterator[str]:
    if isinstance(value, dict) and isinstance(values := value.get("set"), dict):
        yield from values
    for each in _inside(value):
        yield from _set(each)


def _made(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(values := value.get("set"), dict):
            yield from values
        if isinstance(name := value.get("save"), str):
            yield name
    for each in _inside(value):
        yield from _made(each)


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
