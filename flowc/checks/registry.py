"""The checks: generator functions that look at a thing and say what could go wrong for a caller."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from ..text.diagnostics import Diagnostic, Rule
from ..text.document import Place

T = TypeVar("T")


class Said(NamedTuple):
    """What a check has to say at one place: see `flowc.text.diagnostics.Rule.at`."""

    place: Place
    message: str
    hint: str | None = None
    labels: tuple[tuple[Place, str], ...] = ()


class Check(NamedTuple):
    """A rule and the function that looks for it."""

    rule: Rule
    look: Callable[..., Iterator[Said]]


def check(
    code: str, name: str, book: list[Check]
) -> Callable[[Callable[[T], Iterator[Said]]], Callable[[T], Iterator[Said]]]:
    """Register a check in a book; its docstring is the page of its rule."""

    def register(look: Callable[[T], Iterator[Said]]) -> Callable[[T], Iterator[Said]]:
        book.append(Check(Rule(code, name, inspect.cleandoc(look.__doc__ or "")), look))
        return look

    return register


def run(book: Iterable[Check], thing: object) -> Iterator[Diagnostic]:
    """What all checks of a book say of a thing."""
    for rule, look in book:
        for place, message, hint, labels in look(thing):
            yield rule.at(place, message, hint, *labels)
