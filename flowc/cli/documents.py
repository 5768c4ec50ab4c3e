"""Which open documents a command is about, and the flow that they are of."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..language.params import Param, declared
from ..text import yaml
from ..text.diagnostics import Diagnostic
from ..text.document import Document, Place
from ..text.source import Source, Span
from ..workspace import disk
from ..workspace.file import load
from ..workspace.moved import stretch
from ..workspace.names import ENDING
from ..workspace.templates import Owner
from .hosting import Hosting
from .typed import word


class Made(NamedTuple):
    """The flow that a document is of: its text, its params, and the lines of its documents."""

    document: Document
    params: Mapping[str, Param]
    lines: Mapping[str, int]

    def line(self, name: str) -> Place:
        """The line in the flow where a document begins."""
        source = self.document.source
        number = self.lines.get(name.removesuffix(".json"), 1)
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
        message = f"the flow `{flow}` has no open documents in `{place.out}`"
        source, span = word("flowc render", flow)
        found.append(Diagnostic(disk.NOTHING_OPEN, source, span, message, "build it first: flowc build"))
    made = _flow(documents[0], place, found, folder) if documents else None
    for path in documents:
        yield Open(path, made, folder)


def _flow(path: str, place: Hosting, found: list[Diagnostic], folder: str | None = None) -> Made | None:
    """The flow that a document is of, which the map beside the program names; that of a language is a folder deeper."""
    near = os.path.dirname(os.path.abspath(path)) if folder is None else os.path.abspath(folder)
    maps = [f"{near}.map.json", f"{os.path.dirname(near)}.map.json"]
    try:
        with open(next(filter(os.path.exists, maps), maps[0]), encoding="utf-8") as file:
            known = json.load(file)
        name, lines = str(known["file"]), {str(key): int(at[0]) for key, at in known["lines"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    source = load(Path(os.path.relpath(os.path.join(place.root, name))), Path(place.root))
    document = yaml.read(source, found.append) if isinstance(source, Source) else None
    return Made(document, declared(document, found.append), lines) if document is not None else None
