"""Values along chains of documents: each goes on with the next, up to a question or the end of the call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
