"""What values of params may be, by type, and how a text is read as one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ...program.kinds import LIST_LIMIT, TEXT_LIMIT, Url, dialled, number, text
from .authority import fault


class Unfit(NamedTuple):
    """Why a value is none of its type, to follow the name of the param, and what to write instead."""

    why: str
    hint: str | None = None


def read(kind: str, choices: Sequence[str], value: object) -> object:
    """A value as one of a param's type (`text`, `number`, …), or an `Unfit`. A text is read by the type.

    A phone number is given without `+`, as documents hold it; a URL is a `Url`.
    """
    if isinstance(value, str) and (wrong := _unreadable(value)):
        return wrong
    if kind == "choice":
        return _choice(_text(value), choices)
    return _READERS[kind](value)


def _unreadable(value: str) -> Unfit | None:
    if re.search("[\ud800-\udfff]", value):
        return Unfit("holds bytes that are no text", "write it in UTF-8")
    if len(value) > TEXT_LIMIT:
        return Unfit(f"is longer than {TEXT_LIMIT:,} characters", "write it into the flow, as several texts")
    return None


def _text(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or number(value) is None:
        return Unfit(f"is {_kind(value)}, not a text", "put it in quotes" if isinstance(value, bool) else None)
    return text(value)


def _number(value: object) -> object:
    known = number(value)
    if isinstance(value, str) and re.fullmatch(_NUMBER, spelt := value.strip()):
        known = number(float(spelt) if re.search("[.eE]", spelt) else int(spelt))
    return Unfit(f"is {shown(value)}, not a number", "such as `20` or `2.5`") if known is None else known


def _integer(value: object) -> object:
    known = _number(value)
    return known if isinstance(known, int) else Unfit(f"is {shown(value)}, not a whole number", "such as `20`")


def _boolean(value: object) -> object:
    given = value.strip().lower() if isinstance(value, str) else value
    if isinstance(given, bool) or given in ("true", "false"):
        return given in (True, "true")
    return Unfit(f"is {shown(value)}, neither true nor false", "write `true` or `false`")


def _phone(value: object) -> object:
    given = _text(value)
    if isinstance(given, Unfit):
        return given
    plain = dialled(str(given)).strip()
    if re.fullmatch(_E164, plain):
        return plain
    return Unfit(f"is {shown(value)}, not a phone number", _phone_hint(plain))


def _phone_hint(plain: str) -> str:
    digits = re.sub("[^0-9]", "", plain)
    if plain.startswith("00") and re.fullmatch(_E164, digits[2:]):
        return f"without the `00`: `{digits[2:]}`"
    if plain.startswith("0"):
        return "begin with the country code in place of the `0`, such as `447700900100`"
    return f"write `{digits}`" if re.fullmatch(_E164, digits) and "(" not in plain else "such as `447700900100`"


def _url(value: object) -> object:
    if not isinstance(value, str):
        return Unfit(f"is {_kind(value)}, not a URL", "such as `https://example.com/`")
    if re.fullmatch(_ABSOLUTE, value):
        return _unreachable(value) or Url(value)
    bare = re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", value, re.ASCII)
    return Unfit(
        f"is {shown(value)}, not a full URL", f"write `https://{value}`" if bare else "such as `https://example.com/`"
    )


def _unreachable(url: str) -> Unfit | None:
    """Why no server has such a URL; one in which something is still to be put in may have one."""
    wrong = fault(url)
    if wrong is None:
        return None
    from ..explained.placeholders import is_placeholder  # few flows have such a mistake

    if is_placeholder(url, words=True):
        return None
    named = "is no URL of a server" if "@" in url else f"is {shown(url)}"  # a password is not repeated
    return Unfit(f"{named}: {wrong.message}", wrong.hint)


def _choice(value: object, choices: Sequence[str]) -> object:
    if isinstance(value, Unfit) or value in choices:
        return value
    return Unfit(f"is {shown(value)}, none of its choices", f"one of {', '.join(f'`{each}`' for each in choices)}")


def _list(value: object) -> object:
    items = _items(value) if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        return Unfit(f"is {shown(value)}, not a list", "such as `[a, b]`, or on a command line `a,b`")
    if len(items) > LIST_LIMIT:
        return Unfit(f"has more than {LIST_LIMIT:,} items")
    for each in items:
        if not isinstance(each, bool | str) and number(each) is None:
            return Unfit(f"holds {_kind(each)}, which is no item of a list")
        if isinstance(each, str) and (wrong := _unreadable(each)):
            return Unfit(f"has an item that {wrong.why}", wrong.hint)
    return list(items)


def _items(value: str) -> object:
    if not value.lstrip().startswith("["):
        return [each.strip() for each in value.split(",")] if value.strip() else []
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _secret(value: object) -> object:
    # what it is is never shown
    return value if isinstance(value, str) and value else Unfit("is no text that could be a secret", "put it in quotes")


_READERS: dict[str, Callable[[object], object]] = {
    "text": _text,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "phone": _phone,
    "url": _url,
    "list": _list,
    "secret": _secret,
}

_NUMBER = r"[+-]?[0-9]{1,16}(?:\.[0-9]{1,16})?(?:[eE][+-]?[0-9]{1,2})?"
# E.164: a country code, which never begins with 0, and up to 15 digits in all
_E164 = "[1-9][0-9]{6,14}"
_ABSOLUTE = r"""(?i)(?:https?|wss?)://[^\s/?#\x00-\x20\x7f"<>\\^`{|}]+(?:[/?#][^\s\x00-\x20\x7f"<>\\^`{|}]*)?"""


def shown(value: object) -> str:
    if not isinstance(value, str):
        return f"`{text(value)}`" if isinstance(value, int | float) else _kind(value)
    if not value.strip():
        return "empty"
    short = value if len(value) <= 40 else value[:37] + "…"
    return f"`{short}`" if short.isprintable() else "a text with characters that cannot be seen"


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return "a number"
        case list() | tuple():
            return "a list"
        case dict():
            return "a mapping"
    return "nothing" if value is None else "a text"
