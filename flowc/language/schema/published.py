"""The schemas as they are handed out: what `x-flowc` says between fields is said in plain JSON Schema too.

Editors and other validators do not know `x-flowc`. flowc itself does, and goes by the schemas of `schemas.py`. What one
field asks of others is an `if` and a `then`, which editors for YAML understand; `dependentSchemas` many do not.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Any

from . import facts
from .schemas import TEMPLATE, Schema, bundled, flat, regex, types

_DATA = frozenset({"x-flowc", "default", "examples", "const", "enum"})
"""Keywords whose values are data, and hold no schemas."""


@functools.cache
def published(name: str) -> Schema:
    """The schema of that name (`flow`, `ncco`, `calls`, `project`, `program`) for any validator and for an editor.

    It is `bundled(name)`, with the rules between fields beside them, and with the known codes at every field that takes
    a language. What only client libraries refuse is a warning and no rule here.
    """
    root = bundled(name)
    whole: Schema = _told(root, root)
    return whole


def _told(node: Any, root: Schema) -> Any:
    """A piece of a schema, with what is said in it of itself said in plain keywords."""
    if isinstance(node, list):
        return [_told(each, root) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: value if key in _DATA else _told(value, root) for key, value in node.items()}
    codes = [code for each in (node, *node.get("anyOf", ())) for code in _codes(each)]
    if codes:
        made["examples"] = list(dict.fromkeys([*node.get("examples", ()), *codes]))
    own = node.get("x-flowc", {})
    rules = [rule for key, plain in _PLAIN.items() if key in own for rule in plain(own[key], flat(node, root), root)]
    return {**made, "allOf": rules} if rules else made


def _codes(node: Schema) -> Iterable[str]:
    """The codes of languages that a leaf may hold. The tables grow, so they are no more than examples."""
    kind = node.get("x-flowc", {}).get("kind")
    if kind == "tts-language":
        return [*facts.voices(), *sorted(facts.later_voices())]
    codes: list[str] = facts.known("asrLanguages")["codes"] if kind == "asr-language" else []
    return codes


def _excludes(rules: list[Schema], owner: Schema, root: Schema) -> Iterator[Schema]:
    """Fields that do not go together; one that is `false` is not there."""
    for rule in _binding(rules):
        switches = [name for name in rule["fields"] if "boolean" in types(owner["properties"][name], root)]
        off = {"properties": {name: {"not": {"const": False}} for name in switches}} if switches else {}
        yield {"$comment": rule["why"], "not": {"required": rule["fields"], **off}}


def _needs(rules: list[Schema], owner: Schema, _root: Schema) -> Iterator[Schema]:
    """Fields that need another one, or another value of it."""
    for rule in _binding(rules):
        asked = {"$comment": rule["why"], "if": {"required": [rule["field"]]}}
        for name, value in rule.get("with", {}).items():
            later = TEMPLATE in owner["properties"][name].get("anyOf", ())
            yield {**asked, "then": _holding(name, value, [TEMPLATE] if later else [])}
        for name, value in rule.get("without", {}).items():
            yield {**asked, "then": {"not": _holding(name, value, [])}}


def _holding(name: str, value: object, others: list[Schema]) -> Schema:
    """A field that is there (for True), or holds a value, an item or one of the others."""
    if value is True:
        return {"required": [name]}
    wanted = {"contains": {"const": value["contains"]}} if isinstance(value, dict) else {"const": value}
    return {"required": [name], "properties": {name: {"anyOf": [wanted, *others]} if others else wanted}}


def _any(sets: list[list[str]], _owner: Schema, _root: Schema) -> Iterator[Schema]:
    """Sets of fields, one of which must be there."""
    yield {"anyOf": [{"required": names} for names in sets]}


def _one(names: list[str], _owner: Schema, _root: Schema) -> Iterator[Schema]:
    """Fields, exactly one of which must be there."""
    yield {"oneOf": [{"required": [name]} for name in names]}


def _single(rule: Schema, owner: Schema, _root: Schema) -> Iterator[Schema]:
    """One field alone, or none but those `besides`; `mixed`, these may stand beside one."""
    besides = [name for name in owner["properties"] if regex(rule["besides"]).search(name)]
    if not rule.get("mixed"):
        yield {"anyOf": [{"maxProperties": 1}, {"propertyNames": {"pattern": rule["besides"]}}]}
        return
    beside = [list(names) for count in range(len(besides) + 1) for names in combinations(besides, count)]
    yield {"anyOf": [{"required": names, "maxProperties": len(names) + 1} for names in beside]}


def _binding(rules: list[Schema]) -> Iterator[Schema]:
    """The rules that are more than client libraries' own."""
    return (rule for rule in rules if not rule.get("client"))


_PLAIN: dict[str, Callable[[Any, Schema, Schema], Iterator[Schema]]] = {
    "excludes": _excludes,
    "needs": _needs,
    "any": _any,
    "one": _one,
    "single": _single,
}
