"""Values put into the leaves of actions, when a call asks for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .calendar import state, zone
from .program import Action, Fill, Path, Program
from .understand import Event
from .values import Names, fill, fit

if TYPE_CHECKING:
    from .machine import State


class UnusableError(Exception):
    """A value does not fit the field it is put into: there is no number to dial."""


def names(program: Program, state_: State, event: Event, *, with_secrets: bool = False) -> dict[str, object]:
    """What expressions may read in a call. Secret params are among the params only where they may go."""
    params = {key: each for key, each in program.params.items() if with_secrets or key not in program.secrets}
    return {
        "params": params,
        "call": state_.call,
        "vars": state_.vars,
        "confidence": state_.confidence,
        "random": event.random,
        "hours": {name: state(each, event.now) for name, each in program.hours.items()},
        **_clock(program.timezone, event.now),
    }


def filled(actions: Sequence[Mapping[str, Any]], fills: Sequence[Fill], known: Names) -> tuple[Action, ...]:
    """Actions with their values. A `talk` that comes out empty is left out. Raises UnusableError."""
    if not fills:
        return tuple([dict(each) for each in actions])
    made: list[Any] = [_copy(each) for each in actions]
    for each in fills:
        _put(made, each.path, _value(each, known))
    return tuple([each for each in made if not _empty(each)])


def _value(each: Fill, known: Names) -> object:
    value = fill(each.template, known, ssml=each.into == "ssml", url=each.into == "url")
    value = fit(value, each.types) if value is not None else ""
    if not usable(value, each.limits):
        raise UnusableError
    return value


def usable(value: object, limits: Mapping[str, Any]) -> bool:
    """Whether a value keeps the limits of its field: keywords of JSON Schema."""
    if "enum" in limits and value not in limits["enum"]:
        return False
    if isinstance(value, str):
        pattern = limits.get("pattern")
        return limits.get("minLength", 0) <= len(value) <= limits.get("maxLength", len(value)) and (
            pattern is None or _pattern(pattern).search(value) is not None
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        return bool(limits.get("minimum", value) <= value <= limits.get("maximum", value))
    return True


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _empty(action: Any) -> bool:
    return action.get("action") == "talk" and not str(action.get("text", "")).strip()


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list | tuple) else value


def _put(owner: Any, path: Path, value: object) -> None:
    for key in path[:-1]:
        owner = owner[key]
    owner[path[-1]] = value


def _clock(timezone: str, now: float) -> dict[str, object]:
    """The moment as texts of ISO 8601, in the flow's time zone."""
    local = datetime.fromtimestamp(now, zone(timezone))
    return {"now": local.isoformat(timespec="seconds"), "today": local.date().isoformat()}
