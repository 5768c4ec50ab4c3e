"""Values as people write them by habit, and what is written here for them."""

from __future__ import annotations

import re

from ...text import secrecy
from ..schema.schemas import Schema
from .whole import as_typed
from .wording import typed

_TYPES = {
    **dict.fromkeys(("string", "str", "char", "varchar"), "text"),
    **dict.fromkeys(("int", "long", "int32", "int64"), "integer"),
    **dict.fromkeys(("float", "double", "decimal", "numeric"), "number"),
    **dict.fromkeys(("bool", "flag"), "boolean"),
    **dict.fromkeys(("tel", "telephone", "msisdn", "e164"), "phone"),
    **dict.fromkeys(("uri", "link", "href"), "url"),
    **dict.fromkeys(("enum", "select", "option"), "choice"),
    **dict.fromkeys(("array", "strings", "set", "tuple"), "list"),
    **dict.fromkeys(secrecy.TYPES, secrecy.SECRET),
}
_WORDS = {
    "method": dict.fromkeys(("put", "patch", "delete"), "POST"),
    "type": _TYPES,
}
"""By the field: words of other systems, and those that are meant."""

_SECONDS = {"ms": 0.001, "s": 1.0, "sec": 1.0, "secs": 1.0, "seconds": 1.0, "second": 1.0, "": 1.0}
_MINUTES = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600.0),
}


def word(field: str, value: object, words: list[str]) -> str | None:
    """The one of the words that a field takes for which another word stands."""
    meant = _WORDS.get(field, {}).get(str(value).lower())
    return meant if meant in words else None


def seconds(value: str, *, whole: bool) -> float | None:
    """The number that a duration with its unit stands for, in seconds; None for any other text."""
    found = re.fullmatch(r"\s*([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*([a-zA-Z]*)\.?\s*", value)
    unit = None if found is None else {**_SECONDS, **_MINUTES}.get(found[2].lower())
    if found is None or unit is None:
        return None
    time = float(found[1]) * unit
    return max(1, round(time)) if whole else (int(time) if time.is_integer() else round(time, 3))


def within(value: float, schema: Schema) -> float:
    """The number that a field takes and that is nearest to one; of milliseconds, the seconds."""
    short = milliseconds(value, schema)
    if short is not None:
        return short
    least: float = schema.get("minimum", value)
    most: float = schema.get("maximum", value)
    return min(max(value, least), most)


def milliseconds(value: object, schema: Schema) -> float | None:
    """The seconds that are meant where a number is too large and a thousandth of it is in range."""
    if (
        not isinstance(value, int | float)
        or schema.get("x-flowc", {}).get("unit") not in ("s", "seconds")
        or value < 100
    ):
        return None
    if value < 20 * schema.get("maximum", value):  # a long time, not a short one in thousandths
        return None
    time = value / 1000
    within = schema.get("minimum", 0) <= time <= schema.get("maximum", time)
    return (int(time) if time.is_integer() else time) if within and value % 50 == 0 else None


def endpoint(name: str, value: object) -> str | None:
    """What to write in a `connect` for an endpoint that is given as a mapping with its type."""
    kind = value.get("type") if isinstance(value, dict) else None
    if name not in ("to", "endpoint", "endpoints") or not isinstance(value, dict) or not isinstance(kind, str):
        return None
    fields = {key: each for key, each in value.items() if key != "type"}
    short = next(iter(fields.values())) if len(fields) == 1 else fields
    return f"write {typed(kind, short, raw=False)}"


def status(written: str) -> str:
    """What to write for a key of a request's `when` that is no status."""
    plain = written.lower()
    if plain in ("2xx", "200-299", "success", "ok", "answered", "2**", "then"):
        return "take it out: after a good answer the block goes on"
    if plain in ("error", "timeout", "failed", "failure", "default", "else", "other", "otherwise", "*", "_"):
        return "take it out: the `otherwise` of the request is for that"
    parts = re.findall(r"[2-5]\d\d", written)
    if len(parts) > 1 and not re.search(r"\d-\d", written):
        return f"write each by itself: {', '.join(f'`{each}`' for each in parts)}"
    if re.fullmatch(r"[3-5]\D\D|[3-5]\d\d-[3-5]\d\d", plain):
        return f"write each by itself, such as `{plain[0]}04`; `otherwise` is for all the rest"
    return "write one such as `404`"


def param(name: str, value: object) -> str | None:
    """A param whose type, or whose value, is written alone."""
    if value is None or value == "":
        return f"write `{name}: {{type: text}}`"
    if isinstance(value, list):
        return f"write {typed(name, {'type': 'list', 'default': value}, raw=False)}"
    if not isinstance(value, str | int | float):
        return None
    if isinstance(value, bool):
        return f"write `{name}: {{type: boolean, default: {as_typed(value)}}}`"
    kinds = ("text", "number", "integer", "boolean", "phone", "url", "list", "secret")
    if (kind := _TYPES.get(str(value).lower(), value)) in kinds:
        return f"write `{name}: {{type: {kind}}}`"
    return f"write `{name}: {{type: {kind_of(value)}, default: {as_typed(value)}}}`"


def kind_of(value: object) -> str:
    """The type of a param that a value would be a default of."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, list):
        return "list"
    return "integer" if isinstance(value, int) else "number" if isinstance(value, float) else "text"
