"""Which ways of a flow no rehearsed call took: steps and blocks, options of questions, silence, outcomes of calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..language.wording import either
from ..program.machine import Position
from ..program.program import Document, Program, Wait
from ..program.understand import Event, heard
from ..text.document import Container, Place, child
from ..text.reports.places import start
from .platform.inside import Taken
from .said_where import Flow


class Way(NamedTuple):
    """Something that a call can do in a flow, where that is written, and how often it was done.

    `kind` tells apart what is written at one place. Copies of it, such as those of each language, are one way.
    """

    what: str
    kind: str
    place: Place
    times: int

    @property
    def line(self) -> int:
        """The line of the flow, from 1."""
        return start(self.place.document.source, self.place.span)[0]


class Visited(dict[str, Document]):
    """The documents of a program, which count how often each was played."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        super().__init__(documents)
        self.times: Counter[str] = Counter()

    def __getitem__(self, name: str) -> Document:
        self.times[name] += 1
        return super().__getitem__(name)


def counted(program: Program) -> tuple[Program, Visited]:
    """A program whose documents count how often they are played."""
    documents = Visited(program.documents)
    return program._replace(documents=documents), documents


def ways(program: Program, flow: Flow, visited: Visited, taken: Iterable[Taken]) -> list[Way]:
    """Every way of a program, in the order of the flow's text."""
    times = Counter(_answer(program, each.position, each.event, each.document) for each in taken)
    found = [*_documents(program, flow, visited), *_answers(program, flow, times)]
    return sorted(
        together(found), key=lambda each: (each.place.document.source.name, each.place.span, each.kind, each.what)
    )


def together(found: Iterable[Way]) -> list[Way]:
    """The same ways, of several runs or of several copies, as one each."""
    first: dict[tuple[str, object], Way] = {}
    for way in found:
        key = way.kind, (way.place.document.source.name, way.place.span)
        before = first.get(key)
        first[key] = way if before is None else before._replace(times=before.times + way.times)
    return list(first.values())


def percent(ways: Iterable[Way]) -> float:
    """How much of the ways was taken; of none, all."""
    all_ways = list(ways)
    return 100 * sum(each.times > 0 for each in all_ways) / len(all_ways) if all_ways else 100.0


def _documents(program: Program, flow: Flow, visited: Visited) -> Iterator[Way]:
    """The steps and blocks. Further attempts of a question are its silence and its wrong answers, and counted there."""
    for name in program.documents:
        if "~" not in name and name != program.failure and name in flow.places and not name.endswith(".onAnswer"):
            what = f"step `{name}`" if "." not in name else f"block `{name}`"
            yield Way(what, "", flow.places[name], visited.times[name])


def _answers(program: Program, flow: Flow, times: Counter[tuple[str, str]]) -> Iterator[Way]:
    """What can be answered to each question, and what can become of each call to somebody else."""
    for name, wait in program.waits.items():
        place = flow.places.get(f"wait:{name}")
        if place is None:
            continue
        for keys, what in _of_wait(wait).items():
            yield Way(f"{what} at `{name}`", what, _place(place, keys[0]), sum(times[name, key] for key in keys))


def _of_wait(wait: Wait) -> dict[tuple[str, ...], str]:
    """The answers that a wait tells apart, with words for each. Outcomes that lead to one document are one."""
    if wait.on == "outcome":
        ways: dict[str, list[str]] = {"": ["answered"]}
        for status, to in wait.exits.items():
            ways.setdefault(to, []).append(status)
        return {tuple(each): f"outcome {either(f'`{status}`' for status in each)}" for each in ways.values()}
    found: dict[tuple[str, ...], str] = {(key,): f"answer `{key}`" for key in wait.exits}
    if wait.failures:
        found[("noInput",)] = "silence"
        if wait.answered is None or wait.pattern is not None:
            found[("noMatch",)] = "a wrong answer"
        if wait.answered is not None:
            found[("answered",)] = "an answer that is no option"
    return found


def _answer(program: Program, position: Position, event: Event, document: str | None) -> tuple[str, str]:
    """Which answer of which wait an event was."""
    wait = program.waits.get(position.at)
    if wait is None:
        return position.at, ""
    if wait.on == "outcome":
        return position.at, event.status
    answer = heard(wait, event)
    if answer is None:
        return position.at, "noInput"
    if answer.exit is not None:
        return position.at, answer.exit
    return position.at, "answered" if document == wait.answered else "noMatch"


def _place(wait: Place, key: str) -> Place:
    """Where an answer is written: at its key, else at the question."""
    question, top = _value(wait), wait.document.data
    for owner, name in ((question, "options"), (question, "when"), (top, "keys")):
        listed = owner.get(name) if isinstance(owner, dict) else None
        if isinstance(listed, dict) and (found := _key(listed, key)) is not None:
            return wait.document.key(listed, found)
    other = key if key in ("noInput", "noMatch") else "otherwise"
    return wait.document.key(question, other) if isinstance(question, dict) and other in question else wait


def _value(place: Place) -> object:
    owner: Container | None = place.owner
    return child(owner, place.key) if owner is not None and place.key is not None else None


def _key(options: dict[str, Any], answer: str) -> str | None:
    """The key of the option that an answer is of: its own, or the one behind which it is a word to say."""
    if answer in options:
        return answer
    for key, option in options.items():
        said = option.get("say") if isinstance(option, dict) else None
        if said == answer or (isinstance(said, list) and answer in said):
            return key
    return None
