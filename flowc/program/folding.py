"""Partial evaluation: expressions with what is known put into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from .evaluate import DEPTH_LIMIT, Expression, evaluate, is_url, known
from .kinds import Url, truth

_NONE: Expression = ("lit", None)


def simplified(expression: Expression, names: Mapping[str, object], depth: int = 0) -> Expression:
    """An expression with what is known put in, and without the branches that are no longer possible."""
    if depth > DEPTH_LIMIT:
        return _NONE

    def inner(each: object) -> object:
        return simplified(each, names, depth + 1) if isinstance(each, list | tuple) else each

    match expression:
        case ["lit", *_]:
            return expression
        case ["path", *path]:
            return literal(evaluate(expression, names)) if known(path, names) else expression
        case ["if", test, yes, *no] if len(no) <= 1:
            return _branch(inner(test), yes, no, inner)
        case ["and" | "or" as word, *parts] if parts:
            return _junction(word, [inner(each) for each in parts])
    return tuple(inner(each) for each in expression)


def is_closed(expression: object) -> bool:
    """Whether an expression reads no name, so that its value is the same whatever is known."""
    return next(paths(expression), None) is None


def paths(expression: object, depth: int = 0) -> Iterator[tuple[str, ...]]:
    """The paths that an expression reads, such as `("params", "agents")`."""
    if not isinstance(expression, list | tuple) or not expression or expression[0] == "lit" or depth > DEPTH_LIMIT:
        return
    if expression[0] == "path":
        yield tuple(map(str, expression[1:]))
        return
    for each in expression[1:]:
        yield from paths(each, depth + 1)


def literal(value: object) -> Expression:
    """The expression that is a value, and stays that value when it is written as text and read again."""
    if isinstance(value, list | tuple):
        return ("list", *map(literal, value))
    if isinstance(value, str) and is_url(value) and not isinstance(value, Url):
        # a text that only looks like a URL must not be taken for a declared one
        return ("~", ("lit", ""), ("lit", value))
    return ("lit", value)


def _branch(test: object, yes: object, no: Sequence[object], inner: Callable[[object], object]) -> Expression:
    if is_closed(test):
        taken = yes if truth(evaluate(test, {})) else (no[0] if no else _NONE)
        return _tree(inner(taken))
    return ("if", test, inner(yes), *(inner(each) for each in no))


def _junction(word: object, parts: list[object]) -> Expression:
    # what is known not to decide is left out; after what decides nothing is read
    kept: list[object] = []
    for each in parts:
        if is_closed(each) and truth(evaluate(each, {})) is (word == "or"):
            kept.append(each)
            break
        if not is_closed(each) or each is parts[-1]:
            kept.append(each)
    return (word, *kept)


def _tree(value: object) -> Expression:
    return value if isinstance(value, list | tuple) else _NONE
