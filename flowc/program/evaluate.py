"""The one evaluator of expressions, for build and call alike.

An expression is plain JSON data, a tree of lists whose first item says what it is (a tuple does as well):

    ["lit", value]                     a value
    ["path", "params", "agents"]       what a name and the keys after it lead to
    ["list", e, …]                     a list
    ["item", e, key] ["slice", e, start, stop, step]
    ["if", test, yes, no] ["and", e, …] ["or", e, …] ["not", e]
    ["compare", e, "<", e, …]          with == != < <= > >= in notin
    ["+", a, b] and - * / // %, ["neg", e], ["~", e, …]
    ["filter", name, e, argument, …]

Evaluation is total: a tree that is none of these is none, and so is what lies too deep or takes too many steps.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from .filters import apply, concat
from .kinds import LIST_LIMIT, TEXT_LIMIT, Url, holds, item, less, number, same, sound, text, truth

Expression = Sequence[object]
"""A tree as described above."""

DEPTH_LIMIT = 64
STEP_LIMIT = 20_000

_SCHEMES = ("https://", "http://", "wss://", "ws://")


def evaluate(expression: object, names: Mapping[str, object]) -> object:
    """The value of an expression; `names` holds JSON data by name (`{"params": {"agents": …}}`)."""
    return _value(expression, names, 0, iter(range(STEP_LIMIT)))


def evaluator(expression: Expression) -> Callable[[Mapping[str, object]], object]:
    """What evaluates an expression, for one that is evaluated often; most of them are paths."""
    match expression:
        case ["path", str(name), *keys]:
            return partial(_read, name, tuple(keys))
    return partial(evaluate, expression)


def _read(name: str, keys: tuple[object, ...], names: Mapping[str, object]) -> object:
    """What `_follow` finds, the usual kinds first."""
    value = names.get(name)
    for key in keys:
        value = value.get(key) if type(value) is dict and type(key) is str else item(value, key)
    return value if type(value) is str else sound(value)


def known(path: Sequence[object], names: Mapping[str, object]) -> bool:
    """Whether names can say what a path leads to, be it none: its first two words are there."""
    if not path or path[0] not in names:
        return False
    owner = names[str(path[0])]
    return len(path) == 1 or not isinstance(owner, Mapping) or path[1] in owner


def is_url(value: str) -> bool:
    """Whether a text begins as an absolute URL does."""
    return value.startswith(_SCHEMES)


def _value(expression: object, names: Mapping[str, object], depth: int, steps: Iterator[int]) -> object:
    if depth > DEPTH_LIMIT or next(steps, None) is None:
        return None

    def inner(each: object) -> object:
        return _value(each, names, depth + 1, steps)

    match expression:
        case ["lit", str(value)]:
            # a URL among the author's own words is as good as a declared one
            return Url(value) if is_url(value) else value
        case ["lit", value]:
            return sound(value)
        case ["path", str(name), *keys]:
            return _follow(sound(names.get(name)), keys)
        case ["if", test, yes, *no] if len(no) <= 1:
            return inner(yes) if truth(inner(test)) else inner(no[0] if no else None)
        case ["and" | "or" as word, *parts] if parts:
            return _junction(word == "or", parts, inner)
        case ["compare", first, *rest] if rest and len(rest) % 2 == 0:
            return _compare(inner(first), rest, inner)
        case ["list", *parts]:
            return [inner(each) for each in parts[:LIST_LIMIT]]
        case ["~", *parts]:
            return _joined([inner(each) for each in parts])
        case ["filter", str(name), operand, *arguments]:
            return apply(name, inner(operand), [inner(each) for each in arguments])
        case [str(operation), *parts] if operation in _OPERATIONS:
            count, function = _OPERATIONS[operation]
            return function(*map(inner, parts)) if len(parts) == count else None
    return None


def _follow(value: object, keys: Sequence[object]) -> object:
    for key in keys:
        value = item(value, key)
    return value


def _junction(ends_at: bool, parts: Sequence[object], inner: Callable[[object], object]) -> object:
    value: object = None
    for each in parts:
        value = inner(each)
        if truth(value) is ends_at:
            break
    return value


def _compare(left: object, rest: Sequence[object], inner: Callable[[object], object]) -> bool:
    for word, each in zip(rest[::2], rest[1::2], strict=True):
        right = inner(each)
        if not _holds(left, word, right):
            return False
        left = right
    return True


def _holds(left: object, word: object, right: object) -> bool:
    match word:
        case "==" | "!=":
            return same(left, right) is (word == "==")
        case "<" | ">":
            return less(left, right) if word == "<" else less(right, left)
        case "<=" | ">=":
            return _holds(left, str(word)[0], right) or (_ordered(left, right) and same(left, right))
        case "in" | "notin":
            return holds(right, left) is (word == "in")
    return False


def _ordered(left: object, right: object) -> bool:
    return (isinstance(left, str) and isinstance(right, str)) or number(left) is not None is not number(right)


def _joined(values: list[object]) -> object:
    # a URL to which nothing is added is still that URL
    if values and isinstance(values[0], Url) and not any(text(each) for each in values[1:]):
        return values[0]
    return concat(values)


def _arithmetic(function: Callable[[int | float, int | float], int | float]) -> Callable[[object, object], object]:
    def calculate(left: object, right: object) -> object:
        a, b = number(left), number(right)
        if a is None or b is None:
            return None
        try:
            return number(function(a, b))
        except (ZeroDivisionError, OverflowError):
            return None

    return calculate


def _slice(value: object, start: object, stop: object, step: object) -> object:
    bounds = [each for each in (start, stop, step) if each is None or type(each) is int]
    if len(bounds) < 3 or step == 0 or not isinstance(value, str | list | tuple):
        return None
    part = value[slice(*bounds)]
    return part[:TEXT_LIMIT] if isinstance(part, str) else list(part[:LIST_LIMIT])


def _negative(value: object) -> object:
    known_number = number(value)
    return None if known_number is None else -known_number


_OPERATIONS: dict[str, tuple[int, Callable[..., object]]] = {
    "item": (2, item),
    "slice": (4, _slice),
    "not": (1, lambda value: not truth(value)),
    "neg": (1, _negative),
    "pos": (1, number),
    "+": (2, _arithmetic(operator.add)),
    "-": (2, _arithmetic(operator.sub)),
    "*": (2, _arithmetic(operator.mul)),
    "/": (2, _arithmetic(operator.truediv)),
    "//": (2, _arithmetic(operator.floordiv)),
    "%": (2, _arithmetic(operator.mod)),
}
