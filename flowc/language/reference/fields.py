"""The fields of an action as its page shows them: a line of data and a paragraph of prose each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from ..schema import facts
from ..schema.facts import Schema
from .paragraphs import paragraph

_WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "mapping",
    "array": "list",
    "null": "null",
}
_KINDS = {
    "phone": "phone number",
    "url": "URL",
    "urls": "list of one URL",
    "websocket-url": "websocket URL",
    "sip-uri": "SIP address",
    "leg": "list of leg UUIDs",
    "tts-language": "code of a voice",
    "asr-language": "code of a language",
}


class _Row(NamedTuple):
    """A field as it stands in the table; the fields of an object follow it, further in."""

    name: str
    field: Schema
    required: bool


def field_lines(definition: Schema) -> list[str]:
    """The fields of an action, an endpoint or an object, with the fields of the objects inside."""
    rows = list(_rows(definition, "  "))
    wide = max(len(row.name) for row in rows) + 2
    return [line for row in rows for line in _field(row, wide)]


def _rows(definition: Schema, indent: str) -> Iterator[_Row]:
    for name, (part, required) in _properties(definition).items():
        field = facts.resolved(part)
        yield _Row(indent + name, field, required)
        yield from _rows(field, indent + "  ")


def _properties(definition: Schema) -> dict[str, tuple[Schema, bool]]:
    """The fields of an object; where it has several forms, those of all, and the constants that tell them apart."""
    found: dict[str, tuple[Schema, bool]] = {}
    for form in definition.get("oneOf", (definition,)):
        for name, part in form.get("properties", {}).items():
            if name in found and "const" in part:
                part = {**part, "enum": [*_values(found[name][0]), part["const"]]}
            found[name] = (
                {key: value for key, value in part.items() if key != "const"} if "enum" in part else part,
                name in form.get("required", ()),
            )
    return found


def _values(field: Schema) -> list[object]:
    return field["enum"] if "enum" in field else [field["const"]]


def _field(row: _Row, wide: int) -> Iterator[str]:
    """A line of data and a paragraph of prose."""
    default = [f"default {json.dumps(row.field['default'])}"] if "default" in row.field else []
    data = "; ".join([_shape(row.field), *(["required"] if row.required else []), *default])
    yield from paragraph(data, f"{row.name:<{wide}}", " " * wide)
    yield from paragraph(" ".join(_prose(row.field)), " " * (len(row.name) - len(row.name.lstrip()) + 4))


def _is_endpoint(field: Schema) -> bool:
    return "items" in field and str(field["items"].get("$ref", "")).endswith("/endpoint")


def _prose(field: Schema) -> Iterator[str]:
    own = field["x-flowc"]
    yield field["description"]
    if _is_endpoint(field):
        yield f"Its types are {', '.join(f'`{kind}`' for kind in facts.endpoints())}; each has a page."
    if "since" in own:
        yield f"Since {own['since']}."
    if "note" in own:
        yield f"Note: {own['note']}."
    if "disagree" in own:
        yield f"The sources disagree: {own['disagree']}."
    if "unknown" in own:
        yield f"Not known: {own['unknown']}."
    yield f"[{own['source']}]"


def _shape(field: Schema) -> str:
    """What a field holds: its kind or JSON type, its values or range, its unit."""
    own = field.get("x-flowc", {})
    unit = f", {own['unit']}" if "unit" in own and "maxLength" not in field and _counted(field) else ""
    return _kind(field) + _range(field) + _length(field) + unit


def _kind(field: Schema) -> str:
    kind = _KINDS.get(field.get("x-flowc", {}).get("kind", ""))
    if kind:
        return kind
    if "const" in field:
        return json.dumps(field["const"])
    if "enum" in field:
        return " | ".join(map(str, field["enum"]))
    if "oneOf" in field:
        return _WORDS["object"]
    return _list(field) if field["type"] == "array" else _WORDS[field["type"]]


def _list(field: Schema) -> str:
    few, many = field.get("minItems", 0), field.get("maxItems")
    items = facts.resolved(field["items"])
    what = "one endpoint" if "oneOf" in items else _shape(items)
    return f"list of {what}" if many != 1 or few != 1 or "oneOf" in items else f"list of one {what}"


def _counted(field: Schema) -> bool:
    return field.get("type") in ("integer", "number")


def _range(field: Schema) -> str:
    low, high = field.get("minimum"), field.get("maximum")
    if low is None and high is None:
        return ""
    return f", {low} or more" if high is None else f" {low} to {high}"


def _length(field: Schema) -> str:
    return f", at most {field['maxLength']} characters" if "maxLength" in field else ""
