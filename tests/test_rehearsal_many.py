"""Flows of many ways: their missing calls are written so that they can be read, their transcripts are compared well."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from flowc.caller.exploring.calls_through import Calls, decided, ends
from flowc.caller.exploring.explore import explore
from flowc.caller.platform.application import Call
from flowc.cli.calls.called import flow_of
from flowc.cli.calls.linewise import unified
from flowc.cli.test import test as command
from flowc.cli.transcripts import transcripts
from flowc.program.expected import fits
from flowc.text.characters import LARGEST


def _menus(folder: Path, count: int, words: str = "") -> Path:
    """A flow of many menus, each of which leads to two further ones."""
    steps = "".join(
        f"  s{number}:\n    menu:\n      prompt: 'Step {number}. {words}For one, press 1. For two, press 2.'\n"
        f"      options: {{1: s{(number * 2 + 1) % count}, 2: s{(number * 2 + 2) % count}}}\n"
        f"      otherwise: {{hangup: Bye {number}.}}\n"
        for number in range(count)
    )
    file = folder / "big.flow.yml"
    file.write_text(f"flow: big\nsteps:\n{steps}", encoding="utf-8")
    return file


def test_missing_calls_are_written_into_as_many_files_as_it_takes_for_each_to_be_read(tmp_path: Path) -> None:
    flow = _menus(tmp_path, 60, "Please listen to all that there is before you choose. " * 40)
    result = CliRunner().invoke(command, ["--write", "--cover-min", "100", str(flow)], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    files = sorted(each.name for each in tmp_path.glob("*.calls.yml"))
    assert files == [*(f"big-{number}.calls.yml" for number in (2, 3, 4, 5)), "big.calls.yml"]
    assert all(each.stat().st_size <= LARGEST for each in tmp_path.glob("*.calls.yml"))
    again = CliRunner().invoke(command, ["--write", "--cover-min", "100", str(flow)], standalone_mode=False)
    assert again.return_value == 0  # what the further files take is taken
    assert sorted(each.name for each in tmp_path.glob("*.calls.yml")) == files


def test_what_is_missing_in_a_file_that_is_full_is_written_beside_it(tmp_path: Path) -> None:
    flow = _menus(tmp_path, 60, "Please listen to all that there is before you choose. " * 40)
    CliRunner().invoke(command, ["--write", str(flow)], standalone_mode=False)
    last = tmp_path / "big-5.calls.yml"
    last.unlink()
    result = CliRunner().invoke(command, ["--write", "--cover-min", "100", str(tmp_path)], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    assert last.exists()
    assert not [*tmp_path.glob("big-*-*")]


def test_files_that_calls_were_split_into_count_with_the_first_one_that_is_named(tmp_path: Path) -> None:
    flow = _menus(tmp_path, 3)
    first, second = tmp_path / "big.calls.yml", tmp_path / "big-2.calls.yml"
    full = f"# {'x' * (LARGEST - 200)}\n"
    first.write_text(f"{full}flow: big\ncalls:\n  - {{name: mine, steps: [presses: 1, hangs up]}}\n", encoding="utf-8")
    other = tmp_path / "big-3.calls.yml"  # one of the same form of name, of another flow
    other.write_text("flow: small\ncalls: [{name: theirs, steps: [ended]}]\n", encoding="utf-8")
    (tmp_path / "small.flow.yml").write_text("flow: small\nsteps: {main: {talk: Hello.}}\n", encoding="utf-8")
    for _ in range(2):
        result = CliRunner().invoke(command, ["--write", "--cover-min", "100", str(first)], standalone_mode=False)
        assert (result.stdout, result.return_value) == ("", 0)
        assert sorted(tmp_path.glob("*.calls.yml")) == [second, other, first]
    assert "written" not in result.stderr
    for each in (first, second, flow):
        result = CliRunner().invoke(command, ["--cover-min", "100", str(each)], standalone_mode=False)
        assert (result.stdout, result.return_value) == ("", 0)
    alone = CliRunner().invoke(command, [str(first)], standalone_mode=False)
    assert alone.stderr == "1 call, all as they are to be\n"  # where no way is asked for, what is named is played


def test_a_program_is_read_once_for_all_calls_through_it(tmp_path: Path) -> None:
    called = flow_of(str(_menus(tmp_path, 9)), {}, [])
    assert called is not None
    graph, calls = explore(called.program, Call(), fits), Calls(called.program)
    read = dict(calls.inside.known)
    made = [calls.through(*decided(graph, each)) for each in ends(graph)]
    alone = [Calls(called.program).through(*decided(graph, each)) for each in ends(graph)]
    assert calls.inside.known == read
    assert made == alone  # nothing of one call is left in the next


def test_a_flow_that_its_folder_has_under_another_name_is_named_by_its_path(tmp_path: Path) -> None:
    flow = _menus(tmp_path, 2).rename(tmp_path / "other.flow.yml")
    (tmp_path / "big.flow.yml").write_text("flow: big\nsteps: {main: {talk: Hello.}}\n", encoding="utf-8")
    result = CliRunner().invoke(command, ["--write", "--cover-min", "100", str(flow)], standalone_mode=False)
    assert (tmp_path / "other.calls.yml").read_text(encoding="utf-8").startswith('flow: "other.flow.yml"\n')
    assert (result.stdout, result.return_value) == ("", 0)


def test_only_the_lines_that_differ_are_shown_however_often_others_are_there() -> None:
    """A line that stands in a text more often than in each hundredth line is compared like any other."""
    places = [f"place {number}\n  caller says nothing\n  → place {number + 1}\n" for number in range(400)]
    old = "\n".join(places)
    new = "\n".join([*places[:7], places[7].replace("nothing", "yes"), *places[8:200], *places[201:]])
    lines = [*unified(old, new, "old", "new")]
    changed = [line for line in lines if line[0] in "+-" and line[:3] not in ("---", "+++")]
    assert changed == [
        "-  caller says nothing\n",
        "+  caller says yes\n",
        "-place 200\n",
        "-  caller says nothing\n",
        "-  → place 201\n",
        "-\n",
    ]
    assert lines[2] == "@@ -27,7 +27,7 @@\n"
    assert [*unified(old, old, "old", "new")] == []


def test_a_difference_of_transcripts_is_as_small_as_it_is(tmp_path: Path) -> None:
    flow = _menus(tmp_path, 80)
    kept = tmp_path / "big.transcripts.txt"
    assert CliRunner().invoke(transcripts, [str(flow), "--out", str(kept)], standalone_mode=False).return_value == 0
    flow.write_text(flow.read_text(encoding="utf-8").replace("hangup: Bye 40.", "hangup: See you."), encoding="utf-8")
    result = CliRunner().invoke(transcripts, [str(flow), "--check", str(kept)], standalone_mode=False)
    changed = [line for line in result.stdout.splitlines() if line[0] in "+-"]
    assert changed[2:] == ["-  caller hears: Bye 40. (0.5 s)", "+  caller hears: See you. (0.5 s)"]


SAID = """\
flow: said
voice: {language: en-GB}
steps:
  main:
    - talk: Welcome.
    - talk: {text: Bienvenue., language: fr-FR}
    - menu:
        prompt: Say sales, or service.
        options: {1: {say: [sales], goto: main}, 2: {say: [service], goto: bye}}
        speech: {endOnSilence: 1}
        otherwise: bye
  bye: {talk: Goodbye.}
"""


def test_words_are_told_once_and_unsure_ones_where_they_lead_elsewhere(tmp_path: Path) -> None:
    flow = tmp_path / "said.flow.yml"
    flow.write_text(SAID, encoding="utf-8")
    told = CliRunner().invoke(transcripts, [str(flow)], standalone_mode=False).stdout
    place = told.partition("\nmain\n")[2].partition("\n\n")[0]
    assert place.count("caller says: sales") == 1
    unsure = "goto: ask}, 2"
    flow.write_text(f"{SAID.replace('goto: main}, 2', unsure)}{ASK}", encoding="utf-8")
    told = CliRunner().invoke(transcripts, [str(flow)], standalone_mode=False).stdout
    assert "  - caller says: sales (0.3 s)\n    → ask (bye)\n" in told
    assert "  - caller says: sales (0.3 s) (unsure)\n    → ask (main)\n" in told


ASK = """\
  ask:
    - branch:
        - {if: confidence < 0.5, goto: main}
        - otherwise: bye
"""


def test_another_language_is_a_difference_of_transcripts(tmp_path: Path) -> None:
    flow = tmp_path / "said.flow.yml"
    told = []
    for text in (SAID, SAID.replace("fr-FR", "fr-CA"), SAID.replace("en-GB", "en-US")):
        flow.write_text(text, encoding="utf-8")
        told.append(CliRunner().invoke(transcripts, [str(flow)], standalone_mode=False).stdout)
    assert len({*told}) == 3
    assert "speaks: en-GB, fr-FR\n" in told[0]
    assert "  caller hears: Bienvenue. (0.7 s) in fr-FR\n" in told[0]
    assert "  caller hears: Welcome. (0.5 s)\n" in told[0]


def test_a_frequent_line_between_two_that_are_new_is_still_the_same_line() -> None:
    places = [f"place {number}\n  caller says nothing\n  → place {number + 1}\n" for number in range(400)]
    new = "\n".join([*places[:7], "room 7\n  caller says nothing\n  → room 8\n", *places[8:]])
    changed = [line for line in unified("\n".join(places), new, "old", "new") if line[0] in "+-"]
    assert changed[2:] == ["-place 7\n", "+room 7\n", "-  → place 8\n", "+  → room 8\n"]


LINE = """\
flow: shop
failure: {talk: Sorry.}
steps:
  main:
    - menu:
        prompt: 'For "sales, {new}", press 1. To leave a message, press 2.'
        options: {1: {say: [new], goto: sales}, 2: hours}
        speech: {endOnSilence: 1}
        otherwise: sales
  sales: {connect: {phone: 447700900100, timeout: 20, otherwise: hours}}
  hours:
    - request: {url: "https://crm.example.com/hours", save: found, when: {404: closed}, otherwise: sales}
    - talk: We are open.
  closed: {talk: We are closed.}
"""

FORMS = {
    "in one line": "flow: shop\ncalls: [{name: mine, steps: [hangs up]}]\n",
    "a line each": "flow: shop\ncalls: [\n  {name: mine, steps: [hangs up]}\n]\n",
    "a comma and a comment": "flow: shop\ncalls: [\n  {name: mine, steps: [hangs up]},  # mine\n]\n# end\n",
    "comments": "flow: shop\ncalls: [\n  {name: mine, steps: [hangs up]}  # mine ]\n  # more, [\n]",
    "not last": "calls: [{name: mine, steps: [hangs up]}]  # mine\nflow: shop\n",
    "a block that is not last": "calls:\n- name: mine\n  steps: [hangs up]  # mine\n\n# the flow\nflow: shop\n",
    "three spaces": "flow: shop\ncalls:\n   - {name: mine, steps: [hangs up]}",
    "all in braces": "{flow: shop, calls: [{name: mine, steps: [hangs up]}], allow: []}\n",
    "a document's end": "flow: shop\ncalls:\n- name: mine\n  steps:\n  - hangs up\n# end\n...\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_missing_calls_are_put_behind_those_of_an_author_in_their_form(tmp_path: Path, form: str) -> None:
    (tmp_path / "shop.flow.yml").write_text(LINE, encoding="utf-8")
    file = tmp_path / "shop.calls.yml"
    file.write_text(FORMS[form], encoding="utf-8")
    result = CliRunner().invoke(command, ["--write", "--cover-min", "100", str(tmp_path)], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    assert [*tmp_path.glob("*.calls.yml")] == [file]
    rest = iter(file.read_text(encoding="utf-8"))
    assert all(letter in rest for letter in FORMS[form].rstrip())  # all that was there, in its order
    assert all(each in file.read_text(encoding="utf-8") for each in FORMS[form].split("\n") if each.startswith("#"))
