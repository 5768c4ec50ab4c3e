"""What of a JSON Schema nobody could hold an answer against: keywords that are not known, or that mean nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from . import regular
from .expected import DEEPEST, KEYWORDS, TYPES, Schema, found


class Misfit(NamedTuple):
    """What of a schema nobody here could look at: a keyword, with what it stands in, or a value that is no schema.

    `why` is what is wrong with it, where that is more than that it is not known, or not of its kind.
    """

    owner: Any
    key: str | int
    value: object
    is_keyword: bool
    why: str = ""

    @property
    def word(self) -> str:
        """What it is called: the keyword, or the value itself."""
        return str(self.key if self.is_keyword or self.why else self.value)


def unusable(schema: object) -> Iterator[str]:
    """The keywords of a schema that nobody here would look at, or could not."""
    for each in misfits(schema):
        yield each.word


def misfits(
    schema: object, root: object = None, owner: object = None, key: str | int = "", depth: int = 0
) -> Iterator[Misfit]:
    """The same with where they are. `owner` holds the schema at a key, where it is a part of another one."""
    if not isinstance(schema, Mapping):
        yield from () if isinstance(schema, bool) or schema is None else (Misfit(owner, key, schema, False),)
        return
    if depth > DEEPEST:
        yield Misfit(owner, key, schema, False, f"lies deeper in it than {DEEPEST} schemas")
        return
    root = schema if root is None else root
    for name, value in schema.items():
        if not _is_usable(name, value, root):
            yield Misfit(schema, name, value, True)
            continue
        yield from _of_patterns(schema, name, value)
        for holder, at in _parts(schema, name):
            yield from misfits(holder[at], root, holder, at, depth + 1)


def _of_patterns(schema: Schema, name: str, value: Any) -> Iterator[Misfit]:
    """The regular expressions in a keyword that could not be looked at in time."""
    for pattern in [value] if name == "pattern" else value if name == "patternProperties" else ():
        why = regular.fault(pattern)
        if why is not None:
            is_name = name == "patternProperties"
            yield Misfit(value if is_name else schema, pattern if is_name else name, pattern, True, why)


def _is_usable(key: str, value: object, root: object) -> bool:
    """Whether a keyword is known and has a value that it can have."""
    if key == "$ref":
        return isinstance(found(root, value), Mapping) or found(root, value) is True
    if key in _COUNTS:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if key in _NUMBERS:
        return _is_number(value) and (key != "multipleOf" or (isinstance(value, int | float) and value > 0))
    if key in _NAMED:
        return isinstance(value, Mapping)
    if key in (*_LISTED, "enum"):
        return isinstance(value, list)
    if key in ("type", "required"):
        names = [value] if isinstance(value, str) and key == "type" else value
        if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
            return False
        return key == "required" or (len(names) > 0 and TYPES.issuperset(names))
    if key == "pattern":
        return isinstance(value, str)
    if key == "uniqueItems":
        return isinstance(value, bool)
    return key in KEYWORDS


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _parts(schema: Schema, key: str) -> Iterator[tuple[Any, Any]]:
    """The schemas in a keyword: what holds each, and at which key."""
    if key in _NAMED:
        yield from ((schema[key], name) for name in schema[key])
    elif key in _LISTED:
        yield from ((schema[key], at) for at in range(len(schema[key])))
    elif key in _ONE:
        yield schema, key


_ONE = frozenset({"items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else"})
_NAMED = frozenset({"properties", "patternProperties", "$defs"})
_LISTED = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_NUMBERS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_COUNTS = frozenset(
    {"minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains", "minProperties", "maxProperties"}
)
