"""Values put into the leaves of actions, when a call asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .calendar import state, zone
from .program import Action, Fill, Path, Program
from .understand import Event
from .values import Names, Template, fill, fit

if TYPE_CHECKING:
    from .walking import State


class UnusableError(Exception):
    """A value does not fit the field it is put into: there is no number to dial.

    `action` is the index of the first action of which that is so.
    """

    def __init__(self, action: int) -> None:
        super().__init__(action)
        self.action = action


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
    unfit = []
    for each in fills:
        value = _value(each, known)
        if usable(value, each):
            _put(made, each.path, value)
        else:
            unfit.append(int(each.path[0]))
    if unfit:
        raise UnusableError(min(unfit))
    return tuple([each for each in made if not _empty(each)])


def _value(each: Fill, known: Names) -> object:
    template = each.template
    if each.types == ("string",) and template.whole:
        template = Template((("~", template.parts[0]),))  # a list or a number, too, is the text that spells it
    return fit(fill(template, known, ssml=each.into == "ssml", url=each.into == "url"), each.types)


def usable(value: object, into: Fill) -> bool:
    """Whether a value is of a type that its field takes and keeps the field's limits."""
    limits: Mapping[str, Any] = into.limits
    if (into.types and not any(_IS[each](value) for each in into.types)) or value not in limits.get("enum", (value,)):
        return False
    if isinstance(value, str):
        pattern = limits.get("pattern")
        return (
            limits.get("minLength", 0) <= len(value) <= limits.get("maxLength", len(value))
            and (pattern is None or _pattern(pattern).search(value) is not None)
            and not (into.into == "url" and re.search(_DOTS, value))
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        return bool(limits.get("minimum", value) <= value <= limits.get("maximum", value))
    return True


_IS: Mapping[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}
"""Whether a value is of a JSON type."""

TYPES = frozenset(_IS)
"""The JSON types."""

_DOTS = r"/\.\.?(?:[/?#]|$)"
"""A step up in the path of a URL: a value that is `..` must not lead to another place of a server."""


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of a schema; its `$` is the end of the text, and not before a last line break."""
    return re.compile(re.sub(r"(?<!\\)\$", r"\\Z", pattern))


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
