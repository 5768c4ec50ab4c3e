"""Which values of an expression are text, or numbers, whatever a call is like."""

from __future__ import annotations

from collections.abc import Sequence

from ...program.evaluate import Expression
from .scope import CALL_TEXTS, Scope

TEXTS = ("text", "phone", "url", "choice", "list")
"""Types of params that are no numbers."""

_SHOWN = 3


def is_number(tree: Expression, scope: Scope) -> bool:
    """Whether a value is a number for certain."""
    match tree:
        case ["lit", value]:
            return type(value) in (int, float)
        case ["path", "params", str(name)] if scope.params and name in scope.params:
            return scope.params[name].type in ("integer", "number")
        case ["+" | "-" | "*" | "/" | "//" | "%" | "neg" | "pos", *_]:
            return True
    return False


def number_for_certain(tree: Expression, scope: Scope) -> bool:
    """Whether a value is no text, whatever a call is like, but a number or nothing."""
    match tree:
        case ["path", "random" | "confidence"]:
            return scope.call is not None
        case ["path", "vars", str(name)]:
            return scope.call is not None and name in scope.call.numbers()
        case ["filter", "length" | "int" | "round", *_]:
            return True
        case ["lit", *_]:
            return False
    return is_number(tree, scope)


def written_number(tree: Expression) -> str | None:
    """A number that is written out, perhaps with a sign."""
    match tree:
        case ["pos", ["lit", value]] | ["lit", value] if type(value) in (int, float):
            return str(value)
    return None


def text_for_certain(tree: Expression, scope: Scope) -> str | None:
    """How a value is called that is text whatever happens; None for any other."""
    match tree:
        case ["path", "call", str(part)] if part in CALL_TEXTS:
            return f"call.{part}"
        case ["path", "hours", str(name)]:
            return f"hours.{name}"
        case ["path", "now" | "today" | "language" as name]:
            return str(name)
        case ["path", "vars", str(name)] if scope.call is not None and name in scope.call.texts():
            return f"vars.{name}"
        case ["path", "params", str(name)] if scope.params and name in scope.params:
            return f"params.{name}" if scope.params[name].type in TEXTS[:-1] else None
    return None


def numbers(name: str, scope: Scope) -> list[object]:
    """The items of the list that a param is bound to, where they are numbers all; else none."""
    param = scope.params.get(name) if scope.params else None
    value = scope.known.get(name, param.default if param is not None else None)
    items = value if isinstance(value, list) else []
    return items if all(type(each) in (int, float) for each in items) else []


def quoted(found: Sequence[object], sign: str) -> str:
    """What to write for a list of numbers whose items should be text."""
    items = ", ".join(f"{sign}{each}{sign}" for each in found[:_SHOWN])
    return f"put them in quotes: `[{items}{', …' if len(found) > _SHOWN else ''}]`"
