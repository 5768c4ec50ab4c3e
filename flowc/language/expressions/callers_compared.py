"""Numbers of callers, and parts of texts, beside texts that they never are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...text.diagnostics import Diagnostic
from .possible import NEVER_THE_VALUE

if TYPE_CHECKING:
    from .always import Test

NUMBERS = ("from", "to")
"""The parts of a call that are numbers."""


def number_meant(text: str) -> str | None:
    """The number of a caller that is meant by one in another spelling; None for any other text."""
    plain = re.sub(r"[\s().-]", "", text)
    if not re.fullmatch(r"\+?\d{7,15}", plain) or (plain == text and text[:1] != "+" and text[:2] != "00"):
        return None
    return plain.removeprefix("+").removeprefix("00")


def number_compared(name: str, text: str, test: Test) -> Iterator[Diagnostic]:
    """A caller's number beside one in a spelling that it never has."""
    meant = number_meant(text)
    if meant is not None:
        message = f"`{name}` is never `{text}`: a number is its digits alone, with the country code first"
        yield NEVER_THE_VALUE.at(test.at_text(text), message, f"write `'{meant}'`")


def part_compared(owner: Any, bounds: list[Any], text: str, test: Test) -> Iterator[Diagnostic]:
    """A part of a text beside one of another length, or one that no number begins with."""
    size, first = _size(bounds)
    is_number = tuple(owner[:2]) == ("path", "call") and owner[2] in NUMBERS
    plain = text.removeprefix("+").removeprefix("00") if is_number else text
    cut = f"[-{len(plain)}:]" if first is None else f"[{first or ''}:{first + len(plain)}]"
    name = _spelled(owner)
    hint = f"write `{name}{cut} == '{plain}'`" if name and plain else "compare as many characters as there are"
    hint = hint if plain or not name else f"compare it with a country code: `{name}[:2] == '44'`"
    message = None
    if size and (len(text) > size or (is_number and len(text) < size)):
        signs = "character" if size == 1 else "characters"
        message = f"a part of {size} {signs} is never `{text}`, which has {len(text)}"
    elif size and text != plain and not first:
        message = f"`{name}` never begins with `{text}`: a number is its digits alone, with the country code first"
    if message is not None:
        yield NEVER_THE_VALUE.at(test.at_text(text), message, hint)


def _size(bounds: list[Any]) -> tuple[int, int | None]:
    """How many characters a part of a text has, 0 where that is not known, and where it begins; None from the end."""
    match bounds:
        case [["lit", None], ["lit", int(last)], *_] if last > 0:
            return last, 0
        case [["lit", int(first)], ["lit", int(last)], *_] if 0 <= first < last:
            return last - first, first
        case [["neg", ["lit", int(back)]], ["lit", None], *_] if back > 0:
            return back, None
    return 0, 0


def _spelled(owner: Any) -> str | None:
    """A path as it is typed: `call.sip['X-Name']`; None for any other value."""
    if owner[0] != "path":
        return None
    parts = [f".{each}" if re.fullmatch(r"[A-Za-z_]\w*", str(each)) else f"[{str(each)!r}]" for each in owner[2:]]
    return f"{owner[1]}{''.join(parts)}"
