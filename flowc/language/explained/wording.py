"""How shapes and values are called in front of an author: a flow's author writes YAML, an NCCO's writes JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ...text.quoting import in_braces
from ..schema.schemas import Schema, type_of

Path = tuple[str | int, ...]

LONG = 200
"""More characters than this are not worth typing again."""

_UNITS = {"s": "seconds"}
_KINDS = {
    "phone": "a phone number",
    "url": "a URL",
    "urls": "{list} of one URL",
    "websocket-url": "a websocket URL",
    "sip-uri": "a SIP URI",
}
_EXAMPLES: dict[str, object] = {
    "phone": "447700900000",
    "url": "https://…",
    "urls": ["https://…"],
    "websocket-url": "wss://…",
    "sip-uri": "sip:…",
}


def is_a(value: object, *, raw: bool) -> str:
    """What a value is: `is_a("x", raw=True)` is "a text"."""
    if value is None:
        return "`null`" if raw else "empty"
    if isinstance(value, bool):
        return f"`{json.dumps(value)}`"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return "a text" if value else "an empty text"
    if isinstance(value, list):
        return "an array" if raw else "a list"
    return "an object" if raw else "a mapping"


def takes(schema: Schema, *, raw: bool) -> str:
    """What a field takes: "a whole number of seconds", "`true` or `false`"."""
    return either(dict.fromkeys(_takes(schema, raw=raw)))


def _takes(schema: Schema, *, raw: bool) -> Iterator[str]:
    if "takes" in schema.get("x-flowc", {}):
        yield schema["x-flowc"]["takes"]
        return
    for way in schema.get("oneOf", schema.get("anyOf", ())[:1]):
        yield from _takes(way, raw=raw)
    kind = schema.get("x-flowc", {}).get("kind")
    if "oneOf" in schema or "anyOf" in schema:
        return
    if "enum" in schema or "const" in schema:
        yield from (f"`{each}`" for each in schema.get("enum", [schema.get("const")]))
    elif kind in _KINDS:
        yield _KINDS[kind].format(list="an array" if raw else "a list")
    elif "$ref" in schema and "type" not in schema:
        yield "fields"
    else:
        kinds = schema.get("type", ())
        yield from (_of_type(schema, each, raw=raw) for each in ([kinds] if isinstance(kinds, str) else kinds))


def _of_type(schema: Schema, kind: str, *, raw: bool) -> str:
    unit = schema.get("x-flowc", {}).get("unit")
    of = f" of {_UNITS.get(unit, unit)}" if unit else ""
    words = {
        "integer": f"a whole number{of}",
        "number": f"a number{of}",
        "boolean": "`true` or `false`",
        "string": "text",
        "array": "an array" if raw else "a list",
        "object": "an object" if raw else "fields",
        "null": "nothing",
    }
    return words[kind]


def either(words: Iterable[str]) -> str:
    """Words joined as one of several: "a, b or c"."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} or {last}" if first else last


def span_of(schema: Schema) -> str:
    """The range of a number, with its unit: "1 to 120 seconds"."""
    low, high = schema.get("minimum"), schema.get("maximum")
    unit = schema.get("x-flowc", {}).get("unit")
    words = f"{low} to {high}" if low is not None and high is not None else f"{low} or more"
    if low is None:
        words = f"at most {high}"
    return f"{words} {_UNITS.get(unit, unit)}" if unit else words


def typed(name: str, value: object, *, raw: bool) -> str:
    """A field as an author types it: `"timeOut": 5` in an NCCO, `timeOut: 5` in a flow. A long value is left out."""
    if len(str(value)) > LONG:
        value = "…"
    if raw:
        return f"`{json.dumps(name, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}`"
    return f"`{name}: {_yaml(value)}`"


def _yaml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{in_braces(str(key))}: {_yaml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(each) for each in value) + "]"
    return in_braces(value) if isinstance(value, str) else json.dumps(value)


def nested(path: Iterable[str], value: object) -> tuple[str, object]:
    """A setting at a path as one field: `nested(("dtmf", "timeOut"), 5)` is `("dtmf", {"timeOut": 5})`."""
    first, *rest = path
    for name in reversed(rest):
        value = {name: value}
    return first, value


def example(schema: Schema) -> object:
    """A value that an author might put there."""
    kind = schema.get("x-flowc", {}).get("kind")
    if kind in _EXAMPLES:
        return _EXAMPLES[kind]
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return example(schema[key][0])
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array":
        return [example(schema["items"])] if "items" in schema else []
    plain: dict[str, object] = {"object": {}, "boolean": True, "string": "…"}
    return plain.get(str(schema.get("type")), schema.get("minimum", "…"))


def shown(value: object) -> str:
    """A value as it is quoted in a message, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}…`"


def number(value: object) -> str:
    """A number without more digits than it needs."""
    return str(value) if type_of(value) == "integer" else f"{value:g}"
