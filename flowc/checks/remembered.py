"""Variables that are read before they are made."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from heapq import heappop, heappush
from operator import or_
from typing import NamedTuple

from ..language.link import Linked
from ..program.evaluate import DEPTH_LIMIT
from ..program.needs import live
from ..program.program import EMPTIED, Action, Document, Fill, Program
from ..text.document import Place
from .registry import Check, Said, check

REMEMBERED: list[Check] = []

MOST_WAYS = 20
"""Variables for which the way is told on which they are not made: each is a look at the whole flow."""

Path = tuple[str, ...]


class Edge(NamedTuple):
    """A way from one document to another, the variables that are made on it, and those of which all is lost there."""

    to: str
    makes: tuple[Path, ...] = ()
    empties: tuple[Path, ...] = ()


class Facts(NamedTuple):
    """The variables that something makes, each a bit of a number.

    `own` is the bit of a path, `under` the bits of all paths that begin with one.
    """

    own: Mapping[Path, int]
    under: Mapping[Path, int]

    def made(self, paths: Iterable[Path]) -> int:
        """The bits of some variables."""
        return _all(self.own[path] for path in paths)

    def below(self, paths: Iterable[Path]) -> int:
        """The bits of some variables and of all that is in them."""
        return _all(self.under.get(path, 0) for path in paths)

    def could(self, path: Path) -> int:
        """The bits of which one is enough for a variable to be there: it, a part of it, or what it is a part of."""
        return _all(self.own.get(path[:end], 0) for end in range(1, len(path))) | self.under.get(path, 0)


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
    facts = _facts(edges)
    starts = [program.start, *([program.failure] if program.failure is not None else [])]
    known = _known(starts, edges, facts)
    ways: dict[int, Mapping[str, str | None]] = {}
    told = set()
    for name, path, place in [(name, *each) for name, reads in read.items() for each in reads]:
        could = facts.could(path)
        if known.get(name, could) & could or name not in known or (place.span, path) in told:
            continue
        told.add((place.span, path))
        if could not in ways and len(ways) < MOST_WAYS:
            ways[could] = _ways(starts, edges, facts, could)
        way = " → ".join(_way(ways[could], name)) if could in ways else "to it"
        message = f"`vars.{'.'.join(path)}` is read here, and nothing has made it on the way {way}"
        hint = f"make it on that way too, or write `vars.{'.'.join(path)} | default('')`"
        yield Said(place, message, hint)


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


def _facts(edges: Mapping[str, Sequence[Edge]]) -> Facts:
    """All variables that the edges make."""
    paths = dict.fromkeys(path for ways in edges.values() for each in ways for path in each.makes)
    own = {path: 1 << number for number, path in enumerate(paths)}
    under: dict[Path, int] = {}
    for path, bit in own.items():
        for end in range(1, len(path) + 1):
            under[path[:end]] = under.get(path[:end], 0) | bit
    return Facts(own, under)


def _known(starts: Sequence[str], edges: Mapping[str, Sequence[Edge]], facts: Facts) -> dict[str, int]:
    """For each document that a call can get to, what is made on every way to it.

    Documents are looked at in an order in which most come after all that lead to them, so few are looked at twice.
    """
    order = {name: number for number, name in enumerate(_ordered(starts, edges))}
    names = [*order]
    moves = {
        name: [(each.to, facts.made(each.makes), ~facts.below(each.empties)) for each in edges[name]] for name in order
    }
    known = dict.fromkeys(starts, 0)
    pending = sorted(order[name] for name in known)
    while pending:
        name = names[heappop(pending)]
        for to, makes, keeps in moves[name]:
            before = known.get(to)
            after = known[name] & keeps | makes
            after = after if before is None else before & after
            if after != before:
                known[to] = after
                heappush(pending, order[to])
    return known


def _ordered(starts: Sequence[str], edges: Mapping[str, Sequence[Edge]]) -> list[str]:
    """All that can be got to, each after what leads to it as far as there are no rounds."""
    found: list[str] = []
    seen = set(starts)
    path = [(name, iter(edges[name])) for name in starts]
    while path:
        name, ways = path[-1]
        following = next((each.to for each in ways if each.to not in seen), None)
        if following is None:
            path.pop()
            found.append(name)
        else:
            seen.add(following)
            path.append((following, iter(edges[following])))
    return found[::-1]


def _ways(
    starts: Sequence[str], edges: Mapping[str, Sequence[Edge]], facts: Facts, could: int
) -> Mapping[str, str | None]:
    """What is before each document on a shortest way to it on which none of some variables is made."""
    before: dict[str, str | None] = dict.fromkeys(starts)
    pending = deque(starts)
    while pending:
        name = pending.popleft()
        for each in edges[name]:
            if each.to not in before and not facts.made(each.makes) & could:
                before[each.to] = name
                pending.append(each.to)
    return before


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


def _all(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


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
