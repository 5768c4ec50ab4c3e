"""Numbers of callers, and parts of texts, beside texts that they never are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ...text.diagnostics import Diagnostic
from .possible import NEVER_THE_VALUE

if TYPE_CHECKING:
    from .always import Test

NUMBERS = ("from", "to")
"""The parts of a call that are numbers."""


_IN_THE_COUNTRY = "write its country code in place of the 0, as in `'447700900123'`"


class Number(NamedTuple):
    """A number that no caller has, as it is written: what is wrong with it, and what to write."""

    why: str
    hint: str


def number_meant(text: str, sign: str = "'") -> Number | None:
    """What is wrong with the number of a caller in a spelling that it never has; None for any other text."""
    plain = re.sub(r"[\s().-]", "", text)
    if not re.fullmatch(r"\+?\d{7,15}", plain, re.ASCII) or (plain == text and text[:1] not in ("+", "0")):
        return None
    why = "a number is its digits alone, with the country code first"
    digits = plain.removeprefix("+").removeprefix("00")
    if digits.startswith("0"):
        return Number(why, _IN_THE_COUNTRY if sign else _IN_THE_COUNTRY.replace("'", ""))
    return Number(why, f"write `{sign}{digits}{sign}`")


def number_compared(name: str, text: str, test: Test) -> Iterator[Diagnostic]:
    """A caller's number beside one in a spelling that it never has."""
    meant = number_meant(text)
    if meant is not None:
        yield NEVER_THE_VALUE.at(test.at_text(text), f"`{name}` is never `{text}`: {meant.why}", meant.hint)


def bound_compared(test: Test, bound: Mapping[str, object]) -> Iterator[Diagnostic]:
    """A caller's number beside a param that is bound to one in a spelling that it never has."""
    for each in sides(test.tree):
        match each:
            case [["path", "call", str(part)], ["path", "params", str(name)]] if part in NUMBERS:
                value = bound.get(name)
                for item in value if isinstance(value, list) else [value]:
                    meant = number_meant(item) if isinstance(item, str) else None
                    if meant is not None:
                        place = test.at(rf"\bparams\.{re.escape(name)}\b")
                        held = "holds" if isinstance(value, list) else "is"
                        message = f"`params.{name}` {held} `{item}`, which `call.{part}` never is: {meant.why}"
                        hint = f"{meant.hint}, where `params.{name}` is bound"
                        yield NEVER_THE_VALUE.at(place, message, hint)
                        break


def sides(tree: Any) -> Iterator[tuple[Any, Any]]:
    """What is compared for being the same in a test, or for being in a list; each way round."""
    match tree:
        case ["and" | "or" | "not", *parts]:
            for each in parts:
                yield from sides(each)
        case ["compare", first, "==" | "!=", second]:
            yield first, second
            yield second, first
        case ["compare", first, "in" | "notin", second]:
            yield first, second


def part_compared(owner: Any, bounds: list[Any], text: str, test: Test) -> Iterator[Diagnostic]:
    """A part of a text beside one of another length, or one that no number begins with."""
    size, first = _size(bounds, LONG.get(owner[1], 0) if owner[0] == "path" else 0)
    is_number = tuple(owner[:2]) == ("path", "call") and owner[2] in NUMBERS
    is_moment = owner[0] == "path" and owner[1] in LONG
    plain = text.removeprefix("+").removeprefix("00") if is_number else text
    cut = f"[-{len(plain)}:]" if first is None else f"[{first or ''}:{first + len(plain)}]"
    name = _spelled(owner)
    hint = f"write `{name}{cut} == '{plain}'`" if name and plain else "compare as many characters as there are"
    hint = hint if plain or not name else f"compare it with a country code: `{name}[:2] == '44'`"
    if is_moment:
        hint = f"write `'{text.zfill(size)}'`" if _wide(text, size) else "compare as many characters as there are"
    message = None
    if size and (len(text) > size or ((is_number or is_moment) and len(text) < size)):
        signs = "character" if size == 1 else "characters"
        beside = f"`{text}`, which has {len(text)}" if text else "empty"
        message = f"a part of {size} {signs} is never {beside}"
    elif size and text != plain and not first:
        message = f"`{name}` never begins with `{text}`: a number is its digits alone, with the country code first"
    if message is not None:
        yield NEVER_THE_VALUE.at(test.at_text(text), message, hint)


LONG = {"today": len("2026-12-25"), "now": len("2026-12-25T17:30:00+00:00")}
"""How many characters these have, always."""


def _wide(text: str, size: int) -> bool:
    """Whether a text is a number that is written with a 0 less than a date has."""
    return text.isdecimal() and len(text) < size <= 2


def _size(bounds: list[Any], long: int = 0) -> tuple[int, int | None]:
    """How many characters a part of a text has, 0 where that is not known, and where it begins; None from the end.

    `long` is how many the whole of it has, 0 where that is not known.
    """
    match bounds:
        case [_, _, ["lit", int()] | ["neg", *_]]:  # every second one, or from behind
            return 0, 0
        case [["lit", int(first)], ["lit", None], *_] if 0 <= first < long:
            return long - first, first
        case [["lit", None], ["lit", int(last)], *_] if last > 0:
            return min(last, long or last), 0
        case [["lit", int(first)], ["lit", int(last)], *_] if 0 <= first < min(last, long or last):
            return min(last, long or last) - first, first
        case [["neg", ["lit", int(back)]], ["lit", None], *_] if back > 0:
            return min(back, long or back), None
    return 0, 0


def _spelled(owner: Any) -> str | None:
    """A path as it is typed: `call.sip['X-Name']`; None for any other value."""
    if owner[0] != "path":
        return None
    parts = [f".{each}" if re.fullmatch(r"[A-Za-z_]\w*", str(each)) else f"[{str(each)!r}]" for each in owner[2:]]
    return f"{owner[1]}{''.join(parts)}"
