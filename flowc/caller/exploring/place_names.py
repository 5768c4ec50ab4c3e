"""Names of the places of a graph, and their order: both say where a place is, so they stay when others come or go."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import inf

from ...program.program import Document, Program
from ...text.document import Place
from .counted import GOOD, OTHERWISE, Key
from .graph import Graph, Stand
from .met import expressed

_LONGEST = 80
"""Characters of a value in the name of a place."""

_MOST_WAYS = 3
"""Ways in the name of one place."""

_ATTEMPT = re.compile(r"(.*)~([0-9]+)-(noInput|noMatch)")
_FAILED = {"noInput": "silence", "noMatch": "a wrong answer"}
_BLOCK = re.compile(r"\.(switch|branch)[0-9]+")
"""What the name of a block in place ends in that stands in a choice: its number, which changes with the others."""


_OF_USED = re.compile(r"~[^~ ]*/\.")
"""What stands before the names under which a used flow remembers something."""


def named(graph: Graph, program: Program) -> list[str]:
    """A name for each place: its document, the ways that are chosen there, and what is known where it has several."""
    ways = _ways(graph, program)
    groups: dict[tuple[str, str], list[Stand]] = defaultdict(list)
    for stand in graph.stands:
        groups[stand.document, ways[stand.number]].append(stand)
    differ = {name: _differ(stands) for name, stands in groups.items() if len(stands) > 1}
    names, times = [], Counter[str]()
    for stand in graph.stands:
        way = ways[stand.number]
        known = _known(dict(stand.known), differ.get((stand.document, way), ()))
        more = _OF_USED.sub("", "; ".join(filter(None, (way, known))))
        name = f"{_worded(stand.document)}{f' ({more})' if more else ''}"
        times[name] += 1
        names.append(name if times[name] == 1 else f"{name} #{times[name]}")
    return names


def in_order(graph: Graph, program: Program, names: Sequence[str], written: Mapping[str, Place]) -> list[Stand]:
    """The places of a graph: as their documents are written, then by attempt, then by name."""
    known = {name: number for number, name in enumerate(program.documents)}

    def where(stand: Stand) -> tuple[object, ...]:
        found = _ATTEMPT.fullmatch(stand.document)
        base, attempt = (found[1], int(found[2])) if found else (stand.document, 1)
        place = written.get(base) or written.get(f"wait:{base}")
        main = written.get(program.start)
        if place is None:
            at: tuple[object, ...] = (True, "", known.get(stand.document, inf))
        else:
            name = place.document.source.name
            at = (main is not None and name != main.document.source.name, name, place.span.start)
        return (*at, base, attempt, _natural(names[stand.number]))

    return sorted((each for each in graph.stands if each.came is not None), key=where)


def _natural(text: str) -> tuple[tuple[float, str], ...]:
    """A text so that numbers in it are in their order."""
    return tuple([(float(each[:15]), "") if each.isdecimal() else (inf, each) for each in re.split(r"([0-9]+)", text)])


def _worded(document: str) -> str:
    """The name of a document; of a further attempt at a question, in words."""
    found = _ATTEMPT.fullmatch(document)
    return f"{found[1]}, attempt {found[2]} after {_FAILED[found[3]]}" if found else document


def _ways(graph: Graph, program: Program) -> list[str]:
    """For each place the ways that are chosen in its documents; of several that lead there, the last choice of each."""
    found: list[set[tuple[str, ...]]] = [set() for _ in graph.stands]
    for stretches in graph.stretches:
        for each in stretches:
            if each.leads is not None:
                found[each.leads].add(tuple(_chosen(program, graph.stands[each.leads].document, {*each.keys})))
    return [_either(each) for each in found]


def _either(ways: Collection[tuple[str, ...]]) -> str:
    """Ways in words: none where one of them is that nothing is chosen."""
    if () in ways or not ways:
        return ""
    if len(ways) == 1:
        return ", ".join(*ways)
    last = sorted({way[-1] for way in ways}, key=_natural)
    return " or ".join([*last[:_MOST_WAYS], *(["…"] if len(last) > _MOST_WAYS else [])])


def _chosen(program: Program, name: str, taken: Collection[Key]) -> Iterator[str]:
    """The ways that are chosen from a document on, until a caller is asked for something."""
    first, seen = name, set[str]()
    while name not in seen:
        seen.add(name)
        document = program.documents[name]
        to, way = _again(program, document.fails, taken) if document.fails else _on(document, name, taken)
        if way:
            own = way.removeprefix(f"{first}.")
            yield way if "." in own else own
        if to is None:
            return
        name = to


def _again(program: Program, wait: str, taken: Collection[Key]) -> tuple[str | None, str]:
    """Where a call goes on whose last answer to a wait was a wrong one: with a further attempt, or elsewhere."""
    to = next((each.no_match for each in program.waits[wait].failures if (each.no_match, "") in taken), None)
    found = _ATTEMPT.fullmatch(to or "")
    return to, f"attempt {found[2]}" if found else to or ""


def _on(document: Document, name: str, taken: Collection[Key]) -> tuple[str | None, str]:
    """Where a document goes on, and which way that is: none where it is the only one, or the next action."""
    for number, each in enumerate(document.chooses):
        if (name, str(number)) in taken:
            return each.to, _target(name, each.to) or _short(expressed(each.test))
    if document.chooses:
        return document.goes_on, "" if _is_next(name, document.goes_on) else _target(name, str(document.goes_on))
    request = document.requests
    if request is None or (name, GOOD) in taken:
        return document.goes_on, ""
    for status, to in request.when.items():
        if (name, status) in taken:
            return to, _target(name, to)
    return (request.otherwise, _target(name, request.otherwise)) if (name, OTHERWISE) in taken else (None, "")


def _target(name: str, to: str) -> str:
    """The name of what a way leads to; none for a block that only has a number there."""
    return "" if _BLOCK.fullmatch(to.removeprefix(name)) else to


def _is_next(name: str, to: str | None) -> bool:
    """Whether a document is the action behind another in its block."""
    block, _, number = name.rpartition(".")
    return to == (f"{block}.{int(number) + 1}" if block and number.isdecimal() else f"{name}.2")


def _differ(stands: Sequence[Stand]) -> list[str]:
    """As much of what is not the same at some places as it takes to tell them apart."""
    known = [dict(each.known) for each in stands]
    found: list[str] = []
    apart, most = ["" for _ in known], 1
    for name in dict.fromkeys(name for each in known for name in each):
        further = [f"{before}, {each.get(name)!r}" for before, each in zip(apart, known, strict=True)]
        if len({*further}) > most:
            found, apart, most = [*found, name], further, len({*further})
    return found


def _known(known: Mapping[str, object], names: Sequence[str]) -> str:
    known = {name: known[name] for name in names if known.get(name) is not None}
    values = [(name, json.dumps(value, ensure_ascii=False, default=str)) for name, value in known.items()]
    return ", ".join([f"{name}: {_short(value)}" for name, value in values])


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
