"""What callers of a flow hear, as sequences for the checks: each distinct thing once."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.linking.link import Linked
from ..language.linking.origin import Placed, Sequence
from ..program.program import Document

_FAR = 50  # documents behind a document that its actions are looked at together with


def heard(linked: Linked) -> Iterator[Sequence]:
    """A sequence for each document, with what follows it up to its question.

    What follows is looked at once, in the first document that it belongs to; later attempts differ only in their
    first words, and those that have been seen are left out.
    """
    asked: set[str] = set()
    seen: set[int] = set()
    for name, document in linked.program.documents.items():
        first = linked.placed[name]
        if document.attempt > 1:  # its question is that of the first attempt, its words may be those of another
            if id(first) not in seen:
                seen.add(id(first))
                yield Sequence(first, raw=False, closed=False)
            continue
        actions, last = _on(linked, name)
        asks = last.asks
        whole = asks is None or (document.asks == asks and asks not in asked)
        if asks is not None:
            actions += linked.asked[asks]
            asked |= {asks} if whole else set()
        yield Sequence(actions, raw=False, closed=_ends(last), fresh=len(actions) if whole else len(first))


def _on(linked: Linked, name: str) -> tuple[tuple[Placed, ...], Document]:
    """The actions of a document and of those it surely goes on with, and the last of them."""
    documents = linked.program.documents
    document = documents[name]
    actions = linked.placed[name]
    seen = {name}
    while document.goes_on is not None and not _parts(document) and document.goes_on not in seen and len(seen) < _FAR:
        seen.add(document.goes_on)
        actions += linked.placed[document.goes_on]
        document = documents[document.goes_on]
    return actions, document


def _parts(document: Document) -> bool:
    """Whether only the call tells what follows a document."""
    return bool(document.chooses) or document.requests is not None or document.fails is not None


def _ends(document: Document) -> bool:
    return document.asks is None and document.goes_on is None and not _parts(document)
