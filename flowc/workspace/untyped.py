"""Params of a document whose flow is not there: of what type they are is told by their values and their use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from ..language.expressions.expression import parse
from ..language.expressions.scope import Scope
from ..language.reading.bindings import Unfit, read
from ..language.reading.params import Layer, Param
from ..text.document import Place

Need = Literal["number", "boolean"]

_URL = re.compile(r"(?:https?|wss?)://")
_ARITHMETIC = frozenset({"+", "-", "*", "/", "//", "%", "neg", "pos"})


def guessed(name: str, place: Place, layers: Sequence[Layer]) -> Param:
    """A param of the type that its value seems to have: a list or a URL, else a text."""
    values = [values[name] for _, values in layers if values.get(name) is not None]
    last = values[-1] if values else None
    if isinstance(last, bool | list):
        return Param(name, "boolean" if isinstance(last, bool) else "list", None, (), None, place)
    is_url = isinstance(last, str) and _URL.match(last) is not None
    return Param(name, "url" if is_url else "text", None, (), None, place)


def needed(
    text: str, place: Place, params: Mapping[str, Param], bound: Mapping[str, object]
) -> tuple[Mapping[str, Param], Mapping[str, object]]:
    """The params and their values as the expressions of one text need them: a text that spells a number as one."""
    template = parse(text, place, Scope(None), lambda _: None) if "{{" in text else None
    wanted = dict(each for part in template.parts for each in _needs(part, None)) if template else {}
    known, values = dict(params), dict(bound)
    for name, kind in wanted.items():
        value = read(kind, (), bound[name]) if isinstance(bound.get(name), str) else None
        if value is not None and not isinstance(value, Unfit):
            known[name], values[name] = known[name]._replace(type=kind), value
    return known, values


def _needs(expression: object, wanted: Need | None) -> Iterator[tuple[str, Need]]:
    """The params that an expression needs as a number or as true or false."""
    match expression:
        case ["path", "params", str(name)] if wanted:
            yield name, wanted
        case ["lit" | "path", *_]:
            return
        case ["if", test, *ways]:
            yield from _needs(test, "boolean")
            yield from _each(ways, wanted)
        case ["and" | "or", *parts]:
            yield from _each(parts, wanted)
        case ["not", part]:
            yield from _needs(part, "boolean")
        case ["compare", *parts]:
            yield from _each(parts, "number" if any(map(_is_number, parts)) else None)
        case ["item" | "slice", owner, *bounds]:
            yield from _needs(owner, None)
            yield from _each(bounds, "number")
        case [str(name), *parts]:
            yield from _each(parts, "number" if name in _ARITHMETIC else None)


def _each(parts: Sequence[object], wanted: Need | None) -> Iterator[tuple[str, Need]]:
    for part in parts:
        yield from _needs(part, wanted)


def _is_number(expression: object) -> bool:
    match expression:
        case ["lit", value]:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case [str(name), *_]:
            return name in _ARITHMETIC
    return False
