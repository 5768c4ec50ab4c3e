"""What is worth trying to get somewhere: the values with which a program compares what it is told from outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...program.calendar import state
from ...program.evaluate import evaluate
from ...program.folding import is_closed, paths
from ...program.program import Program
from ..platform.application import Call
from .examples import Where
from .live_names import chosen_by
from .paths_of import plain, targets
from .solved import solved
from .uncompared import Saved, asked_for, dates, saved_by, truths, with_each_other

_NUMBER = "447700900123"
_USUAL: Mapping[Where, str] = {("call", "from"): Call().caller, ("call", "to"): Call().to}
"""The numbers of a call that is not said to be otherwise."""


class Start(NamedTuple):
    """How a call begins: who calls whom and when, and what `random` is in it."""

    call: Call
    chance: float = 0.5


def compared(program: Program) -> Mapping[Where, list[object]]:
    """For each path that chooses the way the values that it is compared with, also by what it is remembered as."""
    found: dict[Where, list[object]] = defaultdict(list)
    saved = saved_by(program)
    _fitting(program, found)
    for document in program.documents.values():
        for way in document.chooses:
            _compared(way.test, program, saved, found)
            for path in asked_for(way.test):
                if path[0] == "vars":
                    found[path] += [each for each in ("",) if each not in found[path]]
        for each in document.sets:
            for part in each.value.parts:
                _compared(part, program, saved, found)
    truths(program, saved, found)
    sets = [(("vars", *each.path), each.value.parts) for d in program.documents.values() for each in d.sets]
    for _ in range(2):  # a value that is handed on twice is rare enough
        for to, parts in sets:
            for path in dict.fromkeys(path for part in parts for path in targets(part)):
                found[path] += [each for each in found.get(to, ()) if each not in found[path]]
    chosen: dict[Where, list[object]] = {path: [] for path in sorted(chosen_by(program))}
    return chosen | {path: values for path, values in found.items() if values}


def hours(program: Program, at: float) -> dict[str, str]:
    """What each calendar of a program says at a moment."""
    return {name: state(each, at) for name, each in program.hours.items()} if program.hours else {}


def _compared(tree: object, program: Program, saved: Saved, found: dict[Where, list[object]], depth: int = 0) -> None:
    """Note what an expression compares paths with, and that it asks whether they are there."""
    if not isinstance(tree, list | tuple) or not tree or depth > 64 or tree[0] in ("lit", "path"):
        return
    if tree[0] == "compare":
        values = [_value(each, program) for each in tree[1::2]]
        for each, value in zip(tree[1::2], values, strict=True):
            near = [one for other in values if other is not value for one in other]
            near += dates(tree, each, program) if not near else []
            for path in targets(each):
                if path not in _USUAL or plain(each) == path:  # a part of a number is no number
                    found[path] += [one for one in near if one not in found[path]]
        _made_of(tree, program, saved, found)
        with_each_other(tree, saved, found)
    for each in tree[1:]:
        _compared(each, program, saved, found, depth + 1)


def _made_of(tree: Sequence[object], program: Program, saved: Saved, found: dict[Where, list[object]]) -> None:
    """Note for what values a comparison holds that compares not a value itself, but something made of it."""
    read = {path for path in paths(tree) if path[0] != "params"}
    if len(read) != 1 or any(plain(side) in read for side in tree[1::2]):
        return
    (path,) = read
    if path[0] in ("call", "vars"):
        usual = [_USUAL[path]] if path in _USUAL else []
        known = [*found[path], *usual]
        both = any(path[:length] in saved.answers for length in range(2, len(path) + 1))
        made = solved(tree, path, program.params, known, phone=path in _USUAL, both=both)
        found[path] += [each for each in made if each not in known]


def _fitting(program: Program, found: dict[Where, list[object]]) -> None:
    """Note numbers and URLs for what has to be one: else a call is passed over."""
    fills = [fill for document in program.documents.values() for fill in document.fills]
    fills += [fill for wait in program.waits.values() for fill in wait.fills]
    for fill in fills:
        value = (
            "https://example.com/" if fill.into == "url" else _NUMBER if fill.path[-1] in ("number", "from") else None
        )
        for path in [path for part in fill.template.parts for path in targets(part)] if value is not None else ():
            is_told = path[0] == "vars" or path[:2] == ("call", "custom_data")
            if is_told and value not in found[path]:
                found[path].append(value)


def _value(tree: object, program: Program) -> list[object]:
    """The values that stand in a comparison, and their neighbours; of what only a call knows, none."""
    read = [path[0] for path in paths(tree)]
    if any(name != "params" for name in read) or not (read or is_closed(tree)):
        return []
    value = evaluate(tree, {"params": program.params})
    if isinstance(value, list | tuple):
        return [*value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return [] if value is None else [value]
    return [value, value + 1, value - 1] if isinstance(value, int) else [value, value + 0.01, value - 0.01]
