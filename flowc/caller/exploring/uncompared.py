"""Values for what is compared with no value: what is asked for alone, with the clock, or with each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import NamedTuple

from ...program.folding import paths
from ...program.program import Fill, Program
from ..platform.application import Call
from .examples import Where, of_pattern
from .moments import CLOCK, clock_around
from .paths_of import path_of, plain, targets

_TEXT = "something"
_TOLD = (("call", "custom_data"), ("call", "user"), ("call", "sip"))
"""What is told of a call that may be there or not."""

Found = MutableMapping[Where, list[object]]
"""For each path the values that are worth trying."""


class Saved(NamedTuple):
    """Where a program remembers what it is told: answers of servers, and of callers, with the pattern of these."""

    answers: frozenset[Where]
    callers: Mapping[Where, str | None]


def saved_by(program: Program) -> Saved:
    """Where that is in a program."""
    requests = [each.requests for each in program.documents.values()]
    answers = frozenset(("vars", *each.save) for each in requests if each is not None and each.save)
    return Saved(answers, {("vars", *each.save): each.pattern for each in program.waits.values() if each.save})


def asked_for(test: object) -> Iterator[Where]:
    """The paths of which a test asks whether there is something."""
    match test:
        case ["and" | "or" | "not", *parts]:
            for each in parts:
                yield from asked_for(each)
        case ["filter", "default", inner, *_] | ["compare", inner, "==" | "!=", ["lit", None]]:
            yield from asked_for(inner)
        case _ if (path := path_of(test)) is not None and (path[0] == "vars" or path[:2] in _TOLD):
            yield path


def truths(program: Program, saved: Saved, found: Found) -> None:
    """Note a true value for what a test asks for that nothing true is compared with: one to hear, where it is heard.

    What callers are asked for has answers of its own.
    """
    tests = [way.test for document in program.documents.values() for way in document.chooses]
    asked = dict.fromkeys(path for test in tests for path in asked_for(test))
    missing = [each for each in asked if each not in saved.callers and not any(found.get(each, ()))]
    if not missing:
        return
    heard = {path for document in program.documents.values() for fill in document.fills for path in _filled(fill)}
    heard |= {path for wait in program.waits.values() for fill in wait.fills for path in _filled(fill)}
    for path in missing:
        whole = {"ok": True} if path in saved.answers else None
        found[path].append(whole or (_TEXT if path in heard or (path[0] == "call" and len(path) == 2) else True))


def _filled(fill: Fill) -> Iterator[Where]:
    for part in fill.template.parts:
        yield from targets(part)


def with_each_other(tree: Sequence[object], saved: Saved, found: Found) -> None:
    """Note values for two that are remembered and compared with each other: such as callers are asked for, if so."""
    match tree:
        case ["compare", left, sign, right]:
            both = [each for each in (plain(left), plain(right)) if each is not None and each[0] == "vars"]
            asked = [saved.callers[each] for each in both if each in saved.callers]
            described = [text for pattern in asked if pattern is not None for text in of_pattern(pattern)]
            values: list[object] = ["1", "2"] if asked or sign in ("==", "!=") else [1, 2]
            for path in both if len(both) > 1 else ():
                found[path] += [each for each in described or values if each not in found[path]]


def dates(tree: Sequence[object], side: object, program: Program) -> list[object]:
    """The values of the clock that a side is compared with, as it is in a usual call, and others around them."""
    found: list[object] = []
    for other in tree[1::2]:
        read = {path[0] for path in paths(other)}
        if other is not side and read and read <= {*CLOCK, "params"} and not read <= {"params"}:
            found += [each for each in clock_around(other, program, Call().started) if each not in found]
    return found
