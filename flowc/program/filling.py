"""Values put into the leaves of actions, when a call asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from math import inf
from typing import Any, NamedTuple

from .kinds import dialled
from .program import Action, Fill, Path
from .regular import compiled
from .unfit import Unfit, unfit
from .values import Filler, Names, Template, filler, fit


class UnusableError(Exception):
    """A value does not fit the field it is put into: there is no number to dial.

    `action` is the index of the first action of which that is so; `unfit` says what did not fit in it, and why.
    """

    def __init__(self, action: int, unfit: Unfit) -> None:
        super().__init__(action, unfit)
        self.action, self.unfit = action, unfit


def filled(actions: Sequence[Mapping[str, Any]], fills: Sequence[Fill], known: Names) -> tuple[Action, ...]:
    """Actions with their values. A `talk` that comes out empty is left out. Raises UnusableError.

    What no value goes into is not copied.
    """
    if not fills:
        return tuple([dict(each) for each in actions])
    made: list[Any] = list(actions)
    wrong: list[tuple[_Leaf, object]] = []
    silent = False
    for each in _leaves(fills):
        value = each.value(known)
        if each.talks and type(value) is str and not value.isprintable():
            value = re.sub(_UNSPOKEN, "", value)
        if not each.takes(value):
            wrong.append((each, value))
        elif not wrong:  # after one that was not put in, what is on the way of the next may not have been copied
            _put(made, each, value)
            silent = silent or value == "" or (type(value) is str and value.isspace())
    if wrong:
        leaf, value = min(wrong, key=lambda each: int(each[0].action))
        raise UnusableError(int(leaf.action), unfit(leaf.fill, actions[int(leaf.action)], value))
    return tuple([each for each in made if not _empty(each)] if silent else made)


class _Leaf(NamedTuple):
    """A leaf with what makes its value and tells whether it takes it.

    It lies in an `action`, as `key` in the container that `way` leads to; the first `copied` containers on the way have
    been copied for leaves before it. What `talks` is the words of a plain `talk`. `fill` is what it was made of.
    """

    action: str | int
    way: Path
    key: str | int
    copied: int
    value: Filler
    takes: Callable[[object], bool]
    talks: bool
    fill: Fill


_MOST_READY = 10_000
_ready: dict[int, tuple[Sequence[Fill], tuple[_Leaf, ...]]] = {}
"""Leaves by the identity of their fills, which are kept with them, so that nothing else can have it."""


def _leaves(fills: Sequence[Fill]) -> tuple[_Leaf, ...]:
    """What is told by fills alone, whatever the call: it is made of a program's once."""
    found = _ready.get(id(fills))
    if found is not None and found[0] is fills:
        return found[1]
    made = tuple([_leaf(each, fills[:at]) for at, each in enumerate(fills)])
    if isinstance(fills, tuple):
        if len(_ready) >= _MOST_READY:
            _ready.clear()
        _ready[id(fills)] = fills, made
    return made


def _leaf(each: Fill, before: Sequence[Fill]) -> _Leaf:
    copied = max((_together(each.path[:-1], other.path[:-1]) for other in before), default=0)
    talks = each.into == "text" and each.path[1:] == ("text",)
    return _Leaf(each.path[0], each.path[:-1], each.path[-1], copied, _value(each), _takes(each), talks, each)


def _together(one: Path, other: Path) -> int:
    """How far two paths are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _value(each: Fill) -> Filler:
    template, types = each.template, each.types
    if types == ("string",) and template.whole:
        template = Template((("~", template.parts[0]),))  # a list or a number, too, is the text that spells it
    made = filler(template, ssml=each.into == "ssml", url=each.into == "url")
    if each.into == "phone":
        return lambda known: _dialled(made(known))
    # a text that may stay one needs no fitting
    return made if "string" in types and not template.whole else lambda known: fit(made(known), types)


def _dialled(value: object) -> object:
    return dialled(value) if isinstance(value, str) else value


_UNSPOKEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
"""Control characters: nobody can hear them. In SSML none can stand."""


def _takes(into: Fill) -> Callable[[object], bool]:
    """Whether a value is of a type that its field takes and keeps the field's limits."""
    limits: Mapping[str, Any] = into.limits
    types = [_IS[each] for each in into.types]
    keeps = _keeps(into) if not types or "string" in into.types else lambda _: False

    def takes(value: object) -> bool:
        if isinstance(value, str):
            return keeps(value)
        if (types and not any(each(value) for each in types)) or value not in limits.get("enum", (value,)):
            return False
        if isinstance(value, int | float) and not isinstance(value, bool):
            return bool(limits.get("minimum", value) <= value <= limits.get("maximum", value))
        return True

    return takes


def _keeps(into: Fill) -> Callable[[str], bool]:
    """Whether a text keeps the limits of a field."""
    limits: Mapping[str, Any] = into.limits
    least, most = limits.get("minLength", 0), limits.get("maxLength", inf)
    words, is_url = limits.get("enum"), into.into == "url"
    occurs = compiled(_to_the_end(limits["pattern"])).occurs if "pattern" in limits else None

    def keeps(value: str) -> bool:
        return (
            least <= len(value) <= most
            and (words is None or value in words)
            and (occurs is None or occurs(value))
            and not (is_url and re.search(_DOTS, value))
        )

    return keeps


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


def _to_the_end(pattern: str) -> str:
    """A pattern of a schema; its `$` is the end of the text, and not before a last line break."""
    return re.sub(r"(?<!\\)\$", r"\\Z", pattern)


def _empty(action: Any) -> bool:
    return action.get("action") == "talk" and not str(action.get("text", "")).strip()


def _put(made: list[Any], leaf: _Leaf, value: object) -> None:
    """Put a value into its leaf; the containers on the way are copied, for a program's own are never changed."""
    owner: Any = made
    for at, key in enumerate(leaf.way):
        inner = owner[key]
        if at >= leaf.copied:
            inner = owner[key] = dict(inner) if type(inner) is dict or isinstance(inner, Mapping) else list(inner)
        owner = inner
    owner[leaf.key] = value
