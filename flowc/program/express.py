"""Rows of a table as texts of a fixed form: constants, and pieces that are made of cells.

A row that is not certainly plain is given back (None), for whoever asks to look at it in full. Blocks of lines go
through one regular expression and one format, both of which run in C.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

LONGEST = 200
"""Characters of a cell that is still plain."""

_MOST_KNOWN = 4096
_ODD = r"\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
odd = re.compile(f"[{_ODD}]").search
"""Finds what JSON or XML would hold otherwise than as it is: controls, halves of pairs, a backslash."""

PHONE = r"[1-9][0-9]{6,14}"


class Plain(NamedTuple):
    """Which cells stand for themselves. `signs` are those that do not, beside the odd ones; `most` characters."""

    signs: str = '"<&'
    most: int = LONGEST
    phone: bool = False
    word: bool = False
    """Only what a URL holds as it is."""
    plus: bool = False
    """A `+` before a phone number is left out."""

    def both(self, other: Plain) -> Plain:
        """Those that stand for themselves in both ways."""
        signs = "".join(dict.fromkeys(self.signs + other.signs))
        phone, word, plus = self.phone or other.phone, self.word or other.word, self.plus and other.plus
        return Plain(signs, min(self.most, other.most), phone, word, plus)

    def pattern(self, delimiter: str) -> str:
        """A regular expression of such cells, between delimiters and without quotes; a group has what is taken."""
        if self.phone:
            return rf"\+?({PHONE})" if self.plus else f"({PHONE})"
        if self.word:
            return rf"([A-Za-z0-9._~-]{{1,{self.most}}})"
        apart = "".join(map(re.escape, dict.fromkeys(self.signs + delimiter + '"')))
        return rf"((?!\s|https?://|wss?://)[^{apart}{_ODD}]{{1,{self.most}}})"


class Piece(NamedTuple):
    """A part of a text that depends on cells.

    `make` has the cells of `columns` (each a text, empty where nothing is given) and gives what stands in the text, or
    None where the row is to be looked at in full. `plain` says which cells stand for themselves. What `shape` pieces
    are decides whether the whole is right.
    """

    columns: tuple[str, ...]
    make: Callable[[Sequence[str]], str | None]
    plain: Plain | None = None
    shape: bool = False


class Form(NamedTuple):
    """A text with pieces, and the constants around them, one more than there are pieces."""

    constants: tuple[str, ...]
    pieces: tuple[Piece, ...]


class _Known(dict[str, "str | None"]):
    """What a piece of one column makes of its cells, kept for those that were asked for last."""

    def __init__(self, piece: Piece) -> None:
        super().__init__()
        self.make = piece.make

    def __missing__(self, cell: str) -> str | None:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        made = self[cell] = self.make((cell,))
        return made


class Express:
    """Makes rows of a form. `columns` are those of the table, in order; None for a column that is not looked at.

    Only rows are made whose shape `passes` was told of.
    """

    def __init__(self, form: Form, columns: Sequence[str | None], delimiter: str) -> None:
        self.format = "%s".join(each.replace("%", "%%") for each in form.constants)
        self.pieces = form.pieces
        self.at = [tuple(columns.index(name) for name in piece.columns) for piece in form.pieces]
        self.known = [_Known(piece) if len(piece.columns) == 1 else None for piece in form.pieces]
        self.each = list(zip(form.pieces, self.at, self.known, strict=True))
        self.shapes = [index for index, piece in enumerate(form.pieces) if piece.shape]
        self.passed: set[tuple[str | None, ...]] = set()
        self.delimiter = delimiter
        line = _line(form.pieces, columns, delimiter)
        self.lines, self.line = re.compile(f"^{line}()\r?$", re.MULTILINE).findall, re.compile(line).fullmatch

    def row(self, cells: Sequence[str], *, sure: bool = True) -> str | None:
        """The text of a row. Not `sure`: whether or not its shape is known to pass."""
        # a delimiter in a cell makes one cell too many
        plain = self.line(self.delimiter.join(cells))
        made = self._made(cells) if plain is None else self._plainly(plain.groups())
        if None in made or (sure and self._shape(made) not in self.passed):
            return None
        return self.format % tuple(made)

    def passes(self, cells: Sequence[str]) -> None:
        """Remember that the shape of a row was looked at in full, and is right."""
        made = self._made(cells)
        if None not in made:
            if len(self.passed) >= _MOST_KNOWN:
                self.passed.clear()
            self.passed.add(self._shape(made))

    def block(self, text: str) -> tuple[int, str] | None:
        """The rows of a text of whole lines: how many, and their texts; None where a line is not plain."""
        # with the empty group there are always several, and what is found are tuples
        found: list[tuple[str, ...]] = self.lines(text)
        if not found or len(found) != text.count("\n"):
            return None
        cells = list(zip(*found, strict=True))
        columns = [self._column(index, cells) for index in range(len(self.pieces))]
        if any(self._refuses(index, column) for index, column in enumerate(columns)):
            return None
        shapes = [columns[index] for index in self.shapes]
        if not (self.passed.issuperset(zip(*shapes, strict=True)) if shapes else () in self.passed):
            return None
        rows = zip(*columns, strict=True) if columns else ((),) * len(found)
        return len(found), "".join(map(self.format.__mod__, rows))

    def _column(self, index: int, cells: Sequence[Sequence[str]]) -> Sequence[str | None]:
        piece, at, known = self.pieces[index], self.at[index], self.known[index]
        if piece.plain is not None:
            return cells[at[0]]
        if known is not None:
            return list(map(known.__getitem__, cells[at[0]]))
        return [piece.make(each) for each in zip(*(cells[each] for each in at), strict=True)]

    def _refuses(self, index: int, column: Sequence[str | None]) -> bool:
        return self.pieces[index].plain is None and None in column

    def _plainly(self, cells: Sequence[str]) -> list[str | None]:
        return [cells[at[0]] if piece.plain else self._piece(piece, at, known, cells) for piece, at, known in self.each]

    def _made(self, cells: Sequence[str]) -> list[str | None]:
        return [self._piece(piece, at, known, cells) for piece, at, known in self.each]

    @staticmethod
    def _piece(piece: Piece, at: tuple[int, ...], known: _Known | None, cells: Sequence[str]) -> str | None:
        return known[cells[at[0]]] if known is not None else piece.make([cells[index] for index in at])

    def _shape(self, made: Sequence[str | None]) -> tuple[str | None, ...]:
        return tuple(made[index] for index in self.shapes)


def _line(pieces: Iterable[Piece], columns: Sequence[str | None], delimiter: str) -> str:
    """A regular expression of a line whose cells are plain, with a group for each."""
    plain: dict[str | None, Plain] = {}
    for piece in pieces:
        if piece.plain is not None:
            name = piece.columns[0]
            plain[name] = piece.plain.both(plain[name]) if name in plain else piece.plain
    loose = rf'([^{re.escape(delimiter)}"\n\r\0\ud800-\udfff]{{0,1000}})'
    return re.escape(delimiter).join(plain[name].pattern(delimiter) if name in plain else loose for name in columns)
