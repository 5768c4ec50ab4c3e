"""What is left of a program without the ways that are known never to be taken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from ...program.program import Action, Document, Program, Wait
from .complete import reads


def taken(program: Program, untaken: Collection[str], steps: Iterable[str]) -> Program:
    """A program without what only a way leads to that is never taken.

    `untaken` are the documents to which such ways lead. A step is kept if nothing leads to it at all: its author is
    told so.
    """
    if not untaken:
        return program
    aside = closure(program, untaken)
    kept = closure(program, [program.start, *program.failing, *(name for name in steps if name not in aside)])
    documents = {name: each for name, each in program.documents.items() if name in kept or name not in aside}
    asked = {wait for each in documents.values() for wait in (each.asks, each.fails)}
    left = program._replace(
        documents=documents, waits={name: each for name, each in program.waits.items() if name in asked}
    )
    read = {part for path in reads(left) for part in (path[:1], path[:2])}
    keeps = [each for each in left.keeps if ("call", each) in read or (each,) in read]
    secrets = [each for each in left.secrets if ("params", each) in read]
    return left._replace(keeps=tuple(keeps), secrets=tuple(secrets))


def closure(program: Program, starts: Iterable[str]) -> set[str]:
    """All documents that a call can get to, and the whispers in them."""
    return reached(starts, lambda name: _after(program, program.documents[name]))


def reached(starts: Iterable[str], after: Callable[[str], Iterable[str]]) -> set[str]:
    """All that can be got to, where `after` gives what comes next to each."""
    found: set[str] = set()
    pending = [*starts]
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += after(name)
    return found


def _after(program: Program, document: Document) -> Iterator[str]:
    """Every document that one names, straight or in its wait."""
    yield from [] if document.goes_on is None else [document.goes_on]
    yield from [each.to for each in document.chooses]
    if document.requests is not None:
        yield from [*document.requests.when.values(), document.requests.otherwise]
    yield from _whispers(program.documents, document.actions)
    for name in (document.asks, document.fails):
        if name is not None:
            wait = program.waits[name]
            yield from _exits(wait)
            yield from _whispers(program.documents, wait.question)


def _exits(wait: Wait) -> Iterator[str]:
    yield from wait.exits.values()
    yield from [] if wait.answered is None else [wait.answered]
    for failure in wait.failures:
        yield from failure


def _whispers(documents: Mapping[str, Document], actions: Iterable[Action]) -> Iterator[str]:
    for action in actions:
        match action:
            case {"action": "connect", "endpoint": [{"onAnswer": {"url": str(name)}}]} if name in documents:
                yield name
