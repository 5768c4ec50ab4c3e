"""All calls to a flow as a text: each place once, what is heard there, and where each thing that can be done leads.

It is made for its diff: what does not change for callers does not change in it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from ...program.calendar import zone
from ...program.program import Program
from ...text.document import Place
from ..platform.application import Call
from ..platform.script import Says
from ..platform.transcript import Happened, told
from ..rehearsals.rehearsal import USUAL_CHANCE
from ..rehearsals.said_where import Flow
from .beginnings import MOST_STARTS
from .choices import UNSURE
from .coverage import ways
from .explore import MOST_HERE, MOST_STATES, MOST_TOLD, MOST_WAYS, WAYS_LEFT
from .graph import BEYOND, Answered, Graph, Stand, Stretch
from .moments import CLOCK
from .place_names import in_order, named
from .tried import hours

_WORDS = ("hears", "callee hears")
_MOST_UNTOLD = 20
"""Ways that nothing takes which are named one by one."""
_SILENT = ("webhook", "event", "ended")


def all_calls(program: Program, graph: Graph, most: int, written: Mapping[str, Place] = {}) -> Iterator[str]:
    """The lines of the text. `most` places were gone on from at most; documents are `written` at these places."""
    count = sum(map(len, graph.stretches))
    names = named(graph, program)
    places = sum(stand.came is not None for stand in graph.stands)
    yield f"all calls to {program.flow}: {places} place{'s' * (places != 1)}, {count} way{'s' * (count != 1)} on"
    bounds = f"{most:,} place{'s' * (most != 1)}; {MOST_HERE:,} of one document; of the same documents {MOST_STATES}"
    bounds += f" that lead on differently, {MOST_TOLD} that lead on alike; {MOST_WAYS} ways on from one place"
    bounds += f"; {MOST_STARTS} kinds of calls that begin"
    untold = _untold(program, graph, written) if written else []
    yield f"bounds: {bounds}{'' if graph.left or untold else '; none is reached'}"
    for name, bound in graph.left:
        yield f"not all of `{name}`: a bound is reached, {bound}"
    yield from [f"no call was found that takes {what}" for what in untold[:_MOST_UNTOLD]]
    if len(untold) > _MOST_UNTOLD:
        yield f"no call was found that takes {len(untold) - _MOST_UNTOLD:,} further ways"
    spoken = _spoken(program)
    if spoken:
        yield f"speaks: {', '.join(spoken)}"
    is_cut = any(bound == WAYS_LEFT for _, bound in graph.left)
    as_told = partial(_place, names=names, foreign=spoken[1:], most=MOST_WAYS if is_cut else None)
    ordered = in_order(graph, program, names, written)
    in_text = [(names[each.number], list(as_told(graph.stretches[each.number]))) for each in ordered]
    for title, lines in (*_begins(graph, program, as_told), *in_text):
        yield ""
        yield title
        yield from lines


def _untold(program: Program, graph: Graph, written: Mapping[str, Place]) -> list[str]:
    """The steps and ways, as coverage names them, that nothing takes which is told."""
    taken = {key for stretches in graph.stretches for stretch in stretches for key in stretch.keys}
    found = ways(program, Flow(written, program), dict.fromkeys(taken, 1))
    return list(dict.fromkeys(each.what for each in found if not each.times))


def _begins(
    graph: Graph, program: Program, as_told: Callable[[Sequence[Stretch]], Iterable[str]]
) -> Iterator[tuple[str, Sequence[str]]]:
    """How calls begin; those to which the same happens are told once."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for stand, stretches in zip(graph.stands, graph.stretches, strict=True):
        if stand.came is None:
            alike.setdefault(tuple(as_told(stretches)), []).append(_start(stand, program))
    for lines, starts in alike.items():
        yield "a call begins" + (f" ({'; or '.join(dict.fromkeys(starts))})" if len(alike) > 1 else ""), lines


def _spoken(program: Program) -> list[str]:
    """The languages that a program's words say they are in, that of the most of them first."""
    actions = [each for document in program.documents.values() for each in document.actions]
    actions += [each for wait in program.waits.values() for each in wait.question]
    times = Counter(str(each["language"]) for each in actions if each.get("action") == "talk" and "language" in each)
    return sorted(times, key=lambda each: (-times[each], each))


def _place(
    stretches: Sequence[Stretch], names: Sequence[str], foreign: Sequence[str], most: int | None
) -> Iterator[str]:
    """What happens at a place: what is the same whatever is done, then each thing that can be done.

    Words of which the platform is not sure are told where that leads elsewhere. `most` ways on are not all.
    """
    rows = [list(_happens(each, names, foreign)) for each in stretches]
    sure = [row for row, each in zip(rows, stretches, strict=True) if not _is_unsure(each)]
    same = _same(rows)
    yield from [f"  {row}" for row in same]
    for row, each in zip(rows, stretches, strict=True) if len(rows) > 1 else ():
        if len(row) == len(same) or (_is_unsure(each) and row in sure):
            continue
        first, *rest = row[len(same) :]
        yield f"  - {first}{' (unsure)' if _is_unsure(each) else ''}"
        yield from [f"    {line}" for line in rest]
    if len(stretches) == most:
        yield "  - …"


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


def _start(stand: Stand, program: Program) -> str:
    """How a call begins, in words: all that is not as usual, and what of the rest is looked at."""
    (call, chance), usual, looked_at = stand.start, Call(), {name for name, _ in stand.known}
    clock = hours(program, call.started).items()
    words = [f"{name} {state}" for name, state in clock if not looked_at.isdisjoint({f"hours.{name}", "hours"})]
    if call.started != usual.started and any(name.partition(".")[0] in CLOCK for name in looked_at):
        words.append(f"at {datetime.fromtimestamp(call.started, zone(program.timezone)).isoformat(timespec='minutes')}")
    words += [f"from {call.caller}"] if call.caller != usual.caller else []
    words += [f"to {call.to}"] if call.to != usual.to else []
    words += [f"by {call.user}"] if call.user else []
    words += [f"with the data {_data(call.custom)}"] if call.custom else []
    words += [f"with {name}: {value}" for name, value in call.headers]
    words += [f"random {chance:g}"] if chance != USUAL_CHANCE else []
    return ", ".join(words) or "as usual"


def _data(custom: object) -> str:
    return custom if isinstance(custom, str) else json.dumps(custom, ensure_ascii=False)
