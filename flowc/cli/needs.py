"""What each document of a flow needs of a host, and the line because of which it does."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..program.codec import decode
from ..program.files import chain
from ..program.needs import listens
from ..program.program import Program
from ..workspace.programs import open_documents
from ..workspace.record import Entry


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
        rows = [Row(flow.flow, "needs", "because of"), *_rows(program, flow.path, lines)]
        wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            yield f"{row.document:<{wide[0]}}  {row.needs:<{wide[1]}}  {row.because}".rstrip()
        yield ""


def _rows(program: Program, path: str, lines: dict[str, list[int]]) -> Iterator[Row]:
    unbound = {name: f"params {', '.join(map(str, params))}" for name, *params in _open(program)}
    for name in program.documents:
        _, last = list(chain(program, name))[-1]
        place = f"wait:{last.asks}" if last.asks else name
        line = f"{path}:{lines[place][0]}" if place in lines else path
        wanted = _wanted(program, last.asks) if last.asks else "a file"
        because = line if last.asks or name in unbound else _ending(last.actions, line)
        yield Row(name, f"{wanted}; {unbound[name]}" if name in unbound else wanted, because)


def _open(program: Program) -> Iterator[tuple[str, ...]]:
    for name, params in open_documents(program):
        yield (str(name), *(map(str, params) if isinstance(params, list) else ()))


def _wanted(program: Program, wait: str) -> str:
    if program.waits[wait].on == "outcome":
        return "the outcome of a call"
    return "the words of the caller" if listens(program.waits[wait]) else "the key that is pressed"


def _ending(actions: Sequence[dict[str, object]], line: str) -> str:
    """Nobody hears of it when a plain `connect` is not answered, so it is told here."""
    if actions and actions[-1].get("action") == "connect":
        return f"{line}: the call ends if nobody answers"
    return ""
