"""What `flowc test` says and writes of the ways that rehearsed calls took."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from ...caller.exploring.coverage import Way, percent, together
from ...caller.exploring.coverage_page import page
from ...caller.exploring.coverage_report import Covered, cobertura
from ...caller.rehearsals.rules import TOO_LITTLE_TAKEN
from ...text.diagnostics import Diagnostic
from ...text.source import Span
from ...workspace import disk

_MOST_NAMED = 5
"""How many ways a hint names."""


class Wanted(NamedTuple):
    """What is wanted of the ways: the list, the least part of them in percent, and files."""

    list: bool
    least: float | None
    html: str | None
    xml: str | None


def covered(tested: Sequence[tuple[str, Sequence[Way]]]) -> list[Covered]:
    """The ways of each file of a flow, by the flow's name, of all files of calls together."""
    found: dict[tuple[str, str], list[Way]] = {}
    for flow, ways in tested:
        for way in ways:
            found.setdefault((flow, way.source.name), []).append(way)
    return [Covered(name, ways[0].source, tuple(together(ways))) for (name, _), ways in found.items()]


def too_little(flows: Sequence[Covered], least: float | None) -> Iterator[Diagnostic]:
    """The flows of which too little was taken."""
    for each in flows if least is not None else ():
        found = percent(each.ways)
        if found < (least or 0):
            left = [way for way in each.ways if not way.times]
            names = ", ".join(f"{way.what} (line {way.line})" for way in left[:_MOST_NAMED])
            hint = f"no call takes {names}{' and more' if len(left) > _MOST_NAMED else ''}"
            message = f"the calls take {found:.1f} % of the ways of `{each.flow}`, {least:g} % are asked for"
            yield Diagnostic(TOO_LITTLE_TAKEN, each.source, Span(0, 0), message, hint)


def write_covered(flows: Sequence[Covered], wanted: Wanted, form: str) -> list[Diagnostic]:
    """Print the ways that no call took, and write the files that are wanted; what stands in the way is printed.

    Behind a report that a program reads, the ways are no part of it.
    """
    err = form != "text"
    for each in flows if wanted.list else ():
        taken = sum(way.times > 0 for way in each.ways)
        click.echo(f"{each.source.name}: {taken} of {len(each.ways)} ways taken ({percent(each.ways):.1f} %)", err=err)
        for way in each.ways:
            if not way.times:
                click.echo(f"{each.source.name}:{way.line}: no call takes {way.what}", err=err)
    trouble = []
    for path, write in ((wanted.html, page), (wanted.xml, _cobertura)):
        try:
            if path is not None:
                Path(path).write_text(write(flows), encoding="utf-8")
        except OSError as error:
            trouble.append(disk.refusal(error, str(path)))
            click.echo(f"{path}: {trouble[-1].message}", err=True)
    return trouble


def _cobertura(flows: Sequence[Covered]) -> str:
    """The Cobertura file; its paths lead from here, or from a folder above where a flow lies beside this one."""
    files = [os.path.abspath(each.source.name) for each in flows]
    root = os.path.commonpath([os.getcwd(), *map(os.path.dirname, files)])
    names = [Path(os.path.relpath(each, root)).as_posix() for each in files]
    return cobertura(flows, Path(root).as_posix(), names, time.time())
