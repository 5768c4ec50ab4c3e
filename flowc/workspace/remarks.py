"""What there is to say of the rows of a table: at the row, and in bounded number."""

from __future__ import annotations

from collections.abc import Sequence

from ..text.diagnostics import Diagnostic, Label, Rule
from ..text.document import Place
from ..text.source import Source, Span
from .file import shown
from .rows import Fault, Row
from .templates import UNBOUND_PARAM, read_params

SHOWN = 20
"""So many mistakes are reported, and so many warnings; what is said of a place in the document is a warning once."""
_TEXT = 400


class Remarks:
    """Collects findings. `name` is that of the table; `line` the place in a flow that the document begins at."""

    def __init__(self, name: str, columns: Sequence[str | None], line: Place | None) -> None:
        self.name, self.columns, self.line = name, columns, line
        self.wrong: list[Diagnostic] = []
        self.warned: dict[tuple[Rule, Source, Span], Diagnostic] = {}

    @property
    def found(self) -> list[Diagnostic]:
        """All there is to say."""
        return [*self.wrong, *self.warned.values()]

    def refuse(self, row: Row, rule: Rule, fault: Fault) -> None:
        """Say what is wrong with a row itself."""
        if len(self.wrong) < SHOWN:
            source = self._source(row)
            span = Span(*fault.at) if fault.at else Span(0, len(source.text))
            self.wrong.append(Diagnostic(rule, source, span, f"{_numbered(row)}: {fault.message}", fault.hint))

    def say(self, row: Row, said: Sequence[Diagnostic]) -> None:
        """Say what was found in the document of a row."""
        for each in said:
            same = each.rule, each.source, each.span
            if each.rule.severity == "error" and len(self.wrong) < SHOWN:
                self.wrong.append(self._at(row, each))
            elif each.rule.severity == "warning" and same not in self.warned and len(self.warned) < SHOWN:
                self.warned[same] = self._at(row, each)

    def _at(self, row: Row, found: Diagnostic) -> Diagnostic:
        """A finding, said at the row; the place in the document becomes a label."""
        read = read_params(found.source.text[found.span.start : found.span.end])
        columns = [name for name in read if name in self.columns]
        source = self._source(row)
        hint = found.hint
        if columns and found.rule is UNBOUND_PARAM:
            hint = f"fill the cell, or --param {columns[0]}=VALUE"
        return found._replace(
            source=source,
            span=_cell(source, row, columns),
            message=f"{_numbered(row)}{_named(columns)}: {found.message}",
            hint=hint,
            labels=(Label(*((self.line.document.source, self.line.span) if self.line else found[1:3]), "here"),),
        )

    def _source(self, row: Row) -> Source:
        return Source(self.name, shown(row.text[:_TEXT]), row.line)


def _cell(source: Source, row: Row, columns: Sequence[str]) -> Span:
    """The cell of the one column that is meant; the whole row where several are, or it is not seen in the text."""
    cell = row.values.get(columns[0]) if len(columns) == 1 else None
    if isinstance(cell, str) and cell in source.text:
        start = source.text.index(cell)
        return Span(start, start + len(cell))
    return Span(0, len(source.text))


def _named(columns: Sequence[str]) -> str:
    word = "column" if len(columns) == 1 else "columns"
    return f", {word} {', '.join(f'`{each}`' for each in columns)}" if columns else ""


def _numbered(row: Row) -> str:
    return f"row {row.number} (line {row.line})"
