"""Steps of rehearsed calls: how long they take, what goes together in them, and how each is written and played."""

from __future__ import annotations

import json
import re
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from small_servers import answers, serving

from flowc.cli.call import call
from flowc.cli.test import test as command
from flowc.language.schema.published import published

FLOW = """\
flow: acme
voice: {language: en-GB}
failure: {talk: Something went wrong.}
steps:
  main:
    - talk: Welcome to ACME, where all of our lines are open to you.
    - input:
        prompt: What is it?
        dtmf: {maxDigits: 2, timeOut: 4}
        speech: {endOnSilence: 2, startTimeout: 6}
        options: {1: sales, 2: message, 3: room, 4: plain, talk: sales}
        attempts: 1
        otherwise: message
  sales: {connect: {phone: 447700900100, timeout: 20, onAnswer: A call., otherwise: message}}
  message:
    - record: {endOnSilence: 3}
    - talk: Thank you.
  room:
    - conversation: {name: weekly, startOnEnter: false, musicOnHoldUrl: "https://a.example.com/hold.mp3"}
    - talk: The meeting is over.
  plain:
    - connect: {phone: 447700900100}
    - talk: You are both here.
"""


def _run(tmp_path: Path, flow: str, steps: str, call: str = "", *options: str) -> Result:
    (tmp_path / "acme.flow.yml").write_text(flow, encoding="utf-8")
    (tmp_path / "acme.calls.yml").write_text(
        f"flow: acme\ncalls:\n  - name: a call\n{call}    steps: {steps}\n", encoding="utf-8"
    )
    return CliRunner().invoke(command, [str(tmp_path), *options], standalone_mode=False)


_SPEED = 15
WELCOME = len("Welcome to ACME, where all of our lines are open to you.") / _SPEED
ASKED = WELCOME + len("What is it?") / _SPEED
WHISPER, BOTH, THANKS = (len(each) / _SPEED for each in ("A call.", "You are both here.", "Thank you."))
"""When the welcome has been heard, and when the question has; how long other words take."""

TOOK = {
    # what stands above `took`: how long the call has lasted then
    "hears: Welcome": WELCOME,
    "hears: What is": ASKED,
    "presses: 1": ASKED + 1 + 4,
    "says: talk": ASKED + 1 + 4 / _SPEED + 2,
    "waits": ASKED + 4,
    "waits: 2, says: talk": ASKED + 2 + 4 / _SPEED + 2,
    "presses: 1, connects: {seconds: 100}": ASKED + 5 + WHISPER + 100,
    "presses: 1, connects: {seconds: 100}, ended": ASKED + 5 + WHISPER + 100,
    "presses: 1, connects: {seconds: 100}, callee hears: A call": ASKED + 5 + WHISPER + 100,
    "presses: 1, connects: {seconds: 100}, hangs up": ASKED + 5 + WHISPER + 100,
    "presses: 1, connects: unanswered": ASKED + 5 + 20,
    "presses: 1, connects: busy": ASKED + 5,
    "presses: 2, records: 5": ASKED + 5 + 5 + 3,
    "presses: 2, records: 5, ended": ASKED + 5 + 5 + 3 + THANKS,
    "presses: 3, joins: {room: weekly, hold: 30, seconds: 60}": ASKED + 5 + 90,
    "presses: 3, joins: {room: weekly, hold: 30, seconds: 60}, hears: hold.mp3": ASKED + 5 + 90,
    "presses: 3, joins: {room: weekly, hold: 30, seconds: 60}, hangs up": ASKED + 5 + 90,
    "presses: 4, connects: {seconds: 100}": ASKED + 5 + BOTH + 100,
    "presses: 4, connects: {seconds: 100}, hears: both": ASKED + 5 + BOTH + 100,
    "presses: 4, connects: busy, hears: both": ASKED + 5 + BOTH,
}


@pytest.mark.parametrize("steps", TOOK)
def test_took_is_how_long_the_call_has_lasted_when_all_above_it_is_over(tmp_path: Path, steps: str) -> None:
    found = _run(tmp_path, FLOW, f"[{steps}, took: {{less than: 0s}}]").stdout
    assert re.findall(r"by now the call has taken ([0-9.]+) s, not less than 0 s", found) == [f"{TOOK[steps]:.1f}"]


def test_what_two_steps_have_taken_is_never_less_than_what_one_has(tmp_path: Path) -> None:
    """A step may be over later than one that stands behind it: what the callee hears comes before they talk."""
    steps = (
        "[presses: 1, connects: {seconds: 100}, took: {more than: 100s}, callee hears: A call, took: {more than: 100s}]"
    )
    assert _run(tmp_path, FLOW, steps).stdout == ""


def test_another_room_is_told_by_its_name_alone(tmp_path: Path) -> None:
    found = _run(tmp_path, FLOW, "[presses: 3, joins: monthly]").stdout
    assert "the caller is led to `weekly`, not to `monthly`" in found
    assert '   = help: write `room: "weekly"` if the flow is right' in found


def test_words_that_are_no_step_are_told_all_steps_that_there_are(tmp_path: Path) -> None:
    found = _run(tmp_path, FLOW, "[xyzzy: 1]").stdout
    assert "`took`, `hangs up` or `ended`" in found
    assert found.count("`waits`") == 1


def test_two_slashes_are_no_pattern_to_be_written(tmp_path: Path) -> None:
    """The hint would be what stands there already."""
    found = _run(tmp_path, FLOW, "[hears: //]").stdout
    assert "for a pattern" not in found
    assert 'write `hears: "Welcome' in found


@pytest.mark.parametrize("step", ["hangs up", "ended", "notified: {payload: {a: 1}}"])
def test_a_call_to_a_server_that_is_not_there_fails_whatever_its_steps_are(tmp_path: Path, step: str) -> None:
    url = "http://127.0.0.1:1/"
    result = _run(tmp_path, FLOW, f"[{step}]", "", "--url", url)
    assert result.return_value == 1
    assert result.stdout.count("error[") == 1
    assert f"see to this first: GET {url}" in result.stdout


def test_a_call_that_nobody_is_to_answer_is_one_without_an_ncco(tmp_path: Path) -> None:
    call = "    direction: outbound\n    outcome: busy\n"
    assert _run(tmp_path, FLOW, "[ended]", call, "--url", "http://127.0.0.1:1/").return_value == 0


@pytest.mark.parametrize(
    "calls",
    [
        "flow: acme\r\ncalls:\r\n  - name: a call\r\n    steps: [hangs up]\r\n",
        "flow: acme\r\ncalls: [\r\n  {name: a call, steps: [hangs up]},\r\n]\r\nparams: {}\r\n",
    ],
)
def test_calls_that_are_written_into_a_file_have_its_line_ends(tmp_path: Path, calls: str) -> None:
    (tmp_path / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
    written = tmp_path / "acme.calls.yml"
    written.write_bytes(calls.encode())
    CliRunner().invoke(command, ["--write", str(tmp_path)], standalone_mode=False)
    text = written.read_bytes()
    assert len(text) > len(calls)
    assert text.count(b"\n") == text.count(b"\r\n")
    result = CliRunner().invoke(command, ["--cover-min", "100", str(tmp_path)], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)


def test_a_cobertura_file_says_when_it_was_made(tmp_path: Path) -> None:
    """Tools that keep reports sort them by it."""
    file, before = tmp_path / "cover.xml", time.time()
    _run(tmp_path, FLOW, "[hangs up]", "", "--cover-xml", str(file))
    made = int(ET.fromstring(file.read_text("utf-8")).attrib["timestamp"])
    assert int(before * 1000) <= made <= time.time() * 1000


ASKS = """\
flow: acme
failure: {talk: Something went wrong.}
steps:
  main:
    - request: {url: https://crm.example.com/hours, save: hours, otherwise: closed}
    - request: {url: "https://news.example.org/a/b/c/d?e=1", save: news, otherwise: closed}
    - talk: We are open.
  closed: {talk: We are closed.}
"""


@pytest.mark.parametrize("given", ["", '    given:\n      "GET https://crm.example.com/hours": {}\n'])
def test_an_answer_that_is_missing_is_added_to_those_that_there_are(tmp_path: Path, given: str) -> None:
    """A second `given` in a call would be a mistake of its own."""
    found = _run(tmp_path, ASKS, "[hears: We are open]", given).stdout
    lacks = '"GET https://news.example.org/a/b/c/d?e=1": {…}' if given else '"GET https://crm.example.com/hours": {…}'
    fix = f"add under its `given`: `{lacks}`" if given else f"write `given: {{{lacks}}}`"
    assert re.findall(r"= help: (.*given.*)", found) == [fix]


def test_a_caller_hangs_up_while_it_rings(tmp_path: Path) -> None:
    """The call that nobody answered is no call that was: neither in its report, nor among the ways that were taken."""
    steps = "[presses: 1, connects: {to: 447700900100, and: ringing, seconds: 8}, hangs up, took: {more than: 17s}]"
    result = _run(tmp_path, FLOW, steps, "", "-v", "--cover")
    assert "the call to them is ringing (8.0 s)" in result.stderr
    assert "the call ends: the caller hangs up" in result.stderr
    assert "they talk" not in result.stderr
    assert "no call takes outcome `answered`" in result.stdout
    assert "error[" not in result.stdout
    assert result.return_value == 0
    assert _run(tmp_path, FLOW, "[presses: 1, connects: ringing, hangs up]").return_value == 0


@pytest.mark.parametrize(
    ("option", "step", "hint"),
    [
        ("", "connects: disconnected", "write what does become of it, such as `answered` or `failed`"),
        ("", "connects: machine", "write `answered`, or let the flow listen for one: `machineDetection: continue`"),
        (
            "machineDetection: continue, ",
            "connects: {and: machine, detail: beep_start}",
            "take `detail` out, or let the flow wait for it: `advancedMachineDetection: {mode: detect_beep}`",
        ),
        (
            "",
            "connects: {and: ringing, seconds: 30}",
            "write less than `seconds: 20`, or `and: unanswered` and no `hangs up`",
        ),
    ],
)
def test_what_cannot_become_of_a_call_in_this_flow_is_said(tmp_path: Path, option: str, step: str, hint: str) -> None:
    flow = FLOW.replace("timeout: 20, ", f"timeout: 20, {option}")
    result = _run(tmp_path, flow, f"[presses: 1, {step}, hangs up]")
    assert "acme.calls.yml:4:35: error[E424] impossible-step: " in result.stdout
    assert f"   = help: {hint}\n" in result.stdout
    assert (result.stdout.count("error["), result.return_value) == (1, 1)


def test_a_lost_key_is_said_at_the_step_that_pressed_it(tmp_path: Path) -> None:
    """Also where the caller has done something else since: to take that out would break the call."""
    flow = (
        "flow: acme\nsteps:\n"
        "  main: {menu: {prompt: 'To leave a message, press 1.', options: {1: note}, attempts: 1, otherwise: note}}\n"
        "  note: [{record: {endOnKey: '#'}}, {talk: Thanks.}]\n"
    )
    result = _run(tmp_path, flow, '[presses: 12, records: {seconds: 5, key: "#"}, hears: Thanks]')
    assert "acme.calls.yml:4:22: warning[W423] lost-answer: the key `2` is lost" in result.stdout
    assert '   = help: write `presses: "1"`\n' in result.stdout


CALLBACK = """\
flow: callback
failure: {talk: Something went wrong. Please call again.}
steps:
  main:
    - branch:
        - {if: call.custom_data.tier == 'gold', goto: gold}
        - otherwise: continue
    - connect: {phone: "{{ call.custom_data.agent }}", otherwise: nobody}
  gold: {talk: Thank you for your loyalty.}
  nobody: {talk: There is nobody to speak to you.}
"""


def test_custom_data_that_has_fields_is_what_a_flow_reads(tmp_path: Path) -> None:
    flow = CALLBACK.replace("flow: callback", "flow: acme")
    data = "    data: {agent: '447700900100'}\n"
    steps = "[connects: {to: '447700900100', and: busy}, hears: nobody, ended]"
    assert _run(tmp_path, flow, steps, data).stdout == ""
    assert _run(tmp_path, flow, "[hears: loyalty]", "    data: {tier: gold, agent: {name: x}}\n").stdout == ""
    assert _run(tmp_path, flow, "[hears: nobody]", "    data: just a text\n").stdout == ""


def test_custom_data_is_typed_saved_and_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "callback.flow.yml").write_text(CALLBACK, encoding="utf-8")
    data = '{"agent": "447700900100", "tier": "silver"}'
    arguments = ["callback.flow.yml", "--data", data, "--save", "saved.calls.yml"]
    made = CliRunner().invoke(call, arguments, input="busy\n", standalone_mode=False)
    assert made.return_value == 0
    assert f"    data: {data}\n" in (tmp_path / "saved.calls.yml").read_text("utf-8")
    played = CliRunner().invoke(command, ["saved.calls.yml"], standalone_mode=False)
    assert (played.stdout, played.return_value) == ("", 0)
    wrong = CliRunner().invoke(call, ["callback.flow.yml", "--data", "{agent: 1}"])
    assert (wrong.exit_code, '--data {agent: 1}: write JSON: {"agent": "447700900100"}' in wrong.stderr) == (2, True)


def test_a_call_that_was_hung_up_while_it_rang_is_saved_and_done_again_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
    made = CliRunner().invoke(call, ["acme", "--save", "s.calls.yml"], input="1\nh\n", standalone_mode=False)
    seconds = made.stderr.partition(" s, of which")[0].rpartition("\n")[2]
    written = (tmp_path / "s.calls.yml").read_text("utf-8")
    steps = '      - connects: {to: "447700900100", and: ringing}\n      - hangs up\n'
    assert written.endswith(steps)
    played = CliRunner().invoke(command, ["s.calls.yml", "-v", "--cover"], standalone_mode=False)
    assert f"{float(seconds):.1f}  the call ends: the caller hangs up" in played.stderr
    assert "no call takes outcome `answered`" in played.stdout
    arguments = ["acme", "--replay", "s.calls.yml", "--save", "again.calls.yml"]
    assert CliRunner().invoke(call, arguments, input="", standalone_mode=False).return_value == 0
    assert (tmp_path / "again.calls.yml").read_text("utf-8").endswith(steps)


def test_keys_that_were_lost_are_not_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They changed nothing in the call, and would be a warning each time that it is played."""
    monkeypatch.chdir(tmp_path)
    flow = FLOW.replace("maxDigits: 2", "maxDigits: 1")
    (tmp_path / "acme.flow.yml").write_text(flow, encoding="utf-8")
    CliRunner().invoke(call, ["acme", "--save", "s.calls.yml"], input="27\n5\n", standalone_mode=False)
    assert '      - presses: "2"\n' in (tmp_path / "s.calls.yml").read_text("utf-8")
    assert CliRunner().invoke(command, ["s.calls.yml"], standalone_mode=False).stdout == ""


def test_the_moment_of_a_call_to_what_is_hosted_is_not_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--url` it does nothing, and `flowc test` would say so."""
    monkeypatch.chdir(tmp_path)
    with serving(answers('[{"action": "talk", "text": "Hello."}]')) as server:
        made = CliRunner().invoke(call, ["--url", server.url, "--save", "s.calls.yml"], standalone_mode=False)
        assert made.return_value == 0
        assert " at:" not in (tmp_path / "s.calls.yml").read_text("utf-8")
        played = CliRunner().invoke(command, ["s.calls.yml", "--url", server.url], standalone_mode=False)
    assert (played.stderr, played.return_value) == ("1 call, all as they are to be\n", 0)


def test_a_number_that_no_call_has_is_refused_on_the_command_line_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
    for number in ("abc", "07700900123", ""):
        assert CliRunner().invoke(call, ["acme", "--from", number]).exit_code == 2


def test_a_caller_may_have_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No document says what the platform tells of one who withholds it; a flow may compare what it has seen."""
    monkeypatch.chdir(tmp_path)
    switch = "switch: {value: call.from, cases: {anonymous: {hangup: Withheld.}}, otherwise: {hangup: Known.}}"
    (tmp_path / "acme.flow.yml").write_text(f"flow: acme\nsteps:\n  main:\n    - {switch}\n", encoding="utf-8")
    calls = [f"  - {{name: {name}, from: {who}, steps: [hears: {words}]}}\n" for name, who, words in _CALLERS]
    (tmp_path / "acme.calls.yml").write_text(f"flow: acme\ncalls:\n{''.join(calls)}", encoding="utf-8")
    played = CliRunner().invoke(command, ["acme.calls.yml"], standalone_mode=False)
    assert (played.stdout, played.stderr) == ("", "2 calls, all as they are to be\n")
    assert "Withheld." in CliRunner().invoke(call, ["acme", "--from", "anonymous"], standalone_mode=False).stdout


_CALLERS = (("withheld", "anonymous", "Withheld."), ("by SIP", '"sip:alice@example.com"', "Known."))


@pytest.mark.parametrize(
    ("others", "hint"), [([], "put its file beside"), (["shop", "desk"], "there are `desk` or `shop`")]
)
def test_calls_of_a_flow_that_is_gone_are_led_to_one_that_is_there(
    tmp_path: Path, others: list[str], hint: str
) -> None:
    for name in others:
        (tmp_path / f"{name}.flow.yml").write_text(FLOW.replace("flow: acme", f"flow: {name}"), encoding="utf-8")
    (tmp_path / "acme.calls.yml").write_text("flow: acme\ncalls:\n  - {name: a, steps: [hangs up]}\n", encoding="utf-8")
    found = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False).stdout
    assert "[E407] no-such-flow: there is no flow `acme` here" in found
    assert f"   = help: {hint}" in found
    assert "acme.flow.yml" not in found


def test_what_is_repeated_is_said_to_be(tmp_path: Path) -> None:
    flow = "flow: acme\nsteps: {main: [{talk: {text: Hello., loop: 3}}, {talk: Bye.}]}\n"
    assert "caller hears: Hello. (3 times, 1.2 s)\n" in _run(tmp_path, flow, "[ended]", "", "-v").stderr


def test_calls_with_custom_data_are_written_that_take_each_way_it_leads(tmp_path: Path) -> None:
    (tmp_path / "callback.flow.yml").write_text(CALLBACK, encoding="utf-8")
    CliRunner().invoke(command, ["--write", str(tmp_path / "callback.flow.yml")], standalone_mode=False)
    written = (tmp_path / "callback.calls.yml").read_text("utf-8")
    assert re.search(r'^    data: \{"tier": "gold"\}$', written, re.MULTILINE)
    result = CliRunner().invoke(command, ["--cover-min", "100", str(tmp_path)], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_custom_data_reaches_what_is_hosted_as_fields_or_as_their_json(tmp_path: Path, method: str) -> None:
    with serving(answers('[{"action": "talk", "text": "Hello."}]')) as server:
        url = ["--url", server.url, "--method", method, "-v"]
        result = _run(tmp_path, FLOW, "[hears: Hello]", "    data: {agent: '4477', n: {of: 2}}\n", *url)
        asked = server.asked[0]
    sent = parse_qs(urlsplit(asked.path).query)["custom_data"][0] if method == "GET" else json.loads(asked.body)
    assert (json.loads(sent) if method == "GET" else sent["custom_data"]) == {"agent": "4477", "n": {"of": 2}}
    assert ("rests on: custom data that is an object comes in a GET as its JSON" in result.stderr) == (method == "GET")


@pytest.mark.parametrize(
    ("call", "is_right"),
    [
        ({"data": {"agent": "4477"}, "steps": [{"connects": "ringing"}, "hangs up"]}, True),
        ({"data": ["4477"], "steps": ["hangs up"]}, False),
        ({"user": "jamie", "steps": ["hangs up"]}, True),
        ({"user": "jamie", "from": "447700900123", "steps": ["hangs up"]}, False),
        ({"steps": [{"hears": {"part": "a", "language": "en-GB"}}]}, True),
        ({"steps": [{"hears": {"part": "a", "language": "english"}}]}, False),
        ({"steps": [{"hears": {"part": "a", "exactly": "a"}}]}, False),
    ],
)
def test_editors_know_what_goes_together_too(call: dict[str, object], *, is_right: bool) -> None:
    calls = {"flow": "acme", "calls": [{"name": "a call", **call}]}
    assert Draft202012Validator(published("calls")).is_valid(calls) == is_right


def test_no_call_is_written_that_cannot_be(tmp_path: Path) -> None:
    """A machine that nothing detects, or a phone that is disconnected: the way stays one that no call takes."""
    when = "when: {machine: message, disconnected: room, busy: plain}, "
    flow = FLOW.replace("timeout: 20, ", f"timeout: 20, {when}").replace(
        "onAnswer: A call., otherwise: message", "onAnswer: A."
    )
    (tmp_path / "acme.flow.yml").write_text(flow, encoding="utf-8")
    said = CliRunner().invoke(command, ["--write", str(tmp_path / "acme.flow.yml")], standalone_mode=False).stderr
    assert "no call was found that takes outcome `machine`" in said
    assert "no call was found that takes outcome `disconnected`" in said
    result = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
