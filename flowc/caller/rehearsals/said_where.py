"""Where in a flow stands what happened in a call: what was heard, asked or recorded, and who was called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ...program.program import Program
from ...text.document import Document, Place, child
from ..exploring.ways_written import Written
from ..platform.transcript import Happened
from .origin import ACTIONS, Origin, origin, spaced

PROMPTS = ("hears", "plays", "callee hears")

_WORDS: Mapping[str, tuple[str, ...]] = {"talk": ("talk", "hangup"), "input": ("input", "menu")}
"""How a flow spells an action of an NCCO, where it has words of its own for it."""

_LEAST = 4
"""Characters of its own by which a text with values is told from others, wherever it stands."""


class Flow:
    """The text of a flow, and its program: `places` has where each document, and each wait, begins."""

    def __init__(self, places: Mapping[str, Place], program: Program) -> None:
        self.places, self.program = places, program

    @cached_property
    def written(self) -> Written:
        """The lists in which the actions stand."""
        return Written(self.places)

    @cached_property
    def texts(self) -> list[tuple[str, Place]]:
        """Every text and number, in the order in which they are written."""
        documents = {place.document.source.name: place.document for place in self.places.values()}
        found = [each for document in documents.values() for each in _texts(document)]
        return sorted(found, key=lambda each: (each[1].document.source.name, each[1].span))

    @cached_property
    def words(self) -> Mapping[str, list[Place]]:
        """The places of each text, as it is heard."""
        found: dict[str, list[Place]] = defaultdict(list)
        for text, place in self.texts:
            found[spaced(text)].append(place)
        return found

    @cached_property
    def templates(self) -> list[tuple[tuple[str, ...], Place]]:
        """Words that hold values, each as what stands around these."""
        return [(around, place) for text, place in self.texts if "{{" in text for around in _around(text)]


def place_of(flow: Flow, happened: Happened) -> Place | None:
    """Where something stands that happened; else where the document begins that it was part of."""
    found = origin(flow.program, happened)
    begins = flow.places.get(happened.document)
    near = begins if found is None else flow.places.get(f"wait:{found.name}" if found.asked else found.name, begins)
    action = _action(flow, happened, found, near)
    if happened.what in PROMPTS:
        return _own(action, happened) or _said(flow, happened, action or near) or action or near
    return (_own(action, happened) if happened.what == "connects" else None) or action or near


def _own(action: Place | None, happened: Happened) -> Place | None:
    """Where the words or the number of what happened are written in the action itself that it came from."""
    if action is None or action.owner is None or action.key is None:
        return None
    written, said = child(action.owner, action.key), spaced(happened.said)
    if not isinstance(written, dict | list):
        return action.document.value(action.owner, action.key) if spaced(str(written)) == said else None
    return next((place for text, place in _among(action.document, [written]) if spaced(text) == said), None)


def _said(flow: Flow, happened: Happened, near: Place | None) -> Place | None:
    """Where words are written that were heard: of several places, the first behind where their document begins."""
    said = " ".join(happened.said.split())
    if said in flow.words:
        return _nearest(flow.words[said], near)
    return _nearest([place for around, place in flow.templates if _fits(around, said)], near)


def _nearest(places: Iterable[Place], begins: Place | None) -> Place | None:
    found = [*places]
    behind = [each for each in found if begins is not None and _is_behind(each, begins)]
    return next(iter(behind or found), None)


def _is_behind(place: Place, begins: Place) -> bool:
    return place.document.source.name == begins.document.source.name and place.span >= begins.span


def _action(flow: Flow, happened: Happened, found: Origin | None, begins: Place | None) -> Place | None:
    """The action that something came from; of a question, what is played before it is asked."""
    if found is None or begins is None:
        return None
    if found.asked:
        return flow.written.answer(begins, "prompt") if happened.what in PROMPTS[:2] else begins
    kind = ACTIONS[happened.what]
    return flow.written.action(begins, _WORDS.get(kind, (kind,)), found.before)


def _around(text: str) -> Iterator[tuple[str, ...]]:
    """What stands around the values of a text; nothing where it is hardly more than values."""
    around = tuple([spaced(each) for each in re.split(r"\{\{.*?\}\}", text)])
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


def _texts(document: Document) -> Iterator[tuple[str, Place]]:
    """Every text and number of a flow; not those of its params, which are read elsewhere."""
    data = document.data
    return _among(document, [value for key, value in data.items() if key != "params"] if isinstance(data, dict) else [])


def _among(document: Document, waiting: list[object]) -> Iterator[tuple[str, Place]]:
    """Every text and number in parts of a document."""
    while waiting:
        owner = waiting.pop()
        if not isinstance(owner, dict | list):
            continue
        for key in owner if isinstance(owner, dict) else range(len(owner)):
            value = owner[key]
            if isinstance(value, str | int) and not isinstance(value, bool):
                yield str(value), document.value(owner, key)
            else:
                waiting.append(value)
