"""What of a program is the same for every call: such documents are written once, and kept as bytes."""

from __future__ import annotations

from ..program.chains import along
from ..program.program import Document, Program

_PLAIN = Document()
_RUNS = ("fills", "sets", "chooses", "requests", "fails", "open")


def constant(program: Program) -> frozenset[str]:
    """The documents, by name, that read nothing of a call, from their first action to the last that follows them."""
    alone = along(program.documents, lambda document: _is_plain(program, document), lambda one, two: one and two, False)
    safe = all(alone[each] for each in program.failing)
    return frozenset([name for name, plain in alone.items() if plain and (safe or not _asks(program, name))])


def remembers(program: Program) -> bool:
    """Whether anything of a call is remembered from one webhook to the next."""
    documents, waits = program.documents.values(), program.waits.values()
    saved = [each.requests.save for each in documents if each.requests is not None]
    return bool(
        program.keeps
        or any(saved)
        or any(each.sets for each in documents)
        or any(each.save or each.retried for each in waits)
    )


def asks_outside(program: Program) -> bool:
    """Whether a call may ask the outside."""
    return any(each.requests is not None for each in program.documents.values())


def _is_plain(program: Program, document: Document) -> bool:
    if any(getattr(document, each) != getattr(_PLAIN, each) for each in _RUNS):
        return False
    return document.asks is None or not program.waits[document.asks].fills


def _asks(program: Program, name: str) -> bool:
    """Whether a document that is plain ends in a question that the flow's `failure` follows."""
    document = program.documents[name]
    while document.goes_on is not None:
        document = program.documents[document.goes_on]
    return document.asks is not None and program.waits[document.asks].on == "answer"
