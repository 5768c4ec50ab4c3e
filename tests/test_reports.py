"""The reports: what a person reads is golden, what a program reads is held to its format."""

from __future__ import annotations

import json
import re
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flowc.cli.group import run
from flowc.text.diagnostics import Diagnostic, Label, Rule
from flowc.text.reports import FORMATS, Findings
from flowc.text.reports.display import WIDTH, cells
from flowc.text.reports.places import Where, where
from flowc.text.source import Source, Span

GOLDEN = Path(__file__).parent / "reports"

ERROR = Rule("E201", "unknown-step", "A target names no step.\n\nThe caller is left.\n\nWrite a step's name.")
WARNING = Rule("W310", "key-not-announced", "A key is handled, but no prompt says so.\n\nNobody presses it.")

FLOW = Source(
    "flows/acme.flow.yml", "steps:\n  main:\n    menu:\n      options:\n        1: sale\n        2: support\n"
)
TABS = Source("tabs.ncco.json", '[\n\t{"action":\t"talk"}\n]\n')
WIDE = Source("wide.flow.yml", "flow: 電話\ntalk: 営業は１番 sale です\nother: e\u0301te\u0301 👍🏽 sale\n")
LONG = Source("long.ncco.json", '[{"action": "talk", "text": "' + "word " * 60 + "sale " + "more " * 60 + '"}]')
CRLF = Source("crlf.flow.yml", "flow: a\r\nstart: sale\r\n")
HOSTILE = Source("evil\x1b[2J.yml", "talk: \x1b[31mred \u202egnirts sale \x07\n")
MANY = Source("many.flow.yml", "\n" * 123_455 + "start: sale\n")


def finding(source: Source, words: str, rule: Rule = ERROR, hint: str | None = None, *labels: Label) -> Diagnostic:
    """A finding about the first of these words in a source."""
    return Diagnostic(rule, source, span(source, words), f"there is no step `{words}`", hint, labels)


def span(source: Source, words: str) -> Span:
    start = source.text.index(words)
    return Span(start, start + len(words))


def label(source: Source, words: str, text: str) -> Label:
    return Label(source, span(source, words), text)


FOUND: dict[str, list[Diagnostic]] = {
    "plain": [finding(FLOW, "sale", ERROR, "did you mean `sales`?"), finding(FLOW, "2", WARNING)],
    "labels": [
        finding(
            FLOW,
            "sale",
            ERROR,
            "line one\nline two",
            label(FLOW, "1", "on the same line"),
            label(FLOW, "main", "in this step"),
        ),
        finding(FLOW, "sale", ERROR, None, label(CRLF, "sale", "and in another file")),
    ],
    "tabs": [finding(TABS, '"talk"')],
    "wide": [finding(WIDE, "sale"), finding(Source("wide.flow.yml", WIDE.text[WIDE.text.index("other") :]), "sale")],
    "long": [finding(LONG, "sale"), finding(LONG, "action"), finding(LONG, '"}]')],
    "multi-line": [finding(FLOW, "main:\n    menu:\n      options:")],
    "crlf": [finding(CRLF, "sale"), finding(CRLF, "a\r\nstart: sale\r\n")],
    "hostile": [finding(HOSTILE, "sale")._replace(message="a \x1b[31mword\u202e\nof two lines")],
    "many-lines": [finding(MANY, "sale")],
    "no-text": [Diagnostic(ERROR, Source("gone.flow.yml", ""), Span(0, 0), "there is no such file", "look")],
    "end-of-text": [
        Diagnostic(ERROR, CRLF, Span(99, 120), "it ends here"),
        Diagnostic(ERROR, CRLF, Span(8, 8), "nothing"),
    ],
}


@pytest.mark.parametrize("name", FOUND)
def test_the_text_report_reads_as_it_is_kept(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / f"{name}.txt", FORMATS["text"](Findings(FOUND[name], [])))


@pytest.mark.parametrize("form", ["json", "sarif", "github", "junit"])
def test_a_report_for_programs_reads_as_it_is_kept(form: str, golden: Callable[[Path, str], None]) -> None:
    found = [*FOUND["labels"], *FOUND["plain"], *FOUND["wide"], *FOUND["hostile"], *FOUND["multi-line"]]
    golden(GOLDEN / f"all.{form}", FORMATS[form](Findings(found, ["sound.flow.yml", FLOW.name])))


@pytest.mark.parametrize(
    ("form", "text"),
    [("text", ""), ("json", "[]\n"), ("github", "")],
)
def test_nothing_found_is_little_said(form: str, text: str) -> None:
    assert FORMATS[form](Findings([], ["sound.flow.yml"])) == text


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("ab\ncd\n", (0, 2), (1, 1, 1, 3)),
        ("ab\ncd\n", (3, 5), (2, 1, 2, 3)),
        ("ab\r\ncd", (4, 5), (2, 1, 2, 2)),
        ("ab\ncd\n", (1, 4), (1, 2, 2, 2)),
        ("ab\ncd\n", (6, 6), (3, 1, 3, 1)),
        ("ab\ncd", (99, 120), (2, 3, 2, 3)),
        ("👍é\n電話", (3, 5), (2, 1, 2, 3)),
        ("", (0, 0), (1, 1, 1, 1)),
    ],
)
def test_lines_and_columns_count_from_one_in_characters(
    text: str, at: tuple[int, int], expected: tuple[int, int, int, int]
) -> None:
    assert where(Source("a", text), Span(*at)) == Where(*expected)


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("\t", 4), ("電話", 4), ("e\u0301", 1), ("👍", 2), ("\u202e", 1)]
)
def test_characters_are_as_wide_as_a_screen_shows_them(text: str, width: int) -> None:
    assert cells(text) == width


def test_json_has_exactly_the_promised_fields() -> None:
    (one,) = json.loads(FORMATS["json"](Findings(FOUND["plain"][:1], [])))
    assert one == {
        "file": "flows/acme.flow.yml",
        "line": 5,
        "column": 12,
        "end_line": 5,
        "end_column": 16,
        "code": "E201",
        "name": "unknown-step",
        "severity": "error",
        "message": "there is no step `sale`",
        "hint": "did you mean `sales`?",
        "labels": [],
    }


def test_colour_adds_nothing_but_colour() -> None:
    plain, color = (FORMATS["text"](Findings(FOUND["labels"], [], color)) for color in (False, True))
    assert "\x1b[1;31merror[E201]\x1b[0m" in color
    assert plain == re.sub("\x1b\\[[0-9;]*m", "", color)


def test_no_line_of_a_report_is_much_wider_than_a_screen() -> None:
    huge = Source("huge.ncco.json", "x" * 500_000 + "sale" + "電" * 200_000 + "\u0301" * 200_000)
    text = FORMATS["text"](Findings([finding(huge, "sale"), finding(huge, "電\u0301")], []))
    assert max(map(cells, text.splitlines())) <= WIDTH + 20
    assert max(map(len, text.splitlines())) <= 3 * WIDTH


def test_a_hostile_name_cannot_move_the_cursor() -> None:
    text = FORMATS["text"](Findings(FOUND["hostile"], []))
    assert text.isascii() or all(char.isprintable() for char in text if char != "\n")


def test_github_commands_cannot_be_broken_out_of() -> None:
    source = Source("a,b:c%.yml", "x")
    found = Diagnostic(ERROR, source, Span(0, 1), "100%\r\n::warning::x", None)
    assert FORMATS["github"](Findings([found], [])) == (
        "::error file=a%2Cb%3Ac%25.yml,line=1,col=1,endColumn=2,title=E201 unknown-step::100%25%0D%0A::warning::x\n"
    )


def test_junit_is_well_formed_whatever_is_in_it() -> None:
    source = Source('a"<&\x00\ud800.yml', "]]> \x08 <x> sale")
    report = FORMATS["junit"](Findings([finding(source, "sale"), finding(FLOW, "2", WARNING)], ["ok.yml", source.name]))
    suite = ElementTree.fromstring(report.encode())[0]
    cases = list(suite)
    assert [case.get("name") for case in cases] == ["ok.yml", 'a"<&\ufffd\ufffd.yml', "flows/acme.flow.yml"]
    assert [[part.tag for part in case] for case in cases] == [[], ["failure"], ["system-out"]]
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    assert "]]> " in (cases[1][0].text or "")


def test_sarif_names_each_rule_once_and_counts_in_code_points() -> None:
    run = sarif(FOUND["plain"] * 2)
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in rules] == ["E201", "W310"]
    assert rules[0]["help"]["text"] == ERROR.page
    assert rules[0]["shortDescription"] == {"text": "A target names no step."}
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["error", "warning"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])


def test_sarif_leads_to_the_place_and_to_the_labels() -> None:
    (one, *_) = sarif(FOUND["labels"])["results"]
    place = one["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "flows/acme.flow.yml"
    assert place["region"] == {"startLine": 5, "startColumn": 12, "endLine": 5, "endColumn": 16}
    assert [each["message"]["text"] for each in one["relatedLocations"]] == ["on the same line", "in this step"]


@pytest.mark.parametrize(
    ("name", "uri"),
    [("./a b/é#?.yml", "a%20b/%C3%A9%23%3F.yml"), ("/x/a.yml", "file:///x/a.yml"), ("<stdin>", "%3Cstdin%3E")],
)
def test_sarif_names_files_as_uris(name: str, uri: str) -> None:
    (one,) = sarif([finding(Source(name, "sale"), "sale")])["results"]
    assert one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_knows_a_finding_again_after_lines_were_added_above_it() -> None:
    moved = Source(FLOW.name, "# a new line\n" + FLOW.text)
    before, after, other = (
        sarif([finding(*each)])["results"] for each in ((FLOW, "sale"), (moved, "sale"), (FLOW, "support"))
    )
    assert before[0]["partialFingerprints"] == after[0]["partialFingerprints"] != other[0]["partialFingerprints"]


def test_sarif_stays_within_what_github_takes_and_says_what_it_left_out() -> None:
    many = [finding(FLOW, "2", WARNING)] * 25_010 + [finding(FLOW, "sale")]
    run = sarif(many)
    assert len(run["results"]) == 25_000
    assert run["results"][0]["level"] == "error"
    notice = run["invocations"][0]["toolExecutionNotifications"][0]
    assert notice["message"]["text"].startswith("11 more findings")


def test_a_report_for_a_person_shows_five_hundred_findings_and_counts_the_rest_by_rule() -> None:
    other = finding(FLOW, "support", Rule("W317", "never-said", ""))
    many = [*[finding(FLOW, "2", WARNING)] * 700, finding(FLOW, "sale"), *[other] * 5]
    text = FORMATS["text"](Findings(many, []))
    *frames, rest = text.split("\n\n")
    assert len(frames) == 500
    assert "error[E201]" in frames[-1]  # behind the warnings, where it stands in the file
    assert rest == "206 more are not shown: 201 W310 key-not-announced, 5 W317 never-said\n"


def test_no_warning_takes_the_place_of_an_error() -> None:
    many = [*[finding(FLOW, "2", WARNING)] * 3, *[finding(FLOW, "sale")] * 501]
    text = FORMATS["text"](Findings(many, [], color=True))
    assert text.count("warning[W310]") == 0
    assert text.count("error[E201]") == 500
    assert "4 more are not shown: 3 W310 key-not-announced, 1 E201 unknown-step" in text


def test_what_is_left_out_is_said_of_the_most_frequent_rules() -> None:
    rules = [Rule(f"W{number}", f"rule-{number}", "") for number in range(400, 413)]
    many = [finding(FLOW, "2", WARNING)] * 500 + [finding(FLOW, "2", rule) for rule in rules]
    rest = FORMATS["text"](Findings(many, [])).splitlines()[-1]
    assert rest.startswith("13 more are not shown: 1 W400 rule-400, ")
    assert rest.endswith(", 1 W409 rule-409, 3 of other rules")


def test_five_hundred_findings_are_shown_in_full() -> None:
    many = [finding(FLOW, "2", WARNING)] * 500
    assert "not shown" not in FORMATS["text"](Findings(many, []))
    assert FORMATS["text"](Findings(many, [])).count("W310") == FORMATS["github"](Findings(many, [])).count("W310")


def test_github_gets_five_hundred_notes_and_a_notice_of_the_rest() -> None:
    *notes, rest = FORMATS["github"](Findings([finding(FLOW, "2", WARNING)] * 501, [])).splitlines()
    assert len(notes) == 500
    assert rest == "::notice::1 more are not shown: 1 W310 key-not-announced"


def test_what_is_not_shown_counts_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "acme.ncco.json").write_text(json.dumps([{"action": "talk", "text": " "}] * 600))
    (tmp_path / "bad.ncco.json").write_text('[{"action": "talk"}]')
    monkeypatch.chdir(tmp_path)
    assert run(["check", "acme.ncco.json", "bad.ncco.json"]) == 1
    said, summary = capsys.readouterr()
    assert summary == "1 error, 600 warnings in 2 files\n"
    assert said.count(".ncco.json:") == 500
    assert "error[E111]" in said
    assert said.endswith("\n101 more are not shown: 101 W351 nothing-to-say\n")


def test_what_programs_read_is_whole() -> None:
    many = [finding(FLOW, "2", WARNING)] * 1_200
    assert len(json.loads(FORMATS["json"](Findings(many, [])))) == 1_200
    assert FORMATS["junit"](Findings(many, [])).count("W310") >= 1_200


def test_a_report_of_many_findings_in_one_large_file_takes_time_in_proportion() -> None:
    source = Source("large.flow.yml", "key: sale\n" * 100_000)
    few, many = (
        [Diagnostic(ERROR, source, Span(at * 10 + 5, at * 10 + 9), "no") for at in range(99_000, 99_000 + count)]
        for count in (50, 500)
    )
    assert seconds(many) < 40 * seconds(few) + 0.05


def seconds(found: list[Diagnostic]) -> float:
    start = time.process_time()
    FORMATS["text"](Findings(found, []))
    return time.process_time() - start


def sarif(found: list[Diagnostic]) -> dict[str, Any]:
    """The one run of a SARIF report."""
    log = json.loads(FORMATS["sarif"](Findings(found, [])))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return dict(run)
