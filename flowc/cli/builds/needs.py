"""What each document of a flow needs of a host, and the line because of which it does."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ...program.chains import surely
from ...program.codec import decode
from ...program.needs import Kind, listens
from ...program.needs import needs as needed
from ...program.program import Program
from ...text.source import Source
from ...workspace.file import load
from ...workspace.job import Job, names
from ...workspace.programs import lines_of, open_documents
from ...workspace.reading import Reader
from ...workspace.record import Entry
from ...workspace.works import Works

_NEEDS: dict[Kind, str] = {
    "answer": "the key that is pressed",
    "words": "the words of the caller",
    "outcome": "the outcome of a call",
    "call": "who calls",
    "clock": "a clock, or chance",
    "state": "what the call said before",
    "outside": "an answer from a server",
}


class Row(NamedTuple):
    """A document, what it needs, and why."""

    document: str
    needs: str
    because: str


def needs(flows: Sequence[Entry], out: str) -> Iterator[str]:
    """A table for each flow, from its program as it was built. Raises OSError where that cannot be read."""
    for flow in flows:
        with open(os.path.join(out, f"program/{flow.flow}.program.json"), encoding="utf-8") as file:
            program = decode(json.load(file))
        with open(os.path.join(out, f"program/{flow.flow}.map.json"), encoding="utf-8") as file:
            lines = json.load(file)["lines"]
        yield from _table(program, flow.path, lines)


def needs_of_refused(job: Job, works: Works) -> Iterator[str]:
    """The same for flows that a host refuses, of which nothing was written; none for one that cannot be compiled."""
    for path, name in zip(job.files, names(job), strict=True):
        source = load(Path(path), Path(job.root))
        result = works.compile(source, Reader(job.root)) if isinstance(source, Source) else None
        if result is not None and result.program is not None:
            yield from _table(result.program, name, lines_of(result, name, job.root))


def _table(program: Program, path: str, lines: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    rows = [Row(program.flow, "needs", "because of"), *_rows(program, path, lines)]
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield f"{row.document:<{wide[0]}}  {row.needs:<{wide[1]}}  {row.because}".rstrip()
    yield ""


def _rows(program: Program, path: str, lines: Mapping[str, Sequence[Any]]) -> Iterator[Row]:
    unbound = {name: f"; params {', '.join(map(str, params))}" for name, *params in _open(program)}
    wanted = _wanted(program)

    def line(place: str) -> str:
        number, _, *file = lines.get(place, (0, 0))
        return f"{file[0] if file else path}:{number}" if number else path

    for name in program.documents:
        heard = list(surely(program.documents, name))
        last = heard[-1][1]
        places = [each for each, _ in heard] + ([f"wait:{last.asks}"] if last.asks else [])
        found = {_NEEDS[need]: line(place) for place in places[::-1] for need in wanted.get(place, ())}
        if not found:
            found["a file"] = line(name) if name in unbound else _ending(last.actions, line(name))
        for number, (needs_, because) in enumerate(reversed(found.items())):
            yield Row(name if number == 0 else "", needs_ + (unbound.get(name, "") if number == 0 else ""), because)


def _wanted(program: Program) -> dict[str, list[Kind]]:
    """What each document needs, and each wait (`wait:NAME`)."""
    wanted: dict[str, list[Kind]] = {}
    for need, by, document in needed(program):
        if need != "file" and not (need == "answer" and by is not None and listens(program.waits[by])):
            wanted.setdefault(f"wait:{by}" if by is not None else str(document), []).append(need)
    return wanted


def _open(program: Program) -> Iterator[tuple[str, ...]]:
    for name, params in open_documents(program):
        yield (str(name), *(map(str, params) if isinstance(params, list) else ()))


def _ending(actions: Sequence[dict[str, object]], line: str) -> str:
    """Nobody hears of it when a plain `connect` is not answered, so it is told here."""
    if actions and actions[-1].get("action") == "connect":
        return f"{line}: the call ends if nobody answers"
    return ""
