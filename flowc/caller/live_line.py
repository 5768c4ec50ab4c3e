"""The line of a call that a person makes: it says what happens when it does, and what can be done there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .platform.application import Application, Call
from .platform.line import Line
from .platform.ncco import Action, Input, Stream, Talk
from .platform.script import Act
from .platform.transcript import Happened, What


class LiveLine(Line):
    """A line whose caller decides only when it has to be; `noted` is told of each thing that happens."""

    def __init__(
        self, application: Application, call: Call, acts: Iterator[Act], noted: Callable[[Happened], None]
    ) -> None:
        super().__init__(application, call, acts)
        self.noted = noted
        self.asking = True

    def note(self, what: What, said: str = "", seconds: float = 0.0, language: str = "", times: int = 1) -> None:
        """Something happens now and lasts so long."""
        super().note(what, said, seconds, language, times)
        self.noted(self.happened[-1])

    @property
    def action(self) -> Action | None:
        """The action that is played; None before the first and behind the last."""
        return self.ncco.actions[self.number] if self.number >= 0 else None

    @property
    def following(self) -> Input | None:
        """The question that can be answered during the prompts before it."""
        if not self.barge_in:
            return None
        behind = self.ncco.actions[self.number + 1 :]
        action = next((each for each in behind if not isinstance(each, Talk | Stream)), None)
        return action if isinstance(action, Input) and not action.asynchronous else None
