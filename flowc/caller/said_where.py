"""Where in a flow stands what a caller heard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..program.chains import surely
from ..program.program import Program
from ..text.document import Document, Place
from .platform.spoken import plain
from .platform.transcript import Happened


class Flow(NamedTuple):
    """Where things stand in a flow: its documents by name, and its words by what is heard of them.

    `templates` are the words that hold values, each as what stands around these. `asked` has for each document the
    question, or the call to somebody else, that it ends in.
    """

    places: Mapping[str, Place]
    words: Mapping[str, Place]
    templates: tuple[tuple[tuple[str, ...], Place], ...] = ()
    asked: Mapping[str, Place] = {}


def flow_text(places: Mapping[str, Place], program: Program) -> Flow:
    """A flow in which places can be looked up. Of words in several places, the first."""
    documents = {place.document.source.name: place.document for place in places.values()}
    words: dict[str, Place] = {}
    templates: list[tuple[tuple[str, ...], Place]] = []
    for document in documents.values():
        for text, place in _texts(document):
            if "{{" in text:
                templates += [(around, place) for around in _around(text)]
            words.setdefault(_spaced(text), place)
    return Flow(places, words, tuple(templates), dict(_asked(places, program)))


def place_of(flow: Flow, happened: Happened) -> Place | None:
    """Where something stands that was heard or asked; else where the document begins that it was part of."""
    begins = flow.places.get(happened.document)
    said = " ".join(happened.said.split())
    if happened.what == "connects" and said in flow.words:
        return flow.words[said]
    if happened.what not in PROMPTS:
        return flow.asked.get(happened.document, begins)
    return flow.words.get(said) or next((place for around, place in flow.templates if _fits(around, said)), begins)


PROMPTS = ("hears", "plays", "callee hears")


def _spaced(text: str) -> str:
    return " ".join(plain(text).split())


def _around(text: str) -> Iterator[tuple[str, ...]]:
    """What stands around the values of a text; nothing where it is hardly more than values."""
    around = tuple([_spaced(each) for each in re.split(r"\{\{.*?\}\}", text)])
    if sum(map(len, around)) >= _LEAST:
        yield around


def _fits(around: tuple[str, ...], said: str) -> bool:
    """Whether what was heard is a text with any values between what stands around them."""
    first, *between, last = around
    at, end = len(first), len(said) - len(last)
    if not (said.startswith(first) and said.endswith(last)):
        return False
    for each in between:
        found = said.find(each, at, max(end, at))
        if found < 0:
            return False
        at = found + len(each)
    return at <= end


_LEAST = 4
"""Characters of its own that a text has by which it is told from others."""


def _asked(places: Mapping[str, Place], program: Program) -> Iterator[tuple[str, Place]]:
    for name in program.documents:
        *_, (_, last) = surely(program.documents, name)
        if last.asks is not None and f"wait:{last.asks}" in places:
            yield name, places[f"wait:{last.asks}"]


def _texts(document: Document) -> Iterator[tuple[str, Place]]:
    """Every text and number of a flow, in order; not those of its params, which are read elsewhere."""
    data = document.data
    waiting = [value for key, value in data.items() if key != "params"] if isinstance(data, dict) else []
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
