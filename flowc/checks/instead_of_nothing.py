"""What may stand for a variable that is not made, where it is read. Asked only about such a one."""

from __future__ import annotations

from typing import Any

from ..program.evaluate import DEPTH_LIMIT

_ARITHMETIC = frozenset({"+", "-", "*", "/", "//", "%", "neg", "pos"})
_ORDERS = frozenset({"<", "<=", ">", ">="})
_OF_NUMBERS = frozenset({"int", "round", "number", "money"})
_NOTHING = "''"


def default_for(expression: Any, path: tuple[str, ...], name: str) -> str:
    """What to write for a variable in an expression: `vars.n | default(0)` where it is reckoned with."""
    around, value = _found(expression, path, (), 0) or ((), _NOTHING)
    written = f"{name} | default({value})"
    return f"({written})" if around[:1] and around[0] in ("neg", "pos", "slice", "item") else written


def _found(tree: Any, path: tuple[str, ...], around: tuple[Any, ...], depth: int) -> tuple[tuple[Any, ...], str] | None:
    """The tree that a variable stands in, and what may stand for it there; None where it does not stand in one."""
    if not isinstance(tree, list | tuple) or not tree or tree[0] == "lit" or depth > DEPTH_LIMIT:
        return None
    if tree[0] == "path":
        return (around, _standing(around, path)) if tuple(map(str, tree[2:])) == path and tree[1] == "vars" else None
    if tree[0] == "filter" and tree[1] == "default" and tree[2][:1] == ("path",):
        tree = tree[2:]
    inner = (_found(each, path, tuple(tree), depth + 1) for each in tree[1:])
    return next((found for found in inner if found is not None), None)


def _standing(around: tuple[Any, ...], path: tuple[str, ...]) -> str:
    """What stands for nothing, in the kind of value that is wanted there."""
    match around:
        case [str(word), *_] if word in _ARITHMETIC:
            return "0"
        case ["filter", str(name), *_] if name in _OF_NUMBERS:
            return "0"
        case ["filter", "join", listed, *_] | ["compare", _, "in" | "notin", listed]:
            return "[]" if _is(listed, path) else _NOTHING
        case ["compare", *parts]:
            return _beside(parts[::2], parts[1::2])
        case ["not" | "and" | "or", *_] | ["if", ["path", "vars", *_], *_]:
            return "false" if around[0] != "if" or _is(around[1], path) else _NOTHING
    return _NOTHING


def _is(tree: Any, path: tuple[str, ...]) -> bool:
    return tuple(tree[:2]) == ("path", "vars") and tuple(map(str, tree[2:])) == path


def _beside(sides: list[Any], signs: list[Any]) -> str:
    """What stands for one side of a comparison, by what is on the others."""
    values = [each[1] for each in sides if each[:1] in (("lit",), ["lit"])]
    if any(isinstance(each, bool) for each in values):
        return "false"
    if any(type(each) in (int, float) for each in values) or any(each[0] in _ARITHMETIC for each in sides):
        return "0"
    if not any(isinstance(each, str) for each in values) and _ORDERS.intersection(signs):
        return "0"
    return _NOTHING
