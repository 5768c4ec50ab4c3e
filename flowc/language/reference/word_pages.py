"""The page of a word of flows, as `flowc explain` prints it: steps, keys, fields, names, filters, signs and types."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from ..schema.schemas import Schema, bundled, flat
from . import glossary
from .paragraphs import paragraph

_OWNERS = {"way": "`branch`", "question": "`menu` and `input`", "optionFields": "an option", "calendar": "a calendar"}
"""What the fields of a definition belong to, where it is called otherwise."""

_SHOWN = ("question", "menu", "input", "connect", "way", "request", "calendar", "param", "voice", "optionFields")


def word_page(name: str) -> str | None:
    """All senses of a word of flows; None for any other word."""
    senses = [*_senses(name)]
    return "\n".join(senses) if senses else None


def words() -> Iterator[str]:
    """All words that have a page."""
    yield from glossary.STEPS
    yield from glossary.KEYS
    for _, fields in _owners():
        yield from fields
    for table in (glossary.TARGETS, glossary.NAMES, glossary.FILTERS, glossary.OPERATORS, glossary.TYPES):
        yield from table


def _senses(name: str) -> Iterator[str]:
    if name in glossary.STEPS:
        step = _step(name)
        yield _page(f"{name}: a step of a flow", _described(step), glossary.STEPS[name], _fields(step))
    if name in glossary.KEYS:
        key = _properties(bundled("flow"))[name]
        yield _page(
            f"{name}: a key at the top of a flow", key.get("description", ""), glossary.KEYS[name], _fields(key)
        )
    if name in glossary.TARGETS:
        yield _page(f"{name}: a target", *glossary.TARGETS[name])
    fields = [(owner, part[name]) for owner, part in _owners() if name in part]
    if fields and name not in glossary.STEPS:
        yield _field_page(name, fields)
    if name in glossary.NAMES:
        yield _page(f"{name}: a name in expressions", *glossary.NAMES[name])
    for kind, table in (("a filter", glossary.FILTERS), ("a part of expressions", glossary.OPERATORS)):
        if name in table:
            what, expression, gives = table[name]
            yield _page(f"{name}: {kind}", what, f"{expression}   gives   {gives}")
    if name in glossary.TYPES:
        yield _page(
            f"{name}: a type of params", f"Its values: {glossary.TYPES[name]}.", f"params: {{NAME: {{type: {name}}}}}"
        )


def _page(title: str, what: str, example: str, fields: Sequence[str] = ()) -> str:
    lines = [title, "", *paragraph(what, ""), "", "For example", *textwrap.indent(example, "  ").splitlines()]
    if fields:
        lines += ["", "Fields", *fields]
    return "\n".join(lines) + "\n"


def _field_page(name: str, fields: list[tuple[str, Schema]]) -> str:
    lines = [f"{name}: a field", ""]
    for owner, field in fields:
        lines += paragraph(f"of {owner}: {_described(field)}", "  - ", "    ")
    return "\n".join(lines) + "\n"


def _step(name: str) -> Schema:
    return _flat(_properties(flat(bundled("flow")["$defs"]["actions"], bundled("flow")))[name])


def _owners() -> Iterator[tuple[str, dict[str, Schema]]]:
    """What has fields, and its fields by name."""
    root = bundled("flow")
    shared = _properties(root["$defs"]["question"])
    for name in _SHOWN:
        own = _properties(_flat(root["$defs"][name]))
        fields = {key: each for key, each in own.items() if key not in shared} if name in ("menu", "input") else own
        yield _OWNERS.get(name, f"`{name}`"), fields
    for name in ("switch", "run"):
        yield f"`{name}`", _properties(_long(_step(name)))
    yield "the `when` of a `connect`", _properties(_properties(_flat(root["$defs"]["connect"]))["when"])


def _fields(schema: Schema) -> list[str]:
    """The fields of a step in its long form, each with its sentence."""
    long = _long(_flat(schema))
    inner = long.get("items") or long.get("additionalProperties")
    if isinstance(inner, dict) and "properties" not in long:
        long = _long(_flat(inner))
    fields = _properties(long)
    wide = max(map(len, fields), default=0) + 2
    need = long.get("required", ())
    return [
        line
        for name, field in fields.items()
        for line in paragraph(
            f"{name:<{wide}}{'(needed) ' if name in need else ''}{_described(field)}", "  ", " " * (wide + 2)
        )
    ]


def _long(schema: Schema) -> Schema:
    """The form of a schema that has fields."""
    for each in schema.get("oneOf", ()):
        form = _flat(each)
        if "properties" in form:
            return form
    return schema


def _described(field: Schema) -> str:
    return str(_flat(field).get("description", ""))


def _flat(schema: Schema) -> Schema:
    return flat(schema, bundled("flow"))


def _properties(schema: Schema) -> dict[str, Schema]:
    found: dict[str, Schema] = _flat(schema).get("properties", {})
    return found
