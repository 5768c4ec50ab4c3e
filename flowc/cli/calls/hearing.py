"""What is heard, at a terminal and in its time: words appear as they are spoken, and keys may come early."""

from __future__ import annotations

import time
from collections.abc import Sequence

from ...caller.asked import HANG_UP, KEYS, MEANWHILE, Question, pressed
from ...caller.person import Sends
from ...caller.platform.spoken import CHARACTERS_A_SECOND
from .asking import asks
from .rows import INDENT
from .terminal import END, ENTER, Terminal
from .told import Told


class Hearing:
    """A person who hears something: how many words so far, and what was typed in vain meanwhile."""

    def __init__(self, terminal: Terminal, seconds: float, *, early: bool, sends: Sends | None = None) -> None:
        self.terminal, self.seconds, self.early, self.sends = terminal, seconds, early, sends
        self.vain = ""
        self.passed = 0.0
        self.words = 0
        self.begun = time.monotonic()
        """When it began, as if nothing had kept it since."""
        self.is_cut = False
        """Whether the line that is shown has ended for what was typed."""
        self.ended: float | None = None

    @property
    def after(self) -> float:
        """How many seconds of it have gone by."""
        return self.ended if self.ended is not None else min(time.monotonic() - self.begun, self.seconds)

    def hears(self, told: Told, question: Question) -> str | None:
        """What a person answers meanwhile, or, unless `early`, has typed in vain; None when the person has hung up.

        The Enter key skips the rest. Raises KeyboardInterrupt, which ends the line that is shown, too.
        """
        try:
            return self.listens(told, question)
        except KeyboardInterrupt:
            self.ended = self.after
            self.terminal.write("" if self.is_cut else "\n")
            raise

    def listens(self, told: Told, question: Question) -> str | None:
        """What a person answers meanwhile, as of `hears`."""
        head, words, tail = told.parts(self.terminal)
        self.terminal.write(head)
        key = self.spoken(words, min(len(told.said) / CHARACTERS_A_SECOND, self.seconds))
        is_whole = key in ("", ENTER)
        if is_whole:
            self.terminal.write(tail)
            key = key or self.meanwhile(self.seconds - self.passed)
        if key in ("", ENTER):
            self.ended = self.seconds
            self.terminal.write("\n")
            return self.vain
        self.ended = self.after
        if key == END:
            self.terminal.write("" if self.is_cut else "\n")
            return None
        self.is_cut = True
        self.terminal.write(" (cut short)\n" if is_whole else f"{told.cut(self.words, self.terminal)}\n")
        return asks(self.terminal, question, key)

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
            key = self.terminal.read(max(until - time.monotonic(), 0.0))
            if not key:
                return END if key is None else ""
            if key in (ENTER, END):
                return key
            if key.isprintable() and self.early:
                return key
            if key in KEYS:
                self.presses(key)
            elif key.isprintable():
                begun = time.monotonic()
                try:
                    if self.hangs_up(key):
                        return END
                finally:  # what is heard stands still while this is typed
                    paused = time.monotonic() - begun
                    until += paused
                    self.begun += paused

    def presses(self, keys: str) -> None:
        """Keys are pressed that answer nothing: they are sent one by one, or are in vain."""
        if self.sends is None:
            self.vain += keys
            return
        if not self.is_cut:
            self.is_cut = True
            self.terminal.write(" …\n")
        for key in keys:
            self.sends(key, self.after)
        self.goes_on()

    def goes_on(self) -> None:
        """What is heard goes on, in a line of its own."""
        self.terminal.write(f"{INDENT}…")
        self.is_cut = False

    def hangs_up(self, typed: str) -> bool:
        """Whether the person hangs up, who has begun to type. Anything else is in vain, and what is heard goes on."""
        self.is_cut = True
        self.terminal.write(" …\n")
        answer = asks(self.terminal, MEANWHILE, typed)
        typed = answer.strip() if answer is not None else HANG_UP
        if typed == HANG_UP:
            return True
        if self.sends is not None and pressed(typed):
            self.presses(typed)
        else:
            self.vain += typed
            self.goes_on()
        return False
