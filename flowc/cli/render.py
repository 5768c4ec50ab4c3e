"""`flowc render`: fills the documents that a build left open."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import click

from ..language.params import UNDECLARED_PARAM, Param, declared
from ..text import yaml
from ..text.diagnostics import Diagnostic, errors
from ..text.document import Document, Place
from ..text.reports import FORMATS
from ..text.source import Source, Span
from ..workspace import disk
from ..workspace.file import load
from ..workspace.given import undeclared
from ..workspace.moved import stretch
from ..workspace.names import ENDING
from ..workspace.templates import Owner, read_params
from ..workspace.templates import render as rendered
from . import CLEAN, ERRORS
from .hosting import Hosting, Typed, hosting, hosting_options
from .output import COLOR, print_text, report
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
    """An open document: its file, and the flow it is of, where that is known."""

    path: str
    made: Made | None

    @property
    def name(self) -> str:
        """The name of the document, as a file."""
        return f"{os.path.basename(self.path).removesuffix(ENDING)}.json"


@click.command()
@click.argument("what", metavar="FLOW|FILE")
@hosting_options
@click.option("--out", metavar="PATH", help="Write here: a file for a FILE, a folder for a FLOW.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are written.")
@COLOR
def render(
    what: str,
    site: str | None,
    target: str | None,
    base_url: str | None,
    params: tuple[str, ...],
    params_file: str | None,
    out: str | None,
    form: str,
    color: str,
) -> int:
    """Fill the documents that a build left open.

    A FLOW stands for all its open documents in the site's output folder, a FILE (NAME.ncco.tmpl.json) for itself.
    What comes out is checked before anything is written; without --out it is printed.
    """
    one = what.endswith(".json") or os.path.sep in what
    if out is not None and one and _same(what, out):
        raise click.UsageError(f"--out {out}: this is the template itself")
    found: list[Diagnostic] = []
    texts = _texts(what, Typed(site, target, base_url, params, params_file, None), found, one=one)
    if not errors(found):
        trouble = _write(texts, out, one=one)
        found += [trouble] if trouble else []
    if found:
        files = dict.fromkeys(each.source.name for each in found)
        report(list(dict.fromkeys(found)), list(files), form=form, color=color, aside=True)
    return ERRORS if errors(found) else CLEAN


def _same(template: str, out: str) -> bool:
    return os.path.exists(out) and os.path.exists(template) and os.path.samefile(template, out)


def _texts(what: str, typed: Typed, found: list[Diagnostic], *, one: bool) -> dict[str, str]:
    """The filled documents by their names as files. A file needs no site; one that is named binds params."""
    if one and typed.site is None:
        typed = typed._replace(target=typed.target or "static")
    place = hosting(typed, [what] if one else [], found, base_url=False)
    if place is None or errors(found):
        return {}
    documents = [Open(what, _flow(what, place, found))] if one else list(_of_flow(what, place, found))
    filled = [(each, _filled(each, place, found, one=one)) for each in documents]
    return {each.name: text for each, text in filled if text is not None}


def _of_flow(flow: str, place: Hosting, found: list[Diagnostic]) -> Iterator[Open]:
    folder = os.path.join(place.out, "program", flow)
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    documents = [os.path.join(folder, name) for name in names if name.endswith(ENDING)]
    if not documents:
        message = f"the flow `{flow}` has no open documents in `{place.out}`"
        source, span = word("flowc render", flow)
        found.append(Diagnostic(disk.NOTHING_OPEN, source, span, message, "build it first: flowc build"))
    made = _flow(documents[0], place, found) if documents else None
    for path in documents:
        yield Open(path, made)


def _flow(path: str, place: Hosting, found: list[Diagnostic]) -> Made | None:
    """The flow that a document is of, which the map beside the program names."""
    try:
        with open(f"{os.path.dirname(os.path.abspath(path))}.map.json", encoding="utf-8") as file:
            known = json.load(file)
        name, lines = str(known["file"]), {str(key): int(at[0]) for key, at in known["lines"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    source = load(Path(os.path.relpath(os.path.join(place.root, name))), Path(place.root))
    document = yaml.read(source, found.append) if isinstance(source, Source) else None
    return Made(document, declared(document, found.append), lines) if document is not None else None


def _filled(document: Open, place: Hosting, found: list[Diagnostic], *, one: bool) -> str | None:
    source = load(Path(document.path))
    if isinstance(source, Diagnostic):
        found.append(source)
        return None
    made = document.made
    owner = Owner(made.params if made else None, None if one or made is None else made.line(document.name))
    typed = [layer for layer in place.layers if layer[0] == "`--param`"]
    for origin, name, message, hint in undeclared(owner.params or read_params(source.text), typed):
        found.append(Diagnostic(UNDECLARED_PARAM, *place.whence(origin, name), message, hint))
    return rendered(source, owner, place.layers, found.append)


def _write(texts: Mapping[str, str], out: str | None, *, one: bool) -> Diagnostic | None:
    if out is None:
        _print(texts, one=one)
        return None
    trouble = disk.parentless(out) if one else disk.obstacle(out, default=False)
    if trouble is not None:
        return trouble
    try:
        if not one:
            os.makedirs(out, exist_ok=True)
        for name, text in texts.items():
            _write_file(out if one else os.path.join(out, name), text)
    except OSError as error:
        return disk.refusal(error, out)
    return None


def _write_file(path: str, text: str) -> None:
    """Write a file whole or not at all; into a device as it is."""
    if os.path.exists(path) and not os.path.isfile(path):
        Path(path).write_text(text, encoding="utf-8")
        return
    part = f"{path}.part"
    try:
        Path(part).write_text(text, encoding="utf-8")
        os.replace(part, path)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise


def _print(texts: Mapping[str, str], *, one: bool) -> None:
    if one:
        print_text("".join(texts.values()), exact=True)
    else:
        data = {name.removesuffix(".json"): json.loads(text) for name, text in texts.items()}
        print_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", exact=True)
