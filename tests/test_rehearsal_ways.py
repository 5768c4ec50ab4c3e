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
LEAST = {"alert": 50, "survey": 20, "room": 10, "leads": 70, "orders": 50, "router": 70, "helpline": 30, "poll": 20}
"""The part of the ways that can be taken, in percent, where it depends on what a server answers, on who calls, or would
take too many calls; elsewhere it is 90."""

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
    written = CliRunner().invoke(transcripts, [here, "--calls", *options], standalone_mode=False)
    assert written.return_value == 0, written.output
    bound = "".join(f'  {name}: "{value}"\n' for name, value in params.items())
    calls = written.stdout.replace("calls:\n", f"params:\n{bound}calls:\n", 1) if params else written.stdout
    (tmp_path / "project" / "all.calls.yml").write_text(calls, encoding="utf-8")
    least = str(LEAST.get(flow.name.split(".")[0], 90))
    result = CliRunner().invoke(command, ["--cover-min", least, str(tmp_path / "project")], standalone_mode=False)
    assert result.stdout == ""
    assert result.return_value == 0


def test_transcripts_are_read_by_people(acme: str) -> None:
    result = CliRunner().invoke(transcripts, [acme], standalone_mode=False)
    assert [line.rpartition("  ")[2] for line in result.stdout.split("\n\n")[1].splitlines()] == [
        "call 2",
        "webhook main",
        "caller hears: For sales, press 1. (1.3 s)",
        "caller is asked for keys",
        "caller presses 1",
        "webhook sales",
        "caller hears: Connecting you to sales. (1.6 s)",
        "caller is being connected to 447700900100",
        "the call to them is busy",
        "webhook closed",
        "caller hears: We are closed. (0.9 s)",
        "the call ends: there is nothing more to play",
    ]


def test_no_more_calls_are_printed_than_are_wanted(acme: str) -> None:
    assert CliRunner().invoke(transcripts, [acme, "--most", "2"]).stdout.count("call ends") == 2


def test_a_person_calls_a_flow(acme: str) -> None:
    result = CliRunner().invoke(call, [acme, "--from", "447700900123"], input="1\nnonsense\nrejected\n7\n")
    heard = [line for line in result.stdout.splitlines() if "recording" in line or "hears" in line]
    assert "they" not in result.stdout
    assert heard[-1].endswith("caller hears: Thank you. (0.7 s)")
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
