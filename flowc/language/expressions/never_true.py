"""Comparisons whose outcome is known from what the values can be: numbers of callers, parts of texts, chance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ...text.diagnostics import Diagnostic
from .always_rules import ALWAYS_THE_SAME
from .callers_compared import NUMBERS, number_compared, part_compared
from .possible import NEVER_THE_VALUE

if TYPE_CHECKING:
    from .always import Test

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_SINGLE = {"random": "a number from 0 up to 1", "confidence": "a number from 0 to 1"}
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d|24:00"
_DATE = r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])"


class Compared(NamedTuple):
    """A value beside one that is written out, as if the value stood first."""

    value: Any
    sign: str
    beside: object


def never_true(test: Test) -> Iterator[Diagnostic]:
    """What is said of the comparisons in a test."""
    for each in compared(test.tree):
        match each.value:
            case ["path", "random" | "confidence" as name]:
                yield from _chance(str(name), each, test)
            case ["path", "call", str(part)] if part in NUMBERS and isinstance(each.beside, str):
                yield from number_compared(f"call.{part}", each.beside, test)
            case ["slice", owner, *bounds] if isinstance(each.beside, str) and each.sign in ("==", "!="):
                yield from part_compared(owner, bounds, each.beside, test)
            case ["item", ["path", "call", str(part)] as owner, ["lit", int(at)]] if (
                part in NUMBERS and isinstance(each.beside, str) and each.sign in ("==", "!=") and at >= 0
            ):
                yield from part_compared(owner, [("lit", at), ("lit", at + 1)], each.beside, test)
            case ["filter", "upper" | "lower" | "trim" as name, _] if isinstance(each.beside, str):
                yield from _letters(str(name), each.beside, test)
            case ["filter", "time", ["path", "now"]] if isinstance(each.beside, str):
                yield from _time(each.beside, test)
            case ["path", "today"] if isinstance(each.beside, str):
                yield from _day(each.beside, each.sign, test)
            case ["path", "hours", str(name)] if not isinstance(each.beside, str) and each.sign in ("==", "!="):
                yield _state(name, each.beside, test)


def compared(tree: Any) -> Iterator[Compared]:
    """The comparisons of a test with what is written out; each item of a list by itself."""
    match tree:
        case ["and" | "or" | "not", *parts]:
            for each in parts:
                yield from compared(each)
        case ["compare", first, str(sign), second, str(_), _, *_]:  # `1 < a < 5` is both
            yield from compared(["compare", first, sign, second])
            yield from compared(["compare", *tree[3:]])
        case ["compare", ["lit", value], str(sign), side] if sign in _MIRRORED and side[0] != "lit":
            yield Compared(side, _MIRRORED[sign], value)
        case ["compare", side, str(sign), ["lit", value]] if sign in _MIRRORED:
            yield Compared(side, sign, value)
        case ["compare", side, "in" | "notin" as sign, ["list", *items]]:
            yield from [Compared(side, "==" if sign == "in" else "!=", each[1]) for each in items if each[0] == "lit"]


def _chance(name: str, each: Compared, test: Test) -> Iterator[Diagnostic]:
    """A number from 0 to 1 beside one that it never comes to."""
    beside = each.beside
    if isinstance(beside, bool) or not isinstance(beside, int | float):
        return
    outcome = _outcome(name, each.sign, beside)
    if outcome is None:
        return
    place = test.at(rf"(?<![\w.]){re.escape(str(beside))}(?![\w.])")
    meant = f"{beside / 100:g}" if 1 < beside <= 100 else "0.5"
    rule = ALWAYS_THE_SAME if outcome else NEVER_THE_VALUE
    message = f"`{name}` is {_SINGLE[name]}, so this is {'always' if outcome else 'never'} true"
    sign = each.sign if each.sign not in ("==", "!=") else "<"
    yield rule.at(place, message, f"write `{name} {sign} {meant}`")


def _outcome(name: str, sign: str, beside: float) -> bool | None:
    """Whether a number from 0 to 1 stands so to another one: always, never, or (None) now and then."""
    over = beside > 1 or (beside == 1 and name == "random")
    if sign in ("==", "!="):
        return (sign == "!=") if over or beside < 0 else None
    if sign in ("<", "<="):
        below = beside < 0 or (beside == 0 and sign == "<")
        return True if over or (beside == 1 and sign == "<=") else False if below else None
    above = beside < 0 or (beside == 0 and sign == ">=")
    return False if over or (beside == 1 and sign == ">") else True if above else None


def _letters(name: str, text: str, test: Test) -> Iterator[Diagnostic]:
    """A text that a filter never makes."""
    made = {"upper": text.upper(), "lower": text.lower(), "trim": text.strip()}[name]
    if made != text:
        yield NEVER_THE_VALUE.at(test.at_text(text), f"`| {name}` never makes `{text}`", f"write `'{made}'`")


def _time(text: str, test: Test) -> Iterator[Diagnostic]:
    """A time of day that is written in another way than the clock's."""
    if re.fullmatch(_CLOCK, text):
        return
    found = re.fullmatch(r"(?i)\s*(\d{1,2})(?:[:.h](\d\d))?(?::\d\d)?\s*(am|pm)?\s*", text)
    hour = int(found[1]) if found else 24
    if found and found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "pm" else 0)
    hint = "write `'17:30'`"
    if found and hour < 24 and (found[2] or found[3]):
        hint = f"write `'{hour:02}:{found[2] or '00'}'`"
    message = f"`now | time` is as `09:30`, and cannot be compared with `{text}`"
    yield NEVER_THE_VALUE.at(test.at_text(text), message, hint)


def _day(text: str, sign: str, test: Test) -> Iterator[Diagnostic]:
    """A day that is written in another way; what does not begin with a year is said by itself."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", text)
    if re.fullmatch(_DATE, text) or not re.match(r"\d{4}(-|$)", text) or not (found or sign in ("==", "!=")):
        return
    hint = f"write `'{found[1]}-{found[2].zfill(2)}-{found[3].zfill(2)}'`" if found else "write `'2026-12-24'`"
    if re.fullmatch(r"\d{4}", text):
        hint = f"write `today[:4] == '{text}'`"
    elif re.fullmatch(r"\d{4}-\d\d", text):
        hint = f"write `today[:7] == '{text}'`"
    yield NEVER_THE_VALUE.at(test.at_text(text), f"`today` is as `2026-12-24`, and never `{text}`", hint)


def _state(name: str, beside: object, test: Test) -> Diagnostic:
    """A calendar beside what is no text."""
    written = {True: "true", False: "false", None: "none"}.get(beside, str(beside))  # type: ignore[call-overload]
    place = test.at(rf"(?i)\b{re.escape(written)}\b")
    state = "closed" if beside is False or beside == 0 or beside is None else "open"
    message = f"`hours.{name}` is `open`, `closed` or `holiday`, and never `{written}`"
    return NEVER_THE_VALUE.at(place, message, f"write `hours.{name} == '{state}'`")
