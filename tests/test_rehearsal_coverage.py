"""Which ways of a flow rehearsed calls took: in percent, in lines, as a page and as a Cobertura file."""

from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flowc.cli.test import test as command

FLOW = """\
flow: acme
keys: {9: closed}
steps:
  main:
    menu:
      prompt: For sales, press 1. For our address, press 2.
      options:
        1: sales
        2: {talk: We are behind the old mill.}
      noInput: I did not hear anything.
      otherwise: closed
  sales:
    - connect: {phone: 447700900100, when: {busy: closed}, otherwise: order}
  order:
    - input: {prompt: Your order number?, dtmf: {maxDigits: 4}, options: {0: closed}, otherwise: closed}
    - talk: Thank you.
  closed: {talk: "<b> & closed."}
"""
CALLS = """\
flow: acme
calls:
  - name: sales are busy
    steps: [{presses: 1}, {connects: busy}, {hears: closed}]
  - name: silence, then the order
    steps: [waits, {presses: 1}, {connects: rejected}, {presses: 1234}, {hears: Thank you}]
"""


def _test(tmp_path: Path, *options: str) -> Result:
    (tmp_path / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
    (tmp_path / "acme.calls.yml").write_text(CALLS, encoding="utf-8")
    return CliRunner().invoke(command, [*options, str(tmp_path)], standalone_mode=False)


def test_the_ways_that_no_call_took_are_listed_with_their_lines(tmp_path: Path) -> None:
    result = _test(tmp_path, "--cover")
    name = tmp_path / "acme.flow.yml"
    assert result.stdout.splitlines() == [
        f"{name}: 10 of 19 ways taken (52.6 %)",
        f"{name}:2: no call takes answer `9` at `main`",
        f"{name}:5: no call takes a wrong answer at `main`",
        f"{name}:9: no call takes answer `2` at `main`",
        f"{name}:9: no call takes block `main.press2`",
        f"{name}:11: no call takes no good answer in 3 attempts at `main`",
        f"{name}:13: no call takes outcome `answered` at `sales`",
        f"{name}:15: no call takes silence at `order`",
        f"{name}:15: no call takes answer `0` at `order`",
        f"{name}:15: no call takes no good answer in 3 attempts at `order`",
    ]
    assert result.return_value == 0


def test_too_little_fails_and_names_what_is_left(tmp_path: Path) -> None:
    result = _test(tmp_path, "--cover-min", "53")
    assert result.return_value == 1
    assert "[E420] too-little-taken: the calls take 52.6 % of the ways of `acme`, 53 % are asked for" in result.stdout
    assert _test(tmp_path, "--cover-min", "52").return_value == 0


def test_calls_that_are_not_played_take_nothing(tmp_path: Path) -> None:
    assert "5 of 19 ways taken" in _test(tmp_path, "--cover", "-k", "busy").stdout


def test_a_cobertura_file_has_the_lines_and_the_branches(tmp_path: Path) -> None:
    file = tmp_path / "cover.xml"
    assert _test(tmp_path, "--cover-xml", str(file)).return_value == 0
    root = ET.parse(file).getroot()
    assert (root.get("branches-covered"), root.get("branches-valid")) == ("6", "13")
    assert (root.get("lines-covered"), root.get("lines-valid")) == ("7", "10")
    assert (root.get("line-rate"), root.get("branch-rate")) == ("0.7000", "0.4615")
    lines = {each.get("number"): each for each in root.iter("line")}
    assert lines["2"].get("hits") == "0"
    assert lines["8"].get("hits") == "2"
    assert lines["13"].get("condition-coverage") == "75% (3/4)"
    (flow,) = root.iter("class")
    assert flow.get("name") == "acme"
    assert _files(file) == [tmp_path / "acme.flow.yml"]


def _files(cobertura: Path) -> list[Path]:
    """The files that a Cobertura report names, as its readers find them: each below the report's one source."""
    root = ET.parse(cobertura).getroot()
    (source,) = root.iter("source")
    names = [str(each.get("filename")) for each in root.iter("class")]
    assert source.text is not None and not any(each.startswith(("/", "..")) for each in names)
    return [Path(source.text) / each for each in names]


@pytest.mark.parametrize("here", ["flows", "flows/one", "elsewhere"])
@pytest.mark.parametrize("absolute", [True, False])
def test_a_cobertura_file_leads_to_its_files_from_wherever_it_was_made(
    here: str, absolute: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        folder = tmp_path / "flows" / name
        folder.mkdir(parents=True)
        (folder / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
        (folder / "acme.calls.yml").write_text(CALLS, encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / here)
    flows = tmp_path / "flows"
    arguments = [str(flows if absolute else os.path.relpath(flows)), "--cover-xml", str(tmp_path / "cover.xml")]
    assert CliRunner().invoke(command, arguments, standalone_mode=False).return_value == 0
    assert sorted(_files(tmp_path / "cover.xml")) == [flows / name / "acme.flow.yml" for name in ("one", "two")]


def test_the_numbers_of_a_cobertura_file_are_those_of_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "cover.xml"
    assert _test(tmp_path, "--cover-xml", str(file)).return_value == 0
    root = ET.parse(file).getroot()
    lines = [*root.iter("line")]
    parts = [re.search(r"\((\d+)/(\d+)\)", each.get("condition-coverage", "")) for each in lines]
    assert root.get("lines-valid") == str(len(lines))
    assert root.get("lines-covered") == str(sum(each.get("hits") != "0" for each in lines))
    assert root.get("branches-covered") == str(sum(int(each[1]) for each in parts if each))
    assert root.get("branches-valid") == str(sum(int(each[2]) for each in parts if each))


class _Rows(HTMLParser):
    """The class of each row of a table, and the text of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[str | None] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        self.ids += [str(fields["id"])] if "id" in fields else []
        self.links += [str(fields[name]) for name in ("href", "src") if name in fields]
        if tag == "tr" and fields.get("id"):
            self.rows.append(fields.get("class"))
        if tag not in ("meta", "link", "br", "!doctype"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_shows_each_line_and_what_was_taken_of_it(tmp_path: Path) -> None:
    file = tmp_path / "cover.html"
    assert _test(tmp_path, "--cover-html", str(file)).return_value == 0
    page = _Rows()
    page.feed(file.read_text(encoding="utf-8"))
    assert len(page.rows) == FLOW.count("\n")
    assert [page.rows[number - 1] for number in (1, 2, 8, 9, 15, 17)] == [None, "none", "all", "none", "some", "all"]
    assert 'closed: {talk: "<b> & closed."}' in page.text
    assert page.open == []


def test_a_page_leads_to_each_flow_and_to_each_way_that_no_call_took_and_needs_nothing_beside_it(
    tmp_path: Path,
) -> None:
    file, hostile = tmp_path / "cover.html", "<script>alert(1)</script>&'"
    (tmp_path / "two.flow.yml").write_text(
        f"flow: two\nsteps:\n  main:\n    menu: {{prompt: 'For {hostile.replace(chr(39), '')}, press 1.', "
        "options: {1: main}, otherwise: main}\n",
        encoding="utf-8",
    )
    (tmp_path / "two.calls.yml").write_text("flow: two\ncalls:\n  - {name: a, steps: [hangs up]}\n", encoding="utf-8")
    assert _test(tmp_path, "--cover-html", str(file)).return_value == 0
    written = file.read_text(encoding="utf-8")
    page = _Rows()
    page.feed(written)
    assert len(page.ids) == len({*page.ids})
    assert {each.removeprefix("#") for each in page.links} <= {*page.ids}
    assert {"#flow-1", "#flow-1-left", "#flow-1-2", "#flow-1-9", "#flow-2", "#flow-2-left"} <= {*page.links}
    assert "line 2: answer 9 at main" in page.text
    assert "10 of 19 (52.6 %)" in page.text
    assert all(each.startswith("#") for each in page.links)
    assert "http" not in written
    assert "<script" not in written
    assert 'name="viewport"' in written
    assert "prefers-color-scheme: dark" in written


def test_a_page_does_not_show_the_value_of_a_secret(tmp_path: Path) -> None:
    file = tmp_path / "cover.html"
    (tmp_path / "two.flow.yml").write_text(
        "flow: two\nparams:\n  key: {type: secret, default: hush-4711}\nsteps:\n  main:\n"
        "    - request: {url: 'https://a.example.com/', headers: {Authorization: '{{ params.key }}'}, otherwise: bye}\n"
        "  bye: {talk: Goodbye.}\n",
        encoding="utf-8",
    )
    (tmp_path / "two.calls.yml").write_text("flow: two\ncalls:\n  - {name: a, steps: [hangs up]}\n", encoding="utf-8")
    _test(tmp_path, "--cover-html", str(file))
    written = file.read_text(encoding="utf-8")
    assert "two.flow.yml" in written
    assert "4711" not in written


def test_ways_are_no_part_of_a_report_that_a_program_reads(tmp_path: Path) -> None:
    for form in ("json", "junit", "sarif", "github"):
        result = _test(tmp_path, "--cover", "--format", form)
        assert "ways taken" not in result.stdout
        assert "10 of 19 ways taken" in result.stderr


@pytest.mark.parametrize("options", [["--cover"], ["--cover-min", "1"], ["--cover-html", "x"], ["--cover-xml", "x"]])
def test_the_ways_of_what_is_hosted_are_asked_for_in_vain(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "acme.calls.yml").write_text(CALLS, encoding="utf-8")
    result = CliRunner().invoke(command, ["--url", "http://127.0.0.1:9/", *options, str(tmp_path)])
    assert (result.exit_code, "goes not with --url" in result.stderr) == (2, True)


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    result = _test(tmp_path, "--cover-xml", str(tmp_path / "nowhere" / "cover.xml"))
    assert result.return_value == 1
    assert "cover.xml" in result.stderr


ALL = """\
flow: shop
voice: [{language: en-GB}, {language: fr-FR}]
timezone: Europe/London
hours:
  desk: {open: {mon-fri: 09:00-17:00}, holidays: [2030-12-25]}
steps:
  begin:
    - talk: {en-GB: Hello., fr-FR: Bonjour.}
    - switch:
        value: hours.desk
        cases: {open: ask, closed: closed, holiday: closed}
  ask:
    - menu:
        prompt: {en-GB: Say sales., fr-FR: Dites ventes.}
        options:
          1: {say: [sales, buy], goto: account}
          2: [{language: fr-FR}, {goto: ask}]
        speech: {endOnSilence: 1}
        noMatch: {en-GB: Pardon?, fr-FR: Comment?}
        otherwise: closed
  account:
    - request:
        url: https://crm.example.com/account
        save: account
        when: {404: closed}
        otherwise: closed
    - branch:
        - {if: vars.account.tier == 'gold', goto: gold}
        - {if: vars.account.debt > 0, goto: [{talk: {en-GB: Please pay., fr-FR: Payez.}}]}
        - otherwise: gold
  gold: {talk: {en-GB: Welcome., fr-FR: Bienvenue.}}
  closed: {talk: {en-GB: Goodbye., fr-FR: Au revoir.}}
"""
ONE = """\
flow: shop
calls:
  - name: somebody who owes us something
    at: 2030-01-02T12:00+00:00
    given: {"GET https://crm.example.com/account": {tier: base, debt: 3}}
    steps: [{says: buy}, {hears: Please pay}]
"""


def test_choices_hours_requests_words_and_languages_are_ways_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "shop.flow.yml").write_text(ALL, encoding="utf-8")
    (tmp_path / "shop.calls.yml").write_text(ONE, encoding="utf-8")
    result = CliRunner().invoke(command, ["--cover", str(tmp_path)], standalone_mode=False)
    left = [line.partition("flow.yml:")[2] for line in result.stdout.splitlines()]
    assert left[1:] == [
        "2: no call takes language `fr-FR`",
        "11: no call takes case `closed` at `begin.2`",
        "11: no call takes case `holiday` at `begin.2`",
        "13: no call takes silence at `ask`",
        "16: no call takes answer `1` at `ask`",
        "16: no call takes answer `sales` at `ask`",
        "17: no call takes answer `2` at `ask`",
        "17: no call takes block `ask.press2`",
        "17: no call takes block `fr-FR/ask.press2.2`",
        "19: no call takes a wrong answer at `ask`",
        "20: no call takes no good answer in 3 attempts at `ask`",
        "25: no call takes status `404` of the request at `account`",
        "26: no call takes no good answer to the request at `account`",
        "28: no call takes `if: vars.account.tier == 'gold'` at `account.2`",
        "30: no call takes `otherwise` of a `branch` at `account.2`",
        "31: no call takes step `gold`",
        "32: no call takes step `closed`",
    ]


def test_a_test_that_is_decided_is_no_way_and_the_others_keep_their_lines(tmp_path: Path) -> None:
    flow = (
        "flow: shop\nparams: {vip: {type: boolean, default: false}}\nsteps:\n  main:\n    - branch:\n"
        "        - {if: params.vip, goto: gold}\n        - {if: call.to == '442079460001', goto: gold}\n"
        "        - otherwise: gold\n  gold: {talk: Hello.}\n"
    )
    (tmp_path / "shop.flow.yml").write_text(flow, encoding="utf-8")
    (tmp_path / "shop.calls.yml").write_text("flow: shop\ncalls: [{name: a, steps: [ended]}]\n", encoding="utf-8")
    stdout = CliRunner().invoke(command, ["--cover", str(tmp_path)], standalone_mode=False).stdout
    assert stdout.splitlines()[1:] == [
        f"{tmp_path / 'shop.flow.yml'}:7: no call takes `if: call.to == '442079460001'` at `main`"
    ]
