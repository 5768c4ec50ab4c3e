"""What the rest of a call depends on, from each document on: what it remembers, what is known of it, and the hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from ...program.folding import paths
from ...program.machine import CONFIDENCE
from ...program.program import Action, Document, Program, Wait

Path = tuple[str, ...]

WAIT = "wait:"
"""What stands before the name of a wait, where documents have names, too."""

ASKED = "asked"
"""The name of the attempts at waits to which a caller may be sent back."""

CALL = ("vars", "hours", "call", "random", CONFIDENCE, "now", "today", "clocks")
"""The names that are not the same in all calls."""


class Names(NamedTuple):
    """The paths that are read from a document on: some of them choose the way, the others are heard or sent."""

    choose: tuple[Path, ...] = ()
    tell: tuple[Path, ...] = ()


def live(program: Program) -> Mapping[str, Names]:
    """The names whose values matter where a call comes to a document, or to what follows a wait, by their names.

    Each path is followed back once, up to where it is remembered anew. What no name stands for here rests on nothing.
    """
    chosen = chosen_by(program)
    readers: dict[Path, set[str]] = defaultdict(set)
    for name, document in program.documents.items():
        for path in _read(program, document):
            if path[0] in CALL:
                readers[path].add(name)
        if document.fails is not None:
            readers[ASKED, document.fails].add(name)
    if not readers:
        return {}
    before, sets = _before(program), _sets(program)
    found: dict[str, tuple[list[Path], list[Path]]] = defaultdict(lambda: ([], []))
    for path, names in sorted(readers.items()):
        anew = {name for to in _around(path) for name in sets.get(to, ())}
        anew |= {f"{WAIT}{path[1]}"} if path[0] == ASKED else set()
        for name in _closed(before, names, anew):
            found[name][path not in chosen and path[0] != ASKED].append(path)
    return {name: Names(tuple(choose), tuple(tell)) for name, (choose, tell) in found.items()}


def chosen_by(program: Program) -> set[Path]:
    """The paths that choose the way, straight or by what they are remembered as."""
    documents = program.documents.values()
    chosen = {path for each in documents for way in each.chooses for path in paths(way.test)}
    sets = [(("vars", *each.path), each.value.parts) for document in documents for each in document.sets]
    while True:
        new = {path for to, parts in sets if _touches(to, chosen) for part in parts for path in paths(part)} - chosen
        if not new:
            return chosen
        chosen |= new


def successors(program: Program, document: Document) -> Iterator[str]:
    """Every document that may be played next without a wait, or is whispered meanwhile."""
    yield from [] if document.goes_on is None else [document.goes_on]
    yield from [way.to for way in document.chooses]
    if document.requests is not None:
        yield from [*document.requests.when.values(), document.requests.otherwise]
    yield from _whispers(program, document.actions)
    for name in (document.asks, document.fails):
        wait = program.waits.get(name or "")
        if wait is not None:
            yield from _whispers(program, wait.question)


def answers_of(wait: Wait) -> Iterator[str]:
    """Every document that an answer leads to."""
    yield from [*wait.exits.values(), *([] if wait.answered is None else [wait.answered])]
    yield from [each for failure in wait.failures for each in failure]


def _read(program: Program, document: Document) -> Iterator[Path]:
    """The paths that a document reads: in what is heard, remembered, asked and chosen."""
    fills = [*document.fills]
    if document.requests is not None:
        fills += document.requests.fills
    if document.asks is not None:
        fills += program.waits[document.asks].fills
    parts = [part for each in fills for part in each.template.parts]
    parts += [part for each in document.sets for part in each.value.parts]
    for part in (*parts, *(way.test for way in document.chooses)):
        yield from paths(part)


def _touches(to: Path, chosen: Iterable[Path]) -> bool:
    """Whether what is remembered at a path is read by one of some paths: the same, within it, or around it."""
    return any(to[: len(path)] == path[: len(to)] for path in chosen)


def _sets(program: Program) -> Mapping[Path, list[str]]:
    """The documents that remember something at a path."""
    sets: dict[Path, list[str]] = defaultdict(list)
    for name, document in program.documents.items():
        for each in document.sets:
            sets["vars", *each.path].append(name)
    return sets


def _around(path: Path) -> Iterator[Path]:
    """A path, and those to all that it lies in."""
    for length in range(2, len(path) + 1):
        yield path[:length]


def _before(program: Program) -> Mapping[str, list[str]]:
    """The documents and waits from which each document is come to, and the documents that ask each wait."""
    before: dict[str, list[str]] = defaultdict(list)
    for name, document in program.documents.items():
        for each in successors(program, document):
            before[each].append(name)
        for asked in {document.asks, document.fails} - {None}:
            before[f"{WAIT}{asked}"].append(name)
    for name, wait in program.waits.items():
        for each in answers_of(wait):
            before[each].append(f"{WAIT}{name}")
    return before


def _closed(before: Mapping[str, list[str]], names: Iterable[str], anew: Collection[str]) -> set[str]:
    """Documents and waits, and all that may lead to them, up to where it is remembered anew."""
    found, pending = {*names}, [each for name in names for each in before.get(name, ())]
    while pending:
        name = pending.pop()
        if name not in found and name not in anew:
            found.add(name)
            pending += before.get(name, ())
    return found


def _whispers(program: Program, actions: Iterable[Action]) -> Iterator[str]:
    for action in actions:
        match action:
            case {"action": "connect", "endpoint": [{"onAnswer": {"url": str(name)}}]} if name in program.documents:
                yield name
