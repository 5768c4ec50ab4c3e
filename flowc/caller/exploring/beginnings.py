"""How calls may begin: who calls whom, when, and what is random in them, as far as a program looks at it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from itertools import count
from typing import NamedTuple

from ...program.calendar import zone
from ...program.program import Program
from ..platform.application import Call, custom
from ..rehearsals.impossible import no_number
from .examples import Where, with_value
from .gaps import Chosen, Cube, TooManyError, gap
from .live_names import Path
from .moments import CLOCK, told_apart
from .paths_of import plain
from .tried import Start, hours

MOST_STARTS = 512
"""How many kinds of calls are begun with at most. A limit of ours."""

MOST_LOOKED_AT = 20_000
"""Steps in which a further kind of call is looked for. A limit of ours."""

_STEP = 3
"""The hours between the moments of a week at which calls begin, where a program has calendars."""

_USER = "jamie"
_HEADER = ("X-Caller", "sip")
_SIP = "sip "


class _Part(NamedTuple):
    """Something of a call that may be otherwise, by its name, and what it may be, as usual first.

    `at` is where in custom data it is.
    """

    name: str
    values: tuple[object, ...]
    at: Where = ()


class Kinds:
    """The kinds of calls that a program tells apart, each by one call that begins so.

    Whoever goes through them says of each, before the next, what was looked at in it: all that is as it in that is of
    its kind. `left` says that it took too long to tell whether there are more.
    """

    def __init__(self, program: Program, call: Call, values: Mapping[Where, Sequence[object]]) -> None:
        self.program, self.usual, self.left = program, Start(call), False
        self.parts = [part for part in _parts(program, self.usual, values) if len(part.values) > 1]
        self.known: list[Cube] = []
        self.chosen: Chosen = {}

    def __iter__(self) -> Iterator[Start]:
        """The given call, those that tests describe, those of which one thing is otherwise, then what is left."""
        for likely in self._likely():
            if not any(all(likely.get(at, 0) in fits for at, fits in each.items()) for each in self.known):
                self.chosen = likely
                yield self._start(likely)
        sizes = [len(part.values) for part in self.parts]
        try:
            while (found := gap(sizes, self.known, MOST_LOOKED_AT)) is not None:
                self.chosen = found
                yield self._start(found)
        except TooManyError:
            self.left = True

    def looked_at(self, read: Collection[Path]) -> None:
        """What was looked at in the last kind of call."""
        self.known.append(dict(self._alike(read)))

    def _alike(self, read: Iterable[Path]) -> Iterator[tuple[int, Collection[int]]]:
        """For each part that is looked at the choices between which no difference is seen."""
        for at, part in enumerate(self.parts):
            paths = [path for path in read if _is_of(part, path)]
            own = self.chosen.get(at, 0)
            if paths and part.name == "started":
                seen = [[_moment(self.program, path, each) for path in paths] for each in part.values]
                yield at, {number for number, each in enumerate(seen) if each == seen[own]}
            elif paths:
                yield at, {own}

    def _likely(self) -> Iterator[Chosen]:
        yield {}
        for document in self.program.documents.values():
            for way in document.chooses:
                found = dict(self._described(way.test))
                yield from [found] if len(found) > 1 else []
        for at, part in enumerate(self.parts):
            yield from [{at: choice} for choice in range(1, len(part.values))]

    def _described(self, test: Sequence[object]) -> Iterator[tuple[int, int]]:
        """The choices that make a test true which asks for several things at once."""
        for part in test[1:] if test[0] == "and" else ():
            match part:
                case ["compare", side, "==", ["lit", str(value)]] if (path := plain(side)) is not None:
                    read = tuple(map(str, path))
                    for at, part in enumerate(self.parts):
                        values = part.values
                        if part.name == "started" and path[0] == "hours":
                            values = tuple(_moment(self.program, read, each) for each in values)
                        if _is_of(part, read) and value in values:
                            yield at, values.index(value)

    def _start(self, chosen: Chosen) -> Start:
        """A call that begins so."""
        call, chance = self.usual
        for at, choice in chosen.items():
            name, value, inner = self.parts[at].name, self.parts[at].values[choice], self.parts[at].at
            if choice == 0:
                continue
            if name == "random":
                chance = float(str(value))
            elif name.startswith(_SIP):
                call = call._replace(headers=(*call.headers, (name.removeprefix(_SIP), str(value))))
            else:
                value = custom(with_value(call.custom_data, inner, value)) if inner else value
                call = call._replace(**{name: value})  # type: ignore[arg-type]
        return Start(call._replace(endpoint=_endpoint(call)), chance)


def _is_of(part: _Part, path: Path) -> bool:
    """Whether a part of a call is looked at where a path is read."""
    name = part.name
    match path:
        case ("call",):
            return name not in ("started", "random")
        case ("call", "from", *_):
            return name in ("caller", "user")
        case ("call", "to" | "user" as own, *_):
            return name == own
        case ("call", "custom_data", *inner):
            return name == "custom" and all(one == other for one, other in zip(part.at, inner, strict=False))
        case ("call", "sip", header, *_):
            return name == f"{_SIP}{header}"
        case ("call", "sip"):
            return name.startswith(_SIP)
        case ("call", "endpoint_type", *_):
            return name == "user" or name.startswith(_SIP)
        case ("random", *_):
            return name == "random"
    return name == "started" and (path[0] == "hours" or path[0] in CLOCK)


def _moment(program: Program, path: Path, at: object) -> object:
    """What a path to the clock leads to at a moment, as far as moments are told apart."""
    return hours(program, float(str(at))).get(path[1]) if path[0] == "hours" and len(path) > 1 else at


def _parts(program: Program, usual: Start, values: Mapping[Where, Sequence[object]]) -> Iterator[_Part]:
    """What may be otherwise, each with all that it may be."""
    call = usual.call
    for name, own in (("from", call.caller), ("to", call.to)):
        yield _Part("caller" if name == "from" else name, (own, *_numbers(values.get(("call", name), ()), own)))
    endpoints = values.get(("call", "endpoint_type"), ())
    users = [*values.get(("call", "user"), ()), *([_USER] if "app" in endpoints else [])]
    yield _Part("user", (call.user, *(each for each in dict.fromkeys(map(str, users)) if each)))
    yield _Part("custom", (call.custom, *map(str, values.get(("call", "custom_data"), ()))))
    for path, found in values.items():
        if path[:2] == ("call", "custom_data") and len(path) > 2:
            yield _Part("custom", (None, *found), path[2:])
    headers = {str(path[2]): found for path, found in values.items() if path[:2] == ("call", "sip") and len(path) == 3}
    if "sip" in endpoints and not headers:
        headers[_HEADER[0]] = [_HEADER[1]]
    for header, found in headers.items():
        yield _Part(f"{_SIP}{header}", ("", *(each for each in map(str, found) if each)))
    yield _Part("started", tuple(dict.fromkeys(_moments(program, call.started, values))))
    if any(path[0] == "random" for path in values):
        near = {float(each) for each in values.get(("random",), ()) if isinstance(each, float) and 0 <= each < 1}
        yield _Part("random", tuple(dict.fromkeys([usual.chance, *sorted({0.0, 0.999} | near)])))


def _endpoint(call: Call) -> str:
    """From what a call comes of which this is known."""
    return "app" if call.user else "sip" if call.headers else "phone"


def _numbers(compared: Sequence[object], own: str) -> list[str]:
    """The numbers that are compared, and, where the own one is one of them, one that is not."""
    known = dict.fromkeys(each for each in map(str, compared) if _is_number(each))
    if own in known:
        known[next(each for at in count(1) if (each := str(int(own) + at)) not in known)] = None
    return [each for each in known if each != own]


def _is_number(text: str) -> bool:
    """Whether the platform could tell it as the number of a call."""
    return no_number("from", text) is None


def _moments(program: Program, started: float, values: Mapping[Where, Sequence[object]]) -> Iterator[float]:
    """A moment of each kind that the program's calendars tell apart, in seconds since 1970, and what it compares."""
    seen: set[str] = set()
    for at in _hours(program, started):
        known = str(hours(program, at))
        if known not in seen:
            seen.add(known)
            yield at
    yield from told_apart(program, started, values)


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
