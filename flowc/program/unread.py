"""Values that an expression makes nothing of: a caller would hear a gap where the author meant something to be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .evaluate import DEPTH_LIMIT, evaluate
from .kinds import truth

_ARITHMETIC = frozenset({"+", "-", "*", "/", "//", "%"})


class Unread(NamedTuple):
    """What makes nothing: a filter by its name, or a sign of arithmetic; and of which value."""

    by: str
    value: object


def computes(expression: object, depth: int = 0) -> bool:
    """Whether an expression has anything in it that may make nothing of a value."""
    if not isinstance(expression, list | tuple) or not expression or expression[0] == "lit" or depth > DEPTH_LIMIT:
        return False
    return expression[0] in ("filter", *_ARITHMETIC) or any(computes(each, depth + 1) for each in expression[1:])


def unread(expression: object, names: Mapping[str, object], depth: int = 0) -> Unread | None:
    """What on the way to what is said makes nothing of a value that was given; None where all is well.

    What is empty was not given. An author who wrote `| default`, `or`, or a test has thought of it.
    """
    if depth > DEPTH_LIMIT:
        return None
    match expression:
        case ["filter", str(name), operand, *_] if name != "default":
            return unread(operand, names, depth + 1) or _nothing(expression, name, [operand], names)
        case [str(sign), one, other] if sign in _ARITHMETIC:
            return (
                unread(one, names, depth + 1)
                or unread(other, names, depth + 1)
                or _nothing(expression, sign, [one, other], names)
            )
        case ["~", *parts]:
            return next(filter(None, (unread(each, names, depth + 1) for each in parts)), None)
        case ["if", test, yes, *no]:
            way = yes if truth(evaluate(test, names)) else no[0] if no else None
            return unread(way, names, depth + 1)
    return None


def _nothing(expression: object, by: str, operands: Sequence[object], names: Mapping[str, object]) -> Unread | None:
    values = [evaluate(each, names) for each in operands]
    if (
        any(each is None or (isinstance(each, str) and not each.strip()) for each in values)
        or evaluate(expression, names) is not None
    ):
        return None
    strange = next((each for each in values if not isinstance(each, int | float)), values[-1])
    return Unread(by, strange)
