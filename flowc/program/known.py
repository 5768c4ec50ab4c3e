"""What the expressions of a program may read in a call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

from .calendar import state, zone
from .program import Program
from .understand import Event

if TYPE_CHECKING:
    from .walking import State


class Known(Mapping[str, object]):
    """What expressions may read in a call, by name; what only few of them read is made when it is read."""

    __slots__ = ("_event", "_hours", "_program", "_state", "_with_secrets")
    NAMES = ("params", "call", "vars", "confidence", "random", "hours", "now", "today", "clocks")

    def __init__(self, program: Program, state_: State, event: Event, *, with_secrets: bool = False) -> None:
        """Secret params are among the params only with `with_secrets`: where they may go."""
        self._program, self._state, self._event, self._with_secrets = program, state_, event, with_secrets
        self._hours: dict[str, object] | None = None

    def __getitem__(self, name: str) -> object:
        if name not in self.NAMES:
            raise KeyError(name)
        return self.get(name)

    def get(self, name: str, default: object = None) -> object:
        """What a name stands for."""
        match name:
            case "vars":
                return self._state.vars
            case "call":
                return self._state.call
            case "params":
                return self._params()
            case "now" | "today":
                return _clock(self._program.timezone, self._event.now)[name == "today"]
            case "clocks":
                return self._clocks()
            case "hours":
                return self._states()
            case "random":
                return self._event.random
            case "confidence":
                return self._state.confidence
        return default

    def __iter__(self) -> Iterator[str]:
        return iter(self.NAMES)

    def __len__(self) -> int:
        return len(self.NAMES)

    def _states(self) -> Mapping[str, object]:
        if self._hours is None:
            now = self._event.now
            self._hours = {name: state(each, now) for name, each in self._program.hours.items()}
        return self._hours

    def _clocks(self) -> Mapping[str, object]:
        """`now` and `today` by the clocks of used flows."""
        clocks = self._program.clocks.items()
        return {name: dict(zip(("now", "today"), _clock(each, self._event.now), strict=True)) for name, each in clocks}

    def _params(self) -> Mapping[str, object]:
        params, secrets = self._program.params, self._program.secrets
        if self._with_secrets or not secrets:
            return params
        return {key: each for key, each in params.items() if key not in secrets}


def _clock(timezone: str, now: float) -> tuple[str, str]:
    """The moment and its day as texts of ISO 8601, in the flow's time zone."""
    return _second(timezone, floor(now + _HALF_A_MICROSECOND))


_HALF_A_MICROSECOND = 5e-7
"""Moments are rounded to microseconds before they are cut to seconds."""


@lru_cache(maxsize=64)
def _second(timezone: str, second: int) -> tuple[str, str]:
    local = datetime.fromtimestamp(second, zone(timezone))
    return local.isoformat(timespec="seconds"), local.date().isoformat()
