"""How wide a text stands on a screen, and which characters may be shown there as they are."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

TAB = "    "
WIDTH = 100
"""Cells of a source line that are shown; a longer line is cut around the place."""
_BEFORE = WIDTH // 3


class Cut(NamedTuple):
    """A source line as shown: its text, the cells before the place, and the cells of the place (at least one)."""

    text: str
    before: int
    width: int


def safe(text: str) -> str:
    """The text with what would move the cursor, turn the writing round or break the output made visible."""
    return text if text.isascii() and text.isprintable() else text.translate(_VISIBLE)


def cut(line: str, start: int, end: int) -> Cut:
    """A line with the place from `start` to `end` (offsets in the line), cut to the width of a screen around it."""
    left, right = _window(line, start)
    head, tail = "…" if left else "", "…" if right < len(line) else ""
    before = cells(head) + cells(line[left:start])
    shown = safe(line[left:right].replace("\t", TAB))
    return Cut(head + shown + tail, before, max(1, cells(line[start : min(end, right)])))


def _window(line: str, start: int) -> tuple[int, int]:
    if len(line) <= WIDTH and cells(line) <= WIDTH:
        return 0, len(line)
    left = max(0, min(start - _BEFORE, len(line) - WIDTH))
    right, used = left, 0
    # Characters without width could pile up without end: no more of them than cells.
    while right < min(len(line), left + 2 * WIDTH) and (used := used + _cells_of(line[right])) <= WIDTH:
        right += 1
    return left, max(right, min(start + 1, len(line)))


def cells(text: str) -> int:
    """The cells a text takes on a screen: wide characters take two, combining ones none, a tab four."""
    if text.isascii():
        return len(text) + text.count("\t") * (len(TAB) - 1)
    return sum(map(_cells_of, text))


def _cells_of(character: str) -> int:
    if character == "\t":
        return len(TAB)
    if character in _INVISIBLE or character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or character in _SKIN_TONES:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


_SKIN_TONES = frozenset("🏻🏼🏽🏾🏿")
_UNSAFE = (*range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_INVISIBLE = frozenset(map(chr, _UNSAFE))
_VISIBLE = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys((*_UNSAFE, *range(0xD800, 0xE000)), 0xFFFD),
}
