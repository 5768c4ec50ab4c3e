"""Whether a document has the shape of a flow file or of an NCCO, and if not, what is wrong with it.

The gate decides, and fast; jsonschema is imported and asked only where the gate says no.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from ...text.diagnostics import Diagnostic
from ...text.document import Document
from ...text.nearest import nearest
from ..linking.origin import Origin
from . import gate
from .fault import Fault, Lowered, Where, Written
from .schemas import TEMPLATE, Schema, bundled, discriminator, flat, regex, takes, ways

Report = Callable[[Diagnostic], None]

Unsound = frozenset[int]
"""The actions of steps whose shape is wrong, by identity: all else of the flow can be looked at without them."""

_MOST_KEYS = 100
"""Keys at the top of a flow among which stray ones are told from misspelt ones: that costs a look at all there are."""

MOST = 500
"""How many faults of one document are put into words: a file with more is another kind of file."""

_PASSED: dict[str, object] = {}
"""Stands for what has passed the gate by itself, and is not looked at again."""


def ncco(document: Document, report: Report) -> None:
    """Report what is wrong with the shape of a raw NCCO, and what in it is of old."""
    if not gate.ncco(document.data):
        _explain("ncco", document.data, Written(document, raw=True), report)


def flow(document: Document, report: Report) -> Unsound | None:
    """Report what is wrong with the shape of a flow file, and say which of its actions are; None where more is."""
    if gate.flow(document.data):
        return frozenset()
    _explain("flow", document.data, Written(document, raw=False), report)
    return _unsound(document.data)


def ncco_actions(actions: list[dict[str, object]], origins: list[Origin], report: Report) -> None:
    """Report what is wrong with actions that a flow was compiled to, each through its origin.

    A text that holds `{{` stands for a value that is not known yet, and is not looked at.
    """
    if actions and not gate.template(actions):
        _explain("template", actions, Lowered(origins), report)


def faults(name: str, data: object) -> Iterator[Fault]:
    """What the schema of that name (`flow`, `ncco`, `template`) does not take of the data."""
    root = bundled(name)
    return _against(root, {key: value for key, value in root.items() if key not in ("$id", "$defs")}, data)


def _explain(name: str, data: object, where: Where, report: Report) -> None:
    from ..explained.explain import diagnostics

    root = bundled(name)
    found = list(islice(faults(name, _suspects(name, data)), MOST))
    for each in diagnostics(found, where, root, functools.partial(_against, root)):
        report(each)


def _suspects(name: str, data: object) -> object:
    """The data with all that passes the gate by itself put aside: jsonschema takes its time for each thing."""
    if name != "flow":
        passes = gate.ncco if name == "ncco" else gate.template
        return [_PASSED if passes([each]) else each for each in data] if isinstance(data, list) else data
    steps = data.get("steps") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(steps, dict):
        return data
    return {**data, "steps": {key: _suspect_actions(block) for key, block in steps.items()}}


def _suspect_actions(block: object) -> object:
    """The actions of a step, likewise."""
    if isinstance(block, list):
        return [_PASSED if is_step([each]) else each for each in block]
    return _PASSED if is_step(block) else block


def _unsound(data: object) -> Unsound | None:
    """The actions of steps whose shape is wrong; None where more than they is."""
    steps = data.get("steps") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(steps, dict) or len(data) > _MOST_KEYS:
        return None
    head = {key: value for key, value in data.items() if not _is_stray(key)}
    if not gate.flow({**head, "steps": {name: {"hangup": ""} for name in steps}}):
        return None
    actions = [each for block in steps.values() for each in (block if isinstance(block, list) else [block])]
    return frozenset(id(each) for each in actions if not is_step([each]))


def _is_stray(key: str) -> bool:
    """Whether a key at the top is none, and no misspelt one: all else means the same without it."""
    from ..explained.misspelt import listed  # few flows have such a key

    root = bundled("flow")
    known = root["properties"]
    return key not in known and nearest(key, known) is None and listed(root, key) is None


def is_step(block: object) -> bool:
    """Whether a block has the shape of one."""
    return gate.flow({"flow": "a", "steps": {"a": block}})


def _against(root: Schema, schema: Schema, data: object) -> Iterator[Fault]:
    """What a piece of a schema, whose references lead into `root`, does not take of a value."""
    for error in _validator(id(root), root)(schema).iter_errors(data):
        yield Fault(
            str(error.validator), tuple(error.absolute_path), error.schema, error.instance, error.validator_value
        )


_made: dict[int, Any] = {}


def _validator(key: int, root: Schema) -> Any:
    """jsonschema's validator for pieces of a schema, with this project's keywords."""
    if key not in _made:
        from jsonschema import Draft202012Validator, validators

        keywords = {**Draft202012Validator.VALIDATORS, **_keywords(root)}
        _made[key] = validators.create(
            Draft202012Validator.META_SCHEMA, {name: _beside_ref(check) for name, check in keywords.items()}
        )
    return _made[key]


def _beside_ref(check: Any) -> Any:
    """A keyword that is left alone beside a `$ref`: what the reference leads to is merged with it first."""

    def keyword(validator: Any, value: Any, instance: Any, schema: Schema) -> Any:
        if "$ref" in schema and value is not schema["$ref"]:
            return ()
        return check(validator, value, instance, schema)

    return keyword


def _keywords(root: Schema) -> dict[str, Any]:
    """The keywords that this project's schemas give a meaning of their own, or a fault of their own."""

    def ref(validator: Any, _value: Any, instance: Any, schema: Schema) -> Iterator[Any]:
        yield from validator.descend(instance, flat(schema, root))

    def one_of(validator: Any, _value: Any, instance: Any, schema: Schema) -> Iterator[Any]:
        by = discriminator(schema, root)
        if by is None:
            way = next((each for each in schema["oneOf"] if takes(each, root, instance)), None)
            yield from [_error("type", None)] if way is None else validator.descend(instance, way)
        elif not isinstance(instance, dict):
            yield _error("type", None)
        elif by not in instance:
            yield _error("required", by)
        else:
            known = ways(schema, root, by)
            tag = instance[by]
            found = isinstance(tag, str) and tag in known
            yield from validator.descend(instance, known[tag]) if found else [_error("tag", sorted(known), by)]

    def any_of(validator: Any, _value: Any, instance: Any, schema: Schema) -> Iterator[Any]:
        if any(validator.evolve(schema=way).is_valid(instance) for way in schema["anyOf"]):
            return
        exact, *others = schema["anyOf"]
        fitting = (way for way in [exact, *reversed(others)] if way != TEMPLATE and takes(way, root, instance))
        yield from validator.descend(instance, _documented(next(fitting, exact), schema))

    return {"$ref": ref, "oneOf": one_of, "anyOf": any_of, **_FIELDS}


def _documented(way: Schema, schema: Schema) -> Schema:
    """A way of an `anyOf`, with the words that stand beside it."""
    facts = {**schema.get("x-flowc", {}), **way.get("x-flowc", {})}
    return {**{key: value for key, value in schema.items() if key != "anyOf"}, **way, "x-flowc": facts}


def _error(kind: str, detail: Any, *path: str) -> Any:
    from jsonschema import ValidationError

    return ValidationError("", validator=kind, validator_value=detail, path=path)


def _required(_validator: Any, names: list[str], instance: Any, _schema: Schema) -> Iterator[Any]:
    if isinstance(instance, dict):
        yield from (_error("required", name) for name in names if name not in instance)


def _rest(validator: Any, rest: Any, instance: Any, schema: Schema) -> Iterator[Any]:
    """Members that have no field of their own."""
    patterns = schema.get("patternProperties", ())
    for name in instance if isinstance(instance, dict) else ():
        if (
            instance[name] is _PASSED
            or name in schema.get("properties", {})
            or any(regex(pattern).search(name) for pattern in patterns)
        ):
            continue
        if rest is False:
            yield _error("unknown", name, name)
        else:
            yield from validator.descend(instance[name], rest, path=name)


def _items(validator: Any, items: Schema, instance: Any, _schema: Schema) -> Iterator[Any]:
    for index, item in enumerate(instance if isinstance(instance, list) else ()):
        if item is not _PASSED:
            yield from validator.descend(item, items, path=index)


def _names(validator: Any, names: Schema, instance: Any, _schema: Schema) -> Iterator[Any]:
    for name in instance if isinstance(instance, dict) else ():
        if not validator.evolve(schema=names).is_valid(name):
            yield _error("name", names["x-flowc"]["kind"], name)


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Schema) -> Iterator[Any]:
    if isinstance(instance, str) and not regex(pattern).search(instance):
        yield _error("pattern", pattern)


def _rules(_validator: Any, facts: Schema, instance: Any, _schema: Schema) -> Iterator[Any]:
    """The rules between the fields of a mapping."""
    if not isinstance(instance, dict):
        return
    for rule in facts.get("excludes", ()):
        there = [name for name in rule["fields"] if instance.get(name, False) is not False]
        if len(there) > 1:
            yield _error("excludes", {**rule, "fields": there})
    for rule in facts.get("needs", ()):
        if rule["field"] in instance:
            yield from _needs(rule, instance)
    if "any" in facts and not any(all(name in instance for name in names) for names in facts["any"]):
        yield _error("any", facts["any"])
    if "one" in facts and sum(name in instance for name in facts["one"]) != 1:
        yield _error("one", facts["one"])
    if "single" in facts and len(instance) > 1:
        others = [name for name in instance if not regex(facts["single"]["besides"]).search(name)]
        if len(others) > (1 if facts["single"].get("mixed") else 0):
            yield _error("single", others)


def _needs(rule: Schema, instance: Schema) -> Iterator[Any]:
    """What a field needs of others that is not so."""
    for name, value in rule.get("with", {}).items():
        found = instance.get(name)
        met = name in instance if value is True else found == value or (isinstance(found, str) and "{{" in found)
        if isinstance(value, dict):
            met = met or (isinstance(found, list) and value["contains"] in found)
        if not met:
            yield _error("needs", {**rule, "with": {name: value}})
    for name, value in rule.get("without", {}).items():
        found = instance.get(name)
        if name in instance and (value is True or (found is value if value is False else found == value)):
            yield _error("without", {**rule, "without": {name: value}})


_FIELDS: dict[str, Any] = {
    "items": _items,
    "required": _required,
    "additionalProperties": _rest,
    "unevaluatedProperties": _rest,
    "propertyNames": _names,
    "pattern": _pattern,
    "x-flowc": _rules,
}
