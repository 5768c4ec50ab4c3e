"""Which ways of a flow rehearsed calls took: steps, options, silence, wrong answers, outcomes, choices, languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ...language.explained.wording import either
from ...program.program import Program, Wait
from ...text.document import Place
from ...text.reports.places import start
from ...text.source import Source, Span
from ..rehearsals.said_where import Flow
from .counted import GOOD, IN_VAIN, OTHERWISE, Key
from .ways_written import Written


class Way(NamedTuple):
    """Something that a call can do in a flow, where that is written, and how often it was done.

    `kind` tells apart what is written at one place. Copies of it, such as those of each language, are one way. `keys`
    are what of it is counted.
    """

    what: str
    kind: str
    source: Source
    span: Span
    keys: tuple[Key, ...]
    times: int = 0

    @property
    def line(self) -> int:
        """The line of the flow, from 1."""
        return start(self.source, self.span)[0]


def _way(what: str, kind: str, place: Place, *keys: Key) -> Way:
    return Way(what, kind, place.document.source, place.span, keys)


def ways(program: Program, flow: Flow, times: Mapping[Key, int]) -> list[Way]:
    """Every way of a program with how often it was taken, in the order of the flow's text."""
    written = Written(flow.places)
    found = [
        *_documents(program, flow),
        *_answers(program, flow, written),
        *_choices(program, flow, written),
        *_languages(program, flow),
    ]
    taken = [each._replace(times=sum(times.get(key, 0) for key in each.keys)) for each in found]
    return together(sorted(taken, key=_order))


def _order(way: Way) -> tuple[object, ...]:
    """In the order of the text; of copies, the one of the first language before those of others."""
    return way.source.name, way.span, way.kind, "/" in way.what, way.what


def together(found: Iterable[Way]) -> list[Way]:
    """The same ways, of several runs or of several copies, as one each."""
    first: dict[tuple[str, object], Way] = {}
    for way in found:
        key = way.kind, (way.source.name, way.span)
        before = first.get(key)
        first[key] = (
            way if before is None else before._replace(times=before.times + way.times, keys=before.keys + way.keys)
        )
    return list(first.values())


def percent(ways: Iterable[Way]) -> float:
    """How much of the ways was taken; of none, all."""
    all_ways = list(ways)
    return 100 * sum(each.times > 0 for each in all_ways) / len(all_ways) if all_ways else 100.0


def _documents(program: Program, flow: Flow) -> Iterator[Way]:
    """The steps and blocks. Further attempts of a question are its silence and its wrong answers, and counted there."""
    for name in program.documents:
        if "~" not in name and name not in program.failing and name in flow.places and not name.endswith(".onAnswer"):
            what = f"step `{name}`" if "." not in name else f"block `{name}`"
            yield _way(what, "", flow.places[name], (name, ""))


def _answers(program: Program, flow: Flow, written: Written) -> Iterator[Way]:
    """What can be answered to each question, and what can become of each call to somebody else."""
    for name, wait in program.waits.items():
        place = flow.places.get(f"wait:{name}")
        if place is None:
            continue
        for answers, what in _of_wait(wait).items():
            first = answers[0].removeprefix("=") or "answered"
            at = written.answer(place, first)
            yield _way(f"{what} at `{name}`", what, at, *((name, each) for each in answers))


def _of_wait(wait: Wait) -> dict[tuple[str, ...], str]:
    """The answers that a wait tells apart, with words for each. Outcomes that lead to one document are one."""
    if wait.on == "outcome":
        ways: dict[str, list[str]] = {"": ["answered"]}
        for status, to in wait.exits.items():
            ways.setdefault(to, []).append(status)
        return {tuple(each): f"outcome {either(f'`{status}`' for status in each)}" for each in ways.values()}
    found: dict[tuple[str, ...], str] = {(f"={key}",): f"answer `{key}`" for key in wait.exits}
    if wait.failures:
        found[("noInput",)] = "silence"
        if wait.answered is None or wait.pattern is not None:
            found[("noMatch",)] = "a wrong answer"
        if wait.answered is not None:
            found[("answered",)] = "an answer that is no option"
    if len(wait.failures) > 1:
        found[(IN_VAIN,)] = f"no good answer in {len(wait.failures)} attempts"
    return found


def _choices(program: Program, flow: Flow, written: Written) -> Iterator[Way]:
    """The ways out of each `branch` and `switch`, and of each request."""
    for name, document in program.documents.items():
        place = flow.places.get(name)
        if place is None:
            continue
        for number, way in enumerate(document.chooses):
            what, at = written.choice(place, way.test, document.chooses, number)
            yield _way(f"{what} at `{name}`", what, at, (name, str(number)))
        if document.chooses:
            what, at = written.otherwise(place)
            yield _way(f"{what} at `{name}`", what, at, (name, OTHERWISE))
        if document.requests is not None:
            yield _way(f"a good answer to the request at `{name}`", "good", written.request(place), (name, GOOD))
            for status in document.requests.when:
                at = written.request(place, "when", status)
                yield _way(f"status `{status}` of the request at `{name}`", f"status {status}", at, (name, status))
            at = written.request(place, "otherwise")
            yield _way(f"no good answer to the request at `{name}`", "no answer", at, (name, OTHERWISE))


def _languages(program: Program, flow: Flow) -> Iterator[Way]:
    """The languages of a flow of several: each is taken where something of it is played."""
    place = flow.places.get(program.start)
    voices = place.document.data.get("voice") if place is not None and isinstance(place.document.data, dict) else None
    if place is None or not isinstance(voices, list) or len(voices) < 2:
        return
    spoken: dict[str, list[Key]] = {}
    for name in program.documents:
        first, sign, _ = name.partition("/")
        spoken.setdefault(first if sign else "", []).append((name, ""))
    for number, voice in enumerate(voices):
        code = str(voice.get("language")) if isinstance(voice, dict) else ""
        keys = spoken.get("" if number == 0 else code, [])
        yield _way(f"language `{code}`", "language", place.document.value(voices, number), *keys)
