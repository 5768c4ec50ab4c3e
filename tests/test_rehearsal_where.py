"""Where in a flow something stands that happened in a call: also behind choices, and of words in several places."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from flowc.cli.call import call
from flowc.cli.test import test as command

FLOW = """\
flow: desk
voice: {language: en-GB}
timezone: Europe/London
hours: {desk: {open: {mon-fri: 09:00-17:00}}}
failure: {talk: Something went wrong.}
steps:
  welcome:
    - set: {number: "{{ call.from }}"}
    - talk: Please hold.
    - switch:
        value: hours.desk
        cases:
          open:
            - talk: We are open.
            - talk: Please hold.
        otherwise: closed
    - talk: "{{ vars.number }}"
    - branch:
        - {if: vars.number == '447700900199', goto: desk}
        - otherwise: menu
  menu:
    - menu:
        prompt: "{{ options }}"
        options: {1: {label: the desk, goto: desk}, 2: {label: a message, goto: message}}
        attempts: 2
        noMatch: Please hold.
        otherwise: message
  desk:
    - talk: Please hold.
    - request: {url: "https://desk.example.com/{{ vars.number }}", save: agent, otherwise: message}
    - connect: {phone: 447700900100, otherwise: message}
  closed:
    - talk: We are closed.
    - goto: message
  message:
    - talk: Leave a message.
    - record: {endOnSilence: 3}
    - conversation: {name: weekly}
"""
OPEN, CLOSED = "2030-01-02T12:00+00:00", "2030-01-05T12:00+00:00"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "desk.flow.yml").write_text(FLOW, encoding="utf-8")
    return tmp_path


def _placed(typed: str, *options: str) -> list[tuple[str, int]]:
    """What a call by hand shows with a line of the flow, and the line."""
    shown = CliRunner().invoke(call, ["desk.flow.yml", *options], input=typed).stdout
    found = re.findall(r"^ +[0-9.]+  caller (.*?)(?: \([0-9.]+ s\))?  \[desk\.flow\.yml:(\d+)\]$", shown, re.MULTILINE)
    return [(what.strip(), int(line)) for what, line in found]


def test_what_is_asked_and_recorded_behind_a_choice_is_shown_at_its_own_line() -> None:
    assert _placed("1\n\n\n", "--at", OPEN) == [
        ("hears: Please hold.", 9),
        ("hears: We are open.", 14),
        ("hears: Please hold.", 15),
        ("hears: 447700900123", 17),
        ("hears: For the desk, press 1. For a message, press 2.", 23),
        ("is asked for keys", 22),
        ("hears: Please hold.", 29),
        ("hears: Leave a message.", 36),
        ("is recorded", 37),
        ("is in the conversation weekly", 38),
    ]


def test_a_step_that_a_choice_leads_to_is_shown_at_its_own_lines() -> None:
    assert _placed("3\n5\n", "--at", CLOSED) == [
        ("hears: Please hold.", 9),
        ("hears: We are closed.", 33),
        ("hears: Leave a message.", 36),
        ("is recorded", 37),
        ("is in the conversation weekly", 38),
    ]


def test_words_of_a_further_attempt_are_shown_where_they_are_written() -> None:
    assert ("hears: Please hold.", 26) in _placed("7\n", "--at", OPEN)


def test_a_request_is_shown_at_its_own_line() -> None:
    shown = CliRunner().invoke(call, ["desk.flow.yml", "--from", "447700900199", "--at", OPEN], input="").stdout
    assert "GET https://desk.example.com/447700900199  [desk.flow.yml:30] answers" in shown


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ("[{hears: Please wait}]", 9),
        ("[{presses: 3}, {hears: Please wait}]", 26),
        ("[{presses: 1}, {connects: busy}, ended]", 37),
        ("[{presses: 1}, {connects: {to: '447700900999', and: busy}}]", 31),
    ],
)
def test_a_failure_is_said_at_the_line_of_the_flow_that_it_comes_from(here: Path, steps: str, line: int) -> None:
    calls = (
        "flow: desk\ngiven: {'GET https://desk.example.com/447700900123': {}}\n"
        f'calls:\n  - name: a call\n    at: "{OPEN}"\n    steps: {steps}\n'
    )
    (here / "desk.calls.yml").write_text(calls, encoding="utf-8")
    result = CliRunner().invoke(command, ["--allow", "unused-answer"], standalone_mode=False)
    assert re.findall(r"--> desk\.flow\.yml:(\d+):", result.stdout) == [str(line)]


def test_a_request_that_is_not_given_is_said_at_its_own_line(here: Path) -> None:
    calls = f'flow: desk\ncalls:\n  - name: a call\n    at: "{OPEN}"\n    steps: [{{presses: 1}}]\n'
    (here / "desk.calls.yml").write_text(calls, encoding="utf-8")
    result = CliRunner().invoke(command, [], standalone_mode=False)
    assert "[E417] unexpected-request" in result.stdout
    assert "--> desk.flow.yml:30:" in result.stdout


REPEATED = """\
flow: same
steps:
  first:
    - talk: Goodbye.
    - talk: One.
    - talk: Goodbye.
    - goto: second
  second:
    - set: {number: "447700900101"}
    - talk: Goodbye.
    - connect: {phone: "{{ vars.number }}", otherwise: third}
  third:
    - talk: Goodbye.
    - conversation: monthly
"""


def test_words_that_are_written_again_and_again_are_shown_where_each_was_said(here: Path) -> None:
    (here / "same.flow.yml").write_text(REPEATED, encoding="utf-8")
    shown = CliRunner().invoke(call, ["same.flow.yml"], input="busy\n\n").stdout
    assert [int(each) for each in re.findall(r"Goodbye\..*same\.flow\.yml:(\d+)\]", shown)] == [4, 6, 10, 13]
    assert re.findall(r"being connected to 447700900101 .*:(\d+)\]", shown) == ["11"]


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ("[hears: One, hears: Nothing of it]", 6),
        ("[{connects: {to: '447700900102', and: busy}}]", 11),
        ("[{connects: busy}, {joins: weekly}]", 14),
    ],
)
def test_a_failure_is_said_at_the_very_action(here: Path, steps: str, line: int) -> None:
    (here / "desk.flow.yml").unlink()
    (here / "same.flow.yml").write_text(REPEATED, encoding="utf-8")
    (here / "same.calls.yml").write_text(f"flow: same\ncalls:\n  - name: a\n    steps: {steps}\n", encoding="utf-8")
    result = CliRunner().invoke(command, [], standalone_mode=False)
    assert re.findall(r"--> same\.flow\.yml:(\d+):", result.stdout) == [str(line)]
