"""What is heard, at a terminal and in its time: words appear as they are spoken, and keys may come early."""

from __future__ import annotations

import time
from collections.abc import Sequence

from ...caller.asked import HANG_UP, KEYS, MEANWHILE, Question
from ...caller.platform.spoken import CHARACTERS_A_SECOND
from .asking import asks
from .rows import INDENT
from .terminal import END, ENTER, Terminal
from .told import Told


def hears(terminal: Terminal, told: Told, seconds: float, question: Question, *, early: bool) -> str | None:
    """What a person answers meanwhile, or, unless `early`, has typed in vain; None when the person has hung up.

    The Enter key skips the rest. Raises KeyboardInterrupt.
    """
    hearing = _Hearing(terminal, early=early)
    head, words, tail = told.parts(terminal)
    terminal.write(head)
    key = hearing.spoken(words, min(len(told.said) / CHARACTERS_A_SECOND, seconds))
    is_whole = key in ("", ENTER)
    if is_whole:
        terminal.write(tail)
        key = key or hearing.meanwhile(seconds - hearing.passed)
    if key in ("", ENTER):
        terminal.write("\n")
        return hearing.vain
    if key == END:
        terminal.write("" if hearing.is_cut else "\n")
        return None
    terminal.write(" (cut short)\n" if is_whole else f"{told.cut(hearing.words, terminal)}\n")
    return asks(terminal, question, key)


class _Hearing:
    """A person who hears something: for how long so far and how many words, and what was typed in vain meanwhile."""

    def __init__(self, terminal: Terminal, *, early: bool) -> None:
        self.terminal, self.early = terminal, early
        self.vain = ""
        self.passed = 0.0
        self.words = 0
        self.is_cut = False
        """Whether the line that is shown has ended for what was typed."""

    def spoken(self, words: Sequence[str], seconds: float) -> str:
        """Words are spoken: what ends that, as of `meanwhile`. To the Enter key the rest of them is shown at once."""
        size = sum(map(len, words)) or 1
        for number, word in enumerate(words):
            self.terminal.write(word)
            self.words = number + 1
            key = self.meanwhile(seconds * len(word) / size)
            if key:
                self.terminal.write("".join(words[number + 1 :]) if key == ENTER else "")
                return key
        return ""

    def meanwhile(self, seconds: float) -> str:
        """Time goes by, up to a key that ends it: Enter, the first one of an answer, or the end of the call."""
        self.passed += seconds
        until = time.monotonic() + seconds
        while True:
            key = self.next(max(until - time.monotonic(), 0.0))
            if not key:
                return END if key is None else ""
            if key in (ENTER, END):
                return key
            if key.isprintable() and self.early:
                return key
            if key in KEYS:
                self.vain += key
            elif key.isprintable():
                begun = time.monotonic()
                if self.hangs_up(key):
                    return END
                until += time.monotonic() - begun

    def next(self, seconds: float) -> str | None:
        """The next key. Ctrl-C ends the line that is shown, too."""
        try:
            return self.terminal.read(seconds)
        except KeyboardInterrupt:
            self.terminal.write("\n")
            raise

    def hangs_up(self, typed: str) -> bool:
        """Whether the person hangs up, who has begun to type. Anything else is in vain, and what is heard goes on."""
        self.terminal.write(" …\n")
        answer = asks(self.terminal, MEANWHILE, typed)
        self.is_cut = answer is None or answer.strip() == HANG_UP
        if answer is None or self.is_cut:
            return True
        self.vain += answer.strip()
        self.terminal.write(f"{INDENT}…")
        return False
