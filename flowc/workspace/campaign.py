"""One document for each row of a table: an outbound campaign, of any length, in constant memory.

Rows whose cells are plain are made by `flowc.program.express`; each other row is rendered as a single document is. The
express way is taken only for rows of a shape that was rendered in full and came out the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

from ..program.express import Express, Form
from ..text.diagnostics import Diagnostic, Rule
from . import pieces
from .blank import Blank
from .outlet import UNFIT_KEY, Folder, Outlet
from .remarks import Remarks
from .rows import BROKEN_ROW, Fault, Row
from .tables import FEW, Opened

LOOKED_AT = FEW
"""Rows at the beginning that are rendered in full, so that what warnings there are for all are found."""

Progress = Callable[[int, int], None]


class Outcome(NamedTuple):
    """What became of the rows: how many there were and were left out, and what is to be said of them."""

    rows: int
    skipped: int
    found: list[Diagnostic]


class Campaign:
    """Renders the rows of a table into an outlet. With `skips`, rows with mistakes are left out; else one ends it."""

    def __init__(
        self, blank: Blank, opened: Opened, name: str, outlet: Outlet, key: str | None, *, skips: bool
    ) -> None:
        self.blank, self.opened, self.outlet, self.key, self.skips = blank, opened, outlet, key, skips
        self.remarks = Remarks(name, opened.columns, blank.line)
        self.apart = isinstance(outlet, Folder)
        self.rows = self.skipped = self.unusual = 0
        self.express = self._express()

    def run(self, progress: Progress | None) -> Outcome:
        """Render all rows, or those before the first mistake. `progress` is told of rows and bytes that are done."""
        table, lines = self.opened.table, self.opened.lines
        for line, text in lines:
            if not self._block(text):
                for row in table.rows(line, text):
                    self.rows += 1
                    fault = self._row(row)
                    self.skipped += fault
                    if fault and not self.skips:
                        return self._outcome()
            if progress:
                progress(self.rows, lines.done)
        return self._outcome()

    def _outcome(self) -> Outcome:
        return Outcome(self.rows, self.skipped, self.remarks.found)

    def _express(self) -> Express | None:
        params, document = self.blank.params(), self.blank.document()
        if document is None:
            return None
        given = [name for name in params if name in self.opened.columns]
        declared, layers, indent = self.blank.declared or params, self.blank.layers, 2 if self.apart else None
        form = pieces.form(document, self.blank.owner, declared, layers, given, indent)
        if form is None:
            return None
        if self.key is not None and not self.apart:
            form = _keyed(form, self.key)
        constants = (*form.constants[:-1], f"{form.constants[-1]}\n")
        return Express(form._replace(constants=constants), self.opened.columns, self.opened.delimiter)

    def _block(self, text: str) -> bool:
        if self.express is None or self.apart or self.rows < LOOKED_AT:
            return False
        made = self.express.block(text)
        if made is None:
            return False
        count, written = made
        self.outlet.write(written)
        self.rows += count
        self.opened.table.number += count
        return True

    def _row(self, row: Row) -> bool:
        """Render a row; whether something is wrong with it."""
        if row.fault is not None:
            return self._refuse(row, BROKEN_ROW, row.fault)
        key = self._key(row)
        if self.key is not None and not key.strip():
            return self._refuse(row, UNFIT_KEY, Fault(f"the column `{self.key}` is empty", "give each row a key"))
        text = self._quick(row)
        if text is None:
            text = self._in_full(row, key)
        if text is None:
            return True
        fault = self.outlet.put(key, text)
        return fault is not None and self._refuse(row, UNFIT_KEY, fault)

    def _quick(self, row: Row) -> str | None:
        if self.express is None or row.cells is None or self.rows <= LOOKED_AT:
            return None
        if "&" in row.text and self.unusual < LOOKED_AT:
            self.unusual += 1
            return None
        return self.express.row(row.cells)

    def _key(self, row: Row) -> str:
        """The key of a row; nothing where it has none that is a text or a whole number."""
        if self.key is None:
            return ""
        value = row.values.get(self.key) if row.cells is None else row.cells[self.opened.columns.index(self.key)]
        return str(value) if isinstance(value, str) or type(value) is int else ""

    def _in_full(self, row: Row, key: str) -> str | None:
        said: list[Diagnostic] = []
        text = self.blank.filled(row.values, said)
        self.remarks.say(row, said)
        if text is None:
            return None
        text = text if self.apart else self._line(text, key)
        if self.express and row.cells is not None:
            made = self.express.row(row.cells, sure=False)
            if made == text:
                self.express.passes(row.cells)
            elif made is not None:
                self.express = None  # never seen; what is rendered in full is right
        return text

    def _line(self, text: str, key: str) -> str:
        """A document as a line, with its key."""
        written = json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
        if self.key is None:
            return f"{written}\n"
        name, value = (json.dumps(each, ensure_ascii=False) for each in (self.key, key))
        return f'{{{name}:{value},"ncco":{written}}}\n'

    def _refuse(self, row: Row, rule: Rule, fault: Fault) -> bool:
        self.remarks.refuse(row, rule, fault)
        return True


def _keyed(form: Form, key: str) -> Form:
    """A form with the key of each row before it: `{"id":"A1","ncco":[…]}`."""
    constants = [*form.constants]
    constants[0] = f'","ncco":{constants[0]}'
    constants[-1] += "}"
    return form._replace(
        constants=(f'{{{json.dumps(key, ensure_ascii=False)}:"', *constants), pieces=(pieces.key(key), *form.pieces)
    )
