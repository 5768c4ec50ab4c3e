"""The caller of a call under way: what is done next, and what was begun and goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .script import Act, Presses, Records, Says


@dataclass(slots=True)
class Caller:
    """Who calls, by a script that is asked for an act only when the caller may act."""

    script: Iterator[Act]
    asking: bool = False
    """Whether the script decides only when it has to: then it is not asked during what is merely heard."""
    ready: float = 0.0
    """The caller does nothing before this moment."""
    under_way: Presses | Says | None = None
    """What the caller began while a prompt was heard, and goes on with at the next question."""
    of: int = -1
    """The number of the act that is under way."""
    deaf: bool = False
    """Whether the last thing that was heard is a prompt that could not be cut short."""
    answer: int = -1
    """The number of the act that was the last answer."""
    _act: Act | None = None
    _is_pulled: bool = False

    def copy(self) -> Caller:
        """The same caller, who goes on apart."""
        begun = self.ready, self.under_way, self.of, self.deaf, self.answer
        return Caller(self.script, self.asking, *begun, self._act, self._is_pulled)

    def next_act(self) -> Act | None:
        """What is done next, which is not done yet; None: nothing more."""
        if not self._is_pulled:
            self._act = next(self.script, None)
            self._is_pulled = True
        return self._act

    def goes_on_with(self, rest: Presses | Says | None) -> None:
        """What is left of the last answer goes on: keys that were more than a question took."""
        self.under_way, self.of = rest, self.answer

    def goes_on(self) -> Presses | Says | None:
        """What is under way, which then is the last answer again, and under way no more."""
        rest, self.under_way = self.under_way, None
        if rest is not None:
            self.answer = self.of
        return rest

    def did(self, number: int) -> None:
        """The next act has come about; it is the one of that number."""
        self._is_pulled = self.deaf = False
        if isinstance(self._act, Presses | Says | Records):
            self.answer = number
