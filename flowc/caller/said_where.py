"""Where in a flow stands what a caller heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..text.document import Document, Place
from .platform.spoken import plain
from .platform.transcript import Happened


class Flow(NamedTuple):
    """The text of a flow, the places of its documents by name, and those of its words by what is heard of them."""

    places: Mapping[str, Place]
    words: Mapping[str, Place]


def flow_text(places: Mapping[str, Place]) -> Flow:
    """A flow whose words can be looked up, from the places of its documents. Of words in several places, the first."""
    documents = {place.document.source.name: place.document for place in places.values()}
    words: dict[str, Place] = {}
    for document in documents.values():
        for text, place in _texts(document):
            words.setdefault(" ".join(plain(text).split()), place)
    return Flow(places, words)


def place_of(flow: Flow, happened: Happened) -> Place | None:
    """Where something stands that was heard; else where the document begins that it was part of."""
    return flow.words.get(" ".join(happened.said.split())) or flow.places.get(happened.document)


def _texts(document: Document) -> Iterator[tuple[str, Place]]:
    """Every text and number of a document, in order."""
    waiting = [document.data]
    while waiting:
        owner = waiting.pop(0)
        if not isinstance(owner, dict | list):
            continue
        for key in owner if isinstance(owner, dict) else range(len(owner)):
            value = owner[key]
            if isinstance(value, str | int) and not isinstance(value, bool):
                yield str(value), document.value(owner, key)
            else:
                waiting.append(value)
