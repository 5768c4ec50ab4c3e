"""The catalogue: every rule of every room. Imports all of them, so it is asked only when names are looked up."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from .checks.registry import Check
from .text.diagnostics import Rule

ROOMS = ("text", "language", "checks", "caller", "hosting", "workspace")
"""The rooms that say something. Their rules stand at the top level of the modules that report them: each as a
name of its own, in a tuple, list or mapping of rules, or in a book of checks."""


def all_rules() -> list[Rule]:
    """Every rule there is, by code within errors and warnings mixed: by its digits, then its letter."""
    return sorted(set(_rules()), key=lambda rule: (rule.code[1:], rule.code, rule.name))


@cache
def by_name() -> dict[str, Rule]:
    """Every rule by the name that people type in `allow:`."""
    return {rule.name: rule for rule in all_rules()}


@cache
def by_code() -> dict[str, Rule]:
    """Every rule by its code."""
    return {rule.code: rule for rule in all_rules()}


def _rules() -> Iterator[Rule]:
    for room in ROOMS:
        package = import_module(f"{__package__}.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield from _rules_in(list(vars(import_module(module.name)).values()))


def _rules_in(things: object) -> Iterator[Rule]:
    match things:
        case Rule():
            yield things
        case Check(rule=rule):
            yield rule
        case dict():
            yield from _rules_in([each for each in things.values() if isinstance(each, Rule)])
        case list() | tuple():
            for each in things:
                if isinstance(each, Rule | Check | dict | list | tuple):
                    yield from _rules_in(each)
