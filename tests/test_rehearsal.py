"""Rehearsed calls: what is played, what is said where a call is not as it was to be, and how `flowc test` ends."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from click import UsageError
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from small_servers import answers, serving

from flowc.caller.rehearsals.shape import check
from flowc.cli.test import test as command
from flowc.language.schema.published import published
from flowc.language.schema.schemas import bundled
from flowc.text import yaml
from flowc.text.diagnostics import Diagnostic
from flowc.text.source import Source

FLOW = """\
flow: acme
voice: {language: en-GB}
params:
  desk: {type: phone, default: 447700900100}
steps:
  welcome:
    - talk: Thank you for calling ACME.
    - menu:
        prompt: For sales, press 1. To leave a message, press 2.
        options: {1: sales, 2: voicemail}
        noInput: I did not hear anything.
        noMatch: That is not one of the choices.
        otherwise: voicemail
  sales:
    - talk: Connecting you to sales.
    - connect: {phone: "{{ params.desk }}", timeout: 20, onAnswer: A call from the website., otherwise: voicemail}
  voicemail:
    - talk: Please leave a message after the tone.
    - record: {beepStart: true, endOnSilence: 3}
    - notify: {payload: {reached: end, by: voicemail}, eventUrl: https://crm.example.com/notes}
    - talk: <speak>Thank you.<break time="1s"/>Goodbye.</speak>
"""


def _test(tmp_path: Path, calls: str, *options: str, flow: str = FLOW) -> Result:
    (tmp_path / "acme.flow.yml").write_text(flow, encoding="utf-8")
    (tmp_path / "acme.calls.yml").write_text(calls, encoding="utf-8")
    return CliRunner().invoke(command, [*options, str(tmp_path)], standalone_mode=False)


def _call(*steps: str, **keys: str) -> str:
    more = "".join(f"    {key.replace('_', ' ')}: {value}\n" for key, value in keys.items())
    lines = "".join(f"      - {step}\n" for step in steps)
    return f"flow: acme\ncalls:\n  - name: a call\n{more}    steps:\n{lines}"


GOOD = {
    "a message, because nobody is there": _call(
        "hears: Thank you for calling ACME",
        "hears: For sales, press 1",
        "presses: 1",
        'connects: {to: "447700900100", and: unanswered}',
        "hears: leave a message",
        "records: {seconds: 5}",
        "hears: {exactly: Thank you. Goodbye., language: en-GB}",
        "took: {less than: 60s, more than: 20}",
        "ended",
        from_='"447700900123"',
        at="2026-03-02T10:00+00:00",
    ).replace("from_", "from"),
    "silence and a wrong key": _call(
        "waits",
        "hears: /did not hear (anything|a thing)/",
        "presses: 7",
        "hears: not one of the choices",
        "waits: 60",
        "hears: leave a message",
        "records: 2",
        "ended",
    ),
    "an early key": _call("hears: For sales", "presses: {keys: 1, early: true}", "hears: Connecting", "hangs up"),
    "a whisper": _call("presses: 1", "callee hears: from the website", "hangs up"),
    "all that is heard": _call(
        "hears: Thank you", "hears: press 1", "presses: 1", "hears: Connecting", "connects: answered", hears_only="true"
    ),
    "a notify": _call("presses: 2", "records: 1", "notified: {payload: {reached: end}}", "ended"),
    "a hang-up after the end": _call("presses: 2", "records: 1", "hears: Goodbye", "hangs up"),
    "words over two lines": _call("hears: Thank you   for calling"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_call_that_is_as_it_is_to_be_says_nothing(tmp_path: Path, name: str) -> None:
    result = _test(tmp_path, GOOD[name])
    assert (result.stdout, result.stderr) == ("", "1 call, all as they are to be\n")
    assert result.return_value == 0


def test_each_call_begins_anew(tmp_path: Path) -> None:
    steps = "    steps: [{hears: Thank you}, {presses: 1}, {hears: Connecting}, hangs up]\n"
    calls = f"flow: acme\ncalls:\n  - name: one\n{steps}  - name: two\n{steps}"
    assert _test(tmp_path, calls).stderr == "2 calls, all as they are to be\n"
    assert _test(tmp_path, calls, "-k", "TWO").stderr == "1 call, all as they are to be\n"
    assert isinstance(_test(tmp_path, calls, "-k", "three").exception, UsageError)


def test_params_of_the_calls_are_bound(tmp_path: Path) -> None:
    steps = ["presses: 1", 'connects: {to: "447700900199", and: busy}']
    calls = _call(*steps).replace("calls:\n", 'params: {desk: "447700900199"}\ncalls:\n', 1)
    assert _test(tmp_path, calls).return_value == 0
    flow = FLOW.replace("phone, default: 447700900100", "phone")
    assert "[E419] open-in-call" in _test(tmp_path, _call(*steps), flow=flow).stdout


def test_a_failure_is_said_at_its_line_and_at_that_of_the_flow(tmp_path: Path) -> None:
    result = _test(tmp_path, _call("hears: Thank you for calling Acme"), "--format", "json")
    (found,) = json.loads(result.stdout)
    assert result.return_value == 1
    assert (found["code"], found["name"], found["line"]) == ("E410", "not-heard", 5)
    assert "acme.flow.yml:7:13" in _test(tmp_path, _call("hears: Thank you for calling Acme")).stdout


def test_the_first_failure_of_a_call_hides_those_that_follow_from_it(tmp_path: Path) -> None:
    result = _test(tmp_path, _call("hears: nothing of that", "hears: nor of that", "connects: busy"))
    assert result.stdout.count("error[") == 1


def test_requests_are_answered_as_given_and_strictly(tmp_path: Path) -> None:
    flow = """\
flow: acme
failure: {talk: Something went wrong.}
steps:
  main:
    - request: {url: https://crm.example.com/hours, save: found, otherwise: closed}
    - branch: [{if: vars.found.open, goto: open}, {otherwise: closed}]
  open: {talk: We are open.}
  closed: {talk: We are closed.}
"""
    request = "GET https://crm.example.com/hours"
    for answer, heard in (("{open: true}", "open"), ("404", "closed"), ("no answer", "closed")):
        result = _test(tmp_path, _call(f"hears: We are {heard}", given=f'{{"{request}": {answer}}}'), flow=flow)
        if "not-yet" in result.stdout:
            pytest.skip("this compiler does not compile `request` yet")
        assert result.return_value == 0, result.stdout
    missing = _test(tmp_path, _call("hears: We are closed"), flow=flow).stdout
    assert "[E417] unexpected-request" in missing
    unused = _test(
        tmp_path, _call("hears: open", given=f'{{"{request}": {{open: true}}, "GET https://e.com/": 204}}'), flow=flow
    )
    assert "[W418] unused-answer" in unused.stdout
    assert unused.return_value == 0


def test_what_happened_is_told_where_it_is_wanted(tmp_path: Path) -> None:
    told = _test(tmp_path, GOOD["a whisper"], "-v").stderr
    assert "callee hears: A call from the website." in told
    assert "ok: a call" in told


def test_junit_has_a_case_for_every_call(tmp_path: Path) -> None:
    bad = _call('hears: <Nothing> & "nobody"').replace("a call", "'<&\">'")
    result = _test(tmp_path, bad, "--format", "junit")
    root = ET.fromstring(result.stdout)
    (case,) = root.iter("testcase")
    assert case.get("name") == '<&">'
    failure = case.find("failure")
    assert failure is not None
    assert failure.get("type") == "E410"
    assert root.get("failures") == "1"
    out = case.find("system-out")
    assert out is not None and "caller hears: Thank you" in str(out.text)


TWICE = """\
flow: acme
calls:
  - {name: a call, steps: [presses: 12, hears: Connecting, hangs up]}
  - {name: a call, steps: [presses: 1, hangs up]}
"""


def test_junit_has_warnings_beside_the_calls_and_none_that_is_quiet(tmp_path: Path) -> None:
    result = _test(tmp_path, TWICE, "--format", "junit")
    (suite,) = ET.fromstring(result.stdout)
    first, second = suite.iter("testcase")
    assert result.return_value == 0
    assert (suite.get("failures"), suite.find("testcase/failure")) == ("0", None)
    assert "warning[W423] lost-answer: the key `2` is lost" in (first.findtext("system-out") or "")
    assert "warning[" not in (second.findtext("system-out") or "")
    assert "warning[W422] same-call-name: " in (suite.findtext("system-out") or "")
    quiet = _test(tmp_path, TWICE, "--format", "junit", "--allow", "lost-answer", "--allow", "same-call-name").stdout
    assert "warning[" not in quiet
    useless = _test(tmp_path, TWICE, "--format", "junit", "--allow", "lost-anser").stdout
    assert "did you mean" in useless


def test_what_is_lost_behind_the_first_failure_of_a_call_is_not_said(tmp_path: Path) -> None:
    result = _test(tmp_path, _call("hears: Welcome", "presses: 12", "hangs up"))
    assert ("[E410]" in result.stdout, "[W423]" in result.stdout) == (True, False)
    before = _test(tmp_path, _call("presses: 12", "hears: Welcome", "hangs up"))
    assert ("[E410]" in before.stdout, "[W423]" in before.stdout) == (True, True)  # this may be why


def test_the_fix_for_a_recording_that_goes_on_is_not_the_step_that_cannot_be_done(tmp_path: Path) -> None:
    flow = "flow: acme\nsteps:\n  main:\n    - talk: Hello.\n    - record: {beepStart: true}\n    - talk: Bye.\n"
    assert "records: 5" not in _test(tmp_path, _call("connects: busy"), flow=flow).stdout
    told = _test(tmp_path, _call("records: 5", "hears: Bye"), flow=flow).stdout
    assert "help: take it out: this recording goes on behind what follows" in told
    assert _test(tmp_path, _call("hears: Bye"), flow=flow).return_value == 0


def test_a_call_that_takes_no_time_is_not_told_to_be_longer_than_that(tmp_path: Path) -> None:
    told = _test(tmp_path, _call("took: {more than: 0s}", "presses: 1", "hangs up")).stdout
    assert "help: take `more than` out, or put it behind what takes time" in told


def test_a_file_with_mistakes_is_not_played(tmp_path: Path) -> None:
    result = _test(tmp_path, _call("heers: Thank you"))
    assert "did you mean `hears`?" in result.stdout
    assert result.stderr == "0 calls, 1 file with mistakes\n"
    assert result.return_value == 1


def test_a_flow_with_mistakes_is_not_called(tmp_path: Path) -> None:
    result = _test(tmp_path, GOOD["a whisper"], flow=FLOW.replace("1: sales", "1: salse"))
    assert "unknown-step" in result.stdout
    assert result.return_value == 1


@pytest.mark.parametrize(
    "options",
    [["--url", "http://127.0.0.1:1", "--signed"], ["--format", "x"], ["-k"], ["/nowhere/at/all"]],
)
def test_wrong_usage_is_said(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "a.calls.yml").write_text("", encoding="utf-8")
    assert CliRunner().invoke(command, [*([] if "/" in options[0] else [str(tmp_path)]), *options]).exit_code == 2


def test_a_folder_without_calls_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(tmp_path)])
    assert result.exit_code == 2
    assert ".calls.yml" in result.stderr


def test_the_same_calls_test_what_is_hosted_under_a_url(tmp_path: Path) -> None:
    def ncco(*actions: dict[str, Any]) -> str:
        return json.dumps(list(actions))

    with serving(answers(ncco({"action": "talk", "text": "We are closed."}))) as hook:
        asks = {"action": "input", "type": ["dtmf"], "dtmf": {"maxDigits": 1}, "eventUrl": [hook.url]}
        first = ncco({"action": "talk", "text": "For sales, press 1."}, asks)
        with serving(answers(first)) as server:
            calls = _call("hears: For sales, press 1", "presses: 1", "hears: We are closed", "ended")
            assert _test(tmp_path, calls, "--url", server.url).return_value == 0
            wrong = _test(tmp_path, calls.replace("closed", "open"), "--url", server.url)
        assert json.loads(hook.asked[0].body)["dtmf"] == {"digits": "1", "timed_out": False}
    assert "the caller does not hear this, but `We are closed.`" in wrong.stdout


def test_every_step_of_the_schema_is_read_and_shown_here() -> None:
    names = set(bundled("calls")["$defs"]["fields"]["properties"])
    text = "".join(GOOD.values())
    assert {name for name in names if f"- {name}: " not in text} == {"says", "joins"}


def test_words_and_rooms_are_rehearsed_too(tmp_path: Path) -> None:
    flow = """\
flow: acme
steps:
  main:
    - menu:
        prompt: Say sales or press 1.
        options: {1: {say: sales, goto: room}}
        otherwise: room
  room:
    - conversation: weekly
    - talk: The room is closed.
"""
    steps = ["says: {words: sales, confidence: 0.9}", "joins: {room: weekly, seconds: 5, ends: true}", "hears: closed"]
    assert _test(tmp_path, _call(*steps, "ended"), flow=flow).return_value == 0
    result = _test(tmp_path, _call("says: sales", "joins: monthly"), flow=flow)
    assert "not to `monthly`" in result.stdout


def test_any_validator_refuses_what_flowc_refuses() -> None:
    validator = Draft202012Validator(published("calls"))
    document = yaml.read(Source("good", GOOD["a notify"]), pytest.fail)
    assert document is not None
    assert validator.is_valid(document.data)
    for wrong in ("heers: a", "waits: long", "connects: bussy", "presses: 1x", "took: {less than: soon}", "hang up"):
        document = yaml.read(Source("wrong", _call(wrong)), pytest.fail)
        assert document is not None
        assert not validator.is_valid(document.data), wrong
        said: list[Diagnostic] = []
        check(document, said.append)
        assert len(said) == 1, wrong


def test_a_flow_is_found_by_its_name_in_the_project_or_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("flows", "calls"):
        (tmp_path / folder).mkdir()
    (tmp_path / "flowc.yml").write_text("flows: flows/*.flow.yml\n", encoding="utf-8")
    (tmp_path / "flows" / "any.flow.yml").write_text(FLOW, encoding="utf-8")
    named, by_path = GOOD["an early key"], GOOD["an early key"].replace("flow: acme", "flow: ../flows/any.flow.yml")
    for name, calls in (("a", named), ("b", by_path)):
        (tmp_path / "calls" / f"{name}.calls.yml").write_text(calls, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "calls")
    result = CliRunner().invoke(command, [], standalone_mode=False)  # without a path: those of the project
    assert (result.stdout, result.stderr) == ("", "2 calls, all as they are to be\n")
    missing = named.replace("flow: acme", "flow: ../flows/anny.flow.yml")
    (tmp_path / "calls" / "b.calls.yml").write_text(missing, encoding="utf-8")
    said = CliRunner().invoke(command, [], standalone_mode=False).stdout
    assert "b.calls.yml:1:7: error[E407] no-such-flow: there is no file `../flows/anny.flow.yml` here" in said
    assert "help: did you mean `../flows/any.flow.yml`?" in said


def test_what_servers_answer_has_to_be_as_the_flow_expects(tmp_path: Path) -> None:
    flow = """\
flow: acme
steps:
  main:
    - request:
        url: https://crm.example.com/hours
        expect: {type: object, required: [open]}
        save: found
        otherwise: closed
    - talk: We are open.
  closed: {talk: We are closed.}
"""
    for body, heard in (("{open: 1}", "open"), ("{shut: 1}", "closed"), ("{status: 200, body: [1]}", "closed")):
        calls = _call(f"hears: We are {heard}", given=f'{{"GET https://crm.example.com/hours": {body}}}')
        assert _test(tmp_path, calls, flow=flow).stdout == ""


REQUEST = """\
flow: acme
failure: {talk: Something went wrong.}
steps:
  main:
    - request: {url: https://crm.example.com/hours, save: found, otherwise: closed}
    - talk: We are open.
  closed: {talk: We are closed.}
"""
GIVEN = (
    'flow: acme\n{allow}given: {"GET https://crm.example.com/hours": {}, "GET https://crm.example.com/staff": []}\n'
    "calls:\n  - {name: we are open, steps: [hears: open]}\n"
)


@pytest.mark.parametrize(
    ("allow", "options", "said"),
    [
        ("", [], ["W418"]),
        ("", ["--allow", "unused-answer"], []),
        ("allow: [unused-answer]\n", [], []),
        ("allow: [unused-answer]\n", ["-k", "open"], []),
        ("allow: [unused-answr]\n", [], ["W418", "W610"]),
        ("allow: [unused-answer, not-heard]\n", [], ["W612"]),
        ("", ["--allow", "W418"], ["W418", "W610"]),
        ("allow: unused-answer\n", [], ["E120"]),
    ],
)
def test_a_warning_about_calls_is_allowed_in_their_file_or_on_the_command_line(
    tmp_path: Path, allow: str, options: list[str], said: list[str]
) -> None:
    result = _test(tmp_path, GIVEN.replace("{allow}", allow), *options, "--format", "json", flow=REQUEST)
    assert [each["code"] for each in json.loads(result.stdout)] == said


def test_an_allow_that_quiets_nothing_is_said(tmp_path: Path) -> None:
    calls = GIVEN.replace("{allow}", "allow: [unused-answer]\n").replace(
        ', "GET https://crm.example.com/staff": []', ""
    )
    assert "[W611] unused-allow" in _test(tmp_path, calls, flow=REQUEST).stdout


def test_what_of_a_call_does_not_reach_a_program_that_is_hosted_is_said(tmp_path: Path) -> None:
    """Nobody takes a call for rehearsed whose answers came from somewhere else."""
    given = '    given: {"GET https://crm.example.com/hours": {}}\n'
    calls = (
        "flow: acme\ncalls:\n"
        f"  - name: with an answer\n{given}    steps: [hears: open]\n"
        f"  - name: at night\n{given}    at: 2026-03-02T23:00+00:00\n    steps: [hears: closed]\n"
        "  - name: with nothing\n    steps: [hears: closed]\n"
    )
    with serving(answers('[{"action": "talk", "text": "We are open."}]')) as server:
        result = _test(tmp_path, calls, "--url", server.url, flow=REQUEST)
    reason = "with --url, `given` and `at` of the calls do not reach the program: see whether that is why"
    assert f"   = help: write `hears: We are open.` if the flow is right; {reason}\n" in result.stdout
    assert result.stdout.count("do not reach the program") == 1
    *remarks, given_said, at_said, summary = result.stderr.splitlines()
    assert given_said == (
        "--url: `given` is not used (2 calls): the program asks its own servers, unless --given-at is one of them"
    )
    assert at_said == "--url: `at` is not used (1 call): the program looks at its own clock"
    assert summary == "3 calls, 2 failed"
    assert "`at night` rests on: the program's own clock: with --url, `at` does not set it" in remarks
    assert not any("`with nothing` rests on: the program's" in each for each in remarks)


@pytest.mark.parametrize(
    ("steps", "hint"),
    [
        (["presses: 1", "presses: 5"], 'write `- connects: {to: "447700900100", and: …}` before it'),
        (["presses: 2", "connects: busy"], "write `- records: 5` before it"),
        (["connects: busy"], "write `- presses: …` before it"),
        (["presses: 1", "connects: {to: 447700900199}"], 'write `to: "447700900100"` if the flow is right'),
        (["presses: 2", "ended", "records: 1"], "put it behind the last thing that is done"),
        (["hears: press 1", "ended"], "write `- hangs up` if the caller ends it"),
        (["presses: 2", "records: 1", "took: {less than: 9s}"], "write `less than: "),
        (["hears: press 1", "notified: {payload: {a: 1}}"], "add a `notify` to the flow, or take this step out"),
        (
            ["presses: 2", "records: 1", "hears: Goodbye", "notified: {payload: {reached: start}}"],
            'write `payload: {"reached": "end", "by": "voicemail"}` if the flow is right',
        ),
    ],
)
def test_a_failure_has_the_text_to_type(tmp_path: Path, steps: list[str], hint: str) -> None:
    stdout = _test(tmp_path, _call(*steps)).stdout
    assert stdout.count("error[") == 1
    assert f"   = help: {hint}" in stdout


def test_the_name_of_a_flow_for_the_path_of_its_file_is_wrong_usage_with_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desk.flow.yml").write_text(FLOW, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(command, ["acme"])
    assert result.exit_code == 2
    assert "there is no such file or folder; write the path of the flow `acme`: desk.flow.yml" in result.stderr
