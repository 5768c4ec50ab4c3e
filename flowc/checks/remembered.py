"""Variables that are read before they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..language.linking.link import Linked
from ..program.evaluate import DEPTH_LIMIT
from ..program.needs import live
from ..program.program import EMPTIED, Action, Document, Fill, Program
from ..text.document import Place
from .known import Edge, Facts, Path, facts_of, known_at, ways_without
from .registry import Check, Said, check

REMEMBERED: list[Check] = []

MOST_WAYS = 20
"""Variables for which the way is told on which they are not made: each is a look at the whole flow."""


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
    facts = facts_of(edges)
    starts = [program.start, *program.failing]
    known = known_at(starts, edges, facts)
    ways: dict[int, Mapping[str, str | None]] = {}
    for name, path, place in _unmade(read, known, facts):
        could = facts.could(path)
        if could not in ways and len(ways) < MOST_WAYS:
            ways[could] = ways_without(starts, edges, facts, could)
        way = " → ".join(_way(ways[could], name)) if could in ways else "to it"
        variable = ".".join(("vars", *path[_runs(linked, name) :]))
        message = f"`{variable}` is read here, and nothing has made it on the way {way}"
        yield Said(place, message, f"make it on that way too, or write `{variable} | default('')`")


def _unmade(
    read: Mapping[str, Sequence[tuple[Path, Place]]], known: Mapping[str, int], facts: Facts
) -> Iterator[tuple[str, Path, Place]]:
    """What is read where some way has not made it, each once for a place: the document, the variable and the place."""
    told = set()
    for name, path, place in [(name, *each) for name, reads in read.items() if name in known for each in reads]:
        if not known[name] & facts.could(path) and (place.span, path) not in told:
            told.add((place.span, path))
            yield name, path, place


def _runs(linked: Linked, name: str) -> int:
    """How many used flows a document is within: so many names stand before that of a variable of its own."""
    return name.count("/") - (name.partition("/")[0] in linked.languages)


def _edges(program: Program, document: Document) -> Iterator[Edge]:
    """The ways from a document, and to what it whispers."""
    empties = tuple([each.path for each in document.sets if each.value == EMPTIED])
    makes = tuple([(*each.path, "") if each.value == EMPTIED else each.path for each in document.sets])
    played = [*document.actions]
    wait = program.waits.get(document.asks or document.fails or "")
    if wait is not None:
        played += wait.question
        answered = (*makes, wait.save) if wait.save else makes
        takes_any = document.asks is not None and wait.answered is not None and wait.pattern is None
        for failure in wait.failures:
            yield Edge(failure.no_input, makes, empties)
            yield from [] if takes_any else [Edge(failure.no_match, makes, empties)]
        yield from [Edge(each, makes, empties) for each in wait.exits.values()]
        if wait.answered is not None:
            yield Edge(wait.answered, answered, empties)
    for to in _whispers(program.documents, played):
        yield Edge(to)
    for way in document.chooses:
        yield Edge(way.to, makes, empties)
    request = document.requests
    if request is not None:
        yield from [Edge(each, makes, empties) for each in (*request.when.values(), request.otherwise)]
        makes = (*makes, request.save) if request.save else makes
    if document.goes_on is not None:
        yield Edge(document.goes_on, makes, empties)


def _way(before: Mapping[str, str | None], end: str) -> list[str]:
    """The names on a way, a long one with its middle left out."""
    way: list[str] = []
    here: str | None = end
    while here is not None:
        way.append(f"`{here}`")
        here = before.get(here)
    way.reverse()
    return way if len(way) <= 6 else [*way[:3], "…", *way[-2:]]


def _whispers(documents: Mapping[str, Document], actions: Iterable[Action]) -> Iterator[str]:
    """The documents that are heard by whom these actions call."""
    for action in actions:
        match action:
            case {"action": "connect", "endpoint": [{"onAnswer": {"url": str(name)}}]} if name in documents:
                yield name


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
    """The variables that an expression reads, but for those that it has another value for."""
    if not isinstance(expression, list | tuple) or not expression or expression[0] == "lit" or depth > DEPTH_LIMIT:
        return
    match expression:
        case ["path", "vars", *path]:
            yield tuple(map(str, path))
        case ["path", *_]:
            return
        case ["filter", "default", ["path", *_], *others] | ["or", ["path", *_], *others]:
            for each in others:
                yield from _variables(each, depth + 1)
        case _:
            for each in expression[1:]:
                yield from _variables(each, depth + 1)
