"""Where a call is that has answered a sensitive menu: to tell it would be to tell which key was pressed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..program.chains import ways_on
from ..program.program import Program


def behind_choices(program: Program) -> frozenset[str]:
    """Documents and waits that calls come to after a choice among options of a sensitive question, however late."""
    found: set[str] = set()
    left = [to for wait in program.waits.values() if wait.sensitive for to in _options(wait.exits.values())]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += _next(program, name)
    return frozenset([*found, *filter(None, [program.documents[name].asks for name in found])])


def _options(targets: Iterable[str]) -> list[str]:
    """Where options lead, if not all to the same place."""
    different = list(dict.fromkeys(targets))
    return different if len(different) > 1 else []


def _next(program: Program, name: str) -> Iterator[str]:
    """All documents that may follow one, with a webhook in between or without."""
    document = program.documents[name]
    yield from ways_on(document)
    wait = program.waits.get(document.asks or document.fails or "")
    if wait is not None:
        yield from wait.exits.values()
        yield from [wait.answered] if wait.answered is not None else []
        yield from [to for failure in wait.failures for to in failure]
