"""How often rehearsed calls take each way of a flow: as often as it is played, however often it is looked up."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from flowc.cli.test import test as command

ASKS = """\
flow: shop
steps:
  main:
    - input: {prompt: Your number?, dtmf: {maxDigits: 2}, attempts: 1, save: number, otherwise: closed}
    - TALK
    - request: {url: "https://e.com/{{ vars.number }}", save: found, when: {404: closed}, otherwise: closed}
    - talk: Fine.
  closed: {talk: We are closed.}
"""
GOOD = '  - {name: good, given: {"GET https://e.com/12": {}}, steps: [presses: 12, hears: Fine, ended]}\n'
AGAIN = '  - {name: again, given: {"GET https://e.com/34": {}}, steps: [presses: 34, hears: Fine, ended]}\n'
GONE = '  - {name: gone, given: {"GET https://e.com/12": 404}, steps: [presses: 12, hears: closed, ended]}\n'


def _hits(folder: Path, flow: str, calls: str) -> dict[int, int]:
    """How often the most frequent way of each line was taken."""
    (folder / "shop.flow.yml").write_text(flow, encoding="utf-8")
    (folder / "shop.calls.yml").write_text(f"flow: shop\ncalls:\n{calls}", encoding="utf-8")
    report = folder / "cover.xml"
    result = CliRunner().invoke(command, [str(folder), "--cover-xml", str(report)], standalone_mode=False)
    assert result.return_value == 0, result.stdout
    lines = ET.parse(report).getroot().iter("line")
    return {int(str(each.get("number"))): int(str(each.get("hits"))) for each in lines}


@pytest.mark.parametrize("talk", ["talk: One moment.", "set: {known: 1}"])
@pytest.mark.parametrize(("calls", "times"), [(GOOD, 1), (GOOD + AGAIN, 2), (GOOD + AGAIN + GONE, 3), (GONE, 1)])
def test_a_request_is_counted_once_for_each_call_that_makes_it(
    tmp_path: Path, talk: str, calls: str, times: int
) -> None:
    hits = _hits(tmp_path, ASKS.replace("TALK", talk), calls)
    assert hits[4] == times
    assert hits[6] == times
    assert hits.get(7, times) <= times


def test_a_call_that_ends_before_its_request_has_come_to_it(tmp_path: Path) -> None:
    hangs = "  - {name: hangs, steps: [presses: 12, hears: One moment, hangs up]}\n"
    flow = ASKS.replace("TALK", "talk: One moment.").replace("    - talk: Fine.\n", "")
    given = "given: {GET https://e.com/12: no answer}\n"
    (tmp_path / "page").mkdir()
    hits = _hits(tmp_path / "page", flow, hangs.replace("steps", f"{given.strip()}, steps"))
    assert hits[6] == 1


def test_what_stands_behind_each_question_for_a_silent_host_is_not_played(tmp_path: Path) -> None:
    failing = ASKS.replace("steps:\n", "failure: [{talk: Sorry.}, {goto: closed}]\nsteps:\n")
    hits = _hits(tmp_path, failing.replace("TALK", "talk: One moment."), GOOD)
    assert hits[9] == 0  # the step `closed`, to which the failure leads
    written = ["--write", "--cover-min", "100", str(tmp_path)]
    result = CliRunner().invoke(command, written, standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    assert "We are closed." in (tmp_path / "shop.calls.yml").read_text(encoding="utf-8")
