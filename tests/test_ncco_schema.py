"""The schema of NCCOs keeps to its written form, and what it says of itself is true of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from flowc.language.schema import facts

NCCO = facts.schema("ncco")
DEFS = NCCO["$defs"]
OBJECTS = [name for name, part in DEFS.items() if "properties" in part]

ANNOTATIONS = {"$schema", "$id", "title", "description", "default", "examples", "x-flowc", "$defs"}
KEYWORDS = ANNOTATIONS | {
    *("$ref", "type", "const", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum"),
    *("minItems", "maxItems", "items", "properties", "required", "additionalProperties", "unevaluatedProperties"),
    *("patternProperties", "propertyNames", "minProperties", "maxProperties", "oneOf"),
}
VOCABULARY = {
    *("source", "unit", "kind", "disagree", "unknown", "since", "note", "clamped"),
    *("excludes", "needs", "any", "legacy", "legacyMissing", "misspelt", "then", "notes"),
}


def parts(part: Any = NCCO) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema."""
    yield part
    for key in ("$defs", "properties", "patternProperties"):
        for inner in part.get(key, {}).values():
            yield from parts(inner)
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(part.get(key), dict):
            yield from parts(part[key])
    for inner in part.get("oneOf", ()):
        yield from parts(inner)


def properties() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of the schema with its name."""
    for part in parts():
        yield from part.get("properties", {}).items()


def sources(value: Any = NCCO) -> Iterator[str]:
    """Every source that is named anywhere."""
    if isinstance(value, dict):
        if isinstance(value.get("source"), str):
            yield value["source"]
        for key, inner in value.items():
            if key != "vocabulary":
                yield from sources(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from sources(inner)


def checked(part: dict[str, Any], value: object) -> list[str]:
    """What is wrong with a value under a part of the schema."""
    validator = Draft202012Validator({**part, "$defs": DEFS})
    return [error.message for error in validator.iter_errors(value)]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(NCCO)


def test_only_the_written_subset_of_keywords_is_used() -> None:
    assert not {key for part in parts() for key in part} - KEYWORDS


def test_objects_are_closed_by_false_and_nothing_else() -> None:
    for part in parts():
        assert part.get("unevaluatedProperties", False) is False
        assert part.get("additionalProperties", False) is False or isinstance(part["additionalProperties"], dict)


def test_only_words_stand_beside_a_reference_except_where_kinds_are_told_apart() -> None:
    for part in parts():
        if "$ref" in part and "unevaluatedProperties" not in part:
            assert not part.keys() - {"$ref", "description", "default", "x-flowc"}


def test_every_choice_is_told_apart_by_a_constant() -> None:
    for part in parts():
        for key in {"action", "type"} if "oneOf" in part else ():
            tags = [way["properties"][key]["const"] for way in part["oneOf"] if key in way["properties"]]
            assert len(tags) == len(set(tags)) in (0, len(part["oneOf"]))


def test_every_field_has_prose_and_a_source() -> None:
    for name, field in properties():
        assert field["description"].endswith("."), name
        assert field["x-flowc"]["source"], name


def test_every_definition_has_prose_and_what_it_says_of_itself_is_in_the_vocabulary() -> None:
    for part in parts():
        if part is not NCCO:
            assert not part.get("x-flowc", {}).keys() - VOCABULARY
    assert all(part["description"] for part in DEFS.values())


def test_every_source_is_one_of_the_list_and_every_one_of_the_list_is_used() -> None:
    tags = {tag.strip() for source in sources() for tag in re.sub(r" \(.*?\)| \d+", "", source).split(",")}
    assert tags <= facts.known("sources").keys()
    said = str(NCCO)
    assert all(tag in said for tag in facts.known("sources"))


def test_every_default_and_example_is_valid_where_it_stands() -> None:
    for part in parts():
        for value in (*([part["default"]] if "default" in part else ()), *part.get("examples", ())):
            assert not checked(facts.resolved(part), value), (part["description"], value)


def test_every_example_of_an_action_is_a_whole_ncco() -> None:
    for name in facts.ACTIONS:
        assert not checked(NCCO, [{"action": name, **each} for each in facts.action(name)["examples"]])


@pytest.mark.parametrize("name", OBJECTS)
def test_rules_speak_of_fields_that_exist(name: str) -> None:
    part, own = DEFS[name], DEFS[name]["x-flowc"]
    said = {field for rule in own.get("excludes", ()) for field in rule["fields"]}
    for rule in own.get("needs", ()):
        said |= {rule["field"], *rule.get("with", {}), *rule.get("without", {})}
    said |= {field for fields in own.get("any", ()) for field in fields}
    said |= {field for rule in own.get("then", ()) for field in rule.get("if", {})}
    assert said <= part["properties"].keys()


@pytest.mark.parametrize("name", OBJECTS)
def test_misspelt_and_old_names_are_no_fields_and_lead_to_fields(name: str) -> None:
    own = DEFS[name]["x-flowc"]
    for wrong, right in own.get("misspelt", {}).items():
        assert wrong not in DEFS[name]["properties"] and wrong not in own.get("legacy", {})
        first, *path = right.split(".")
        leads(first, *path) if path else leads(name, right)
    for wrong, said in own.get("legacy", {}).items():
        assert wrong not in DEFS[name]["properties"]
        leads(name, *said.get("moved", ()))
    assert own.get("legacyMissing", {}).keys() <= set(DEFS[name].get("required", ()))


def leads(name: str, *path: str) -> None:
    """Asserts that a path leads to a field; that of an endpoint may be of any type."""
    if path[:1] == ("endpoint",) and len(path) == 2:
        assert any(path[1] in facts.definition(kind)["properties"] for kind in facts.endpoints())
    else:
        assert facts.field(name, *path)


def test_actions_are_known_by_name_without_reading_the_schema() -> None:
    assert [way["properties"]["action"]["const"] for way in DEFS["action"]["oneOf"]] == list(facts.ACTIONS)
    assert not {*facts.ACTIONS, *facts.endpoints()} & facts.withdrawn().keys()
