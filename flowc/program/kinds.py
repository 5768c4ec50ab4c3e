"""What a value is when a call is described: JSON data, a few kinds of text, and how they compare.

What is not there is `None`: nothing in a text, false, equal only to itself, neither more nor less than anything.
Every function here is total: any data in, a value out, in bounded time and size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

TEXT_LIMIT = 6000
"""Characters of a text that an expression makes: four times what one spoken text may hold, so that a field's own
limit speaks first."""
LIST_LIMIT = 1000
"""Items of a list that an expression makes."""
NUMBER_LIMIT = 2**53
"""The largest number that every reader of JSON holds exactly; what is larger is none."""
NESTING_LIMIT = 16
"""Lists within lists that are looked into."""

# What no text file can hold: halves of a surrogate pair.
_HALVES = dict.fromkeys(range(0xD800, 0xE000))


class Url(str):
    """A text that its author declared to be a URL: it may begin one as it stands."""

    __slots__ = ()


class Spoken(str):
    """A text with a second form for SSML, in which the voice is told how to read it."""

    __slots__ = ("ssml",)
    ssml: str

    def __new__(cls, plain: str, ssml: str) -> Spoken:
        """`plain` is what stands in a plain text, `ssml` well-formed markup with its content escaped."""
        made = super().__new__(cls, plain)
        made.ssml = ssml
        return made


def text(value: object, depth: int = 0) -> str:
    """A value as it stands in a text, at most `TEXT_LIMIT` characters.

    Numbers without exponent and without `.0`, `true`, `false`, a list's items with `, ` between them; none and
    mappings are nothing.
    """
    match value:
        case str():
            return cleaned(value)[:TEXT_LIMIT]
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _digits(value)
        case list() | tuple() if depth < NESTING_LIMIT:
            return ", ".join(bounded(text(each, depth + 1) for each in value))[:TEXT_LIMIT]
    return ""


def cleaned(value: str) -> str:
    """A text without halves of surrogate pairs, which no file can hold."""
    return str(value) if value.isascii() else value.translate(_HALVES)


def bounded(texts: Iterable[str]) -> Iterable[str]:
    """As many of the texts as it takes to reach `TEXT_LIMIT` characters."""
    length = 0
    for each in texts:
        yield each
        length += len(each) + 1
        if length > TEXT_LIMIT:
            return


def _digits(value: int | float) -> str:
    known = number(value)
    if known is None:
        return ""
    if isinstance(known, int):
        return str(known)
    short = f"{known:.12g}"
    return short if "e" not in short else f"{known:.12f}".rstrip("0").rstrip(".")


def number(value: object) -> int | float | None:
    """A value as a number: whole ones as integers, none for what is no number or over `NUMBER_LIMIT`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -NUMBER_LIMIT <= value <= NUMBER_LIMIT:
        return None
    return int(value) if value == int(value) else float(value)


def sound(value: object) -> object:
    """A value as JSON holds it: numbers as `number` has them, all else as it is."""
    return number(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def number_in(value: object) -> int | float | None:
    """The number that a value is, or that a text spells (`0123` is 123); none for all else."""
    if not isinstance(value, str):
        return number(value)
    spelt = value.strip()
    whole, _, rest = spelt.lstrip("+-").partition(".")
    if len(spelt) > 40 or not spelt.isascii() or not whole.isdigit() or ("." in spelt and not rest.isdigit()):
        return None
    return number(int(spelt)) if not rest and spelt[1:].isdigit() | (len(spelt) == 1) else _float(spelt)


def _float(spelt: str) -> int | float | None:
    try:
        return number(float(spelt))
    except ValueError:
        return None


def rounded(value: int | float, places: int) -> Decimal:
    """A number rounded to decimal places as people do it: a half goes away from zero."""
    from decimal import ROUND_HALF_UP, Decimal  # few flows round anything

    # adding 0 takes the sign from a zero
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


def dialled(value: str) -> str:
    """A phone number as it is dialled: of one that begins with `+`, the digits alone. All else is as it is."""
    spelt = value.strip()
    if spelt[:1] != "+" or "(0)" in spelt:
        return value
    digits = spelt[1:].translate(_BETWEEN_DIGITS)
    return digits if digits.isascii() and digits.isdigit() else value


_BETWEEN_DIGITS = dict.fromkeys(map(ord, " -./()\u00a0"))
"""What people write between the digits of a number."""


def truth(value: object) -> bool:
    """Whether a value counts as true: none, false, 0, and what is empty do not."""
    return bool(value)


def same(left: object, right: object, depth: int = 0) -> bool:
    """Whether two values are equal; kinds are never mixed: `1` is not `"1"` and not `true`."""
    if isinstance(left, bool) or isinstance(right, bool) or depth > NESTING_LIMIT:
        return left is right
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(same(a, b, depth + 1) for a, b in zip(left, right, strict=True))
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same(left[key], right[key], depth + 1) for key in left)
    return left == right


def less(left: object, right: object) -> bool:
    """Whether one value is less than another: numbers among numbers, texts among texts, nothing else."""
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    a, b = number(left), number(right)
    return a is not None and b is not None and a < b


def holds(container: object, value: object) -> bool:
    """Whether a text holds a text, a list an equal item, a mapping a key."""
    if isinstance(container, str):
        return isinstance(value, str) and value in container
    if isinstance(container, list | tuple):
        return any(same(each, value) for each in container)
    return isinstance(container, Mapping) and isinstance(value, str) and value in container


def item(container: object, key: object) -> object:
    """What stands in a mapping at a key, in a list or text at an index (negative ones from its end); else none."""
    if isinstance(container, Mapping):
        return sound(container.get(key)) if isinstance(key, str) else None
    if isinstance(container, list | tuple | str) and isinstance(key, int) and not isinstance(key, bool):
        return sound(container[key]) if -len(container) <= key < len(container) else None
    return None
