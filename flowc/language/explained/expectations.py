"""What is said of a JSON Schema in which something could not be looked at, and what to write for it."""

from __future__ import annotations

from ...program.expected import KEYWORDS, TYPES
from ...program.misfits import Misfit
from ...text.nearest import nearest
from . import unheeded
from .wording import is_a, shown, typed

_KINDS = {
    **dict.fromkeys(("int", "long"), "integer"),
    **dict.fromkeys(("str", "text", "date", "datetime", "uuid", "phone", "url"), "string"),
    **dict.fromkeys(("bool", "flag"), "boolean"),
    **dict.fromkeys(("float", "double", "decimal"), "number"),
    "list": "array",
    **dict.fromkeys(("dict", "map", "mapping", "hash"), "object"),
    **dict.fromkeys(("none", "nil"), "null"),
}
"""Types under names that they have elsewhere."""

_TAKES = {
    "type": "one of " + ", ".join(f"`{each}`" for each in sorted(TYPES)),
    "required": "a list of names",
    "pattern": "a regular expression",
    "$ref": "a part of this schema, such as `#/$defs/NAME`",
    **dict.fromkeys(("properties", "patternProperties", "$defs"), "names, each with a schema"),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "a list of schemas"),
    "enum": "a list of values",
    "multipleOf": "a number above 0",
    "uniqueItems": "`true` or `false`",
}
_COUNTED = ("Length", "Items", "Contains", "Properties")


def message(misfit: Misfit) -> str:
    """What is wrong there."""
    if misfit.why:
        return f"{f'`{misfit.key}`' if misfit.is_keyword else 'this schema'} {misfit.why}"
    if not misfit.is_keyword:
        return f"{shown(misfit.value)} is no JSON Schema"
    if misfit.key == "type" and (wrong := _no_type(misfit.value)):
        if wrong == [None]:
            return "`null` without quotes is nothing at all here, and no name of a type"
        return f"{shown(wrong[0])} in `type` is no type, it takes {_takes('type')}"
    if misfit.key in KEYWORDS:
        return f"`{misfit.key}` is {_said(misfit.value)}, it takes {_takes(str(misfit.key))}"
    why = unheeded.message(str(misfit.key))
    return f"`{misfit.key}` {why}" if why else f"`{misfit.key}` is nothing that JSON Schema asks of data"


def hint(misfit: Misfit, expect: object) -> str:
    """What to write; `expect` is the whole schema."""
    if misfit.why:
        return "describe the text plainly, such as `^[0-9]{8}$`" if misfit.is_keyword else "write it less deep"
    if not misfit.is_keyword:
        if misfit.key == "items":
            return "write one schema for all items: `items: {type: string}`"
        meant = _type(misfit.value)
        return f"write {typed(str(misfit.key), {'type': _in_yaml(meant)}, raw=False)}" if meant else _EXAMPLE
    if misfit.key == "status":
        return "what comes of a status is said by `when`, as in `when: {404: STEP}`"
    if misfit.key == "type" and (kinds := _types(misfit.value)):
        return f"write `type: {', '.join(kinds) if len(kinds) == 1 else '[' + ', '.join(kinds) + ']'}`"
    if misfit.key == "required" and isinstance(misfit.value, str):
        return f"write `required: [{misfit.value}]`"
    if misfit.key == "$ref":
        return "write that schema out here, or as a part of this one: `$ref: '#/$defs/NAME'` beside `$defs: {NAME: …}`"
    if misfit.key in KEYWORDS:
        return "correct it, or take it out"
    if misfit.owner is expect and (fields := as_fields(expect)):
        parts = {name: {"type": _in_yaml(kind)} for name, kind in fields.items()}
        return f"write {typed('expect', {'type': 'object', 'required': list(fields), 'properties': parts}, raw=False)}"
    if unheeded.message(str(misfit.key)):
        return unheeded.hint(str(misfit.key), misfit.value, misfit.owner)
    near = nearest(str(misfit.key), sorted(KEYWORDS))
    return f"did you mean `{near}`?" if near else _EXAMPLE


_EXAMPLE = "correct it, as in `expect: {type: object, required: [name]}`, or leave it out"


def as_fields(expect: object) -> dict[str, str]:
    """The fields of an answer with their types, where these alone are written: `{name: string, age: int}`."""
    if not isinstance(expect, dict) or not KEYWORDS.isdisjoint(expect):
        return {}
    kinds = {str(name): _type(value) for name, value in expect.items()}
    return {name: kind for name, kind in kinds.items() if kind} if all(kinds.values()) else {}


def _type(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    small = value.lower()
    return small if small in TYPES else _KINDS.get(small) or nearest(small, sorted(TYPES))


def _no_type(names: object) -> list[object]:
    """The first of a list of types that is none, if one is; `null` alone, which YAML reads as nothing."""
    listed = names if isinstance(names, list) else [names] if names is None else []
    return [each for each in listed if not isinstance(each, str) or each not in TYPES][:1]


def _types(names: object) -> list[str]:
    """Types as they are meant, and typed; nothing where one of them is not known."""
    listed = names if isinstance(names, list) else [names]
    meant = ["null" if each is None else _type(each) for each in listed]
    kinds = list(dict.fromkeys([each for each in meant if each])) if all(meant) else []
    return [_in_yaml(each) for each in kinds]


def _in_yaml(kind: str) -> str:
    """A type as it is typed: `null` without quotes is nothing in YAML."""
    return f"'{kind}'" if kind == "null" else kind


def _said(value: object) -> str:
    return shown(value) if isinstance(value, str) else is_a(value, raw=False)


def _takes(keyword: str) -> str:
    if keyword in _TAKES:
        return _TAKES[keyword]
    return "a whole number, 0 or more" if keyword.endswith(_COUNTED) else "a number"
