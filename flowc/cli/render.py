"""`flowc render`: fills the documents that a build left open."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ..language.reading.params import UNDECLARED_PARAM
from ..text.diagnostics import Diagnostic, errors
from ..text.reports import FORMATS
from ..workspace import disk
from ..workspace.file import load
from ..workspace.given import undeclared
from ..workspace.templates import read_params
from ..workspace.templates import render as rendered
from . import CLEAN, ERRORS
from .builds.asked import Asked, Manner, data_options
from .builds.campaign import campaign
from .builds.documents import Open, documents, is_file
from .builds.hosting import Hosting, Typed, hosting, hosting_options
from .output import COLOR, print_text, report


@click.command()
@click.argument("what", metavar="FLOW|FILE")
@hosting_options
@click.option("--out", metavar="PATH", help="Write here: a file for a FILE, a folder for a FLOW; see --data.")
@data_options
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
    **data: Any,
) -> int:
    """Fill the documents that a build left open.

    A FLOW stands for all its open documents in the site's output folder, a FILE (NAME.ncco.tmpl.json) for itself.
    What comes out is checked before anything is written; without --out it is printed.

    With --data, one open document is filled for each row of a table, whose columns are params: a line of JSON for a
    row, in the file --out, or with --key a file for a row, in the folder --out (a path that ends in `/`).
    Exits with 1 where a row is left out.
    """
    typed = Typed(site, target, base_url, params, params_file, None)
    asked = Asked(**data)
    if asked.data is not None:
        return campaign(what, typed, asked, out, Manner(form, color))
    if unused := asked.unused():
        raise click.UsageError(f"{unused} is for the rows of a table: name it with --data")
    one = is_file(what)
    if out is not None and one and _same(what, out):
        raise click.UsageError(f"--out {out}: this is the template itself")
    found: list[Diagnostic] = []
    texts = _texts(what, typed, found, one=one)
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
    filled = [(each, _filled(each, place, found, one=one)) for each in documents(what, place, found)]
    return {each.name: text for each, text in filled if text is not None}


def _filled(document: Open, place: Hosting, found: list[Diagnostic], *, one: bool) -> str | None:
    source = load(Path(document.path))
    if isinstance(source, Diagnostic):
        found.append(source)
        return None
    owner = document.owner(one=one)
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
            path = out if one else os.path.join(out, name)
            if not one:
                os.makedirs(os.path.dirname(path), exist_ok=True)
            _write_file(path, text)
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
