"""A program that counts which of its documents are played, and which way is taken where something is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ...program.machine import Position
from ...program.program import Document, Program
from ...program.understand import Event, heard
from ..platform.inside import Taken

Key = tuple[str, str]
"""What is counted: a document (`""` behind its name), a way out of it, or an answer at a wait."""

OTHERWISE, GOOD, IN_VAIN = "otherwise", "good", "in vain"
_SIGN = "?"
"""What no name of a document holds: behind it stands which way it is."""


class Visited(dict[str, Document]):
    """The documents of a program, which count how often each was played."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        super().__init__(documents)
        self.times: Counter[str] = Counter()

    def __getitem__(self, name: str) -> Document:
        self.times[name] += 1
        return super().__getitem__(name)


def counted(program: Program) -> tuple[Program, Visited]:
    """A program whose documents count how often they are played.

    Each way out of a choice or a request leads through a document of its own, in which nothing is heard.
    """
    documents: dict[str, Document] = {}
    for name, document in program.documents.items():
        if document.chooses or document.requests is not None:
            documents.update(_ways_apart(name, document))
        else:
            documents[name] = document
    visited = Visited(documents)
    return program._replace(documents=visited), visited


def keys(program: Program, visited: Mapping[str, int], taken: Iterable[Taken]) -> Counter[Key]:
    """How often each document, way and answer was met. `taken` is what was answered at waits."""
    times: Counter[Key] = Counter()
    for name, count in visited.items():
        owner, _, way = name.partition(_SIGN)
        times[owner, way] += count
    for each in taken:
        for key in _answer(program, each.position, each.event, each.document):
            times[key] += 1
    return times


def _ways_apart(name: str, document: Document) -> Iterator[tuple[str, Document]]:
    """A document that leads on in several ways, and one for each of them."""
    request, way = document.requests, GOOD if document.requests is not None else OTHERWISE
    chooses = tuple([each._replace(to=f"{name}{_SIGN}{number}") for number, each in enumerate(document.chooses)])
    yield from [(each.to, Document(goes_on=old.to)) for each, old in zip(chooses, document.chooses, strict=True)]
    if request is not None:
        when = {status: f"{name}{_SIGN}{status}" for status in request.when}
        yield from [(when[status], Document(goes_on=to)) for status, to in request.when.items()]
        yield f"{name}{_SIGN}{OTHERWISE}", Document(goes_on=request.otherwise)
        request = request._replace(when=when, otherwise=f"{name}{_SIGN}{OTHERWISE}")
    yield f"{name}{_SIGN}{way}", Document(goes_on=document.goes_on)
    yield name, document._replace(chooses=chooses, requests=request, goes_on=f"{name}{_SIGN}{way}")


def _answer(program: Program, position: Position, event: Event, document: str | None) -> Iterator[Key]:
    """Which answers of which wait an event was."""
    wait = program.waits.get(position.at)
    if wait is None:
        return
    if wait.on == "outcome":
        yield position.at, event.status
        return
    answer = heard(wait, event)
    if answer is not None and answer.exit is not None:
        yield position.at, f"={answer.exit}"
    elif answer is not None and document == wait.answered:
        yield position.at, "answered"
    else:
        yield position.at, "noInput" if answer is None else "noMatch"
        if position.attempt == len(wait.failures):
            yield position.at, IN_VAIN
