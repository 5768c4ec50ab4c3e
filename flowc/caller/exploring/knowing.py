"""What is known in a call: of all that a program reads from a place on, and of what it read on the way there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ...program.folding import paths
from ...program.kinds import item
from ...program.known import Known as Readable
from ...program.machine import State
from ...program.program import Document, Fill, Program
from ...program.understand import Event
from .counted import Key
from .graph import Known
from .live_names import ASKED, CALL, Names, Path, live
from .moments import CLOCK
from .tried import Start

_NO_NAMES = Names()


class Knowing:
    """What calls of a program know."""

    def __init__(self, program: Program) -> None:
        self.program, self.live = program, live(program)
        self.all = frozenset(path for names in self.live.values() for paths_ in names for path in paths_)
        """All that is read anywhere."""
        self.told = {name: told for name, each in program.documents.items() if (told := _told(program, each))}
        self.tells_time = any(path[0] in CLOCK or path[0] == "hours" for path in self.all)

    def ahead(self, places: Iterable[str], state: State, start: Start) -> tuple[Known, Known]:
        """What is known of all that is read from places on: what chooses the way, and the rest."""
        names = [found for at in places if (found := self.live.get(at, _NO_NAMES)) is not _NO_NAMES]
        if not names:
            return (), ()
        known = Readable(self.program, state, Event(now=start.call.started, random=start.chance))
        chosen = dict.fromkeys(path for each in names for path in each.choose)
        told = dict.fromkeys(path for each in names for path in each.tell)
        return tuple(_valued(chosen, known, state)), tuple(_valued(told, known, state))

    def heard(self, documents: Iterable[str], state: State, start: Start) -> Known:
        """What is known of all that is read for what is heard of documents."""
        heard = [path for name in documents for path in self.told.get(name, ())]
        if not heard:
            return ()
        known = Readable(self.program, state, Event(now=start.call.started, random=start.chance))
        return tuple(_valued(dict.fromkeys(heard), known, state))

    def read(self, keys: Collection[Key], ahead: Iterable[str]) -> frozenset[Path]:
        """The paths that are read on a way that takes this, and from the places on to which it leads."""
        found = {path for at in ahead for paths_ in self.live.get(at, _NO_NAMES) for path in paths_}
        for name, way in keys:
            document = self.program.documents.get(name)
            if document is not None and way == "":
                found.update(_read(self.program, document, {way for owner, way in keys if owner == name}))
        return frozenset(path for path in found if path[0] in CALL)


def _valued(names: Iterable[Path], known: Readable, state: State) -> Iterator[tuple[str, object]]:
    for path in names:
        if path[0] == ASKED:
            yield f"attempt at {path[1]}", state.asked.get(path[1])
        else:
            yield ".".join(path), _follow(known, path)


def _follow(known: Mapping[str, object], path: Path) -> object:
    value: object = known
    for key in path:
        value = item(value, key)
    return value


def _fills(program: Program, document: Document) -> Iterator[Fill]:
    yield from document.fills
    if document.asks is not None:
        yield from program.waits[document.asks].fills


def _told(program: Program, document: Document) -> list[Path]:
    """The paths that are read for what is heard of a document."""
    parts = [part for each in _fills(program, document) for part in each.template.parts]
    return [path for part in parts for path in paths(part) if path[0] in CALL]


def _read(program: Program, document: Document, taken: Collection[str]) -> Iterator[Path]:
    """The paths that a document reads on the ways out of it that are taken: tests behind the one that held are none."""
    parts = [part for each in _fills(program, document) for part in each.template.parts]
    if document.requests is not None:
        parts += [part for each in document.requests.fills for part in each.template.parts]
    parts += [part for each in document.sets for part in each.value.parts]
    numbers = [int(way) for way in taken if way.isdigit()] if document.chooses else []
    tests = document.chooses[: max(numbers) + 1] if numbers and len(taken) == 2 else document.chooses
    for part in (*parts, *(way.test for way in tests)):
        yield from paths(part)
