"""The person who makes a call: at a terminal, or through a pipe, where each line is an answer and nothing waits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from textwrap import indent

import click

from ...caller.asked import Question
from ...caller.person import Meanwhile, Sends
from ...caller.platform.transcript import Happened
from ...caller.rehearsals.said_where import Flow
from ...text.reports.display import safe
from .asking import asks
from .hearing import Hearing
from .rows import INDENT, broken
from .terminal import Terminal
from .told import told


class Person:
    """A person who calls, and is gone at the end of the input, or with Ctrl-C."""

    def __init__(self, flow: Flow | None, terminal: Terminal | None = None, *, takes_time: bool = False) -> None:
        self.flow, self.terminal = flow, terminal
        self.takes_time = takes_time and terminal is not None
        self.is_over = self.is_interrupted = False

    def asked(self, question: Question) -> str | None:
        """What the person answers; None when nobody is there any more."""
        terminal = self.terminal
        return self._unless_gone(
            lambda: asks(terminal, question, question.begun) if terminal is not None else _typed(question.text)
        )

    def hears(self, happened: Happened, question: Question, *, early: bool, sends: Sends | None) -> Meanwhile:
        """Something is heard in its time: what the person answers meanwhile, or types in vain."""
        assert self.terminal is not None
        line = told(happened, self.flow)
        hearing = Hearing(self.terminal, happened.seconds, early=early, sends=sends)
        typed = self._unless_gone(lambda: hearing.hears(line, question))
        return Meanwhile(typed, hearing.after)

    def told(self, happened: Happened) -> None:
        """Something has happened."""
        line = told(happened, self.flow)
        click.echo(line.on(self.terminal) if self.terminal is not None else line.text)

    def says(self, remark: str) -> None:
        """Something that the person ought to know."""
        click.echo(broken(f"{INDENT}{safe(remark)}", self.terminal.width if self.terminal is not None else 0))

    def _unless_gone(self, answers: Callable[[], str | None]) -> str | None:
        if self.is_over:
            return None
        try:
            answer = answers()
        except KeyboardInterrupt:
            self.is_interrupted, answer = True, None
        self.is_over = answer is None
        return answer


def _typed(text: str) -> str | None:
    """A line of the input, shown where no terminal does that; None at its end."""
    try:
        typed = input(f"{indent(text, INDENT)}> ")
    except EOFError:
        click.echo()
        return None
    except KeyboardInterrupt:
        click.echo()
        raise
    if not sys.stdin.isatty():
        click.echo(safe(typed))
    return typed
