"""Why a value does not fit its field, for a log: in words about its kind, and with nothing of the value itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .program import Fill

_MOST = 24


class Unfit(NamedTuple):
    """A value that did not fit: where it was to stand (`connect endpoint.number`), the names that it was made of
    (`vars.agent.phone`), and why it could not."""

    field: str
    reads: str
    why: str


def unfit(fill: Fill, action: Mapping[str, Any], value: object) -> Unfit:
    """What is to be said of a value that does not fit."""
    keys = ".".join([each for each in fill.path[1:] if isinstance(each, str)])
    field = f"{action['action']} {keys}" if "action" in action else keys
    return Unfit(field, ", ".join(map(".".join, fill.template.names)), _why(fill, value))


def _why(fill: Fill, value: object) -> str:
    taken = f"where it takes {_named(fill)}"
    match value:
        case None | "":
            return f"it is empty, {taken}"
        case bool() | list() | dict():
            return f"it is {_KINDS[type(value)]}, {taken}"
        case int() | float():
            return _number(fill, value) or f"it is a number that is none of the values it takes, {taken}"
        case str() if "string" in fill.types:
            return _text(fill, value)
    return f"it is a text, {taken}"


_KINDS: Mapping[type, str] = {bool: "`true` or `false`", list: "a list", dict: "an object"}
_TYPES = {"string": "text", "boolean": "`true` or `false`", "integer": "a whole number", "number": "a number"}


def _named(fill: Fill) -> str:
    if fill.into == "phone":
        return "a phone number"
    return " or ".join([_TYPES.get(each, each) for each in fill.types if each != "null"]) or "another value"


def _number(fill: Fill, value: float) -> str:
    """What is wrong with a number, but for one where text is taken."""
    limits: Mapping[str, Any] = fill.limits
    if "integer" not in fill.types and "number" not in fill.types:
        return f"it is a number, where it takes {_named(fill)}"
    if value < limits.get("minimum", value):
        return f"it is a number below {limits['minimum']}"
    if value > limits.get("maximum", value):
        return f"it is a number above {limits['maximum']}"
    return "" if "number" in fill.types or isinstance(value, int) else "it is no whole number"


def _text(fill: Fill, value: str) -> str:
    """What is wrong with a text, where one is taken."""
    limits: Mapping[str, Any] = fill.limits
    if len(value) > limits.get("maxLength", len(value)):
        return f"it is longer than {limits['maxLength']} characters"
    if len(value) < limits.get("minLength", 0):
        return f"it is shorter than {limits['minLength']} characters"
    if fill.into == "phone":
        return _phone(value)
    if "enum" in limits and value not in limits["enum"]:
        return f"it is none of {', '.join([f'`{each}`' for each in limits['enum']])}"
    if fill.into == "url":
        return "a value may be no step up in a URL (`..`), and a URL has a scheme and a host"
    return "it has characters that cannot stand there, or lacks what has to"


def _phone(value: str) -> str:
    if not (value.isascii() and value.isdigit()):
        return f"it is like `{_shape(value)}`, and not the digits of a phone number"
    if value.startswith("0"):
        return "it begins with 0, and not with the code of a country (`44…`)"
    return "it has more or fewer digits than a phone number"


def _shape(value: str) -> str:
    """What a text looks like: runs of digits as one `9`, of letters as one `a`."""
    for kind, sign in _RUNS:
        value = re.sub(kind, sign, value)
    shown = "".join([each if each.isprintable() else "?" for each in value[:_MOST]])
    return f"{shown}…" if len(value) > _MOST else shown


_RUNS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"[^\W\d_]+", "a"),
    (r"\d+", "9"),
    ("`", "'"),
    (r"\s+", " "),
)
