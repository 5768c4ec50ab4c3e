"""Variables: the names that something in a flow makes."""

from __future__ import annotations

from collections.abc import Iterator

from .flow import Data


def made(data: Data) -> frozenset[str]:
    """The names that a `save` or a `set` of a flow makes."""
    return (
        frozenset(_made(data.get("steps"))) | frozenset(_made(data.get("input"))) | frozenset(_made(data.get("keys")))
    )


def _made(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(values := value.get("set"), dict):
            yield from values
        if isinstance(name := value.get("save"), str):
            yield name
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _made(each)
