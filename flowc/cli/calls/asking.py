"""Asks a person at a terminal, while the clock of the platform runs."""

from __future__ import annotations

import time
from math import ceil

from ...caller.asked import Listens, Question
from ...text.reports.display import cells
from .rows import INDENT, question
from .terminal import END, ENTER, Terminal

READING = 0.5
"""The part of the time for which words are spoken in which a person reads them: an assumption of ours."""

_ROOM = 10
"""Columns behind a question, at the least."""

_RUB_OUT, _WORD, _LINE = ("\x7f", "\x08"), "\x17", "\x15"
"""The keys that take back a character, a word (Ctrl-W), and all that was typed (Ctrl-U)."""


def asks(terminal: Terminal, asked: Question, typed: str = "") -> str | None:
    """What a person answers, who may have begun already; None when there is nobody any more. Raises KeyboardInterrupt.

    A question of the platform ends without the Enter key as it does on the phone: with its last key, or with its time.
    """
    row = _Row(terminal, asked.text, typed)
    try:
        return _answer(terminal, asked.listens, row)
    finally:
        row.ends()


def _answer(terminal: Terminal, listens: Listens | None, row: _Row) -> str | None:
    clock = _Clock(listens, row.typed)
    while True:
        left = clock.left()
        row.counts(clock.shown(left))
        if (listens is not None and listens.has_all(row.typed)) or (left is not None and left <= 0):
            terminal.forgives()
            return row.typed
        key = terminal.read(_TICK if left is None else left % 1 or _TICK)
        if terminal.is_stopped:
            terminal.is_stopped = False
            row.draws()
            clock = _Clock(listens, row.typed)
        if key is None or (key == END and not row.typed):
            return None
        if key == ENTER:
            return row.typed
        if key and row.takes(key):
            clock = _Clock(listens._replace(heard=0.0) if listens is not None else None, row.typed)


_TICK = 1.0
"""Seconds after which the clock is looked at again, at the latest."""


class _Clock:
    """The time that the platform waits for the next key. Before the first, what was heard is read."""

    def __init__(self, listens: Listens | None, typed: str) -> None:
        self.lasts = listens.waits(typed) if listens is not None else None
        self.begins = time.monotonic()
        if listens is not None and not typed:
            self.begins += listens.heard * READING

    def left(self) -> float | None:
        """The seconds that are left; None where nobody counts them."""
        return self.begins + self.lasts - time.monotonic() if self.lasts is not None else None

    def shown(self, left: float | None) -> str:
        """What the person sees of them: nothing before they run."""
        return f"{ceil(left)} s" if left is not None and self.lasts is not None and 0 < left <= self.lasts else ""


class _Row:
    """The row of the screen on which an answer is typed: what is left of the time, the question, the answer."""

    def __init__(self, terminal: Terminal, text: str, typed: str) -> None:
        self.terminal = terminal
        *above, self.last = question(text, terminal.width, _ROOM)
        for each in above:
            terminal.write(f"{each}\n")
        self.last += "> "
        self.typed = typed
        self.draws()

    def draws(self) -> None:
        """Draw all of it."""
        self.seen, self.counted = "", ""
        self.terminal.write(f"\r\x1b[K{self.last}")
        self._shows()

    def takes(self, key: str) -> bool:
        """A key is typed; whether that changes the answer."""
        before = self.typed
        if key in _RUB_OUT:
            self.typed = before[:-1]
        elif key == _WORD:
            self.typed = before.rstrip().rpartition(" ")[0]
        elif key == _LINE:
            self.typed = ""
        elif key.isprintable():
            self.typed += key
        self._shows()
        return self.typed != before

    def counts(self, left: str) -> None:
        """Show what is left of the time, in the column of the times; nowhere on a screen too narrow for that."""
        if left != self.counted and self.last.startswith(INDENT):
            back = cells(self.last) - len(INDENT) + cells(self.seen)
            self.terminal.write(f"\r{left:>{len(INDENT) - 2}}  \x1b[{back}C")
            self.counted = left

    def ends(self) -> None:
        """The answer is as long as it is, and stays."""
        self.counts("")
        self._shows(whole=True)
        self.terminal.write("\n")

    def _shows(self, *, whole: bool = False) -> None:
        """Show the answer, of a long one its end; what is on the screen already is left alone."""
        room = max(self.terminal.width - cells(self.last) - 1, 1) if self.terminal.width and not whole else None
        seen = self.typed if room is None or cells(self.typed) <= room else f"…{_end(self.typed, room - 1)}"
        if seen.startswith(self.seen):
            self.terminal.write(seen[len(self.seen) :])
        else:
            self.terminal.write(f"\r\x1b[{cells(self.last)}C\x1b[K{seen}")
        self.seen = seen


def _end(text: str, room: int) -> str:
    """As much of the end of a text as there is room for."""
    start = len(text)
    while start > 0 and cells(text[start - 1 :]) <= room:
        start -= 1
    return text[start:]
