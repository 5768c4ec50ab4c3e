"""Whether what came back from outside is as a flow expects it: JSON Schema, the part of it that data alone decides.

No library is needed for it where calls are answered. A keyword that is not known here is found before any call comes:
`unusable` names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

_DEEPEST = 64


def fits(schema: object, data: object, root: object = None, depth: int = 0) -> bool:
    """Whether data is as a schema says. Without a schema everything is; what nests too deep is not."""
    if schema is None or isinstance(schema, bool):
        return schema is not False
    if not isinstance(schema, Mapping) or depth > _DEEPEST:
        return False
    root = schema if root is None else root

    def inner(part: object, value: object) -> bool:
        return fits(part, value, root, depth + 1)

    return all(_KEYWORDS[key](value, data, schema, inner) for key, value in schema.items() if key in _KEYWORDS) and (
        "$ref" not in schema or fits(_found(root, schema["$ref"]), data, root, depth + 1)
    )


def unusable(schema: object, root: object = None) -> Iterator[str]:
    """The keywords of a schema that nobody here would look at, or could not."""
    if not isinstance(schema, Mapping):
        yield from () if isinstance(schema, bool) or schema is None else (str(schema),)
        return
    root = schema if root is None else root
    for key, value in schema.items():
        if not _is_usable(key, value, root):
            yield str(key)
        else:
            for each in _parts(key, value):
                yield from unusable(each, root)


def _is_usable(key: str, value: object, root: object) -> bool:
    """Whether a keyword is known and has a value that it can have."""
    if key == "$ref":
        return _found(root, value) is not False
    if key in _COUNTS:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if key in _NUMBERS:
        return _is(value, "number") and (key != "multipleOf" or (isinstance(value, int | float) and value > 0))
    if key in _NAMED:
        return isinstance(value, Mapping) and (key != "patternProperties" or all(map(_is_pattern, value)))
    if key in (*_LISTED, "enum"):
        return isinstance(value, list)
    if key in ("type", "required"):
        names = [value] if isinstance(value, str) and key == "type" else value
        return isinstance(names, list) and all(isinstance(each, str) for each in names)
    if key == "pattern":
        return _is_pattern(value)
    return key in _KEYWORDS or key in _SAID


def _is_pattern(value: object) -> bool:
    try:
        return isinstance(value, str) and re.compile(value) is not None
    except (re.error, RecursionError, OverflowError):
        return False


def _parts(key: str, value: Any) -> Iterable[object]:
    """The schemas in a keyword."""
    if key in _NAMED:
        return list(value.values())
    return value if key in _LISTED else [value] if key in _ONE else []


_SAID = frozenset({"$schema", "$id", "$comment", "$defs", "title", "description", "default", "examples", "format"})
"""What says something of data and asks nothing of it."""

_ONE = frozenset({"items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else"})
_NAMED = frozenset({"properties", "patternProperties", "$defs"})
_LISTED = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_NUMBERS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_COUNTS = frozenset(
    {"minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains", "minProperties", "maxProperties"}
)

_Inner = Callable[[object, object], bool]
_Keyword = Callable[[Any, Any, Schema, _Inner], bool]


def _found(root: object, reference: object) -> object:
    """The part of a schema that a reference into it means; one that leads nowhere fits nothing."""
    part: object = root
    if not isinstance(reference, str) or not re.fullmatch(r"#(?:/.*)?", reference):
        return False
    for key in reference[2:].split("/") if len(reference) > 1 else []:
        name = key.replace("~1", "/").replace("~0", "~")
        if not isinstance(part, Mapping) or name not in part:
            return False
        part = part[name]
    return part


def _is(data: object, kind: str) -> bool:
    if isinstance(data, bool):
        return kind == "boolean"
    if kind == "integer":
        return isinstance(data, int) or (isinstance(data, float) and data.is_integer())
    return isinstance(data, _TYPES.get(kind, ()))


_TYPES: dict[str, type | tuple[type, ...]] = {
    "null": type(None),
    "number": (int, float),
    "string": str,
    "array": list,
    "object": dict,
}


def _same(one: object, two: object) -> bool:
    """Whether two values are equal as JSON: `1` is `1.0`, and neither is `true`."""
    if isinstance(one, bool) or isinstance(two, bool):
        return one is two
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(_same, one, two))
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(_same(value, two[key]) for key, value in one.items())
    return one == two


def _for(kind: str, holds: Callable[[Any, Any], bool]) -> _Keyword:
    """A keyword that asks something of one kind of data alone."""
    return lambda value, data, schema, inner: not _is(data, kind) or holds(value, data)


def _distinct(wanted: bool, data: list[object]) -> bool:
    return not wanted or not any(_same(each, other) for at, each in enumerate(data) for other in data[:at])


def _multiple(value: int | float, data: int | float) -> bool:
    if isinstance(value, int) and isinstance(data, int):
        return data % value == 0
    try:
        return float(data / value).is_integer()
    except OverflowError:
        return False


def _properties(value: Schema, data: object, schema: Schema, inner: _Inner) -> bool:
    return not isinstance(data, dict) or all(inner(part, data[name]) for name, part in value.items() if name in data)


def _patterns(value: Schema, data: object, schema: Schema, inner: _Inner) -> bool:
    return not isinstance(data, dict) or all(
        inner(part, each) for pattern, part in value.items() for name, each in data.items() if re.search(pattern, name)
    )


def _additional(value: object, data: object, schema: Schema, inner: _Inner) -> bool:
    if not isinstance(data, dict):
        return True
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    rest = [name for name in data if name not in known and not any(re.search(each, name) for each in patterns)]
    return all(inner(value, data[name]) for name in rest)


def _items(value: object, data: object, schema: Schema, inner: _Inner) -> bool:
    return not isinstance(data, list) or all(inner(value, each) for each in data[len(schema.get("prefixItems", ())) :])


def _contains(value: object, data: object, schema: Schema, inner: _Inner) -> bool:
    if not isinstance(data, list):
        return True
    count = sum(inner(value, each) for each in data)
    return bool(schema.get("minContains", 1) <= count <= schema.get("maxContains", count))


def _branch(value: object, data: object, schema: Schema, inner: _Inner) -> bool:
    return inner(schema.get("then" if inner(value, data) else "else"), data)


def _beside(value: object, data: object, schema: Schema, inner: _Inner) -> bool:
    """A keyword that another one beside it reads."""
    return True


_KEYWORDS: dict[str, _Keyword] = {
    "type": lambda value, data, *_: any(_is(data, each) for each in ([value] if isinstance(value, str) else value)),
    "const": lambda value, data, *_: _same(value, data),
    "enum": lambda value, data, *_: any(_same(each, data) for each in value),
    "minimum": _for("number", lambda value, data: data >= value),
    "maximum": _for("number", lambda value, data: data <= value),
    "exclusiveMinimum": _for("number", lambda value, data: data > value),
    "exclusiveMaximum": _for("number", lambda value, data: data < value),
    "multipleOf": _for("number", _multiple),
    "minLength": _for("string", lambda value, data: len(data) >= value),
    "maxLength": _for("string", lambda value, data: len(data) <= value),
    "pattern": _for("string", lambda value, data: re.search(value, data) is not None),
    "minItems": _for("array", lambda value, data: len(data) >= value),
    "maxItems": _for("array", lambda value, data: len(data) <= value),
    "uniqueItems": _for("array", _distinct),
    "prefixItems": lambda value, data, _, inner: not isinstance(data, list) or all(map(inner, value, data)),
    "items": _items,
    "contains": _contains,
    "minContains": _beside,
    "maxContains": _beside,
    "minProperties": _for("object", lambda value, data: len(data) >= value),
    "maxProperties": _for("object", lambda value, data: len(data) <= value),
    "required": _for("object", lambda value, data: all(name in data for name in value)),
    "properties": _properties,
    "patternProperties": _patterns,
    "additionalProperties": _additional,
    "propertyNames": lambda value, data, _, inner: (
        not isinstance(data, dict) or all(inner(value, each) for each in data)
    ),
    "allOf": lambda value, data, _, inner: all(inner(each, data) for each in value),
    "anyOf": lambda value, data, _, inner: any(inner(each, data) for each in value),
    "oneOf": lambda value, data, _, inner: sum(inner(each, data) for each in value) == 1,
    "not": lambda value, data, _, inner: not inner(value, data),
    "if": _branch,
    "then": _beside,
    "else": _beside,
}
