"""Values along chains of documents: each goes on with the next, up to a question or the end of the call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from .program import Document

T = TypeVar("T")


def along(
    documents: Mapping[str, Document], own: Callable[[Document], T], join: Callable[[T, T], T], endless: T
) -> dict[str, T]:
    """For each document its own value, joined with that of the document it goes on with.

    Each is looked at once, however long the chains are. A chain that comes back to itself has the value `endless`
    behind it.
    """
    known: dict[str, T] = {}
    for name in documents:
        path: dict[str, None] = {}
        here: str | None = name
        while here is not None and here not in known and here not in path:
            path[here] = None
            here = documents[here].goes_on
        rest = None if here is None else known.get(here, endless)
        for each in reversed(path):
            value = own(documents[each])
            rest = known[each] = value if rest is None else join(value, rest)
    return known


def surely(documents: Mapping[str, Document], name: str) -> Iterator[tuple[str, Document]]:
    """A document and those that are heard right behind it in every call, by name, in order.

    They end with a question or the call, where only the call tells what follows, and where a round of them closes.
    """
    seen: set[str] = set()
    at: str | None = name
    while at is not None and at not in seen:
        seen.add(at)
        document = documents[at]
        yield at, document
        told_in_call = document.chooses or document.requests is not None or document.fails is not None
        at = None if told_in_call else document.goes_on


def ways_on(document: Document) -> Iterator[str]:
    """Every document that follows one without a webhook of the caller's in between."""
    if document.goes_on is not None:
        yield document.goes_on
    yield from [each.to for each in document.chooses]
    if document.requests is not None:
        yield from document.requests.when.values()
        yield document.requests.otherwise
