"""All calls to a flow as a text: each place once, what is heard there, and where each thing that can be done leads.

It is made for its diff: what does not change for callers does not change in it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ...program.program import Program
from ..platform.application import Call
from ..platform.script import Says
from ..platform.transcript import Happened, told
from ..rehearsals.rehearsal import USUAL_CHANCE
from .choices import UNSURE
from .explore import MOST_STATES, MOST_TOLD, MOST_WAYS
from .graph import BEYOND, Answered, Graph, Stand, Stretch
from .tried import Start, hours

_WORDS = ("hears", "callee hears")
_SILENT = ("webhook", "event", "ended")
_LONGEST = 80
"""Characters of a value in the name of a place."""


def all_calls(program: Program, graph: Graph, most: int) -> Iterator[str]:
    """The lines of the text. `most` places were gone on from at most."""
    ways = sum(map(len, graph.stretches))
    names = _names(graph)
    places = sum(stand.came is not None for stand in graph.stands)
    yield f"all calls to {program.flow}: {places} place{'s' * (places != 1)}, {ways} way{'s' * (ways != 1)} on"
    bounds = f"{most:,} place{'s' * (most != 1)}; {MOST_STATES} of one document that lead on differently"
    bounds += f", {MOST_TOLD} that lead on alike; {MOST_WAYS} ways on from one place"
    yield f"bounds: {bounds}{'' if graph.left else '; none is reached'}"
    for name, bound in graph.left:
        yield f"not all of `{name}`: a bound is reached, {bound}"
    spoken = _spoken(program)
    if spoken:
        yield f"speaks: {', '.join(spoken)}"
    for title, stretches in (*_begins(graph, program), *_places(graph, names)):
        yield ""
        yield title
        yield from _place(stretches, names, spoken[1:])


def _places(graph: Graph, names: Sequence[str]) -> Iterator[tuple[str, Sequence[Stretch]]]:
    for stand, stretches in zip(graph.stands, graph.stretches, strict=True):
        if stand.came is not None:
            yield names[stand.number], stretches


def _begins(graph: Graph, program: Program) -> Iterator[tuple[str, Sequence[Stretch]]]:
    """How calls begin; those to which the same happens are told once."""
    alike: dict[str, tuple[list[str], tuple[Stretch, ...]]] = {}
    for stand, stretches in zip(graph.stands, graph.stretches, strict=True):
        if stand.came is None:
            what = repr([(each.decisions, [_line(one) for one in each.happened], each.leads) for each in stretches])
            alike.setdefault(what, ([], stretches))[0].append(_start(stand.start, program))
    for starts, same in alike.values():
        yield "a call begins" + (f" ({'; or '.join(starts)})" if len(alike) > 1 else ""), same


def _spoken(program: Program) -> list[str]:
    """The languages that a program's words say they are in, that of the most of them first."""
    actions = [each for document in program.documents.values() for each in document.actions]
    actions += [each for wait in program.waits.values() for each in wait.question]
    times = Counter(str(each["language"]) for each in actions if each.get("action") == "talk" and "language" in each)
    return sorted(times, key=lambda each: (-times[each], each))


def _place(stretches: Sequence[Stretch], names: Sequence[str], foreign: Sequence[str]) -> Iterator[str]:
    """What happens at a place: what is the same whatever is done, then each thing that can be done.

    Words of which the platform is not sure are told where that leads elsewhere.
    """
    rows = [list(_happens(each, names, foreign)) for each in stretches]
    sure = [row for row, each in zip(rows, stretches, strict=True) if not _is_unsure(each)]
    same = _same(rows)
    yield from [f"  {row}" for row in same]
    for row, each in zip(rows, stretches, strict=True) if len(rows) > 1 else ():
        if _is_unsure(each) and row in sure:
            continue
        first, *rest = row[len(same) :] or ["…"]
        yield f"  - {first}{' (unsure)' if _is_unsure(each) else ''}"
        yield from [f"    {line}" for line in rest]


def _is_unsure(stretch: Stretch) -> bool:
    return any(isinstance(each, Says) and each.confidence == UNSURE for each in stretch.decisions)


def _same(rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines with which all begin."""
    count = 0
    while rows and all(count < len(row) and row[count] == rows[0][count] for row in rows):
        count += 1
    return [*rows[0][:count]] if rows else []


def _happens(stretch: Stretch, names: Sequence[str], foreign: Sequence[str]) -> Iterator[str]:
    """A stretch, line by line: what happened, with what servers answered, and where it leads."""
    answers = [each for each in stretch.decisions if isinstance(each, Answered)]
    for happened in stretch.happened:
        webhook = happened.webhook
        if webhook is not None and webhook.kind == "request" and answers:
            yield _answered(answers.pop(0))
        elif webhook is not None and webhook.kind == "notify" and happened.said.startswith("notify"):
            payload = json.dumps(webhook.data["payload"], ensure_ascii=False)
            yield f"{webhook.url or 'the application'} is told {payload}"
        elif happened.what not in _SILENT:
            spoken = happened.language if happened.what in _WORDS else ""
            yield f"{_line(happened)}{f' in {spoken}' if spoken in foreign else ''}"
    if stretch.leads is not None:
        yield f"→ {names[stretch.leads]}"
    else:
        yield "…" if stretch.ended == BEYOND else f"the call ends: {stretch.ended}"


def _line(happened: Happened) -> str:
    return " ".join(told(happened).split())


def _answered(answered: Answered) -> str:
    status, body, _ = answered.response
    what = "nothing in time" if status is None else str(status)
    return f"{answered.request} answers {what}{f' {json.dumps(body, ensure_ascii=False)}' if body is not None else ''}"


def _start(start: Start, program: Program) -> str:
    """How a call begins, in words."""
    call, usual = start.call, Call()
    words = [f"{name} {state}" for name, state in hours(program, call.started).items()]
    words += [f"from {call.caller}"] if call.caller != usual.caller else []
    words += [f"to {call.to}"] if call.to != usual.to else []
    words += [f"by {call.user}"] if call.user else []
    words += [f"with the data {call.custom}"] if call.custom else []
    words += [f"with {name}: {value}" for name, value in call.headers]
    words += [f"random {start.chance:g}"] if start.chance != USUAL_CHANCE else []
    return ", ".join(words) or "as usual"


def _names(graph: Graph) -> list[str]:
    """A name for each place: its document, and what is known there where the document has several places."""
    by_document: dict[str, list[Stand]] = {}
    for stand in graph.stands:
        by_document.setdefault(stand.document, []).append(stand)
    differ = {document: _differ(stands) for document, stands in by_document.items() if len(stands) > 1}
    names, times = [], Counter[str]()
    for stand in graph.stands:
        name = f"{_worded(stand.document)}{_known(dict(stand.known), differ.get(stand.document, ()))}"
        times[name] += 1
        names.append(name if times[name] == 1 else f"{name} #{times[name]}")
    return names


def _worded(document: str) -> str:
    """The name of a document; of a further attempt at a question, in words."""
    found = _ATTEMPT.fullmatch(document)
    return f"{found[1]}, attempt {found[2]} after {_FAILED[found[3]]}" if found else document


_ATTEMPT = re.compile(r"(.*)~([0-9]+)-(noInput|noMatch)")
_FAILED = {"noInput": "silence", "noMatch": "a wrong answer"}


def _differ(stands: Sequence[Stand]) -> list[str]:
    """What is not the same at some places."""
    known = [dict(each.known) for each in stands]
    found = dict.fromkeys(name for each in known for name in each)
    return [name for name in found if len({repr(each.get(name)) for each in known}) > 1]


def _known(known: Mapping[str, object], names: Sequence[str]) -> str:
    known = {name: known[name] for name in names if known.get(name) is not None}
    values = [(name, json.dumps(value, ensure_ascii=False, default=str)) for name, value in known.items()]
    told = [f"{name}: {value if len(value) <= _LONGEST else f'{value[:_LONGEST]}…'}" for name, value in values]
    return f" ({', '.join(told)})" if told else ""
