"""Rows of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from .rows import MOST, Fault, Row, strange, unreadable


class JsonLines:
    """Rows of JSON objects, a line each.

    `columns` are what a row may give, `unread` what would have no effect, `spelt` what may be given as a number.
    """

    def __init__(
        self, columns: Sequence[str], unread: Sequence[str], ignored: Sequence[str], spelt: frozenset[str]
    ) -> None:
        self.columns, self.known, self.unread, self.spelt = columns, {*columns, *ignored}, unread, spelt
        self.number = 0

    def rows(self, line: int, text: str) -> Iterator[Row]:
        """The rows of lines."""
        for at, each in enumerate(text.split("\n")[:-1], line):
            if each.strip():
                self.number += 1
                yield self._row(at, each)

    def _row(self, line: int, text: str) -> Row:
        data = _loaded(text)
        fault = data if isinstance(data, Fault) else self._stray(data, text)
        if isinstance(data, Fault) or fault is not None:
            return Row(self.number, line, text[:MOST], fault=fault)
        values = {name: value for name, value in data.items() if value is not None}
        return Row(self.number, line, text, self._cells(values), data=values)

    def _stray(self, data: Mapping[str, object], text: str) -> Fault | None:
        for name in data:
            if name not in self.known:
                start = max(text.find(json.dumps(name, ensure_ascii=False)), 0)
                return Fault(*strange(name, self.columns, self.unread), (start, min(start + len(name) + 2, len(text))))
        return None

    def _cells(self, values: Mapping[str, object]) -> Sequence[str] | None:
        """The values as texts that mean the same; None where one has none."""
        cells = [self._cell(name, values.get(name)) for name in self.columns]
        return None if None in cells else [cell for cell in cells if cell is not None]

    def _cell(self, name: str, value: object) -> str | None:
        if value is None:
            return ""
        if isinstance(value, str):
            return value or None
        return str(value) if type(value) is int and name in self.spelt and abs(value) < 2**53 else None


def _loaded(text: str) -> dict[str, object] | Fault:
    if fault := unreadable(text):
        return fault
    try:
        data = json.loads(text, object_pairs_hook=_members, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        return _no_json(error)
    return data if isinstance(data, dict) else Fault("this line is no JSON object", 'write `{"NAME": "VALUE"}`')


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name is given twice")
    return members


def _refused(written: str) -> object:
    raise ValueError(f"`{written}` is no number in JSON")


def _no_json(error: Exception) -> Fault:
    if isinstance(error, json.JSONDecodeError):
        said = error.msg[:1].lower() + error.msg[1:]
        return Fault(f"this line is no JSON: {said}", None, (min(error.pos, len(error.doc) - 1), len(error.doc)))
    return Fault(f"this line is no JSON: {error}" if isinstance(error, ValueError) else "this is nested too deeply")
