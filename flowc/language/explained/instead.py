"""Values as people write them by habit, and what is written here for them."""

from __future__ import annotations

import re

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
    **dict.fromkeys(("password", "token", "key", "apikey"), "secret"),
}
_WORDS = {
    "method": dict.fromkeys(("put", "patch", "delete"), "POST"),
    "type": _TYPES,
}
"""By the field: words of other systems, and those that are meant."""

_SECONDS = {"ms": 0.001, "s": 1.0, "sec": 1.0, "secs": 1.0, "seconds": 1.0, "second": 1.0, "": 1.0}
_MINUTES = dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60.0)


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


def expectation(expect: object, keyword: str) -> str:
    """What to write for an `expect` that is no JSON Schema."""
    fields = expect if isinstance(expect, dict) else {}
    if keyword == "status":
        return "what comes of a status is said by `when`, as in `when: {404: STEP}`"
    if keyword == "required" and isinstance(fields.get("required"), str):
        return f"write `required: [{fields['required']}]`"
    kinds = {"int": "integer", "str": "string", "bool": "boolean", "float": "number", "list": "array", "text": "string"}
    if fields and all(isinstance(each, str) for each in fields.values()):
        parts = {name: {"type": kinds.get(str(each).lower(), each)} for name, each in fields.items()}
        return f"write {typed('expect', {'type': 'object', 'required': list(fields), 'properties': parts}, raw=False)}"
    return "correct it, as in `expect: {type: object, required: [name]}`, or leave it out"


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
    if not isinstance(value, str | int | float) or value == "":
        return None
    if isinstance(value, bool):
        return f"write `{name}: {{type: boolean, default: {as_typed(value)}}}`"
    kinds = ("text", "number", "integer", "boolean", "phone", "url", "list", "secret")
    if (kind := _TYPES.get(str(value).lower(), value)) in kinds:
        return f"write `{name}: {{type: {kind}}}`"
    kind = "text" if isinstance(value, str) else "integer" if isinstance(value, int) else "number"
    return f"write `{name}: {{type: {kind}, default: {as_typed(value)}}}`"
