"""Writes calls that take the ways of a flow which no rehearsed call takes: behind an author's calls, over none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Container, Iterable, Sequence
from itertools import chain, count
from pathlib import Path

import click

from ..caller.calls_through import Explored
from ..caller.coverage import Way, ways
from ..caller.explore import explore
from ..caller.missing import Found, missing
from ..caller.platform.application import Call
from ..caller.platform.inside import OpenError
from ..caller.rehearsal import Rehearsals
from ..caller.written_calls import entries, head
from ..program.expected import fits
from ..program.program import Program
from ..text import yaml
from ..text.diagnostics import Diagnostic
from ..text.reports.display import safe
from ..text.source import Source
from ..workspace import disk
from .called import Called, called, flow_of
from .output import counted
from .tested import Tested, bound, read

_INDENTS = (2, 0, 4)


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


def calls_beside(flow: Path) -> Path:
    """Where the calls of a flow are, by its file's name."""
    return flow.with_name(f"{flow.name.partition('.flow.')[0]}.calls.yml")


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
    text = f"{head(flow.program.flow, params)}{entries(_named(calls, ()))}"
    trouble = create(calls_beside(path), text, len(calls)) if calls else []
    for name in params if calls and not trouble else ():
        click.echo(f"{calls_beside(path)}: `{safe(name)}` is bound to an example: write your own", err=True)
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
            click.echo(f"{safe(way.source.name)}:{way.line}: no call was found that takes {safe(way.what)}", err=True)
    return [each for each in found if each.call is not None]


def _named(calls: Iterable[Found], names: Iterable[str]) -> list[tuple[str, Explored]]:
    """Calls by names that no other call has."""
    taken, named = {*names}, []
    for way, call in calls:
        if call is not None:
            named.append((free(way.what, taken), call))
            taken.add(named[-1][0])
    return named


def free(name: str, taken: Container[str]) -> str:
    """A name for a call that no other has: a number is put behind it where one has."""
    return next(each for each in chain([name], (f"{name} ({number})" for number in count(2))) if each not in taken)


def append(path: Path, rehearsals: Rehearsals, named: Sequence[tuple[str, Explored]]) -> list[str]:
    """Put calls behind those of a file; into a new file beside it where its form does not allow that."""
    text = rehearsals.document.source.text
    for indent in _INDENTS:
        longer = f"{text.rstrip()}\n\n{entries(named, indent)}"
        if _is_longer(rehearsals.document.data, longer, len(named)):
            return _written(path, longer, len(named))
    header = head(rehearsals.flow, rehearsals.params)
    beside = (path.with_name(f"{path.name.partition('.calls.')[0]}-{number}.calls.yml") for number in count(2))
    return create(next(each for each in beside if not each.exists()), f"{header}{entries(named)}", len(named))


def _is_longer(old: object, text: str, more: int) -> bool:
    """Whether a text has all that a file says, and so many calls more."""
    said: list[Diagnostic] = []
    document = yaml.read(Source("calls", text), said.append)
    data = document.data if document is not None and not said else None
    if not isinstance(data, dict) or not isinstance(old, dict) or not isinstance(data.get("calls"), list):
        return False
    calls = data["calls"]
    return {**data, "calls": calls[:-more]} == old and len(calls) == len(old["calls"]) + more


def create(path: Path, text: str, calls: int) -> list[str]:
    """Write a file that is not there yet."""
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        return [f"{path}: {disk.refusal(error, str(path)).message}"]
    click.echo(f"{path}: {counted(calls, 'call')} written", err=True)
    return []


def _written(path: Path, text: str, calls: int) -> list[str]:
    """Write a longer text into a file that is there, as a whole."""
    real = Path(os.path.realpath(path))
    part = real.with_name(f"{real.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        shutil.copymode(real, part)
        part.replace(real)
    except OSError as error:
        return [f"{path}: {disk.refusal(error, str(path)).message}"]
    click.echo(f"{path}: {counted(calls, 'call')} written", err=True)
    return []
