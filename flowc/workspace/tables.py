"""Opening a table: of what kind it is, what its columns are, and what is wrong with its head."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, NamedTuple

from ..language.reading.params import UNDECLARED_PARAM
from ..text.diagnostics import Diagnostic, Rule
from ..text.source import Source, Span
from .csv_rows import Csv
from .file import decode
from .json_rows import JsonLines
from .lines import Lines
from .rows import MOST, Table, strange

NO_TABLE = Rule(
    "E650",
    "no-table",
    """A data file has no first row with the names of its columns, or names that do not tell them apart.

Which cell is which param would be a guess, and callers would be told what is meant for others.

Write the names of params into the first row, each once.""",
)

UNREAD_PARAM = Rule(
    "E653",
    "unread-param",
    """A column of a data file is a param that the document does not read.

Its values would have no effect: everybody would be told the same. Most often the flow gives the param a default, or
the site a value, which the build has put into the document.

Take that value away and build again, so that the param stays open; or leave the column out with `--ignore-column`.""",
)

ENDINGS = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
"""The kinds of table, by the ending of a file's name."""

FEW = 100
"""Lines of the first block."""

_SPELT = ("text", "number", "integer", "phone", "choice")
"""Types for which a number means what the text means that spells it."""


class Wanted(NamedTuple):
    """What a table is read for: the types of the params that a document reads, by name; those of its flow that it
    does not read; the column of the key; and columns to leave out.
    """

    params: Mapping[str, str]
    unread: Sequence[str]
    key: str | None
    ignored: Sequence[str]


class Opened(NamedTuple):
    """A table, its lines, the column names of params and key in order (None for others), and what stands between."""

    table: Table
    lines: Lines
    columns: tuple[str | None, ...]
    delimiter: str


def opened(name: str, file: BinaryIO, kind: str, wanted: Wanted, found: list[Diagnostic]) -> Opened | None:
    """A table of a kind (`csv`, `tsv`, `jsonl`); None where its head is wrong, which is added to `found`."""
    head = file.read(1 << 16)
    while head and b"\n" not in head and len(head) <= MOST and (more := file.read(1 << 16)):
        head += more
    first = head.partition(b"\n")[0][:1024]
    if (_is_wide(head) or first.count(0) > len(first) // 4) and isinstance(wrong := decode(name, first), Diagnostic):
        found.append(wrong)
        return None
    head = head.removeprefix(codecs.BOM_UTF8)
    if kind == "jsonl":
        return _json_lines(Lines(file, head, 1, FEW), wanted)
    return _csv(name, file, head, kind, wanted, found)


def _is_wide(head: bytes) -> bool:
    return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _json_lines(lines: Lines, wanted: Wanted) -> Opened:
    columns = tuple(dict.fromkeys([*wanted.params, *([wanted.key] if wanted.key else [])]))
    spelt = {name for name, kind in wanted.params.items() if kind in _SPELT}
    return Opened(JsonLines(columns, wanted.unread, wanted.ignored, frozenset(spelt)), lines, columns, ",")


def _csv(name: str, file: BinaryIO, head: bytes, kind: str, wanted: Wanted, found: list[Diagnostic]) -> Opened | None:
    skipped = len(head) - len(head.lstrip(b"\r\n"))
    first, _, rest = head[skipped:].partition(b"\n")
    line = 1 + head[:skipped].count(b"\n")
    source = decode(name, b"\n" * (line - 1) + first[:MOST])
    if isinstance(source, Diagnostic):
        found.append(source)
        return None
    text = source.text.lstrip("\n").removesuffix("\r")
    delimiter = "\t" if kind == "tsv" else max(",;\t", key=text.count)
    if "\r" in text:
        found.append(_said(source, "", "its lines end in a carriage return alone", "save it with line breaks"))
        return None
    try:
        columns = [each.strip() for each in next(csv.reader([text], delimiter=delimiter, strict=True), [])]
    except csv.Error as error:
        columns = []
        found.append(_said(source, text, f"the first row cannot be read: {error}", "write the names of params into it"))
    found += _faults(source, text, columns, wanted) if columns or not text else []
    if found:
        return None
    known = tuple(each if each in wanted.params or each == wanted.key else None for each in columns)
    lines = Lines(file, rest, line + 1, FEW)
    return Opened(Csv(lines, columns, known, delimiter), lines, known, delimiter)


def _faults(source: Source, text: str, columns: Sequence[str], wanted: Wanted) -> list[Diagnostic]:
    names = [*wanted.params, *([wanted.key] if wanted.key else [])]
    if not text:
        return [_said(source, "", "this file is empty", f"begin it with a row of names: {','.join(names)}")]
    if not set(columns) & {*names, *wanted.ignored}:
        message = "the first row holds no name of a param: is it missing?"
        return [_said(source, text, message, f"begin the file with a row of names: {','.join(names)}")]
    strange = [each for each in columns if each and each not in names and each not in wanted.ignored]
    return [*_unnamed(source, columns), *(_strange(source, each, names, wanted.unread) for each in strange)]


def _unnamed(source: Source, columns: Sequence[str]) -> Iterator[Diagnostic]:
    for index, name in enumerate(columns):
        if not name:
            yield _said(source, "", f"column {index + 1} has no name", "name it, or take the column out")
        elif name in columns[:index]:
            message = f"columns {columns.index(name) + 1} and {index + 1} have the same name, `{name}`"
            yield _said(source, name, message, "name one of them otherwise")


def _strange(source: Source, name: str, names: Sequence[str], unread: Sequence[str]) -> Diagnostic:
    """What is said of a column that would have no effect."""
    message, hint = strange(name, names, unread)
    return _at(UNDECLARED_PARAM if name not in unread else UNREAD_PARAM, source, name, message, hint)


def _said(source: Source, stretch: str, message: str, hint: str) -> Diagnostic:
    return _at(NO_TABLE, source, stretch, message, hint)


def _at(rule: Rule, source: Source, stretch: str, message: str, hint: str) -> Diagnostic:
    start = max(source.text.find(stretch), 0)
    return Diagnostic(rule, source, Span(start, start + len(stretch)), message, hint)
