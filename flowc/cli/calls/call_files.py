"""Files of calls: calls are put behind those that are in one, or into as many new ones as it takes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Container, Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

import click

from ...caller.exploring.calls_through import Explored
from ...caller.rehearsals.rehearsal import Rehearsals
from ...caller.rehearsals.written_calls import entries, head
from ...text.characters import LARGEST, MOST_PIECES
from ...workspace import disk
from ..output import counted
from .longer import longer

_MOST_FILES = 1_000
"""Files of calls of one flow that are looked for."""


def first_file(flow: Path) -> Path:
    """The first file of calls of a flow, by its file's name: `NAME.calls.yml`."""
    return flow.with_name(f"{stem(flow)}.calls.yml")


def stem(path: Path) -> str:
    """The name that a flow's file and those of its calls begin with."""
    return path.name.partition(".flow.")[0].partition(".calls.")[0]


def free(name: str, taken: Container[str]) -> str:
    """A name for a call that no other has: a number is put behind it where one has."""
    return next(each for each in chain([name], (f"{name} ({number})" for number in count(2))) if each not in taken)


def append(path: Path, rehearsals: Rehearsals, named: Sequence[tuple[str, Explored]]) -> list[str]:
    """Put calls behind those of a file; into new files beside it where its form or its size does not allow that."""
    text = longer(rehearsals.document, named)
    if text is not None and _size(text) <= LARGEST:
        return _written(path, text, len(named))
    return create_all(further(path), head(rehearsals.flow, rehearsals.params), named)


def further(path: Path) -> Iterator[Path]:
    """Further files of calls beside the file of a flow or of calls: those that are not there yet."""
    name = _first_name(path)
    beside = (path.with_name(f"{name}-{number}.calls.yml") for number in count(2))
    return (each for each in beside if not each.exists())


def series(path: Path) -> list[Path]:
    """The files of calls that are there and belong together by their names: `NAME.calls.yml`, `NAME-2.calls.yml` on."""
    name = _first_name(path)
    first = path.with_name(f"{name}.calls.yml")
    beside = (path.with_name(f"{name}-{number}.calls.yml") for number in range(2, _MOST_FILES + 1))
    return [each for each in (first, *beside) if each.exists()]


def _first_name(path: Path) -> str:
    """The name that the first of several files of calls begins with, by the path of any of them."""
    name = stem(path)
    first, sign, number = name.rpartition("-")
    is_further = sign and number.isdigit() and path.with_name(f"{first}.calls.yml").exists()
    return first if is_further else name


def create_all(paths: Iterator[Path], begins: str, named: Sequence[tuple[str, Explored]]) -> list[str]:
    """Write new files of calls, as many as it takes for each to be small enough to be read."""
    files: list[_File] = []
    large: list[str] = []
    empty = _File(begins, _size(begins), _pieces(begins), [])
    for name, call in named:
        text = entries([(name, call)])
        if not _fits(empty, text):
            large.append(f"{name}: this call is too long for a file, and is not written")
            continue
        if not files or not _fits(files[-1], text):
            files.append(empty._replace(calls=[]))
        last = files[-1]
        last.calls.append(text)
        files[-1] = last._replace(size=last.size + _size(text), pieces=last.pieces + _pieces(text))
    texts = [("".join([each.begins, *each.calls]), len(each.calls)) for each in files]
    return [*large, *(said for text, calls in texts for said in create(next(paths), text, calls))]


class _File(NamedTuple):
    """A file that is to be written: how it begins, its size in bytes and in pieces, and its calls."""

    begins: str
    size: int
    pieces: int
    calls: list[str]


def _fits(before: _File, text: str) -> bool:
    """Whether a file can have a text more, and still be read."""
    return before.size + _size(text) <= LARGEST and before.pieces + _pieces(text) <= MOST_PIECES


def _size(text: str) -> int:
    return len(text.encode())


def _pieces(text: str) -> int:
    """At most so many keys, values, lists and mappings are in a text."""
    return 4 * sum(map(text.count, "\n,[{"))


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
