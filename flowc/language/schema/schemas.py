"""The schemas in one self-contained piece each, and the few questions that are asked of a schema's own structure."""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Iterator
from typing import Any

from . import facts

Schema = dict[str, Any]

NCCO = "ncco.schema.json#"
TEMPLATE: Schema = {"type": "string", "pattern": r"\{\{"}
"""A text that holds a value to be filled in."""

_DOCS = ("title", "description", "default", "examples")
_ADDRESSES = frozenset({"url", "websocket-url", "sip-uri"})
_SCALARS = frozenset({"string", "number", "integer", "boolean", "null"})


@functools.cache
def bundled(name: str) -> Schema:
    """The schema of that name (`flow`, `ncco`, `project`, `program`) with nothing outside itself to refer to.

    In `flow`, the leaves that come from the NCCO schema also take what is only known later. `template` is the NCCO
    schema whose leaves may also be a text that holds `{{`.
    """
    if name == "flow":
        return _Bundle(facts.schema("ncco"), short=True).around(facts.schema("flow"))
    if name == "template":
        return _Bundle(facts.schema("ncco"), short=False).whole()
    return facts.schema(name)


class _Bundle:
    """Copies definitions of the NCCO schema into another schema, with their leaves loosened.

    With `short`, a text may be a number (its own spelling) and an array of one URL may be the URL.
    """

    def __init__(self, ncco: Schema, *, short: bool) -> None:
        self.ncco = ncco
        self.short = short
        self.prefix = "ncco-" if short else ""
        self.copied: dict[str, Schema] = {}

    def around(self, outer: Schema) -> Schema:
        """A schema that refers to the NCCO's, with what it refers to brought in."""
        whole: Schema = self._own(outer)
        whole["$defs"] = {**whole.get("$defs", {}), **self.copied}
        return whole

    def whole(self) -> Schema:
        """The NCCO schema itself, loosened."""
        root = self._copy({key: value for key, value in self.ncco.items() if key not in ("$defs", "$id", "x-flowc")})
        return {**root, "$defs": self.copied}

    def _own(self, node: Any) -> Any:
        """A piece of the outer schema, with its references to the NCCO schema resolved."""
        if isinstance(node, list):
            return [self._own(each) for each in node]
        if not isinstance(node, dict):
            return node
        made = {key: value if key == "x-flowc" else self._own(value) for key, value in node.items()}
        if "like" in node.get("x-flowc", {}):
            made["x-flowc"] = _alike(made, pointer(self.ncco, node["x-flowc"]["like"]), node["x-flowc"])
        target = str(node.get("$ref", ""))
        if not target.startswith(NCCO):
            return made
        if target.startswith(f"{NCCO}/$defs/") and target.count("/") == 2:
            return {**made, "$ref": self._take(target.rsplit("/", 1)[1])}
        return {**self._copy(pointer(self.ncco, target)), **{key: made[key] for key in made if key != "$ref"}}

    def _take(self, name: str) -> str:
        """A reference to the copy of a definition, which is made at its first use."""
        key = self.prefix + name
        if key not in self.copied:
            self.copied[key] = {}
            self.copied[key] = self._copy(self.ncco["$defs"][name])
        return f"#/$defs/{key}"

    def _copy(self, node: Schema) -> Schema:
        """A piece of the NCCO schema, loosened all the way down."""
        if "$ref" in node:
            whole = flat(node, self.ncco)
            if {"properties", "oneOf"} & whole.keys():
                node = {**node, "$ref": self._take(node["$ref"].rsplit("/", 1)[1])}
            else:
                node = whole
        if "oneOf" in node:
            node = {**node, "oneOf": [self._copy(each) for each in node["oneOf"]]}
        for key in ("properties", "patternProperties"):
            if key in node:
                node = {**node, key: {name: self._field(name, value) for name, value in node[key].items()}}
        for key in ("items", "additionalProperties"):
            if isinstance(node.get(key), dict):
                node = {**node, key: self._copy(node[key])}
        return node if {"$ref", "oneOf", "properties"} & node.keys() else self._loosen(node)

    def _field(self, name: str, node: Schema) -> Schema:
        """A field; what tells kinds of a thing apart stays as it is."""
        return copy.deepcopy(node) if name in ("action", "type") and "const" in node else self._copy(node)

    def _loosen(self, node: Schema) -> Schema:
        """A leaf that also takes what is only known later; anything else as it is."""
        others = list(self._others(node))
        if not others:
            return node
        docs = {key: node[key] for key in _DOCS if key in node}
        exact = {key: value for key, value in node.items() if key not in _DOCS}
        return {**docs, "anyOf": [exact, *others]}

    def _others(self, node: Schema) -> Iterator[Schema]:
        """What else a leaf takes."""
        kind = node.get("x-flowc", {}).get("kind")
        kinds = types(node, node)
        plain = kinds == {"string"} and not {"pattern", "enum", "const", "maxLength"} & node.keys()
        if kinds and not plain and (kinds <= _SCALARS or (kinds == {"array"} and _leafy(node.get("items", {})))):
            yield TEMPLATE
        if kinds == {"string"} and not {"enum", "const"} & node.keys() and kind not in _ADDRESSES and self.short:
            yield {"type": "number"}
        if kind == "urls" and self.short:
            yield node["items"]["anyOf"][0]


def _leafy(items: Schema) -> bool:
    """Whether an array's items are leaves."""
    return not {"$ref", "oneOf", "properties"} & items.keys() and items.get("type") != "object"


def _alike(node: Schema, like: Schema, own: Schema) -> Schema:
    """The rules of another definition, as far as its fields are these fields too, and a thing's own rules."""
    fields = node.get("properties", {}).keys()
    theirs = like.get("x-flowc", {})
    made: Schema = {key: own[key] for key in own if key != "like"}
    for key, names in (("excludes", _excluded), ("needs", _needed)):
        rules = [rule for rule in theirs.get(key, ()) if names(rule) <= fields]
        if rules:
            made[key] = [*rules, *own.get(key, ())]
    for key in ("legacy", "misspelt"):
        if key in theirs:
            made[key] = {**theirs[key], **own.get(key, {})}
    return made


def _excluded(rule: Schema) -> set[str]:
    return set(rule["fields"])


def _needed(rule: Schema) -> set[str]:
    return {rule["field"], *rule.get("with", {}), *rule.get("without", {})}


def pointer(root: Schema, target: str) -> Schema:
    """The piece of a schema that a reference points to."""
    found: Any = root
    for part in target.split("#", 1)[1].split("/")[1:]:
        found = resolve(found, root) if part not in found else found
        found = found[part]
    return dict(found)


@functools.cache
def regex(pattern: str) -> re.Pattern[str]:
    """A pattern of a schema; its `$` is the end of the text, and not before a last line break."""
    return re.compile(re.sub(r"(?<!\\)\$", r"\\Z", pattern))


def resolve(schema: Schema, root: Schema) -> Schema:
    """A schema, or what it refers to where it is a reference and nothing more than words beside it."""
    while "$ref" in schema and not schema.keys() - {"$ref", "x-flowc", *_DOCS}:
        schema = {**pointer(root, schema["$ref"]), **{key: schema[key] for key in _DOCS if key in schema}}
    return schema


def flat(schema: Schema, root: Schema) -> Schema:
    """A schema merged with what it refers to: all its fields and rules in one piece."""
    if "$ref" not in schema:
        return schema
    under = flat(pointer(root, schema["$ref"]), root)
    over = {key: value for key, value in schema.items() if key != "$ref"}
    merged = {**under, **over}
    for key in ("properties", "patternProperties"):
        if key in under and key in over:
            merged[key] = {**under[key], **over[key]}
    if "required" in under and "required" in over:
        merged["required"] = [*under["required"], *over["required"]]
    if "x-flowc" in under and "x-flowc" in over:
        merged["x-flowc"] = _both(under["x-flowc"], over["x-flowc"])
    return merged


def _both(under: Schema, over: Schema) -> Schema:
    merged = {**under, **over}
    for key in under.keys() & over.keys():
        if isinstance(under[key], list):
            merged[key] = [*under[key], *over[key]]
        elif isinstance(under[key], dict):
            merged[key] = {**under[key], **over[key]}
    return merged


def types(schema: Schema, root: Schema) -> frozenset[str]:
    """The JSON types that a schema takes; empty where it takes any."""
    whole = flat(schema, root)
    for key in ("oneOf", "anyOf"):
        if key in whole:
            return frozenset().union(*(types(each, root) for each in whole[key]))
    if "type" in whole:
        kinds = whole["type"] if isinstance(whole["type"], list) else [whole["type"]]
        return frozenset(kinds)
    given = [whole["const"]] if "const" in whole else whole.get("enum", ())
    return frozenset(type_of(each) for each in given)


def type_of(value: object) -> str:
    """The JSON type of a value; a whole number is an `integer`."""
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


def discriminator(schema: Schema, root: Schema) -> str | None:
    """The field by whose constant the ways of a `oneOf` are told apart; none where their JSON types tell them."""
    ways = [flat(each, root) for each in schema["oneOf"]]
    shared = [
        {
            name
            for name, field in way.get("properties", {}).items()
            if "const" in field and name in way.get("required", ())
        }
        for way in ways
    ]
    return min(set.intersection(*shared), default=None)


def ways(schema: Schema, root: Schema, by: str) -> dict[str, Schema]:
    """The ways of a discriminated `oneOf`, by the constant of that field."""
    return {flat(each, root)["properties"][by]["const"]: each for each in schema["oneOf"]}


def takes(schema: Schema, root: Schema, value: object) -> bool:
    """Whether a schema takes values of this value's JSON type, and a mapping one with keys as it wants them."""
    wanted = schema.get("x-flowc", {}).get("keys")
    if wanted is not None and not (isinstance(value, dict) and any(map(regex(wanted).search, value))):
        return False
    kinds = types(schema, root)
    kind = type_of(value)
    return not kinds or kind in kinds or (kind == "integer" and "number" in kinds)
