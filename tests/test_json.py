"""Reading JSON: what `json` reads, places, and each mistake in flowc's words at its place."""

from __future__ import annotations

import json

import pytest
from conftest import Golden
from reading import MESSAGES, listed, of_json, short, written

from flowc.text.diagnostics import errors

NCCO = """\
[
  {"action": "talk", "text": "Press \\u0022one\\u0022 \\ud83d\\ude00 {{ name }}", "loop": 1},
  {"action": "connect", "endpoint": [{"type": "phone", "number": "447700900000"}], "limit": 1.5e2, "x": [], "y": {}}
]
"""


def test_the_data_is_what_json_reads() -> None:
    assert of_json(NCCO).data == json.loads(NCCO)
    assert of_json(NCCO).lines == []


@pytest.mark.parametrize("text", ['"text"', "1", "null", "true", "[]", "{}", ' [1, -0, 1e5, 0.5, "\\/"]\r\n\t'])
def test_any_json_value_is_read(text: str) -> None:
    assert of_json(text).data == json.loads(text)


def test_keys_and_values_have_places() -> None:
    document = of_json("\ufeff" + NCCO).document
    assert document is not None and isinstance(document.data, list)
    talk, connect = document.data
    assert written(document, talk, "loop") == ('"loop"', "1")
    assert written(document, connect, "limit") == ('"limit"', "1.5e2")
    assert written(document, connect["endpoint"][0], "number") == ('"number"', '"447700900000"')
    assert written(document, connect, "x")[1] == "[]" and written(document, connect, "y")[1] == "{}"
    assert written(document, document.data, 0)[1].startswith('{"action": "talk"')
    assert document.source.text[slice(*document.whole().span)] == NCCO.strip()


def test_a_part_of_a_text_is_found_behind_escapes() -> None:
    document = of_json(NCCO).document
    assert document is not None and isinstance(document.data, list)
    text = document.data[0]["text"]
    for part, spelled in (("{{ name }}", "{{ name }}"), ("😀", "\\ud83d\\ude00"), ('"one"', "\\u0022one\\u0022")):
        start = text.index(part)
        span = document.value(document.data[0], "text").within(start, start + len(part)).span
        assert document.source.text[slice(*span)] == spelled


REFUSED = [
    '[{"action": "talk" "text": "Hi"}]',
    "[1 2]",
    '[{"a": 1} {"b": 2}]',
    '["He said "hi" to"]',
    '[{"a": ["x"],}]',
    "[1,\n]",
    "// hi\n[]",
    "[1, /* x\n */ 2]",
    "[1] # x",
    "[{'a': 1}]",
    "[`x`]",
    "[NaN]",
    "[-Infinity]",
    "[01]",
    "[+44770]",
    "[.5]",
    "[1.]",
    "[0x10]",
    "[1] [2]",
    "[1];",
    '{"a":1},{"b":2}',
    '[{"a": "b}]\n',
    '["a\nb"]',
    "[{“action”: “talk”}]",
    '[{"action": "talk”}]',
    '[{\u00a0"action": "talk"}]',
    "[\u200b]",
    '[{"text": {{greeting}} }]',
    '[{"text": <number>}]',
    '[{"text": ${x}}]',
    "{% if x %}[]",
    '["a\tb"]',
    '["a\x07b"]',
    "[{a: 1}]",
    '{"1": 1, 2: 3}',
    "[True]",
    "[None]",
    "[undefined]",
    "[process.env.NUMBER]",
    '["\\q"]',
    '["\\ud83"]',
    '["\\ud83d"]',
    '["\\ude00 \\u00e9"]',
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    "[1e999]",
    f"[{'9' * 5000}]",
    "[",
    '[{"a": 1]',
    "]",
    "[]]",
    "[1,,2]",
    '{"a" 1}',
    '{"a":}',
    '{"a":"b":1}',
    "{[1]:2}",
    "[\x00]",
    '["\ud800"]',
    "",
    " \n ",
    "[" * 51 + "]" * 51,
    '{"a":' * 51,
    f'["{"a" * 1_100_000}"]',
    "[" + "1," * 200_000 + "1]",
]


def test_each_mistake_is_said_in_these_words(golden: Golden) -> None:
    golden(MESSAGES / "json-refused.txt", listed(of_json, REFUSED))


@pytest.mark.parametrize("text", REFUSED, ids=short)
def test_a_mistake_is_said_once(text: str) -> None:
    outcome = of_json(text)
    assert len(outcome.lines) == 1
    assert outcome.document is None and errors(outcome.said)


def test_all_repeated_keys_are_said_and_then_the_fault_that_stops() -> None:
    said = of_json('[{"a": 1, "a": 2}, {"b": 1, "b": 2},]').lines
    assert [each.split(" ")[:2] for each in said] == [["1:11-14", "E006"], ["1:29-32", "E006"], ["1:36-37", "E041"]]


def test_control_characters_and_turned_writing_are_warned_of() -> None:
    outcome = of_json('["a\\u0007b\\u0000", "\u202e"]')
    assert outcome.lines == [
        "1:21-22 W001 U+202E turns the direction of writing, so that a line looks like another = delete U+202E",
        "1:4-10 W002 `\\u0007` is a character that nobody can hear = delete it",
        "1:11-17 W002 `\\u0000` is a character that nobody can hear = delete it",
    ]
    assert outcome.data == ["a\x07b\x00", "\u202e"]


def test_fifty_levels_are_read_and_brackets_in_texts_are_none() -> None:
    assert of_json("[" * 50 + "]" * 50).lines == []
    assert of_json(json.dumps(["[" * 99, '"{' * 99, "\\[" * 99])).lines == []
