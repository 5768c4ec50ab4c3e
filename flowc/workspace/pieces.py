"""An open document as constants and pieces that depend on the cells of a row, for `flowc.program.express`.

A piece makes of a cell exactly what `templates.render` does, or nothing: then the row is rendered in full. So no row
passes that would not pass by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence

from ..language.expressions.expression import parse
from ..language.expressions.scope import Scope
from ..language.reading.params import Param, bind
from ..program.express import LONGEST, Form, Piece, Plain, odd
from ..program.unread import computes, unread
from ..program.values import Template, fill, open_params
from ..text.characters import LARGEST
from ..text.diagnostics import Diagnostic, errors
from ..text.document import Document, Place
from .cells import Cells
from .leaf import Leaf
from .templates import Filler, Owner, Report, told

Layers = Sequence[tuple[str, Mapping[str, object]]]
Make = Callable[[Sequence[str]], str | None]

# Stand for pieces while the constants around them are written: within a text, and for a whole value.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = f'"{_OPEN}=([0-9]+){_CLOSE}"|{_OPEN}([0-9]+){_CLOSE}'


def form(
    document: Document,
    owner: Owner,
    params: Mapping[str, Param],
    layers: Layers,
    columns: Sequence[str],
    indent: int | None = None,
) -> Form | None:
    """The form of a document for rows with such columns; None where every row has to be rendered in full.

    `params` are those of the flow, or where it is not known, of the document; `layers` what is bound for all rows.
    """
    if _OPEN in document.source.text or _CLOSE in document.source.text or len(document.source.text) > LARGEST // 16:
        return None
    typed = owner.params is not None
    given = {name for _, values in layers for name, value in values.items() if value is not None}
    if not typed and given.intersection(columns):
        return None  # the type of such a param is told by the row, and then holds for what is given for all rows
    said: list[Diagnostic] = []
    cells = Cells(params, bind(params, layers, said.append), typed=typed)
    cutter = _Cutter(document, cells, said.append, columns)
    data = cutter.actions()
    if errors(said) or cutter.whole or not isinstance(data, list):
        return None
    written = json.dumps(told(data)[0], ensure_ascii=False, indent=indent, separators=None if indent else (",", ":"))
    parts = re.split(_MARK, written)
    numbers = [int(whole or inner) for whole, inner in zip(parts[1::3], parts[2::3], strict=True)]
    return Form(tuple(parts[::3]), tuple(cutter.pieces[number] for number in numbers))


def key(column: str) -> Piece:
    """The cell of a column as the inside of a text of JSON."""

    def make(cells: Sequence[str]) -> str | None:
        plain = cells[0].strip() and len(cells[0]) <= LONGEST and not odd(cells[0])
        return cells[0] if plain else None

    return Piece((column,), _json(make), Plain())


class _Cutter(Filler):
    """Fills a document with what all rows share, and marks of pieces. `whole`: rows have to be rendered in full."""

    def __init__(self, document: Document, cells: Cells, report: Report, columns: Sequence[str]) -> None:
        super().__init__(document, cells.params, cells.bound, report, typed=cells.typed)
        self.cells, self.columns = cells, frozenset(columns)
        self.pieces: list[Piece] = []
        self.whole = False

    def text(self, text: str, place: Place, path: tuple[str, ...]) -> object:
        template = parse(text, place, Scope(self.params), self.report) if "{" in text else None
        if template is None or self.columns.isdisjoint(open_params(template)):
            return super().text(text, place, path)
        leaf = Leaf(text, template, path, self.cells.wanted(text, place, template))
        self.whole |= leaf.names_a_kind or leaf.most < 1 or any(root != "params" for root, *_ in template.names)
        marked = self._inside(leaf) if leaf.free and leaf.in_text else None
        if marked is not None:
            return marked
        shape = not (leaf.free and leaf.anything)
        return self._mark(Piece(self._reads(template), self._making(leaf), shape=shape), "=")

    def _mark(self, piece: Piece, sign: str = "") -> str:
        self.pieces.append(piece)
        return f"{_OPEN}{sign}{len(self.pieces) - 1}{_CLOSE}"

    def _reads(self, template: Template) -> tuple[str, ...]:
        return tuple(name for name in dict.fromkeys(open_params(template)) if name in self.columns)

    def _inside(self, leaf: Leaf) -> str | None:
        """A text with marks in it; None where its values cannot be put in one by one."""
        first, *_ = leaf.template.parts
        if leaf.template.whole and not self.cells.is_text(_param(first)):
            return None
        if not leaf.ssml and not isinstance(first, str) and any("<" in part for part in leaf.literals):
            return None
        made, before = "", ""
        for index, part in enumerate(leaf.template.parts):
            if isinstance(part, str):
                made, before = made + part, before + part
                continue
            columns, hole = self._reads(Template((part,))), self._hole(leaf, index, before)
            put = self._mark(Piece(columns, _json(hole), self._plain(leaf, index, before))) if columns else hole(())
            if put is None:
                return None
            made += put
        return made

    def _plain(self, leaf: Leaf, index: int, before: str) -> Plain | None:
        name = _param(leaf.template.parts[index])
        kind = None if name is None else self.cells.kind(name)
        if name not in self.columns or kind not in ("text", "phone") or leaf.wanted:
            return None
        if leaf.asks(index, before) and not leaf.is_number:
            return None
        # what stands around it may be a tag, in which no value stands as it is
        sign = "1" if leaf.url or leaf.is_number else "a'b"
        if name is None or _writing(leaf, index, before)({name: sign}) != sign:
            return None
        number, signs = leaf.is_number or kind == "phone", '"<&>' if leaf.ssml else '"<&'
        return Plain(signs, leaf.most, number, leaf.url, plus=kind == "phone")

    def _hole(self, leaf: Leaf, index: int, before: str) -> Make:
        """Makes what stands in a text for one of its expressions."""
        expression = leaf.template.parts[index]
        values = self.cells.values(self._reads(Template((expression,))), leaf.wanted)
        may_lose = computes(expression)
        written, is_plain, pattern = _writing(leaf, index, before), leaf.is_plain(), leaf.asks(index, before)
        must_speak = leaf.spoken and not any(part.strip() for part in leaf.literals)

        def make(cells: Sequence[str]) -> str | None:
            bound = values(cells)
            text = None if bound is None else written(bound)
            if text is None or not is_plain(text) or (must_speak and not text.strip()):
                return None
            if may_lose and unread(expression, {"params": bound}) is not None:
                return None
            return None if pattern and not leaf.has(pattern, index, before + text) else text

        return make

    def _making(self, leaf: Leaf) -> Make:
        """Makes the JSON of a whole text."""
        values, is_plain = self.cells.values(self._reads(leaf.template), leaf.wanted), leaf.is_plain()
        may_lose = [each for each in leaf.template.parts if computes(each)]

        def make(cells: Sequence[str]) -> str | None:
            bound = values(cells)
            if bound is None or any(unread(each, {"params": bound}) is not None for each in may_lose):
                return None
            value = leaf.value({"params": bound})
            if isinstance(value, str):
                says = value.strip() or not leaf.spoken
                return json.dumps(value, ensure_ascii=False) if says and is_plain(value) else None
            return None if isinstance(value, list | dict) else json.dumps(value)

        return make


def _writing(leaf: Leaf, index: int, before: str) -> Callable[[Mapping[str, object]], str]:
    """How one expression of a text is written with values of params, behind the literals before it."""
    expression, ssml, url = leaf.template.parts[index], leaf.ssml, leaf.url
    # what stands before it decides how it is written; the sign keeps a value from being the beginning
    alone = Template((f".{before}", expression) if index else (expression, ""))
    skip = len(before) + 1 if index else 0
    return lambda bound: str(fill(alone, {"params": bound}, ssml=ssml, url=url))[skip:]


def _param(expression: object) -> str | None:
    """The name of the param that an expression is, and nothing else."""
    match expression:
        case ["path", "params", str(name)]:
            return name
    return None


def _json(make: Make) -> Make:
    """What is made, as it stands between the quotes of JSON."""

    def made(cells: Sequence[str]) -> str | None:
        text = make(cells)
        return None if text is None else json.dumps(text, ensure_ascii=False)[1:-1]

    return made
