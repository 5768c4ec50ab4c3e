"""Where a program reads variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..language.linking.link import Linked
from ..program.evaluate import DEPTH_LIMIT, Expression
from ..program.folding import paths
from ..program.program import Fill
from ..text.document import Place
from .known import Path
from .proven import proven

Variables = Callable[[Expression], Iterator[Path]]
"""Gives the variables that an expression needs."""

_NOTHING = ("lit", None)


class Reading(NamedTuple):
    """A variable that is read, where, and within what."""

    path: Path
    place: Place
    within: Expression


def read_in(linked: Linked, name: str, find: Variables) -> Iterator[Reading]:
    """The variables that a document reads before it makes them, with where it does."""
    document = linked.program.documents[name]
    place = linked.places[name]
    yield from _in_fills(document.fills, linked.placed[name], place, find)
    if document.asks is not None and document.attempt == 1:
        fills = linked.program.waits[document.asks].fills
        yield from _in_fills(fills, linked.asked[document.asks], linked.places[f"wait:{document.asks}"], find)
    made: set[Path] = set()
    for each in document.sets:
        value = ("", *each.value.parts)
        yield from [Reading(path, place, value) for path in find(value) if path not in made]
        made.add(each.path)
    passed: set[Path] = set()
    for way in document.chooses:
        read = [path for path in find(way.test) if path not in made and path not in passed]
        yield from [Reading(path, place, way.test) for path in read]
        passed.update(proven(way.test, holds=False) if find is unproven else ())
    if document.requests is not None:
        for fill in document.requests.fills:
            value = ("", *fill.template.parts)
            yield from [Reading(path, place, value) for path in find(value)]


def _in_fills(fills: Sequence[Fill], placed: Sequence[object], place: Place, find: Variables) -> Iterator[Reading]:
    for fill in fills:
        number, *path = fill.path
        origin = getattr(placed[int(number)], "origin", None) if int(number) < len(placed) else None
        value = ("", *fill.template.parts)
        for variable in find(value):
            yield Reading(variable, origin.at(*path) if origin is not None else place, value)


def variables(expression: object, depth: int = 0) -> Iterator[Path]:
    """The variables that an expression reads, but for those that it has another value for, or asks whether they are."""
    if not isinstance(expression, list | tuple) or not expression or expression[0] == "lit" or depth > DEPTH_LIMIT:
        return
    match expression:
        case ["path", "vars", *path]:
            yield tuple(map(str, path))
        case ["path", *_]:
            return
        case ["filter", "default", ["path", *_], *others] | ["or", ["path", *_], *others]:
            for each in others:
                yield from variables(each, depth + 1)
        case ["compare", left, "==" | "!=", right] if _NOTHING in (tuple(left), tuple(right)):
            yield from [path for each in (left, right) if each[0] != "path" for path in variables(each, depth + 1)]
        case _:
            for each in expression[1:]:
                yield from variables(each, depth + 1)


def every(expression: Expression) -> Iterator[Path]:
    """All variables in an expression."""
    yield from (path[1:] for path in paths(expression) if path[0] == "vars" and len(path) > 1)


def unproven(expression: object, depth: int = 0) -> Iterator[Path]:
    """The same, without those that a test has proven to be there: `vars.a if vars.a != none else 0`."""
    if not isinstance(expression, list | tuple) or not expression or depth > DEPTH_LIMIT:
        return
    match expression:
        case ["if", test, yes, *no]:
            yield from unproven(test, depth + 1)
            yield from _but(unproven(yes, depth + 1), proven(test, holds=True))
            for each in no:
                yield from _but(unproven(each, depth + 1), proven(test, holds=False))
        case ["and" | "or" as word, first, *others] if word == "and" or first[0] != "path":
            passed: set[Path] = set()
            for each in (first, *others):
                yield from _but(unproven(each, depth + 1), passed)
                passed.update(proven(each, holds=word == "and"))
        case ["lit" | "path" | "compare" | "or", *_] | ["filter", "default", *_]:
            yield from variables(expression, depth)
        case [_, *parts]:
            for each in parts:
                yield from unproven(each, depth + 1)


def _but(paths: Iterable[Path], there: Iterable[Path]) -> Iterator[Path]:
    """Some variables without those that are there, or a part of which is."""
    known = [*there]
    for path in paths:
        if not any(path[: len(each)] == each or each[: len(path)] == path for each in known):
            yield path
