"""What is worth trying to get somewhere: the values with which a program compares what it is told from outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from itertools import chain, count, islice, product
from typing import NamedTuple

from ...program.calendar import state, zone
from ...program.evaluate import evaluate
from ...program.folding import is_closed, paths
from ...program.program import Program
from ..platform.application import Call
from .examples import Where
from .live_names import chosen_by

MOST_STARTS = 48
"""How many kinds of calls are begun with at most."""

_MOST_VALUES = 12
_NUMBER = "447700900123"
_STEP = 3
"""The hours between the moments of a week at which calls begin, where a program has calendars."""


class Start(NamedTuple):
    """How a call begins: who calls whom and when, and what `random` is in it."""

    call: Call
    chance: float = 0.5


def compared(program: Program) -> Mapping[Where, list[object]]:
    """For each path that chooses the way the values that it is compared with, also by what it is remembered as."""
    found: dict[Where, list[object]] = defaultdict(list)
    _fitting(program, found)
    for document in program.documents.values():
        for way in document.chooses:
            _compared(way.test, program, found)
            for path in _asked_for(way.test):
                found[path] += [each for each in ("",) if each not in found[path]]
        for each in document.sets:
            for part in each.value.parts:
                _compared(part, program, found)
    sets = [(("vars", *each.path), each.value.parts) for d in program.documents.values() for each in d.sets]
    for _ in range(2):  # a value that is handed on twice is rare enough
        for to, parts in sets:
            for path in dict.fromkeys(path for part in parts for path in _targets(part)):
                found[path] += [each for each in found.get(to, ()) if each not in found[path]]
    chosen: dict[Where, list[object]] = {path: [] for path in chosen_by(program)}
    return chosen | {path: values[:_MOST_VALUES] for path, values in found.items() if values}


def starts(program: Program, call: Call, values: Mapping[Where, Sequence[object]]) -> list[Start]:
    """The kinds of calls that a program tells apart, the given one first; one too many where there are too many."""
    calls = [call, *(_of(call, path[1:], value) for path, found in values.items() for value in found)]
    calls += _of_others(call, values)
    reads_chance = any(path[0] == "random" for path in values)
    chances = [0.5, *sorted({0.0, 0.999} | _near(values.get(("random",), ())))] if reads_chance else [0.5]
    # whoever calls is told apart at one moment, and moments for one who calls; then all of it together
    known = dict.fromkeys(each for each in calls if each is not None)
    both = product(dict.fromkeys(each.caller for each in known), dict.fromkeys(each.to for each in known))
    pairs = [call._replace(caller=caller, to=to) for caller, to in both]
    whens = list(moments(program, call))
    found = chain(product(whens, known, chances), product(whens, pairs, chances))
    kinds = dict.fromkeys(Start(each._replace(started=at), chance) for at, each, chance in found)
    return list(islice(kinds, MOST_STARTS + 1))


def moments(program: Program, call: Call) -> Iterator[float]:
    """A moment of each kind that the program's calendars tell apart, in seconds since 1970; that of the call first."""
    seen: set[str] = set()
    for at in _hours(program, call.started):
        known = str(hours(program, at))
        if known not in seen:
            seen.add(known)
            yield at


def hours(program: Program, at: float) -> dict[str, str]:
    """What each calendar of a program says at a moment."""
    return {name: state(each, at) for name, each in program.hours.items()} if program.hours else {}


def _hours(program: Program, started: float) -> Iterator[float]:
    """The hours of a week, then noon of all dates that calendars name."""
    yield started
    if program.hours:
        yield from [started + hour * 3600 for hour in range(_STEP, 7 * 24, _STEP)]
    for calendar in program.hours.values():
        for day in sorted({*calendar.holidays, *calendar.dates}):
            for hour in (12, 3):
                at = datetime.combine(day, time(hour), zone(calendar.zone)).timestamp()
                if at >= started:
                    yield at


def _of(call: Call, path: Where, value: object) -> Call | None:
    """A call of which a part is so; None for a part that calls do not have."""
    text = str(value)
    match path:
        case ("from",) if text:
            return call._replace(caller=text)
        case ("to",) if text:
            return call._replace(to=text)
        case ("user",) if text:
            return call._replace(user=text, endpoint="app")
        case ("custom_data",):
            return call._replace(custom=text, endpoint="app")
        case ("sip", name) if text:
            return call._replace(headers=((str(name), text),), endpoint="sip")
    return None


def _of_others(call: Call, values: Mapping[Where, Sequence[object]]) -> Iterator[Call | None]:
    """Calls with a number that is none of those compared, where that of the given call is one of them."""
    for path, own in ((("call", "from"), call.caller), (("call", "to"), call.to)):
        known = {str(each) for each in values.get(path, ())}
        if own in known:
            yield _of(call, path[1:], next(each for at in count(1) if (each := str(int(own) + at)) not in known))


def _compared(tree: object, program: Program, found: dict[Where, list[object]], depth: int = 0) -> None:
    """Note what an expression compares paths with, and that it asks whether they are there."""
    if not isinstance(tree, list | tuple) or not tree or depth > 64 or tree[0] in ("lit", "path"):
        return
    if tree[0] == "compare":
        values = [_value(each, program) for each in tree[1::2]]
        for each, value in zip(tree[1::2], values, strict=True):
            near = [one for other in values if other is not value for one in other]
            for path in _targets(each):
                found[path] += [one for one in near if one not in found[path]]
    for each in tree[1:]:
        _compared(each, program, found, depth + 1)


def _asked_for(test: object) -> Iterator[Where]:
    """The paths of which a test asks whether there is something."""
    match test:
        case ["and" | "or" | "not", *parts]:
            for each in parts:
                yield from _asked_for(each)
        case _ if (path := _path(test)) is not None and path[0] == "vars":
            yield path


def _targets(tree: object, depth: int = 0) -> Iterator[Where]:
    """The paths whose value an expression may be; of a list, an item that only a call knows is taken for its first."""
    if not isinstance(tree, list | tuple) or not tree or tree[0] in ("lit", "compare", "not") or depth > 64:
        return
    if tree[0] == "filter" and tree[1] == "length":
        return
    path = _path(tree)
    if path is not None:
        yield path
        return
    for each in tree[2 if tree[0] == "if" else 1 :]:
        yield from _targets(each, depth + 1)


def _path(tree: object) -> Where | None:
    match tree:
        case ["path", *keys]:
            return tuple([str(each) for each in keys])
        case ["item", inner, key] if (owner := _path(inner)) is not None:
            return (*owner, key[1] if isinstance(key, list | tuple) and key[0] == "lit" else 0)
    return None


def _fitting(program: Program, found: dict[Where, list[object]]) -> None:
    """Note numbers and URLs for what has to be one: else a call is passed over."""
    fills = [fill for document in program.documents.values() for fill in document.fills]
    fills += [fill for wait in program.waits.values() for fill in wait.fills]
    for fill in fills:
        value = (
            "https://example.com/" if fill.into == "url" else _NUMBER if fill.path[-1] in ("number", "from") else None
        )
        for path in [path for part in fill.template.parts for path in _targets(part)] if value is not None else ():
            if path[0] == "vars" and value not in found[path]:
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


def _near(values: Sequence[object]) -> set[float]:
    return {float(each) for each in values if isinstance(each, float) and 0 <= each < 1}
