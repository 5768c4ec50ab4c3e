"""Programs in pseudo-terminals of their own, as a person has them before the eyes."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

PATIENCE = 20
"""Seconds after which something is taken for broken; nothing takes a fifth of it."""

_STYLE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal:
    """A program in a pseudo-terminal, and all that it has printed and nobody has read yet. Colours are left out."""

    def __init__(self, *arguments: str, columns: int = 0, **environment: str) -> None:
        self.process, self.end = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("4H", 50, columns, 0, 0))
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # where these tests run in the background it is ignored
            known = {name: value for name, value in os.environ.items() if name not in ("TERM", "NO_COLOR")}
            os.execve(sys.executable, [sys.executable, *arguments], {**known, "TERM": "xterm", **environment})
        self.printed = self.all = ""

    def until(self, words: str) -> str:
        """What is printed up to these words, which then count as read."""
        begun = time.monotonic()
        while words not in self.printed and time.monotonic() < begun + PATIENCE:
            if not select.select([self.end], [], [], 1)[0]:
                continue
            try:
                found = os.read(self.end, 1 << 16)
            except OSError:  # how a terminal says that nobody is there any more
                break
            self.all += found.decode()
            self.printed = _STYLE.sub("", self.printed + found.decode())
        before, there, self.printed = self.printed.partition(words)
        assert there, f"{words} is not printed, but {before}"
        return before

    def types(self, keys: str) -> None:
        """Press keys. They wait until the program reads them."""
        os.write(self.end, keys.encode())

    def code(self) -> int:
        """The exit code."""
        begun = time.monotonic()
        with contextlib.suppress(OSError):  # what is not read would keep it
            while not select.select([self.end], [], [], 1)[0] or os.read(self.end, 1 << 16):
                if time.monotonic() > begun + PATIENCE:
                    os.kill(self.process, signal.SIGKILL)
        status = os.waitpid(self.process, 0)[1]
        os.close(self.end)
        return os.waitstatus_to_exitcode(status)


def flowc(*arguments: str, columns: int = 0, **environment: str) -> Terminal:
    """flowc in a terminal."""
    return Terminal("-m", "flowc", *arguments, columns=columns, **environment)


SHELL = """
import os, signal, subprocess, sys, termios
def mode():
    return termios.tcgetattr(0)[:4]
def foreground(group):
    os.tcsetpgrp(0, group)
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
before = mode()
child = subprocess.Popen([sys.executable, "-m", "flowc", *sys.argv[1:]], process_group=0, restore_signals=True)
foreground(child.pid)
print(f"job {child.pid};", flush=True)
while True:
    _, status = os.waitpid(child.pid, os.WUNTRACED)
    foreground(os.getpgrp())
    how = "stopped" if os.WIFSTOPPED(status) else f"ended {os.waitstatus_to_exitcode(status)}"
    print(f"{how}, terminal {'as before' if mode() == before else 'changed'};", flush=True)
    if not os.WIFSTOPPED(status):
        break
    foreground(child.pid)
    os.kill(child.pid, signal.SIGCONT)
"""


def flowc_in_a_shell(*arguments: str) -> Terminal:
    """flowc as a job of a small shell, which says how it ended and whether the terminal is as it was before."""
    return Terminal("-c", SHELL, *arguments)
