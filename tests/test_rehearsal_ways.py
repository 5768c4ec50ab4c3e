"""Every way through a flow: as transcripts, as rehearsed calls that then succeed, and by hand in a terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_servers import answers, serving

from flowc.cli.call import call
from flowc.cli.test import test as command
from flowc.cli.transcripts import transcripts

FLOWS = sorted((Path(__file__).parents[1] / "flows").glob("*/*.flow.yml"))
PARAMS = {
    "tracking": {"tracked": "442079460001"},
    "support": {"hotline": "447700900100"},
}
"""Values of params that only a site or the environment binds, by the flow's file."""
LEAST = {"account": 97}
"""The part of the ways to which calls are found, in percent, where that is not all: where it takes a value that is none
of those that a schema lists."""

ACME = """\
flow: acme
steps:
  main:
    menu:
      prompt: For sales, press 1.
      options: {1: sales}
      attempts: 1
      otherwise: closed
  sales:
    - talk: Connecting you to sales.
    - connect: {phone: 447700900100, when: {busy: closed}, otherwise: message}
  message:
    - record: {endOnSilence: 3}
    - talk: Thank you.
  closed: {talk: We are closed.}
"""

RARE = (
    "1,000 of one document; of the same documents 32 that lead on differently, 32 that lead on alike; "
    "512 ways on from one place; 512 kinds of calls that begin"
)
TOLD = f"""\
all calls to acme: 4 places, 9 ways on
bounds: 10,000 places; {RARE}; none is reached

a call begins
  → main

main
  caller hears: For sales, press 1. (1.3 s)
  caller is asked for keys
  - caller presses 1
    → sales
  - caller presses 9
    → closed
  - caller says nothing
    → closed

sales
  caller hears: Connecting you to sales. (1.6 s)
  caller is being connected to 447700900100
  - the call to them is answered
    they talk (60.0 s)
    the call ends: the callee hangs up
  - the call to them is busy
    → closed
  - the call to them is unanswered
    → message

message
  caller is recorded
  recording ended: silence
  caller hears: Thank you. (0.7 s)
  the call ends: there is nothing more to play

closed
  caller hears: We are closed. (0.9 s)
  the call ends: there is nothing more to play
"""


@pytest.fixture
def acme(tmp_path: Path) -> str:
    file = tmp_path / "acme.flow.yml"
    file.write_text(ACME, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name.split(".")[0])
def test_calls_on_every_way_through_an_example_succeed_and_leave_none_out(flow: Path, tmp_path: Path) -> None:
    shutil.copytree(flow.parent, tmp_path / "project")
    here = str(tmp_path / "project" / flow.name)
    params = PARAMS.get(flow.name.split(".")[0], {})
    options = [word for name, value in params.items() for word in ("--param", f"{name}={value}")]
    written = CliRunner().invoke(transcripts, [here, "--calls", "--most", "300", *options], standalone_mode=False)
    assert written.return_value == 0, written.output
    (tmp_path / "project" / "all.calls.yml").write_text(written.stdout, encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path / "project" / "all.calls.yml")], standalone_mode=False)
    assert result.stdout == ""
    assert result.return_value == 0


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name.split(".")[0])
def test_missing_calls_of_an_example_are_written_and_take_all_that_can_be_taken(flow: Path, tmp_path: Path) -> None:
    shutil.copytree(flow.parent, tmp_path / "project")
    calls = tmp_path / "project" / f"{flow.name.split('.')[0]}.calls.yml"
    params = PARAMS.get(flow.name.split(".")[0])
    if params:
        calls.write_text(f"flow: {flow.name}\nparams: {params}\ncalls: [{{name: a, steps: [hangs up]}}]\n", "utf-8")
    before = calls.read_text(encoding="utf-8") if calls.exists() else ""
    wanted = ["--write", "--cover-min", str(LEAST.get(flow.name.split(".")[0], 100))]
    here = str(tmp_path / "project" / flow.name)
    result = CliRunner().invoke(command, [*wanted, here], standalone_mode=False)
    assert result.stdout == ""
    assert result.return_value == 0
    if before and not params:
        assert calls.read_text(encoding="utf-8").startswith(before.rstrip())


def test_transcripts_are_read_by_people(acme: str) -> None:
    result = CliRunner().invoke(transcripts, [acme], standalone_mode=False)
    assert result.stdout == TOLD
    assert CliRunner().invoke(transcripts, [acme], standalone_mode=False).stdout == TOLD


def test_hours_attempts_and_what_is_known_are_told_in_words(tmp_path: Path) -> None:
    file = tmp_path / "desk.flow.yml"
    file.write_text(
        "flow: desk\nvoice: {language: en-GB}\ntimezone: Europe/London\nfailure: {talk: Sorry.}\n"
        "hours: {desk: {open: {mon-fri: 09:00-17:00}}}\nsteps:\n"
        "  main:\n    - switch: {value: hours.desk, cases: {open: menu}, otherwise: closed}\n"
        "  menu:\n    - menu: {prompt: 'Press 1.', options: {1: ask}, attempts: 2, otherwise: closed}\n"
        "  ask:\n    - request: {url: https://desk.example.com/, save: desk, otherwise: closed,"
        " expect: {type: object, properties: {name: {enum: [Jo, Al]}}}}\n"
        '    - input: {prompt: "For {{ vars.desk.name }}?", dtmf: {maxDigits: 1}, attempts: 1, otherwise: closed}\n'
        '    - talk: "{{ vars.desk.name }} comes."\n'
        "  closed: {talk: We are closed.}\n",
        encoding="utf-8",
    )
    lines = CliRunner().invoke(transcripts, [str(file)], standalone_mode=False).stdout.splitlines()
    assert "a call begins (desk open)" in lines
    assert "a call begins (desk closed)" in lines
    assert "menu, attempt 2 after silence" in lines
    assert '    → ask (vars.desk.name: "Jo")' in lines
    assert not any("null" in line or "~" in line for line in lines)


def test_a_bound_that_is_reached_is_stated(acme: str, tmp_path: Path) -> None:
    text = CliRunner().invoke(transcripts, [acme, "--most", "2"]).stdout
    assert text.splitlines()[:3] == [
        "all calls to acme: 2 places, 7 ways on",
        f"bounds: 2 places; {RARE}",
        "not all of `closed`: a bound is reached, 2 places in all",
    ]
    few = CliRunner().invoke(transcripts, [acme, "--calls", "--most", "2"])
    assert few.stdout.count("- name:") == 2
    assert few.stderr == "there are more than 2 calls: --most says how many are written\n"


def test_what_a_call_counts_is_followed_up_to_a_bound(tmp_path: Path) -> None:
    file = tmp_path / "loop.flow.yml"
    file.write_text(
        "flow: loop\nsteps:\n  begin:\n    - set: {times: 0}\n    - goto: main\n  main:\n"
        "    - menu: {prompt: Again?, options: {1: more}, attempts: 1, otherwise: done}\n"
        '  more:\n    - set: {times: "{{ vars.times + 1 }}"}\n'
        "    - branch: [{if: vars.times > 500, goto: done}, {otherwise: main}]\n  done: {talk: Bye.}\n",
        encoding="utf-8",
    )
    text = CliRunner().invoke(transcripts, [str(file)], standalone_mode=False).stdout
    assert "not all of `more`: a bound is reached" in text
    assert text.count("\nmore") == 32


def test_a_kept_text_shows_what_callers_will_hear_differently(acme: str, tmp_path: Path) -> None:
    kept = str(tmp_path / "acme.transcripts.txt")
    assert CliRunner().invoke(transcripts, [acme, "--out", kept], standalone_mode=False).return_value == 0
    same = CliRunner().invoke(transcripts, [acme, "--check", kept], standalone_mode=False)
    assert (same.stdout, same.return_value) == ("", 0)
    Path(acme).write_text(ACME.replace("We are closed.", "We have closed."), encoding="utf-8")
    other = CliRunner().invoke(transcripts, [acme, "--check", kept], standalone_mode=False)
    changed = [line for line in other.stdout.splitlines()[2:] if line[0] in "+-"]
    assert changed == ["-  caller hears: We are closed. (0.9 s)", "+  caller hears: We have closed. (1.0 s)"]
    assert other.return_value == 1
    assert CliRunner().invoke(transcripts, [acme, "--check", str(tmp_path / "nowhere")]).exit_code == 2
    assert CliRunner().invoke(transcripts, [acme, "--out", str(tmp_path)], standalone_mode=False).return_value == 1


def test_a_person_calls_a_flow(acme: str) -> None:
    result = CliRunner().invoke(call, [acme, "--from", "447700900123"], input="1\nnonsense\nrejected\n7\n")
    heard = [line for line in result.stdout.splitlines() if "recording" in line or "hears" in line]
    assert "they" not in result.stdout
    assert heard[-1].endswith(f"caller hears: Thank you. (0.7 s)  [{acme}:14]")
    assert result.stdout.count("the call is answered") == 2  # asked again after what is no outcome
    assert result.exit_code == 0


@pytest.mark.parametrize("typed", ["h\n", ""])
def test_a_person_hangs_up(acme: str, typed: str) -> None:
    assert "the call ends: the caller hangs up" in CliRunner().invoke(call, [acme], input=typed).stdout


def test_a_person_calls_what_is_hosted() -> None:
    with serving(answers('[{"action": "talk", "text": "Hello."}]')) as server:
        assert "caller hears: Hello." in CliRunner().invoke(call, ["--url", server.url]).stdout


def test_a_person_says_what_a_server_answers(tmp_path: Path) -> None:
    file = tmp_path / "acme.flow.yml"
    file.write_text(
        "flow: acme\nfailure: {talk: Sorry.}\nsteps:\n  main:\n"
        "    - request: {url: https://crm.example.com/, save: found, otherwise: closed}\n"
        '    - talk: "Hello {{ vars.found.name }}."\n  closed: {talk: We are closed.}\n',
        encoding="utf-8",
    )
    for typed, heard in (('{"name": "Jo"}\n', "Hello Jo."), ("404\n", "We are closed."), ("\n", "We are closed.")):
        assert heard in CliRunner().invoke(call, [str(file)], input=typed).stdout


@pytest.mark.parametrize("arguments", [[], ["x", "--url", "http://e.com"], ["nowhere"]])
def test_wrong_usage_of_call_is_said(arguments: list[str]) -> None:
    assert CliRunner().invoke(call, arguments).exit_code == 2


def test_a_flow_with_mistakes_is_not_called(tmp_path: Path) -> None:
    file = tmp_path / "acme.flow.yml"
    file.write_text(ACME.replace("1: sales", "1: salse"), encoding="utf-8")
    for each in (call, transcripts):
        result = CliRunner().invoke(each, [str(file)], standalone_mode=False)
        assert "did you mean `sales`?" in result.stdout
        assert result.return_value == 1


def test_an_open_param_has_to_be_bound(tmp_path: Path) -> None:
    file = tmp_path / "acme.flow.yml"
    file.write_text('flow: acme\nparams: {who: {type: text}}\nsteps:\n  main: {talk: "{{ params.who }}"}\n', "utf-8")
    for each in (call, transcripts):
        assert "--param who=" in CliRunner().invoke(each, [str(file)]).stderr
        assert "Jo" in CliRunner().invoke(each, [str(file), "--param", "who=Jo"]).stdout
