"""Variables that are read before they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..language.linking.link import Linked
from ..program.needs import live
from ..program.program import EMPTIED, Action, Document, Program
from ..text.nearest import nearest
from .known import Edge, Facts, Path, facts_of, known_at, ways_without
from .proven import proven
from .readings import Reading, every, read_in, unproven, variables
from .registry import Check, Said, check

REMEMBERED: list[Check] = []

MOST_WAYS = 20
"""Variables for which the way is told on which they are not made: each is a look at the whole flow."""

_SHOWN = 8


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
    read = {name: list(read_in(linked, name, variables)) for name in program.documents}
    runs = any(each.value == EMPTIED for document in program.documents.values() for each in document.sets)
    if not runs and not any(read.values()):
        return
    edges = {name: tuple(_edges(program, each)) for name, each in program.documents.items()}
    facts = facts_of(edges)
    starts = [*dict.fromkeys([program.start, *program.failing])]
    if runs:
        yield from _never_made(linked, facts)
    if not any(_unmade(read, known_at(starts, edges, facts), facts)):
        return
    from .instead_of_nothing import default_for

    # what a test proves to be there is looked at only now: most flows make all that they read
    read = {name: list(read_in(linked, name, unproven)) for name in program.documents}
    edges = {name: tuple(_edges(program, each, tests=True)) for name, each in program.documents.items()}
    facts = facts_of(edges)
    ways: dict[int, Mapping[str, str | None]] = {}
    for name, (path, place, within) in _unmade(read, known_at(starts, edges, facts), facts):
        could = facts.could(path)
        if could not in ways and len(ways) < MOST_WAYS:
            ways[could] = ways_without(starts, edges, facts, could)
        way = " → ".join(_way(ways[could], name)) if could in ways else "to it"
        within_runs = _runs(linked, name)
        variable = ".".join(("vars", *path[within_runs:]))
        message = f"`{variable}` is read here, and nothing has made it on the way {way}"
        if could or len(path) <= within_runs + 1:  # else it is said already
            yield Said(place, message, f"make it on that way too, or write `{default_for(within, path, variable)}`")


def _never_made(linked: Linked, facts: Facts) -> Iterator[Said]:
    """Variables of used flows that are read, be it in a test whether they are there, and that none of them makes."""
    told = set()
    for name in linked.program.documents:
        runs = _runs(linked, name)
        for path, place, _ in read_in(linked, name, every):
            if len(path) > runs + 1 and not facts.could(path) and (path, place.span) not in told:
                told.add((path, place.span))
                message = f"`{'.'.join(('vars', *path[runs:]))}` is read here, and nothing ever makes it"
                yield Said(place, message, _meant(path, facts, runs))


def _meant(path: Path, facts: Facts, runs: int) -> str:
    """Which part of a variable was meant, where it never has one of this name."""
    beside = [each for each in facts.own if each[:-1] == path[:-1] and each[-1]]
    names = [".".join(("vars", *each[runs:])) for each in beside]
    near = nearest(path[-1], [each[-1] for each in beside])
    if near is not None:
        return f"did you mean `{'.'.join(('vars', *path[runs:-1], near))}`?"
    there = f"there are {', '.join(f'`{each}`' for each in names[:_SHOWN])}"
    return there if names else f"make it in the flow that is run: `set: {{{path[-1]}: …}}`, or `save: {path[-1]}`"


def _unmade(
    read: Mapping[str, Sequence[Reading]], known: Mapping[str, int], facts: Facts
) -> Iterator[tuple[str, Reading]]:
    """What is read where some way has not made it, each once for a place, with the document that reads it."""
    told = set()
    for name, each in [(name, each) for name, reads in read.items() if name in known for each in reads]:
        if not known[name] & facts.could(each.path) and (each.place.span, each.path) not in told:
            told.add((each.place.span, each.path))
            yield name, each


def _runs(linked: Linked, name: str) -> int:
    """How many used flows a document is within: so many names stand before that of a variable of its own."""
    return name.count("/") - (name.partition("/")[0] in linked.languages)


def _edges(program: Program, document: Document, *, tests: bool = False) -> Iterator[Edge]:
    """The ways from a document, and to what it whispers; with `tests` also what is there for certain on each."""
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
        yield Edge(way.to, (*makes, *proven(way.test, holds=True)) if tests else makes, empties)
        makes = (*makes, *proven(way.test, holds=False)) if tests else makes
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
