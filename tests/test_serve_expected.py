"""An answer from outside is as expected if JSON Schema says so; jsonschema is asked as well."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from flowc.program.expected import fits, unusable

SCHEMAS: list[object] = [
    True,
    False,
    {},
    {"type": "integer"},
    {"type": ["string", "null"]},
    {"const": 1},
    {"const": {"a": [1, True]}},
    {"enum": [0, "a", None, [False]]},
    {"minimum": 1, "exclusiveMaximum": 3},
    {"maximum": 1, "exclusiveMinimum": -1, "multipleOf": 0.5},
    {"minLength": 1, "maxLength": 2, "pattern": "^a"},
    {"minItems": 1, "maxItems": 2, "uniqueItems": True, "items": {"type": "integer"}},
    {"prefixItems": [{"type": "string"}], "items": {"type": "number"}},
    {"contains": {"type": "string"}, "minContains": 0, "maxContains": 1},
    {"contains": {"type": "integer"}},
    {"required": ["a"], "properties": {"a": {"type": "integer"}}, "additionalProperties": False},
    {"patternProperties": {"^b": {"type": "null"}}, "additionalProperties": {"type": "integer"}},
    {"minProperties": 1, "maxProperties": 1, "propertyNames": {"maxLength": 1}},
    {"allOf": [{"type": "number"}, {"minimum": 1}]},
    {"anyOf": [{"type": "string"}, {"minimum": 1}]},
    {"oneOf": [{"type": "integer"}, {"minimum": 1}]},
    {"not": {"type": "object"}},
    {"if": {"type": "integer"}, "then": {"minimum": 1}, "else": {"type": "string"}},
    {"if": {"type": "integer"}, "then": {"minimum": 1}},
    {"$defs": {"n": {"type": "integer"}}, "properties": {"a": {"$ref": "#/$defs/n"}}, "title": "A", "format": "email"},
    {"type": "array", "items": {"$ref": "#"}},
]

KEYWORDS = sorted({key for each in SCHEMAS if isinstance(each, dict) for key in each})
DATA = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from([0.5, 1.0, 2.5])
    | st.sampled_from(["", "a", "ab", "b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "bb"]), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("schema", SCHEMAS)
@settings(deadline=None)
@given(data=DATA)
def test_data_fits_where_jsonschema_says_so(schema: object, data: object) -> None:
    assert fits(schema, data) is Draft202012Validator(schema).is_valid(data)  # type: ignore[arg-type]
    assert [*unusable(schema)] == []


def test_without_a_schema_everything_fits() -> None:
    assert fits(None, {"a": 1})


@pytest.mark.parametrize(
    ("schema", "keyword"),
    [
        ({"dependentRequired": {}}, "dependentRequired"),
        ({"properties": {"a": {"unevaluatedProperties": False}}}, "unevaluatedProperties"),
        ({"anyOf": [{"requird": []}]}, "requird"),
        ({"$ref": "https://example.com/schema"}, "$ref"),
        ({"$ref": "#/$defs/none"}, "$ref"),
        ({"type": 5}, "type"),
        ({"type": ["string", 1]}, "type"),
        ({"required": "name"}, "required"),
        ({"pattern": "("}, "pattern"),
        ({"patternProperties": {"(": True}}, "patternProperties"),
        ({"properties": ["a"]}, "properties"),
        ({"items": {"minLength": "3"}}, "minLength"),
        ({"maxItems": True}, "maxItems"),
        ({"minimum": "1"}, "minimum"),
        ({"multipleOf": 0}, "multipleOf"),
        ({"anyOf": {}}, "anyOf"),
        ({"not": "x"}, "x"),
    ],
)
def test_a_keyword_that_nobody_would_look_at_is_named(schema: object, keyword: str) -> None:
    assert [*unusable(schema)] == [keyword]


@settings(deadline=None)
@given(schema=st.dictionaries(st.sampled_from(KEYWORDS), DATA, max_size=3), data=DATA)
def test_what_is_usable_can_be_asked_of_any_data(schema: dict[str, object], data: object) -> None:
    if not [*unusable(schema)]:
        assert fits(schema, data) in (True, False)


def test_a_schema_that_refers_to_itself_ends() -> None:
    assert not fits({"$ref": "#"}, 1)
