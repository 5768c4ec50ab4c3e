"""What the outcome of a test proves to be made. Asked only where a variable seems to be read too early."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..program.evaluate import DEPTH_LIMIT, Expression, evaluate
from ..program.folding import is_closed, paths, simplified
from ..program.kinds import truth

Path = tuple[str, ...]


def proven(test: Any, *, holds: bool, depth: int = 0) -> Iterator[Path]:
    """The variables that are there for certain where a test holds, or where it does not: `vars.a != none`."""
    match test:
        case ["not", part] if depth < DEPTH_LIMIT:
            yield from proven(part, holds=not holds, depth=depth + 1)
        case ["and" | "or" as word, *parts] if depth < DEPTH_LIMIT:
            if holds is (word == "and"):
                for each in parts:
                    yield from proven(each, holds=holds, depth=depth + 1)
        case _:
            yield from _of_one(test, holds=holds)


def _of_one(test: Expression, *, holds: bool) -> Iterator[Path]:
    """The one variable of a comparison, where the outcome would be another one without it."""
    read = {path[1:] for path in paths(test) if path[0] == "vars" and len(path) > 1}
    if len(read) != 1:
        return
    [path] = read
    left = simplified(test, {"vars": {path[0]: None}})
    if is_closed(left) and truth(evaluate(left, {})) is not holds:
        yield path
