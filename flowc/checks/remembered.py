"""Variables that are read before they are made."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..language.link import Linked
from ..program.evaluate import DEPTH_LIMIT
from ..program.needs import live
from ..program.program import Document, Fill, Program
from ..text.document import Place
from .registry import Check, Said, check

REMEMBERED: list[Check] = []

Path = tuple[str, ...]


class Edge(NamedTuple):
    """A way from one document to another, and the variables that are made on it."""

    to: str
    makes: frozenset[Path]


@check("E319", "not-remembered-yet", REMEMBERED)
def not_remembered_yet(linked: Linked) -> Iterator[Said]:
    """A variable that some call reads before it is made

    On the way that the message names, nothing has made the variable when it is read: there would be a gap in what the
    caller hears, or a lookup without its key.

    Make it on that way too (`set: {NAME: …}`), or say what stands for it: `{{ vars.NAME | default('…') }}`.
    """
    program = linked.program
    if not live(program) and not any(each.fills for each in program.waits.values()):
        return
    read = {name: list(_read(linked, name)) for name in program.documents}
    if not any(read.values()):
        return
    edges = {name: tuple(_edges(program, each)) for name, each in program.documents.items()}
    made = frozenset(path for ways in edges.values() for each in ways for path in each.makes)
    known = _known(program.start, edges)
    for name, reads in read.items():
        for path, place in reads:
            could = frozenset(each for each in made if path[: len(each)] == each or each[: len(path)] == path)
            if name in known and known[name].isdisjoint(could):
                way = " → ".join(_way(program.start, name, edges, could))
                message = f"`vars.{'.'.join(path)}` is read here, and nothing has made it on the way {way}"
                hint = f"make it on that way too, or write `vars.{'.'.join(path)} | default('')`"
                yield Said(place, message, hint)


def _edges(program: Program, document: Document) -> Iterator[Edge]:
    """The ways from a document."""
    inner = {each.path for each in document.sets}
    # what a used flow will remember is emptied first: that makes nothing
    makes = frozenset(each.path for each in document.sets if each.value.parts != (("lit", None),) or len(inner) == 1)
    wait = program.waits.get(document.asks or document.fails or "")
    if wait is not None:
        answered = makes | {wait.save} if wait.save else makes
        for failure in wait.failures:
            yield Edge(failure.no_input, makes)
            yield Edge(failure.no_match, answered if failure.no_match == wait.answered else makes)
        yield from [Edge(each, makes) for each in wait.exits.values()]
        if wait.answered is not None:
            yield Edge(wait.answered, answered)
    for way in document.chooses:
        yield Edge(way.to, makes)
    request = document.requests
    if request is not None:
        yield from [Edge(each, makes) for each in (*request.when.values(), request.otherwise)]
        makes |= {request.save} if request.save else makes
    if document.goes_on is not None:
        yield Edge(document.goes_on, makes)


def _known(start: str, edges: Mapping[str, Sequence[Edge]]) -> dict[str, frozenset[Path]]:
    """For each document that a call can get to, what is made on every way to it."""
    known: dict[str, frozenset[Path]] = {start: frozenset()}
    pending = deque([start])
    while pending:
        name = pending.popleft()
        for to, makes in edges.get(name, ()):
            there = known[name] | makes
            before = known.get(to)
            after = there if before is None else before & there
            if after != before:
                known[to] = after
                pending.append(to)
    return known


def _way(start: str, end: str, edges: Mapping[str, Sequence[Edge]], could: frozenset[Path]) -> list[str]:
    """A shortest way to a document on which none of some variables is made."""
    before: dict[str, str | None] = {start: None}
    pending = deque([start])
    while pending and end not in before:
        name = pending.popleft()
        for to, makes in edges.get(name, ()):
            if to not in before and makes.isdisjoint(could):
                before[to] = name
                pending.append(to)
    way: list[str] = []
    here: str | None = end
    while here is not None:
        way.insert(0, f"`{here}`")
        here = before.get(here)
    return way if len(way) <= 6 else [*way[:3], "…", *way[-2:]]


def _read(linked: Linked, name: str) -> Iterator[tuple[Path, Place]]:
    """The variables that a document reads before it makes them, with where it does."""
    document = linked.program.documents[name]
    place = linked.places[name]
    yield from _in_fills(document.fills, linked.placed[name], place)
    if document.asks is not None and document.attempt == 1:
        fills = linked.program.waits[document.asks].fills
        yield from _in_fills(fills, linked.asked[document.asks], linked.places[f"wait:{document.asks}"])
    made: set[Path] = set()
    for each in document.sets:
        yield from [(path, place) for path in _variables(("", *each.value.parts)) if path not in made]
        made.add(each.path)
    for way in document.chooses:
        yield from [(path, place) for path in _variables(way.test) if path not in made]
    if document.requests is not None:
        for fill in document.requests.fills:
            yield from [(path, place) for path in _variables(("", *fill.template.parts))]


def _in_fills(fills: Sequence[Fill], placed: Sequence[object], place: Place) -> Iterator[tuple[Path, Place]]:
    for fill in fills:
        number, *path = fill.path
        origin = getattr(placed[int(number)], "origin", None) if int(number) < len(placed) else None
        for variable in _variables(("", *fill.template.parts)):
            yield variable, origin.at(*path) if origin is not None else place


def _variables(expression: object, depth: int = 0) -> Iterator[Path]:
    """The variables that an expression reads, but for those that it has a `default` for."""
    if not isinstance(expression, list | tuple) or not expression or expression[0] == "lit" or depth > DEPTH_LIMIT:
        return
    match expression:
        case ["path", "vars", *path]:
            yield tuple(map(str, path))
        case ["path", *_]:
            return
        case ["filter", "default", ["path", *_], *arguments]:
            for each in arguments:
                yield from _variables(each, depth + 1)
        case _:
            for each in expression[1:]:
                yield from _variables(each, depth + 1)
