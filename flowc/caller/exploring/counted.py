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
"""What no name of a document holds: behind it stands which way it is. What is put behind an NCCO begins with it."""


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
    visited = Visited(documents | dict(_behind(program)))
    failure = None if program.failure is None else _SIGN + program.failure
    failures = {at: _SIGN + name for at, name in program.failures.items()}
    return program._replace(documents=visited, failure=failure, failures=failures), visited


def keys(program: Program, visited: Mapping[str, int], taken: Iterable[Taken]) -> Counter[Key]:
    """How often each document, way and answer was met. `taken` is what was answered at waits."""
    times: Counter[Key] = Counter()
    for name, count in visited.items():
        owner, _, way = name.partition(_SIGN)
        if owner:
            times[owner, way] += count
    taken = list(taken)
    for name in [name for name in visited if name in program.documents and program.documents[name].requests]:
        times[name, ""] = _asked(program, name, times, sum(each.position.at == name for each in taken))
    for each in taken:
        for key in _answer(program, each.position, each.event, each.document):
            times[key] += 1
    return times


def _asked(program: Program, name: str, times: Mapping[Key, int], back: int) -> int:
    """How often a document was played that makes a request, which is looked up again when that has been answered.

    `back` is how often a call came back for the request; then it is looked up twice more.
    """
    request = program.documents[name].requests
    ways = (GOOD, OTHERWISE, *(request.when if request is not None else ()))
    answered = sum(times.get((name, way), 0) for way in ways)
    return max(times.get((name, ""), 0) - answered - 2 * back, answered)


def _behind(program: Program) -> Iterator[tuple[str, Document]]:
    """What is put behind NCCOs for when the host does not answer: under names of its own, for it is not played."""
    names = dict.fromkeys(program.failing)
    for name in (pending := [*names]):
        document = program.documents[name]
        chooses = tuple([way._replace(to=_SIGN + way.to) for way in document.chooses])
        on = document.goes_on
        further = [each.to for each in document.chooses] + ([] if on is None else [on])
        pending += [each for each in further if each not in names]
        names |= dict.fromkeys(further)
        yield _SIGN + name, document._replace(chooses=chooses, goes_on=None if on is None else _SIGN + on)


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
