"""Which open documents a command is about, and the flow that they are of."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from ...language.reading.params import Param, declared
from ...program.codec import decode
from ...text import yaml
from ...text.diagnostics import Diagnostic
from ...text.document import Document, Place
from ...text.nearest import nearest
from ...text.source import Source, Span
from ...workspace import disk
from ...workspace.file import load
from ...workspace.moved import stretch
from ...workspace.names import ENDING
from ...workspace.programs import open_documents
from ...workspace.templates import Owner
from ..calls.typed import word
from .hosting import Hosting


class Made(NamedTuple):
    """The flow that a document is of: its text, its params, and the lines of its documents.

    The lines of a document of a used flow are in the file of that one, which is named with them.
    """

    document: Document
    params: Mapping[str, Param]
    lines: Mapping[str, tuple[int, str | None]]

    def line(self, name: str) -> Place:
        """The line where a document begins."""
        number, file = self.lines.get(name.removesuffix(".json"), (1, None))
        used = None if file is None else load(Path(file))
        source, number = (
            (self.document.source, 1 if file else number) if not isinstance(used, Source) else (used, number)
        )
        start = sum(len(line) for line in source.text.splitlines(keepends=True)[: number - 1])
        text = source.line(number)
        return stretch(source, Span(start + len(text) - len(text.lstrip()), start + len(text)))


class Open(NamedTuple):
    """An open document: its file, the flow it is of, where that is known, and the folder of the flow's documents."""

    path: str
    made: Made | None
    folder: str | None = None

    @property
    def name(self) -> str:
        """The name of the document, as a file; in the folder of its language where it has one."""
        path = os.path.basename(self.path) if self.folder is None else os.path.relpath(self.path, self.folder)
        return f"{path.removesuffix(ENDING)}.json"

    def owner(self, *, one: bool) -> Owner:
        """Whose it is. What is wrong with `one` that was named by itself is said in it, else at the flow."""
        return Owner(
            self.made.params if self.made else None, None if one or self.made is None else self.made.line(self.name)
        )


def is_file(what: str) -> bool:
    """Whether what was typed is a file, not a flow."""
    return what.endswith(".json") or os.path.sep in what


def documents(what: str, place: Hosting, found: list[Diagnostic]) -> list[Open]:
    """The open documents of a FLOW, or the one that a FILE is."""
    return [Open(what, _flow(what, place, found))] if is_file(what) else list(_of_flow(what, place, found))


def _of_flow(flow: str, place: Hosting, found: list[Diagnostic]) -> Iterator[Open]:
    folder = os.path.join(place.out, "program", flow)
    found_in = [(where, names) for where, _, names in os.walk(folder)]
    documents = sorted(
        os.path.join(where, name) for where, names in found_in for name in names if name.endswith(ENDING)
    )
    if not documents:
        source, span = word("flowc render", flow)
        found.append(Diagnostic(disk.NOTHING_OPEN, source, span, *_nothing(flow, place)))
    if documents:
        _are_all(flow, documents, place)
    made = _flow(documents[0], place, found, folder) if documents else None
    for path in documents:
        yield Open(path, made, folder)


def _are_all(flow: str, files: Sequence[str], place: Hosting) -> None:
    """Raises UsageError where the flow has open documents without a file: a host makes them for each call."""
    try:
        with open(os.path.join(place.out, "program", f"{flow}.program.json"), encoding="utf-8") as file:
            left = open_documents(decode(json.load(file)))
    except (OSError, ValueError):
        return
    bare = [each for each in left if not os.path.exists(place.template(flow, str(each[0])))]
    if bare:
        wanted = dict.fromkeys(str(name) for _, params in bare if isinstance(params, list) for name in params)
        names = ", ".join(f"`{name}`" for name, _ in bare)
        commands = [f"{place.building()} {' '.join(f'--param {name}=VALUE' for name in wanted)}"]
        commands += [f"flowc render {shlex.quote(each)}" for each in files]
        raise click.UsageError(
            f"{names} of `{flow}` cannot be filled: it is made for each call, by a host\n"
            "build the flow with the values, or name the document that is meant\n"
            + "\n".join(f"  {each}" for each in commands)
        )


def _nothing(flow: str, place: Hosting) -> tuple[str, str]:
    """Why a flow has nothing to fill, and what to do: it has none open, it was not built, or there is no such flow."""
    built = sorted(each.stem.removesuffix(".map") for each in Path(place.out, "program").glob("*.map.json"))
    if flow in built:
        return f"the flow `{flow}` has no open documents in `{place.out}`", "it is built, and waits for no param"
    near = nearest(flow, built)
    known = f"there is {', '.join(f'`{each}`' for each in built[:8])}; if it is new, " if built else ""
    hint = f"did you mean `{near}`?" if near else f"{known}build it first: {place.building()}"
    return f"there is no flow `{flow}` in `{place.out}`", hint


def _line(at: Sequence[object], place: Hosting) -> tuple[int, str | None]:
    """A line of the map, and the file that it is in if that is another than the flow's."""
    number, _, *file = at
    return int(str(number)), os.path.relpath(os.path.join(place.root, str(file[0]))) if file else None


def _flow(path: str, place: Hosting, found: list[Diagnostic], folder: str | None = None) -> Made | None:
    """The flow that a document is of, which the map beside the program names; that of a language is a folder deeper."""
    near = os.path.dirname(os.path.abspath(path)) if folder is None else os.path.abspath(folder)
    maps = [f"{near}.map.json", f"{os.path.dirname(near)}.map.json"]
    try:
        with open(next(filter(os.path.exists, maps), maps[0]), encoding="utf-8") as file:
            known = json.load(file)
        name, lines = str(known["file"]), {str(key): _line(at, place) for key, at in known["lines"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    source = load(Path(os.path.relpath(os.path.join(place.root, name))), Path(place.root))
    document = yaml.read(source, found.append) if isinstance(source, Source) else None
    return Made(document, declared(document, found.append), lines) if document is not None else None
