"""A terminal that is read key by key, without echo. It is left as it was found, whatever ends the program."""

from __future__ import annotations

import codecs
import os
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import select
from types import FrameType
from typing import TextIO

import click

from ..output import wants_color

try:
    import termios
except ImportError:  # where there are none, calls are typed line by line
    termios = None  # type: ignore[assignment]

ENTER, END = "\n", "\x04"
"""The Enter key, and Ctrl-D."""

_MOMENT = 1.0
"""Seconds in which a person presses Enter behind an answer that has ended without it."""

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^\[O])?")
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)\Z")
"""What arrows and the like send: nothing that a call knows; and the beginning of that."""


def is_there() -> bool:
    """Whether a person sits at a terminal on which the cursor can be moved."""
    return termios is not None and sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO) -> int:
    """The columns of the screen that a stream is shown on; 0 where it is on none, or nobody knows."""
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except OSError:
        return 0


class Terminal:
    """The keys that a person presses, one by one, and the screen."""

    def __init__(self) -> None:
        self.input = sys.stdin.fileno()
        self.decoder = codecs.getincrementaldecoder("utf-8")(errors="ignore")
        self.begun = ""
        self.keys: deque[str] = deque()
        self.is_stopped = False
        """Whether the person was away (Ctrl-Z): the screen shows something else, and clocks begin anew."""
        self.forgiving = False
        self.forgiven: float | None = None
        self.is_colored = wants_color("auto", sys.stdout)

    @property
    def width(self) -> int:
        """The columns of the screen; 0 where nobody knows."""
        return columns(sys.stdout)

    def aside(self, text: str) -> str:
        """A text as it is shown that is to be read only by who looks for it."""
        return f"\x1b[2m{text}\x1b[22m" if text and self.is_colored else text

    def write(self, text: str) -> None:
        """Show a text."""
        click.echo(text, nl=False)

    def forgives(self) -> None:
        """An answer has ended without Enter. If that key comes at once, out of habit, it ends nothing else."""
        self.forgiving, self.forgiven = True, None

    def read(self, seconds: float | None) -> str | None:
        """The next key; empty if none comes in these seconds, None at the end of the input.

        Raises KeyboardInterrupt.
        """
        now = time.monotonic()
        until = None if seconds is None else now + seconds
        self.forgiven = now + _MOMENT if self.forgiven is None else self.forgiven
        while True:
            key = self._next(until)
            if not key:
                return key
            forgiven = self.forgiving and key == ENTER and time.monotonic() < self.forgiven
            self.forgiving = False
            if not forgiven:
                return key

    def _next(self, until: float | None) -> str | None:
        while not self.keys:
            left = None if until is None else max(until - time.monotonic(), 0.0)
            if not select([self.input], [], [], left)[0]:
                return ""
            try:
                found = os.read(self.input, 1 << 12)
            except OSError:  # the terminal is gone
                found = b""
            if not found:
                return None
            text = self.begun + self.decoder.decode(found)
            cut = _BEGUN.search(text)
            self.begun = cut[0] if cut else ""
            self.keys += _ESCAPES.sub("", text.removesuffix(self.begun)).replace("\r", ENTER)
        return self.keys.popleft()


@contextmanager
def opened() -> Iterator[Terminal]:
    """The terminal of this process, read key by key until the end of the block."""
    terminal = Terminal()
    found = termios.tcgetattr(terminal.input)
    by_key = [*found]
    by_key[3] &= ~(termios.ICANON | termios.ECHO)
    by_key[6] = [*found[6]]
    by_key[6][termios.VMIN], by_key[6][termios.VTIME] = 1, 0

    def back() -> None:
        with suppress(termios.error):  # a terminal that is gone needs nothing
            termios.tcsetattr(terminal.input, termios.TCSANOW, found)

    def begin() -> None:
        termios.tcsetattr(terminal.input, termios.TCSANOW, by_key)

    def ends(number: int, _: FrameType | None) -> None:
        back()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # this stops the process, or ends it as if nothing had listened
        signal.signal(number, ends)
        begin()
        terminal.is_stopped = True

    signals = (signal.SIGTSTP, signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.signal(each, ends) for each in signals if signal.getsignal(each) == signal.SIG_DFL}
    begin()
    try:
        yield terminal
    finally:
        for number, each in before.items():
            signal.signal(number, each)
        with suppress(termios.error):
            termios.tcflush(terminal.input, termios.TCIFLUSH)  # keys for a call that is over are for nobody else
        back()
