"""Writes calls that take the ways of a flow which no rehearsed call takes: behind an author's calls, over none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

import click

from ...caller.exploring.calls_through import Explored
from ...caller.exploring.coverage import Way, ways
from ...caller.exploring.explore import explore
from ...caller.exploring.missing import Found, bounds_reached, missing
from ...caller.platform.application import Call
from ...caller.platform.inside import OpenError
from ...caller.rehearsals.rehearsal import Rehearsals
from ...caller.rehearsals.written_calls import head
from ...program.expected import fits
from ...program.program import Program
from ...text.diagnostics import Diagnostic
from ...text.reports.display import safe
from .call_files import append, create_all, first_file, free, further, series
from .called import Called, called, flow_of, named_from
from .tested import Tested, bound, read


def write_missing(tested: Sequence[tuple[Path, Tested]], new: Sequence[Path]) -> list[str]:
    """Write the missing calls of all flows; what could not be written, in words. `new` are flows without calls."""
    trouble: list[str] = []
    done: set[str] = set()
    for path, each in tested:
        if each.flow and each.flow not in done:
            done.add(each.flow)
            taken = [way for _, other in tested if other.flow == each.flow for way in other.ways]
            trouble += _more(path, taken)
    for path in new:
        trouble += _first(path)
    return trouble


def calls_beside(flow: Path) -> list[Path]:
    """The files of calls that are there of a flow, by its file's name: `NAME.calls.yml`, and `NAME-2.calls.yml` on."""
    return series(first_file(flow)) if first_file(flow).exists() else []


def _more(path: Path, taken: Sequence[Way]) -> list[str]:
    """Write what is missing behind the calls of a file."""
    said: list[Diagnostic] = []
    _, rehearsals = read(path, said)
    flow = called(path, rehearsals, said, needed=True) if rehearsals is not None else None
    if flow is None or rehearsals is None:
        return []
    calls = _missing(flow, rehearsals, taken)
    named = _named(calls, (each.name for each in rehearsals.calls))
    return append(path, rehearsals, named) if calls else []


def _first(path: Path) -> list[str]:
    """Write the first calls of a flow; a param that nothing binds is bound to an example, for its author to correct."""
    params: dict[str, object] = {}
    while True:
        said: list[Diagnostic] = []
        flow = flow_of(str(path), params, said)
        if flow is None:
            return [f"{path} has mistakes: flowc check {path}"]
        try:
            calls = _found(flow, flow.program, ways(flow.program, flow.text, {}))
            break
        except OpenError as wanted:
            new = {name: _example(flow, name) for name in wanted.args if name not in params}
            if not new:
                raise
            params |= new
    named = _named(calls, ())
    first = first_file(path)
    trouble = create_all(chain([first], further(path)), head(named_from(first, flow), params), named)
    for name in params if calls and not trouble else ():
        click.echo(f"{first}: `{safe(name)}` is bound to an example: write your own", err=True)
    return trouble


def _example(flow: Called, name: str) -> object:
    """A value for a param of a flow, by its type."""
    data = flow.text.places[flow.program.start].document.data
    declared = data.get("params") if isinstance(data, dict) else None
    form = declared.get(name) if isinstance(declared, dict) else None
    fields = form if isinstance(form, dict) else {}
    if fields.get("choices"):
        return fields["choices"][0]
    return _EXAMPLES.get(str(fields.get("type")), name)


_EXAMPLES: dict[str, object] = {
    "phone": "447700900000",
    "url": "https://example.com",
    "number": 1,
    "integer": 1,
    "boolean": True,
    "list": ["447700900000"],
}


def _missing(flow: Called, rehearsals: Rehearsals, taken: Sequence[Way]) -> list[Found]:
    """The missing calls; the ways to which none was found are told."""
    try:
        return _found(flow, bound(flow, rehearsals), taken)
    except OpenError as wanted:
        names = ", ".join(f"`{each}`" for each in wanted.args)
        raise click.UsageError(f"bind {names} under `params` of the calls: it is open") from None


def _found(flow: Called, program: Program, taken: Sequence[Way]) -> list[Found]:
    """Likewise; raises OpenError where a param is not bound."""
    times = {key: way.times for way in taken for key in way.keys if way.times}
    graph = explore(program, Call(), fits)
    found = list(missing(program, ways(program, flow.text, times), graph))
    for way, call in found:
        if call is None:
            said = f"no call was found that takes {way.what}{bounds_reached(graph)}"
            click.echo(f"{safe(way.source.name)}:{way.line}: {safe(said)}", err=True)
    return [each for each in found if each.call is not None]


def _named(calls: Iterable[Found], names: Iterable[str]) -> list[tuple[str, Explored]]:
    """Calls by names that no other call has."""
    taken, named = {*names}, []
    for way, call in calls:
        if call is not None:
            named.append((free(way.what, taken), call))
            taken.add(named[-1][0])
    return named
