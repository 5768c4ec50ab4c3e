"""The rows of a table, and what may be wrong with one.

A row that cannot be read is a row all the same; reading goes on behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from ..text.diagnostics import Rule
from ..text.nearest import nearest

BROKEN_ROW = Rule(
    "E651",
    "broken-row",
    """A row of a data file cannot be read: it has more or fewer cells than the header, a quote is not closed, it is not
text in UTF-8, or a line is no JSON object.

What it would say cannot be told from it, and a guess would call somebody with the words of another.

Correct the row. `--bad-rows skip` leaves such rows out and goes on.""",
)

MOST = 1 << 20
"""Characters of a row that is read at all."""


class Fault(NamedTuple):
    """What is wrong with a row: where in its text, and the fix."""

    message: str
    hint: str | None = None
    at: tuple[int, int] | None = None


class Row(NamedTuple):
    """A row: its number and the line that it begins in, both from 1, and its text.

    `cells` are its cells as texts in the order of the columns, None where some are no texts; `names` the names of
    those that count; `data` its values, where they are no cells.
    """

    number: int
    line: int
    text: str
    cells: Sequence[str] | None = None
    names: Sequence[str | None] = ()
    data: Mapping[str, object] | None = None
    fault: Fault | None = None

    @property
    def values(self) -> Mapping[str, object]:
        """What it gives, by name. An empty cell gives nothing."""
        if self.data is not None:
            return self.data
        pairs = zip(self.names, self.cells or (), strict=False)
        return {name: cell for name, cell in pairs if name is not None and cell}


class Table(Protocol):
    """What reads rows: `rows` takes the lines of a block, and more of them where a row goes on behind it."""

    number: int

    def rows(self, line: int, text: str) -> Iterator[Row]: ...


def strange(name: str, columns: Sequence[str], unread: Sequence[str]) -> tuple[str, str]:
    """What is wrong with a name that is given and has no effect, and the fix."""
    if name in unread:
        message = f"the document does not read `{name}`, so it is the same for every row"
        return message, f"take its default away and build again, or --ignore-column {name}"
    near = nearest(name, columns)
    return f"there is no param `{name}`", f"did you mean `{near}`?" if near else f"--ignore-column {name}"


def unreadable(line: str) -> Fault | None:
    """What is wrong with a line that no reader could make anything of."""
    if len(line) > MOST:
        return Fault("this row is longer than 1 MiB", "is a quote or a line break missing before it?")
    if "\0" in line:
        at = line.index("\0")
        return Fault("this row holds a byte with the value zero", "take it out", (at, at + 1))
    if not line.isascii():
        try:
            line.encode()
        except UnicodeEncodeError as error:
            byte = bytes([ord(line[error.start]) & 0xFF])
            hint = f"save the file as UTF-8; in Windows-1252 this byte would be `{byte.decode('cp1252', 'replace')}`"
            return Fault(f"the byte {byte.hex().upper()} is not UTF-8 here", hint, (error.start, error.start + 1))
    return None
