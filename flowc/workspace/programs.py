"""What is never published of a flow: its program, and the map from the program's parts to the lines they came from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from ..program.chains import surely
from ..program.codec import encode
from ..program.program import Program
from ..text.reports.places import start
from .works import Compiled

MAP_FORMAT = 1
"""The version of the format of maps."""


def program_files(result: Compiled, name: str, root: str) -> dict[str, bytes]:
    """The program of a flow and its map; `name` is the flow's file from the root, as the map is to have it."""
    program = result.program
    if program is None:
        return {}
    return {
        f"program/{program.flow}.program.json": _dump(encode(program)),
        f"program/{program.flow}.map.json": _dump(
            {"format": MAP_FORMAT, "flow": program.flow, "file": name, "lines": lines_of(result, name, root)}
        ),
    }


def open_documents(program: Program) -> list[list[object]]:
    """The documents whose files are templates, each with the params that its file wants."""
    documents, waits = program.documents.values(), program.waits.values()
    if not any(each.open for each in documents) and not any(each.open for each in waits):
        return []
    wanted = {name: sorted(set(_wanted(program, name))) for name in program.documents}
    return [[name, params] for name, params in wanted.items() if params]


def _wanted(program: Program, name: str) -> Iterator[str]:
    """The open params of what is played in one go, from a document on."""
    for _, document in surely(program.documents, name):
        yield from document.open
        if document.asks is not None:
            wait = program.waits[document.asks]
            yield from wait.open
            failure = program.failure_at(document.asks) if wait.on == "answer" else None
            if failure is not None:
                yield from _wanted_of_failure(program, failure)


def _wanted_of_failure(program: Program, failure: str) -> Iterator[str]:
    for _, document in surely(program.documents, failure):
        yield from document.open


def lines_of(result: Compiled, name: str, root: str) -> dict[str, list[int | str]]:
    """The line and column of each part, and its file if that is another: a used flow has its own.

    Attempts share a place, and a place is looked up once.
    """
    found: dict[tuple[int, object, str], list[int | str]] = {}
    files: dict[str, str] = {}
    lines = {}
    for part, place in result.places.items():
        key = id(place.owner), place.key, place.part
        if key not in found:
            source = place.document.source
            if source.name not in files:
                files[source.name] = os.path.relpath(os.path.abspath(source.name), root).replace(os.sep, "/")
            file = files[source.name]
            found[key] = [*start(source, place.span), *([file] if file != name else ())]
        lines[part] = found[key]
    return lines


def _dump(data: object) -> bytes:
    return f"{_ENCODER.encode(data)}\n".encode()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
