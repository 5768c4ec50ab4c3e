"""Values of which all are known: the states of a calendar, the choices of a param, true and false, the languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from ...program.evaluate import Expression, evaluate
from ...program.folding import is_closed
from ...program.kinds import text as spelled
from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Place
from ...text.nearest import nearest
from ..explained.spoken import language_meant
from ..reading.params import Param

NEVER_THE_VALUE = Rule(
    "W270",
    "never-the-value",
    """A case that the value never is

All values are known that this can have: `open`, `closed` and `holiday` of a calendar, `true` and `false`, the `choices`
of a param, the languages of a flow. This is none of them, so no caller ever goes this way, and some go another way than
they should.

Correct the spelling, or take the case out.""",
)

ALWAYS_THE_SAME = Rule(
    "W272",
    "always-the-same",
    """A test that comes out the same in every call

A text counts as true unless it is empty, and this one never is: `hours.office` is `open`, `closed` or `holiday`, so as
a test by itself it is true at night as well, and every caller goes this way. And `now` begins with the year, so beside
a time or a day of the week it is the same in summer and winter, by day and by night.

Compare it with what it can be: `hours.office == 'open'`, `(now | time) < '18:00'`.""",
)

Report = Callable[[Diagnostic], None]

_STATES = ("open", "closed", "holiday")
_TRUTHS = ("true", "false")
_AS_TRUTHS = {**dict.fromkeys(("yes", "on", "1", "y"), "true"), **dict.fromkeys(("no", "off", "0", "n"), "false")}


def possible(value: Expression | None, params: Mapping[str, Param], data: object) -> tuple[str, ...]:
    """All values that an expression can have, as texts; none where they are many, or not known. `data` is the flow."""
    match value:
        case ["path", "hours", str()]:
            return _STATES
        case ["path", "params", str(name)]:
            return params[name].choices if params[name].type == "choice" else _truths(params[name].type == "boolean")
        case ["path", "language"]:
            return tuple(_languages(data))
        case ["compare" | "not", *_]:
            return _TRUTHS
        case None:
            return ()
    return (spelled(evaluate(value, {})),) if is_closed(value) else ()


def slips(known: Sequence[str], cases: Collection[str]) -> dict[str, str]:
    """The cases that are none of the known values, each with a value without a case that was meant by it."""
    missing = [each for each in known if each not in cases]
    meant = {case: _meant(case, missing) for case in cases if case not in known} if missing else {}
    return {case: each for case, each in meant.items() if each is not None}


def never(case: str, known: Sequence[str], value: str, place: Place, report: Report) -> None:
    """Say so where a case is none of the values that are possible."""
    if not known or case in known:
        return
    meant = _meant(case, known)
    hint = f"did you mean `{meant}`?" if meant else f"there are {', '.join(f'`{each}`' for each in known)}"
    report(NEVER_THE_VALUE.at(place, f"`{value}` is never `{case}`", hint))


_WORTH = ("hours.", "params.", "language", "now", "today", " or ", " and ")


def compared(
    test: Expression, written: str, place: Place, params: Mapping[str, Param], data: object, report: Report
) -> None:
    """Look in a test for comparisons of a value with a text that it never is. `written` stands at the place."""
    if not any(word in written for word in _WORTH):  # most tests are of what a call remembers
        return
    for path in _alone(test):
        name = f"{path[1]}.{path[2]}" if len(path) > 2 else str(path[1])
        found = re.search(rf"\b{re.escape(name)}\b", written)
        at = place.within(*found.span()) if found else place
        message = f"`{name}` is never nothing, so this is always true"
        hint = f"write `{name} == 'open'`" if path[1] == "hours" else f"compare it: `{name} == …`"
        report(ALWAYS_THE_SAME.at(at, message, hint))
    for loose, listed in _besides(test):
        found = re.search(rf"(?:and|or)\s+(['\"]?{re.escape(loose)}['\"]?)", written)
        at = place.within(*found.span(1)) if found else place
        hint = f"write `{listed}`" if listed else "compare it with something"
        report(ALWAYS_THE_SAME.at(at, f"`{loose}` alone is always true", hint))
    for name, text in _times(test):
        found = re.search(rf"(['\"]){re.escape(text)}\1", written)
        at = place.within(*found.span()) if found else place
        message = f"`{name}` begins with the year, so beside `{text}` it is the same at any time"
        hint = "write a date, such as `'2026-12-24'`"
        if re.fullmatch(r"[0-2]?\d:\d\d(:\d\d)?", text):
            hint = f"write `now | time`, beside `'{text.zfill(5)}'`"
        elif re.fullmatch(r"(?i)(mon|tue|wed|thu|fri|sat|sun)[a-z]*", text):
            hint = "days of the week stand in a calendar: `hours: {NAME: {open: {mon-fri: …}}}`"
        report(ALWAYS_THE_SAME.at(at, message, hint))
    for value, text in _compared(test):
        found = re.search(rf"(['\"]){re.escape(text)}\1", written)
        at = place.within(*found.span()) if found else place
        known, name = possible(value, params, data), ".".join(map(str, value[1:]))
        if known == _TRUTHS:
            right = _meant(text, known)
            hint = f"write `{name} == {right}`" if right else f"write `{name}`, or `not {name}`"
            report(NEVER_THE_VALUE.at(at, f"`{name}` is true or false, and never the text `{text}`", hint))
        else:
            never(text, known, name, at, report)


def _compared(test: Any) -> Iterator[tuple[Expression, str]]:
    match test:
        case ["compare", ["path", *_] as path, "==" | "!=", ["lit", str(text)]]:
            yield path, text
        case ["compare", ["lit", str(text)], "==" | "!=", ["path", *_] as path]:
            yield path, text
        case ["and" | "or" | "not", *parts]:
            for each in parts:
                yield from _compared(each)


def _besides(test: Any) -> Iterator[tuple[str, str | None]]:
    """Values that stand beside `or` and `and` as if they were compared: `x == 1 or 2`, and what was meant."""
    match test:
        case ["or" | "and" as word, *parts]:
            loose = [each[1] for each in parts if each[0] == "lit" and type(each[1]) in (int, float, str) and each[1]]
            compared = [each for each in parts if each[0] == "compare" and len(each) == 4 and each[2] == "=="]
            for each in loose[:1]:
                values = [compared[0][3][1], *loose] if compared and compared[0][3][0] == "lit" else []
                path = ".".join(map(str, compared[0][1][1:])) if compared and compared[0][1][0] == "path" else None
                meant = f"{path} in {values!r}" if path and values and word == "or" else None
                yield str(each), meant
            for part in parts:
                yield from _besides(part)
        case ["not", part]:
            yield from _besides(part)


def _times(test: Any) -> Iterator[tuple[str, str]]:
    """Comparisons of the moment, or the day, with what is no date."""
    match test:
        case ["compare", ["path", "now" | "today" as name], "==" | "!=" | "<" | "<=" | ">" | ">=", ["lit", str(text)]]:
            yield from () if re.match(r"\d{4}(-|$)", text) else [(str(name), text)]
        case ["and" | "or" | "not", *parts]:
            for each in parts:
                yield from _times(each)


def _alone(test: Any) -> Iterator[tuple[Any, ...]]:
    """Values that are taken for a test by themselves and are text that is never empty."""
    match test:
        case ["path", "hours", str()] | ["path", "now" | "today" | "language"]:
            yield tuple(test)
        case ["and" | "or" | "not", *parts]:
            for each in parts:
                yield from _alone(each)


def _truths(is_boolean: bool) -> tuple[str, ...]:
    return _TRUTHS if is_boolean else ()


def _languages(data: object) -> Iterator[str]:
    """The languages of a flow that has several."""
    voices = data.get("voice") if isinstance(data, dict) else None
    for voice in voices if isinstance(voices, list) and len(voices) > 1 else ():
        yield str(voice.get("language"))


def _meant(case: str, known: Sequence[str]) -> str | None:
    """The value that was meant."""
    as_truth = _AS_TRUTHS.get(case.lower())
    if as_truth in known:
        return as_truth
    return nearest(case, known) or (language_meant(case, known) if any("-" in each for each in known) else None)


RULES = (NEVER_THE_VALUE, ALWAYS_THE_SAME)
