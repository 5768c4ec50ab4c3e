"""`flowc render`: fills the documents that a build left open."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import click

from ..language.params import Param, declared
from ..text import yaml
from ..text.diagnostics import Diagnostic, errors
from ..text.reports import FORMATS
from ..workspace import disk
from ..workspace.file import load
from ..workspace.templates import ENDING
from ..workspace.templates import render as rendered
from . import CLEAN, ERRORS
from .hosting import Hosting, Typed, hosting, hosting_options
from .output import COLOR, print_text, report


class Open(NamedTuple):
    """An open document: its file, and the params that its flow declares, where the flow is known."""

    path: str
    params: Mapping[str, Param] | None

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
    found: list[Diagnostic] = []
    one = what.endswith(".json") or os.path.sep in what
    place = _place(Typed(site, target, base_url, params, params_file, None), what, found, one=one)
    documents = [_opened(what, place, found)] if one else list(_of_flow(what, place, found))
    texts = {each.name: _render(each, place, found) for each in documents}
    if found:
        report(found, [each.path for each in documents], form=form, color=color)
    if errors(found):
        return ERRORS
    written = {name: text for name, text in texts.items() if text is not None}
    trouble = _write(written, out, one=one)
    if trouble is not None:
        report([trouble], [], form=form, color=color)
    return ERRORS if trouble else CLEAN


def _place(typed: Typed, what: str, found: list[Diagnostic], *, one: bool) -> Hosting:
    """Where the open documents are. A file needs no site; one that is named binds params."""
    if one and typed.site is None:
        typed = typed._replace(target=typed.target or "static")
    return hosting(typed, [what] if one else [], found, base_url=False)


def _of_flow(flow: str, place: Hosting, found: list[Diagnostic]) -> Iterator[Open]:
    folder = os.path.join(place.out, "program", flow)
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    documents = [name for name in names if name.endswith(ENDING)]
    if not documents:
        message = f"the flow `{flow}` has no open documents in `{place.out}`"
        found.append(disk.told(disk.NOTHING_OPEN, folder, message, "build it first: flowc build"))
    for name in documents:
        yield _opened(os.path.join(folder, name), place, found)


def _opened(path: str, place: Hosting, found: list[Diagnostic]) -> Open:
    """An open document with the params of its flow, which the map beside the program names."""
    try:
        with open(f"{os.path.dirname(os.path.abspath(path))}.map.json", encoding="utf-8") as file:
            flow = str(json.load(file)["file"])
    except (OSError, ValueError, LookupError, TypeError):
        return Open(path, None)
    source = load(Path(os.path.relpath(os.path.join(place.root, flow))), Path(place.root))
    document = yaml.read(source, found.append) if not isinstance(source, Diagnostic) else None
    return Open(path, declared(document, found.append) if document is not None else None)


def _render(document: Open, place: Hosting, found: list[Diagnostic]) -> str | None:
    source = load(Path(document.path))
    if isinstance(source, Diagnostic):
        found.append(source)
        return None
    return rendered(source, document.params, place.layers, found.append)


def _write(texts: Mapping[str, str], out: str | None, *, one: bool) -> Diagnostic | None:
    if out is None:
        _print(texts, one=one)
        return None
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
