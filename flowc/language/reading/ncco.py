"""A raw NCCO, written by hand or by another program, as the one sequence of actions that it is."""

from __future__ import annotations

from ...text.document import Document
from ..linking.origin import Placed, RawOrigin, Sequence


def sequence(document: Document) -> Sequence:
    """The actions of a raw NCCO, for the checks. Items that are no mapping are left out; the shape has been told."""
    items = document.data if isinstance(document.data, list) else []
    placed = [
        Placed(item, RawOrigin(document, items, index)) for index, item in enumerate(items) if isinstance(item, dict)
    ]
    return Sequence(tuple(placed), raw=True, closed=True)
