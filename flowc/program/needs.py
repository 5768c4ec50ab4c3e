"""What a program asks of the host that serves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from .folding import paths
from .program import Document, Fill, Program, Wait

Kind = Literal["file", "answer", "outcome", "words", "call", "clock", "state", "outside"]

_NAMES: dict[str, Kind] = {
    "call": "call",
    "vars": "state",
    "confidence": "state",
    "hours": "clock",
    "now": "clock",
    "today": "clock",
    "clocks": "clock",
    "random": "clock",
}
"""What the names of an expression need."""


class Need(NamedTuple):
    """What a program asks of its host, and the wait or the document that does; `file` is asked by every program."""

    need: Kind
    by: str | None = None
    document: str | None = None

    def data(self) -> dict[str, object]:
        """As JSON data, without what it has not."""
        return {key: value for key, value in self._asdict().items() if value is not None}


def needs(program: Program) -> Iterator[Need]:
    """What a program needs of a host.

    Files; the keys or words that answer a question; the outcome of a call; who calls; a clock, or chance; what was said
    before in the call; an answer from outside.
    """
    yield Need("file")
    for name, wait in program.waits.items():
        yield Need(wait.on, name)
        if listens(wait):
            yield Need("words", name)
        if wait.save or wait.pattern is not None or wait.fills:
            asks: list[Kind] = ["state"] if wait.save or wait.pattern is not None else []
            yield from [Need(need, name) for need in dict.fromkeys([*asks, *_filled(wait.fills)])]
    for name, document in live(program):
        yield from [Need(need, document=name) for need in dict.fromkeys(_run(document))]


def live(program: Program) -> list[tuple[str, Document]]:
    """The documents that are not the same in every call, by name."""
    return [
        (name, each)
        for name, each in program.documents.items()
        if each.fills or each.sets or each.chooses or each.requests or each.fails
    ]


def listens(wait: Wait) -> bool:
    """Whether a wait takes words: its question asks for speech."""
    return wait.on == "answer" and "speech" in _kinds(wait)


def only_listens(wait: Wait) -> bool:
    """Whether a wait takes words and no keys."""
    return listens(wait) and "dtmf" not in _kinds(wait)


def _run(document: Document) -> Iterator[Kind]:
    """What a document needs that is more than a file."""
    yield from _filled(document.fills)
    for way in document.chooses:
        yield from [*_read((way.test,))] or ["call"]
    for each in document.sets:
        yield "state"
        yield from _read(each.value.parts)
    if document.requests is not None:
        yield "outside"
        yield from _filled(document.requests.fills)
    if document.fails is not None:
        yield "state"


def _filled(fills: Iterable[Fill]) -> Iterator[Kind]:
    for each in fills:
        yield from _read(each.template.parts)


def _read(parts: Iterable[object]) -> Iterator[Kind]:
    """What the names that the parts of a template read need."""
    for part in parts:
        yield from [_NAMES[path[0]] for path in paths(part) if path[0] in _NAMES]


def _kinds(wait: Wait) -> list[object]:
    kinds = wait.question[-1].get("type") if wait.question else None
    return kinds if isinstance(kinds, list) else []
