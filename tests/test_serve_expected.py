"""An answer from outside is as expected if JSON Schema says so; jsonschema is asked as well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from flowc.program.expected import KEYWORDS as KNOWN
from flowc.program.expected import TOO_MUCH, UNEXPECTED, amiss, fits
from flowc.program.misfits import unusable
from flowc.serve.flows import served
from flowc.serve.settings import ServeError
from tests.serve_programs import bank

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


def _deep(levels: int) -> object:
    schema: object = {}
    for _ in range(levels):
        schema = {"not": schema}
    return schema


@pytest.mark.parametrize(
    ("expect", "word"),
    [
        ({"properties": {"a": {"pattern": "(?=a)b"}}}, "pattern"),
        ({"patternProperties": {r"(a)\1": {}}}, r"(a)\1"),
        ({"pattern": "a{100000}"}, "pattern"),
        ({"pattern": "(" * 2_000 + "a" + ")" * 2_000}, "pattern"),
        ({"uniqueItems": 1}, "uniqueItems"),
        (_deep(400), "not"),
    ],
)
def test_a_program_from_elsewhere_that_may_take_any_time_is_not_served(expect: object, word: str) -> None:
    program = bank("https://crm.example.com")
    asks = program.documents["code.2"]
    assert asks.requests is not None
    asks = asks._replace(requests=asks.requests._replace(expect=expect))
    program = program._replace(documents={**program.documents, "code.2": asks})
    with pytest.raises(ServeError, match=re.escape(f"`{word}` in the `expect` of its document `code.2` cannot")):
        served([program], "https://ivr.example.com", {}, {"FLOWC_PARAM_CRM_KEY": "k"})


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
        ({"type": "strng"}, "type"),
        ({"type": ["string", 1]}, "type"),
        ({"required": "name"}, "required"),
        ({"pattern": "("}, "pattern"),
        ({"patternProperties": {"(": True}}, "("),
        ({"patternProperties": {"(?=a)b": True}}, "(?=a)b"),
        ({"items": {"pattern": r"(a)\1"}}, "pattern"),
        ({"uniqueItems": "yes"}, "uniqueItems"),
        ({"type": []}, "type"),
        ({"$ref": "#/required", "required": ["a"]}, "$ref"),
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


@pytest.mark.parametrize("schema", [{"$ref": "#"}, {"not": {"$ref": "#"}}, {"anyOf": [{"$ref": "#"}, True]}])
def test_a_schema_that_refers_to_itself_ends(schema: object) -> None:
    assert amiss(schema, 1) == TOO_MUCH


_BOTH = {"type": "object", "properties": {"a": {"$ref": "#/$defs/n"}}, "required": ["a"]}
_COLLIDING = (1 << 61) - 1
"""Its multiples lie at one place of Python's tables."""


@pytest.mark.parametrize(
    ("schema", "data", "why"),
    [
        ({"uniqueItems": True}, [{"a": each} for each in range(20_000)], ""),
        ({"uniqueItems": True}, [[each] for each in range(20_000)] + [[7]], UNEXPECTED),
        ({"uniqueItems": True}, [each * _COLLIDING for each in range(12_000)], ""),
        ({"pattern": "^(a+)+$"}, "a" * 40 + "!", UNEXPECTED),
        ({"pattern": "[a-z]{1,1000}z"}, "a" * 5_000, TOO_MUCH),
        ({"patternProperties": {"^(a+)+$": False}, "additionalProperties": True}, {"a" * 40 + "!": 1}, ""),
        ({"items": {"enum": [{"a": each} for each in range(5_000)]}}, [{"a": -1}] * 20_000, UNEXPECTED),
        ({"contains": {"enum": [*range(5_000)]}, "minContains": 0}, [-1] * 20_000, TOO_MUCH),
        ({"items": {"type": "object", "required": ["a"]}}, [{"a": 1}] * 30_000, ""),
        ({"items": {"type": "integer"}}, [1] * 120_000, ""),
        ({"items": {"enum": [str(each) for each in range(1_000)]}}, ["999"] * 6_000, ""),
        ({"anyOf": [{"items": True, "type": "object"}] * 1_000}, [1] * 120_000, TOO_MUCH),
        (
            {"anyOf": [{"additionalProperties": True, "type": "array"}] * 1_000},
            {str(n): 1 for n in range(20_000)},
            TOO_MUCH,
        ),
        ({"anyOf": [{"items": False}] * 1_000}, [1] * 120_000, UNEXPECTED),
    ],
)
def test_the_work_for_an_answer_is_bounded(schema: object, data: object, why: str) -> None:
    assert amiss(schema, data) == why


def test_ways_that_multiply_are_given_up() -> None:
    assert amiss({"$defs": {"n": {"anyOf": [_BOTH, _BOTH]}}, "$ref": "#/$defs/n"}, _nested(40)) == TOO_MUCH


def _nested(levels: int) -> object:
    data: object = 1
    for _ in range(levels):
        data = {"a": data}
    return data


@pytest.mark.parametrize(
    "items",
    [[1, 1.0], [0, -0.0], [1e300, int(1e300)], [{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}], ["é", "é"], [None, None]],
)
def test_equal_items_are_not_unique(items: list[object]) -> None:
    assert not fits({"uniqueItems": True}, items)


@pytest.mark.parametrize(
    "items", [[1, True], [0, False], ["1", 1], [[], {}], ["[1]", [1]], [{"a": 1}, {"a": "1"}], [0.5, 0.25]]
)
def test_other_items_are(items: list[object]) -> None:
    assert fits({"uniqueItems": True}, items)


def test_the_documentation_lists_the_keywords_that_are_known() -> None:
    language = (Path(__file__).parents[1] / "docs" / "language.md").read_text(encoding="utf-8")
    section = language.partition("### What `expect` knows")[2].partition("\n#")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    listed = {each for row in rows for each in re.findall(r"`([^`#]+)`", row)}
    assert listed == KNOWN
