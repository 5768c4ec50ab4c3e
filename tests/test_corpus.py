"""Real NCCOs and real mistakes: what is right is left alone, what is wrong is found where it is."""

from __future__ import annotations

import csv
import json

import pytest
from beside import CORPUS

from flowc.compiler import check
from flowc.text.diagnostics import Diagnostic
from flowc.text.source import Source

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real NCCOs is not beside this checkout")

RIGHT_IN_TRUTH = {
    "0954-test-ncco-actions-connect.json": "no `from`: one library demands it, the platform does not",
    "0992-input-test-input.json": "`startTimeout` 22: the limit of 10 is an old one, today it is 60",
    "0994-input-test-input.json": "the provider `foo`: which there are is not documented",
    "1035-record-test-record.json": "the language is a placeholder, whose value is not in the document",
    "1031-talk-test-talk.json": "the provider `foo`: which there are is not documented",
}
"""Documents that their source calls wrong, and why they are right."""

MISTAKES = {
    "A01": '"https://example.com/dtmf"',
    "A02": "[]",
    "A04": '"https://example.com/txt"',
    "A05": '"https://example.com/a.mp3"',
    "A07": '{"type": "phone", "number": "447700900000"}',
    "A08": '{"type": "phone", "number": "447700900001"}',
    "A10": '"3"',
    "A11": '"aaaaaaaa-bbbb-cccc-dddd-0123456789ab"',
    "A13": '{"id": 7}',
    "B01": '"input"',
    "B03": '"timeout"',
    "B04": '"timeOut"',
    "B06": '"voice_name"',
    "B07": '"contentType"',
    "B09": '"advanced_machine_detection"',
    "B10": '"conversation_id"',
    "B12": '"number"',
    "B13": '"rtc"',
    "B15": '"hangup"',
    "B16": '"asyncronous"',
    "C01": '"+12065551212"',
    "C04": '"randomFromNumber"',
    "C05": '"canSpeak"',
    "C07": "2",
    "C08": "22",
    "C02": '"Support Desk"',
    "C10": "<break time='1s'/>",
    "D03": '"input"',
    "D05": '"record"',
    "D06": '"input"',
    "D08": "0",
    "D14": '"input"',
    "C11": '"audio/l16;rate=44100"',
    "D11": '"notify"',
    "E02": '{"action":"talk","text":"Hi"}',
    "E03": "[",
    "F01": '"text"',
    "F02": ",",
    "F03": "\u00a0",
    "F04": "{{greeting}}",
}
"""The mistakes that people made, each with the text of the place where it is said."""


def _check(text: str) -> list[Diagnostic]:
    return check(Source("test.ncco.json", text))


def _errors(found: list[Diagnostic]) -> list[str]:
    return [each.message for each in found if each.rule.severity == "error"]


def _index() -> list[dict[str, str]]:
    if not CORPUS.is_dir():
        return []
    with (CORPUS / "ncco" / "INDEX.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _mistakes() -> dict[str, dict[str, object]]:
    lines = (CORPUS / "mistakes.jsonl").read_text(encoding="utf-8").splitlines()
    return {each["id"]: each for each in map(json.loads, lines)}


def _text(written: object) -> str:
    return written if isinstance(written, str) else json.dumps(written)


def test_real_nccos_are_read_and_the_valid_ones_have_no_errors() -> None:
    rows = _index()
    assert len(rows) > 400
    wrong = {}
    for row in rows:
        found = _check((CORPUS / "ncco" / row["file"]).read_text(encoding="utf-8"))
        if row["status"] == "valid" and row["fidelity"] == "strict-json" and not row["lint"] and _errors(found):
            wrong[row["file"]] = _errors(found)
    assert wrong == {}


def test_nccos_that_are_known_to_be_invalid_have_a_finding() -> None:
    invalid = [row["file"] for row in _index() if row["status"] == "known-invalid"]
    found = {file: _check((CORPUS / "ncco" / file).read_text(encoding="utf-8")) for file in invalid}
    assert {file for file, said in found.items() if not said} <= RIGHT_IN_TRUTH.keys()
    assert {file for file in RIGHT_IN_TRUTH if _errors(found[file])} == set()


def test_every_mistake_that_can_be_a_document_is_in_the_table() -> None:
    kinds = {name: each["kind"] for name, each in _mistakes().items()}
    assert {name for name, kind in kinds.items() if kind in ("ncco", "json-text")} == MISTAKES.keys()


def test_an_old_form_in_a_real_ncco_names_what_replaces_it() -> None:
    for row in _index():
        for each in _check((CORPUS / "ncco" / row["file"]).read_text(encoding="utf-8")):
            if each.rule.name == "legacy-form":
                assert each.hint and each.hint.startswith("write ")


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_that_people_made_is_found_where_it_is(name: str) -> None:
    text = _text(_mistakes()[name]["bad"])
    assert MISTAKES[name] in [text[each.span.start : each.span.end] for each in _check(text)]


@pytest.mark.parametrize("name", MISTAKES)
def test_what_people_wrote_instead_has_no_finding(name: str) -> None:
    assert _check(_text(_mistakes()[name]["good"])) == []
