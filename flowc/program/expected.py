"""Whether what came back from outside is as a flow expects it: JSON Schema, the part of it that data alone decides.

No library is needed for it where calls are answered. A caller waits meanwhile, and so do all others, so it is done in
bounded time: what takes more work than `MOST_WORK` is not as expected. A keyword that is not known here is found before
any call comes: see `misfits`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from .automaton import UnusableError
from .regular import compiled
from .work import TooMuchError, Work

Schema = Mapping[str, Any]

DEEPEST = 64
"""Schemas in each other, and by references, that are gone into."""

UNEXPECTED = "not as expected"
TOO_MUCH = "not as expected: to look at all of it takes too long"


def fits(schema: object, data: object) -> bool:
    """Whether data is as a schema says. Without a schema everything is; what takes too much to look at is not."""
    return not amiss(schema, data)


def amiss(schema: object, data: object) -> str:
    """Why data is not as a schema says; nothing where it is."""
    try:
        return "" if _Look(schema).fits(schema, data) else UNEXPECTED
    except (TooMuchError, UnusableError):
        return TOO_MUCH


class _Look(Work):
    """A look at data, beside a schema whose references lead into `root`."""

    __slots__ = ("depth", "root")

    def __init__(self, root: object) -> None:
        super().__init__()
        self.root, self.depth = root, 0

    def fits(self, schema: object, data: object) -> bool:
        """Whether a piece of the data is as a piece of the schema says. Raises TooMuchError."""
        self.spend()
        if schema is None or isinstance(schema, bool):
            return schema is not False
        if not isinstance(schema, Mapping):
            return False
        self.spend(len(schema) >> 2)
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooMuchError
        for key, value in schema.items():
            keyword = _KEYWORDS.get(key)
            if keyword is not None and not keyword(value, data, schema, self):
                self.depth -= 1
                return False
        fine = "$ref" not in schema or self.fits(found(self.root, schema["$ref"]), data)
        self.depth -= 1
        return fine

    def same(self, one: object, two: object) -> bool:
        """Whether two values are equal as JSON: `1` is `1.0`, and neither is `true`. Raises TooMuchError."""
        if isinstance(one, bool) or isinstance(two, bool):
            return one is two
        if isinstance(one, list) and isinstance(two, list):
            self.spend(1 + (len(one) >> 4))
            return len(one) == len(two) and all(map(self.same, one, two))
        if isinstance(one, dict) and isinstance(two, dict):
            self.spend(1 + (len(one) >> 4))
            return one.keys() == two.keys() and all(self.same(value, two[key]) for key, value in one.items())
        return one == two

    def spelt(self, data: object) -> str:
        """A value as a text that those equal to it have as well, and no others. Raises TooMuchError."""
        self.spend()
        if isinstance(data, list):
            return f"[{','.join(map(self.spelt, data))}]"
        if isinstance(data, dict):
            return f"{{{','.join([f'{name!r}:{self.spelt(data[name])}' for name in sorted(data)])}}}"
        return repr(int(data) if isinstance(data, float) and data.is_integer() else data)


def found(root: object, reference: object) -> object:
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


_Keyword = Callable[[Any, Any, Schema, _Look], bool]


def _is(data: object, kind: str) -> bool:
    if isinstance(data, bool):
        return kind == "boolean"
    if kind == "integer":
        return isinstance(data, int) or (isinstance(data, float) and data.is_integer())
    return isinstance(data, _TYPES.get(kind, ()))


TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
"""What a value may be."""

_TYPES: dict[str, type | tuple[type, ...]] = {
    "null": type(None),
    "number": (int, float),
    "string": str,
    "array": list,
    "object": dict,
}


def _for(kind: str, holds: Callable[[Any, Any], bool]) -> _Keyword:
    """A keyword that asks something of one kind of data alone."""
    return lambda value, data, schema, look: not _is(data, kind) or holds(value, data)


def _enum(value: list[object], data: object, schema: Schema, look: _Look) -> bool:
    if isinstance(data, str):  # which is equal to no other kind
        look.spend(len(value) >> 6)
        return data in value
    look.spend(len(value) >> 2)
    return any(look.same(each, data) for each in value)


def _required(value: list[str], data: object, schema: Schema, look: _Look) -> bool:
    look.spend(len(value) >> 3)
    return not isinstance(data, dict) or all(name in data for name in value)


def _pattern(value: str, data: object, schema: Schema, look: _Look) -> bool:
    return not isinstance(data, str) or compiled(value).search(data, look)


def _distinct(value: bool, data: object, schema: Schema, look: _Look) -> bool:
    """Texts are compared, in place of the values: of numbers an answer could hold many that are kept at one place."""
    if not value or not isinstance(data, list):
        return True
    seen: set[str] = set()
    for each in data:
        spelt = look.spelt(each)
        if spelt in seen:
            return False
        seen.add(spelt)
    return True


def _multiple(value: int | float, data: int | float) -> bool:
    if isinstance(value, int) and isinstance(data, int):
        return data % value == 0
    try:
        return float(data / value).is_integer()
    except OverflowError:
        return False


def _properties(value: Schema, data: object, schema: Schema, look: _Look) -> bool:
    look.spend(len(value) >> 3)
    return not isinstance(data, dict) or all(
        look.fits(part, data[name]) for name, part in value.items() if name in data
    )


def _patterns(value: Schema, data: object, schema: Schema, look: _Look) -> bool:
    look.spend(len(value))
    return not isinstance(data, dict) or all(
        look.fits(part, each)
        for pattern, part in [(compiled(each), part) for each, part in value.items()]
        for name, each in data.items()
        if pattern.search(name, look)
    )


def _additional(value: object, data: object, schema: Schema, look: _Look) -> bool:
    if not isinstance(data, dict):
        return True
    look.spend(len(data) >> 2)
    known = schema.get("properties", {})
    patterns = [compiled(each) for each in schema.get("patternProperties", ())]
    rest = [name for name in data if name not in known and not any(each.search(name, look) for each in patterns)]
    return all(look.fits(value, data[name]) for name in rest)


def _items(value: object, data: object, schema: Schema, look: _Look) -> bool:
    if not isinstance(data, list):
        return True
    rest = islice(data, len(schema.get("prefixItems", ())), None)
    return all(look.fits(value, each) for each in rest)


def _contains(value: object, data: object, schema: Schema, look: _Look) -> bool:
    if not isinstance(data, list):
        return True
    count = sum(look.fits(value, each) for each in data)
    return bool(schema.get("minContains", 1) <= count <= schema.get("maxContains", count))


def _branch(value: object, data: object, schema: Schema, look: _Look) -> bool:
    return look.fits(schema.get("then" if look.fits(value, data) else "else"), data)


def _beside(value: object, data: object, schema: Schema, look: _Look) -> bool:
    """A keyword that another one beside it reads."""
    return True


_KEYWORDS: dict[str, _Keyword] = {
    "type": lambda value, data, *_: any(_is(data, each) for each in ([value] if isinstance(value, str) else value)),
    "const": lambda value, data, _, look: look.same(value, data),
    "enum": _enum,
    "minimum": _for("number", lambda value, data: data >= value),
    "maximum": _for("number", lambda value, data: data <= value),
    "exclusiveMinimum": _for("number", lambda value, data: data > value),
    "exclusiveMaximum": _for("number", lambda value, data: data < value),
    "multipleOf": _for("number", _multiple),
    "minLength": _for("string", lambda value, data: len(data) >= value),
    "maxLength": _for("string", lambda value, data: len(data) <= value),
    "pattern": _pattern,
    "minItems": _for("array", lambda value, data: len(data) >= value),
    "maxItems": _for("array", lambda value, data: len(data) <= value),
    "uniqueItems": _distinct,
    "prefixItems": lambda value, data, _, look: not isinstance(data, list) or all(map(look.fits, value, data)),
    "items": _items,
    "contains": _contains,
    "minContains": _beside,
    "maxContains": _beside,
    "minProperties": _for("object", lambda value, data: len(data) >= value),
    "maxProperties": _for("object", lambda value, data: len(data) <= value),
    "required": _required,
    "properties": _properties,
    "patternProperties": _patterns,
    "additionalProperties": _additional,
    "propertyNames": lambda value, data, _, look: (
        not isinstance(data, dict) or all(look.fits(value, each) for each in data)
    ),
    "allOf": lambda value, data, _, look: all(look.fits(each, data) for each in value),
    "anyOf": lambda value, data, _, look: any(look.fits(each, data) for each in value),
    "oneOf": lambda value, data, _, look: sum(look.fits(each, data) for each in value) == 1,
    "not": lambda value, data, _, look: not look.fits(value, data),
    "if": _branch,
    "then": _beside,
    "else": _beside,
}

_SAID = frozenset({"$schema", "$id", "$comment", "$defs", "title", "description", "default", "examples", "format"})
"""What says something of data and asks nothing of it."""

KEYWORDS = frozenset({*_KEYWORDS, *_SAID, "$ref"})
"""All keywords that are known here."""
