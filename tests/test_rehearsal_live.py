"""Calls by hand in a terminal and over a pipe, saved and done again; calls that are written; files that are watched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_servers import answers, serving
from terminals import flowc
from test_rehearsal_ways import ACME

from flowc.cli.call import call
from flowc.cli.test import test as command
from flowc.cli.transcripts import transcripts
from flowc.text import yaml
from flowc.text.source import Source


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.flow.yml").write_text(ACME, encoding="utf-8")
    return tmp_path


UNHURRIED = ACME.replace("      otherwise: closed\n", "      otherwise: closed\n      dtmf: {timeOut: 10}\n")
"""The flow with the longest time to press a key: however slow a machine is, nobody is too late there."""


def test_a_person_calls_in_a_terminal(here: Path) -> None:
    (here / "acme.flow.yml").write_text(UNHURRIED, encoding="utf-8")
    terminal = flowc("call", "acme.flow.yml")
    assert "caller hears: For sales, press 1. (1.3 s)  [acme.flow.yml:5]" in terminal.until("hang up)> ")
    terminal.types("1\r")
    assert "being connected to 447700900100  [acme.flow.yml:12]" in terminal.until("(nothing: answered, h: hang up)> ")
    terminal.types("rejected\r")
    terminal.until("hang up)> ")
    terminal.types("\x04")  # Ctrl-D
    terminal.until("the call ends: the caller hangs up")
    terminal.until("of which prompts take 2.9 s by estimate")
    assert terminal.code() == 0


SPOKEN = """\
flow: desk
voice: {language: en-GB}
steps:
  main:
    menu:
      prompt: Say sales, or press 1.
      options: {1: {say: [sales], goto: sales}}
      noInput: I did not hear you.
      noMatch: I did not understand you.
      otherwise: sales
      dtmf: {timeOut: 10}
  sales: {talk: Connecting you.}
"""


def test_words_keys_and_silence_are_typed_in_a_terminal_and_the_call_is_saved(here: Path) -> None:
    (here / "desk.flow.yml").write_text(SPOKEN, encoding="utf-8")
    terminal = flowc("call", "desk", "--save", "desk.calls.yml")
    for typed, said in (
        ("\r", "caller hears: I did not hear you. (1.3 s)  [desk.flow.yml:8]"),  # the Enter key skips the silence
        ("fishing rods\r", "caller hears: I did not understand you. (1.7 s)  [desk.flow.yml:9]"),
        ("sales\r", "caller hears: Connecting you. (1.0 s)  [desk.flow.yml:12]"),
    ):
        terminal.until("keys or words (nothing: silence, h: hang up)> ")
        terminal.types(typed)
        terminal.until(said)
    terminal.until("desk.calls.yml: 1 call written")
    assert terminal.code() == 0
    again = flowc("call", "desk", "--replay", "desk.calls.yml")
    again.until("caller says nothing")
    again.until("caller says: fishing rods")
    again.until("caller says: sales")
    again.until("the call ends: there is nothing more to play")
    assert again.code() == 0
    assert CliRunner().invoke(command, ["desk.calls.yml"], standalone_mode=False).return_value == 0


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("typed", ["no answer\n", "\n"])
def test_that_a_server_does_not_answer_is_typed_as_rehearsed_calls_write_it(here: Path, typed: str) -> None:
    request = "request: {url: 'https://crm.example.com/', save: r, otherwise: bad}"
    steps = f"steps:\n  main: [{{{request}}}, {{talk: Good.}}]\n  bad: {{talk: No luck.}}\n"
    (here / "ask.flow.yml").write_text(f"flow: ask\n{steps}", encoding="utf-8")
    done = CliRunner().invoke(call, ["ask.flow.yml", "--save", "ask.calls.yml"], input=typed)
    assert "caller hears: No luck." in done.output and "JSON, which" not in done.output
    assert "no answer" in (here / "ask.calls.yml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("here")
def test_what_is_hosted_is_called_in_a_terminal() -> None:
    ask = '{"action": "input", "type": ["dtmf"], "dtmf": {"timeOut": 10}, "eventUrl": ["%s"]}'
    said = f'[{{"action": "talk", "text": "One?"}}, {ask}]'
    with serving(answers("[]")) as after, serving(answers(said % after.url)) as server:
        terminal = flowc("call", "--url", server.url)
        terminal.until("caller hears: One? (0.3 s)")
        terminal.until("keys (nothing: silence, h: hang up)> ")
        terminal.types("1\r")  # four keys are waited for, so Enter says that there are no more
        terminal.until("caller presses 1")
        terminal.until("the call ends")
        assert terminal.code() == 0
        assert '"digits":"1"' in after.asked[0].body.decode().replace(" ", "")


def test_ctrl_c_ends_a_call_and_what_was_done_in_it_is_saved(here: Path) -> None:
    (here / "acme.flow.yml").write_text(UNHURRIED, encoding="utf-8")
    terminal = flowc("call", "acme.flow.yml", "--save", "mine.calls.yml")
    terminal.until("hang up)> ")
    terminal.types("1\n")
    terminal.until("the call is answered")
    terminal.until("hang up)> ")
    terminal.types("\x03")
    terminal.until("1 call written")
    assert terminal.code() == 130
    written = Path("mine.calls.yml").read_text(encoding="utf-8")
    assert '- presses: "1"' in written
    assert "- hangs up" in written
    assert CliRunner().invoke(command, ["mine.calls.yml"], standalone_mode=False).return_value == 0


def test_a_call_over_a_pipe_is_saved_and_tested_and_done_again(here: Path) -> None:
    arguments = [sys.executable, "-m", "flowc", "call", "acme.flow.yml", "--save", "mine.calls.yml"]
    done = subprocess.run(arguments, input="1\nrejected\n7\n", capture_output=True, text=True, check=True)
    assert "caller hears: Thank you. (0.7 s)  [acme.flow.yml:14]" in done.stdout
    assert done.stderr.endswith("mine.calls.yml: 1 call written\n")
    again = CliRunner().invoke(call, ["acme.flow.yml", "--replay", "mine.calls.yml:a call", "--save", "mine.calls.yml"])
    assert "caller hears: Thank you." in again.stdout
    assert "hang up)>" not in again.stdout
    result = CliRunner().invoke(command, ["mine.calls.yml"], standalone_mode=False)
    assert (result.stdout, result.stderr) == ("", "2 calls, all as they are to be\n")
    assert (here / "mine.calls.yml").read_text(encoding="utf-8").count("- name: ") == 2


def test_a_replayed_call_goes_on_by_hand(here: Path) -> None:
    calls = "flow: acme\ncalls:\n  - name: busy\n    steps: [{presses: 1}]\n"
    (here / "acme.calls.yml").write_text(calls, encoding="utf-8")
    done = CliRunner().invoke(call, ["acme.flow.yml", "--replay", "acme.calls.yml"], input="busy\n")
    assert done.stdout.count(")> ") == 1
    assert "We are closed." in done.stdout
    for wrong in ("nowhere", "acme.calls.yml:nobody", "acme.flow.yml"):
        assert CliRunner().invoke(call, ["acme.flow.yml", "--replay", wrong]).exit_code == 2


def test_what_servers_answer_is_saved_and_given_again(here: Path) -> None:
    (here / "acme.flow.yml").write_text(
        "flow: acme\nfailure: {talk: Sorry.}\nsteps:\n  main:\n"
        "    - request: {url: https://crm.example.com/, save: found, otherwise: closed}\n"
        '    - talk: "Hello {{ vars.found.name }}."\n  closed: {talk: We are closed.}\n',
        encoding="utf-8",
    )
    CliRunner().invoke(call, ["acme.flow.yml", "--save", "acme.calls.yml"], input='{"name": "Jo"}\n')
    again = CliRunner().invoke(call, ["acme.flow.yml", "--replay", "acme.calls.yml"])
    assert "Hello Jo." in again.stdout
    assert CliRunner().invoke(command, ["."], standalone_mode=False).stderr == "1 call, all as they are to be\n"


def test_a_call_of_what_is_hosted_is_saved(here: Path) -> None:
    with serving(answers('[{"action": "talk", "text": "Hello."}]')) as server:
        CliRunner().invoke(call, ["--url", server.url, "--save", "hosted.calls.yml"])
        result = CliRunner().invoke(command, ["--url", server.url, "hosted.calls.yml"], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    assert '- hears: "Hello."' in (here / "hosted.calls.yml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("here")
def test_nothing_that_is_no_file_of_calls_is_written_over() -> None:
    result = CliRunner().invoke(call, ["acme.flow.yml", "--save", "acme.flow.yml"])
    assert (result.exit_code, result.stdout) == (2, "")  # before anybody has made the call
    assert "flowc test acme.flow.yml says them" in result.stderr
    assert Path("acme.flow.yml").read_text(encoding="utf-8") == ACME


PROJECT = "params: {desk: 447700900155}\nflows: flows/*.flow.yml\n"
OPEN = ACME.replace("steps:", "params: {desk: {type: phone}}\nsteps:", 1).replace(
    "phone: 447700900100", 'phone: "{{ params.desk }}"'
)


@pytest.mark.parametrize("flow", ["acme", "flows/acme.flow.yml"])
@pytest.mark.parametrize(
    "file", ["mine.calls.yml", "flows/mine.calls.yml", "other/mine.calls.yml", "../mine.calls.yml"]
)
def test_a_saved_call_is_played_as_it_is_wherever_it_lies(
    here: Path, flow: str, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = here / "project"
    for folder in ("flows", "other"):
        (project / folder).mkdir(parents=True)
    (project / "flowc.yml").write_text(PROJECT, encoding="utf-8")
    (project / "flows" / "acme.flow.yml").write_text(OPEN, encoding="utf-8")
    monkeypatch.chdir(project)
    for _ in range(2):
        made = CliRunner().invoke(call, [flow, "--save", file], input="1\nrejected\n7\n", standalone_mode=False)
        assert "connected to 447700900155" in made.stdout
    for folder in (project, here, project / "other"):
        monkeypatch.chdir(folder)
        result = CliRunner().invoke(command, [str((project / file).resolve())], standalone_mode=False)
        assert (result.stdout, result.stderr) == ("", "2 calls, all as they are to be\n")


def test_a_call_is_saved_only_where_it_stays_the_same(here: Path) -> None:
    (here / "acme.flow.yml").write_text(OPEN, encoding="utf-8")
    (here / "other.flow.yml").write_text(ACME.replace("flow: acme", "flow: other"), encoding="utf-8")
    one = ["acme.flow.yml", "--param", "desk=447700900155", "--save", "acme.calls.yml"]
    assert CliRunner().invoke(call, one).exit_code == 0
    written = (here / "acme.calls.yml").read_text(encoding="utf-8")
    assert "447700900155" in CliRunner().invoke(call, ["acme.flow.yml", "--save", "acme.calls.yml"], input="1\n").stdout
    assert (here / "acme.calls.yml").read_text(encoding="utf-8") > written
    for wrong, why in (
        (["other.flow.yml", "--save", "acme.calls.yml"], "its calls are of `acme`"),
        (["acme.flow.yml", "--param", "desk=447700900156", "--save", "acme.calls.yml"], "do not bind `desk` so"),
        (["other.flow.yml", "--save", "nowhere/acme.calls.yml"], "there is no folder"),
    ):
        result = CliRunner().invoke(call, wrong)
        assert (result.exit_code, result.stdout) == (2, "")
        assert why in result.stderr


def test_a_secret_is_not_saved(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "acme.flow.yml").write_text(
        "flow: acme\nfailure: {talk: Sorry.}\nparams: {key: {type: secret}}\nsteps:\n  main:\n"
        "    - request: {url: https://crm.example.com/, save: found, otherwise: closed,"
        ' headers: {Authorization: "Bearer {{ params.key }}"}}\n'
        "    - talk: Hello.\n  closed: {talk: We are closed.}\n",
        encoding="utf-8",
    )
    arguments = ["acme.flow.yml", "--param", "key=canary", "--save", "acme.calls.yml"]
    made = CliRunner().invoke(call, arguments, input="{}\n")
    assert "Hello." in made.stdout
    assert "the secret `key` is not written: bind it with FLOWC_PARAM_KEY" in made.stderr
    assert "canary" not in (here / "acme.calls.yml").read_text(encoding="utf-8") + made.stdout
    listed = CliRunner().invoke(transcripts, ["acme.flow.yml", "--calls", "--param", "key=canary"]).stdout
    assert "name: " in listed and "canary" not in listed
    monkeypatch.setenv("FLOWC_PARAM_KEY", "canary")
    result = CliRunner().invoke(command, ["."], standalone_mode=False)
    assert (result.stdout, result.stderr) == ("", "1 call, all as they are to be\n")


@pytest.mark.usefixtures("here")
def test_what_cannot_be_done_at_a_place_is_said_and_asked_again() -> None:
    typed = "one\n1\nengaged\nfoo\nrejected\nlong\n7\n"
    shown = CliRunner().invoke(call, ["acme.flow.yml"], input=typed).stdout
    for said in (
        "`one` is not of keys, and nothing else is heard here",
        "`engaged` is none of them, did you mean busy?",
        "`foo` is none of them",
        "`long` is no number of seconds",
    ):
        assert said in shown
    assert "the call to them is rejected" in shown
    assert "the call ends: there is nothing more to play" in shown


def test_an_answer_that_the_flow_does_not_expect_counts_as_none_and_one_that_is_no_json_is_asked_again(
    here: Path,
) -> None:
    (here / "acme.flow.yml").write_text(
        "flow: acme\nfailure: {talk: Sorry.}\nsteps:\n  main:\n"
        "    - request: {url: https://crm.example.com/, save: found, otherwise: closed,"
        " expect: {type: object, required: [name]}}\n"
        '    - talk: "Hello {{ vars.found.name }}."\n  closed: {talk: We are closed.}\n',
        encoding="utf-8",
    )
    arguments = ["acme.flow.yml", "--save", "acme.calls.yml"]
    shown = CliRunner().invoke(call, arguments, input='{name: Jo}\n{"first": "Jo"}\n').stdout
    assert "`{name: Jo}` is no JSON" in shown
    assert "counts as no good answer" in shown
    assert "We are closed." in shown
    assert CliRunner().invoke(command, ["."], standalone_mode=False).stderr == "1 call, all as they are to be\n"


def test_a_call_that_is_done_again_goes_on_by_hand_where_the_flow_is_another_one(here: Path) -> None:
    calls = "flow: acme\ncalls:\n  - name: keys\n    steps: [{presses: 1}, {presses: 5}, {connects: busy}]\n"
    (here / "acme.calls.yml").write_text(calls, encoding="utf-8")
    shown = CliRunner().invoke(call, ["acme.flow.yml", "--replay", "acme.calls.yml"], input="busy\n").stdout
    assert "does something else here, so go on by hand" in shown
    assert "the call to them is busy" in shown


def _changed(here: Path, steps: str, *, ask: str = "A colour?", key: int = 3, to: str = "447700900100") -> str:
    """What is shown where a call is done again in a flow that asks for something, then connects, on one key."""
    (here / "shop.flow.yml").write_text(
        "flow: shop\nvoice: {language: en-GB}\nsteps:\n  main:\n    menu:\n      prompt: Press a key.\n"
        f"      options: {{1: sales, {key}: order}}\n      otherwise: sales\n"
        f"  order:\n    - input: {{prompt: '{ask}', dtmf: {{maxDigits: 3}}, save: number, otherwise: sales}}\n"
        f"    - connect: {{phone: {to}, otherwise: sales}}\n  sales: {{talk: Sales.}}\n",
        encoding="utf-8",
    )
    (here / "shop.calls.yml").write_text(f"flow: shop\ncalls:\n  - name: a\n    steps: [{steps}]\n", encoding="utf-8")
    return CliRunner().invoke(call, ["shop.flow.yml", "--replay", "shop.calls.yml"], input="h\n").stdout


ORDER = (
    "hears: Press a key., presses: 2, hears: Your order?, presses: 123, "
    'connects: {to: "447700900100", and: busy}, hears: Sales., ended'
)


def test_a_call_that_is_done_again_stops_where_something_else_is_heard(here: Path) -> None:
    shown = _changed(here, ORDER, key=3)  # 2 is a wrong key by now, and the menu is asked again
    assert "the caller hears `Your order?` first, so go on by hand\n         keys (nothing" in shown
    assert shown.count("caller presses ") == 1
    shown = _changed(here, ORDER, key=2)
    assert "the caller hears `Your order?` first" in shown and "caller presses 1" not in shown
    shown = _changed(here, ORDER, key=2, ask="Your order?")
    assert "by hand" not in shown and "hang up)>" not in shown
    assert "the call to them is busy" in shown and "caller hears: Sales." in shown


def test_a_call_that_is_done_again_stops_where_somebody_else_is_called_or_it_goes_on(here: Path) -> None:
    shown = _changed(here, ORDER, key=2, ask="Your order?", to="447700900199")
    assert "leads to `447700900100` here, so go on by hand\n         the call is answered, busy" in shown
    assert "is busy" not in shown
    shown = _changed(here, "presses: 2, hears: Your order?, ended", key=2, ask="Your order?")
    assert "the call that is done again ends here, so go on by hand\n         keys (nothing" in shown
    shown = _changed(here, "presses: 2, hears: Your order?", key=2, ask="Your order?")
    assert "by hand" not in shown and "keys (nothing: silence, h: hang up)> h" in shown


RINGS = """\
flow: rings
voice: {language: en-GB}
steps:
  main: [{connect: {phone: 447700900100}}, {input: {prompt: A number?, dtmf: {}, save: number, otherwise: last}}]
  last: {talk: Nobody is there.}
"""


@pytest.mark.parametrize("before", ["", "\n", "\r\n", "["])
def test_above_a_call_that_was_saved_with_what_is_supposed_stands_what_plays_it_as_it_was(
    here: Path, before: str
) -> None:
    (here / "rings.flow.yml").write_text(RINGS, encoding="utf-8")
    if before:
        eol = "\r\n" if "\r" in before else "\n"
        calls = (
            f"{eol}  - {{name: x, steps: [hangs up]}}{eol}" if before != "[" else " [{name: x, steps: [hangs up]}]\n"
        )
        (here / "mine.calls.yml").write_bytes(f"flow: rings{eol}calls:{calls}".encode())
    made = CliRunner().invoke(
        call, ["rings", "--suppose", "failed-ends", "--save", "mine.calls.yml"], input="busy\n", standalone_mode=False
    )
    plays = "flowc test --suppose failed-ends mine.calls.yml"
    assert f"it plays as it was with what was supposed: {plays}\n" in made.stderr
    rows = (here / "mine.calls.yml").read_bytes().decode().split("\r\n" if "\r" in before else "\n")
    at = rows.index(f"  # {plays}")
    assert 'name: "a call"' in rows[at + 1]
    assert not any("\n" in row for row in rows)
    played = CliRunner().invoke(command, plays.split()[2:], standalone_mode=False)
    assert (played.stdout, played.return_value) == ("", 0)
    assert CliRunner().invoke(command, ["mine.calls.yml"], standalone_mode=False).return_value == 1


KEYS = """\
flow: keys
voice: {language: en-GB}
steps:
  main:
    - input: {mode: asynchronous, eventUrl: "https://crm.example.com/keys"}
    - talk: You may press keys while this is heard.
    - wait: 5
    - talk: The end.
"""


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("typed", "pressed"),
    [("12\n\n\n", ["12"]), ("\nx\n1 2\n\n", ["12"]), ("1\n2\n\n", ["1", "2"]), ("1\n2\n3\n", ["1", "2", "3"])],
)
def test_keys_are_typed_for_each_thing_that_is_heard_where_a_question_does_not_wait(
    typed: str, pressed: list[str]
) -> None:
    Path("keys.flow.yml").write_text(KEYS, encoding="utf-8")
    shown = CliRunner().invoke(call, ["keys", "--save", "keys.calls.yml"], input=typed).stdout
    assert shown.count("keys (nothing: hear on, h: hang up)> ") == 3 + ("x" in typed)
    assert ("nothing but keys is heard here" in shown) == ("x" in typed)
    keys = [each.partition("presses ")[2] for each in shown.splitlines() if "caller presses" in each]
    assert keys == list("".join(pressed))  # one at a time
    written = Path("keys.calls.yml").read_text(encoding="utf-8")
    assert [each for each in written.splitlines() if "presses" in each] == [f'      - presses: "{e}"' for e in pressed]
    played = CliRunner().invoke(command, ["keys.calls.yml", "-v"], standalone_mode=False)
    assert played.return_value == 0
    again = CliRunner().invoke(call, ["keys", "--replay", "keys.calls.yml"], input="").stdout
    assert "hang up)>" not in again and "there is nothing more to play" in again
    told = [each.strip() for each in played.stderr.splitlines() if "presses" in each]
    assert [each.strip() for each in again.splitlines() if "presses" in each] == told


@pytest.mark.usefixtures("here")
def test_a_caller_hangs_up_while_something_is_heard_and_a_question_does_not_wait() -> None:
    Path("keys.flow.yml").write_text(KEYS, encoding="utf-8")
    shown = CliRunner().invoke(call, ["keys"], input="1\nh\n").stdout
    assert "caller hears: The end." not in shown
    assert shown.endswith("the call ends: the caller hangs up\n")


WRITTEN = {
    "block": "flow: acme\ncalls:\n  - name: mine # kept\n    steps: [{presses: 1}, {connects: busy}, hangs up]\n",
    "flush": "calls:\n- name: mine\n  steps: [hangs up]\n",
    "flow style": "flow: acme\ncalls: [{name: mine, steps: [hangs up]}]\n",
    "not last": "calls:\n  - {name: mine, steps: [hangs up]}\nflow: acme\n",
    "no line break at the end": "flow: acme\ncalls:\n    - {name: mine, steps: [hangs up]}",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_missing_calls_stand_behind_those_of_a_person(here: Path, name: str) -> None:
    text = WRITTEN[name] if "flow:" in WRITTEN[name] else f"flow: acme\n{WRITTEN[name]}"
    (here / "acme.calls.yml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(command, ["--write", "--cover-min", "100"], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    kept = (here / "acme.calls.yml").read_text(encoding="utf-8")
    left = iter(kept)
    assert all(each in left for each in text.rstrip())  # all that the person wrote stands there, in its order
    assert not (here / "acme-2.calls.yml").exists()
    names = [each["name"] for file in here.glob("*.calls.yml") for each in _calls(file)]
    assert len(names) == len(set(names))
    before = {file: file.read_text(encoding="utf-8") for file in here.glob("*.calls.yml")}
    assert CliRunner().invoke(command, ["--write"], standalone_mode=False).return_value == 0
    assert {file: file.read_text(encoding="utf-8") for file in here.glob("*.calls.yml")} == before


def _calls(file: Path) -> Iterator[dict[str, object]]:
    document = yaml.read(Source(str(file), file.read_text(encoding="utf-8")), lambda _: None)
    assert document is not None
    yield from document.data["calls"]  # type: ignore[index]


def test_the_first_calls_of_a_flow_are_written(here: Path) -> None:
    assert CliRunner().invoke(command, ["acme.flow.yml"]).exit_code == 2
    result = CliRunner().invoke(command, ["--write", "--cover-min", "100", "acme.flow.yml"], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    assert CliRunner().invoke(command, ["acme.flow.yml"], standalone_mode=False).return_value == 0


def test_an_open_param_is_bound_to_an_example_in_the_first_calls(here: Path) -> None:
    (here / "acme.flow.yml").write_text(OPEN, encoding="utf-8")
    result = CliRunner().invoke(command, ["--write", "--cover-min", "100", "acme.flow.yml"], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    assert "acme.calls.yml: `desk` is bound to an example: write your own" in result.stderr
    assert 'params: {"desk": "447700900000"}' in (here / "acme.calls.yml").read_text(encoding="utf-8")


def test_ways_that_hang_on_two_parts_of_an_answer_are_found(here: Path) -> None:
    (here / "acme.flow.yml").write_text(
        "flow: acme\nfailure: {talk: Sorry.}\nsteps:\n  main:\n"
        "    - request: {url: https://crm.example.com/, save: line, otherwise: closed,"
        " expect: {type: object, required: [state], properties: {state: {enum: [up, down]}, next: {type: string}}}}\n"
        "    - switch: {value: vars.line.state, cases: {down: down}, otherwise: closed}\n"
        "  down:\n    - branch:\n        - {if: vars.line.next, goto: closed}\n        - otherwise: {talk: Goodbye.}\n"
        "  closed: {talk: We are closed.}\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(command, ["--write", "--cover-min", "100", "acme.flow.yml"], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)


def test_a_way_to_which_no_call_is_found_is_said(here: Path) -> None:
    flow = ACME.replace("closed: {talk", "lost: {talk: Never.}\n  closed: {talk").replace("  main:", "  main:", 1)
    (here / "acme.flow.yml").write_text(flow, encoding="utf-8")
    result = CliRunner().invoke(command, ["--write", "acme.flow.yml"], standalone_mode=False)
    assert "acme.flow.yml:15: no call was found that takes step `lost`" in result.stderr


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("options", [["-k", "a"], ["--url", "http://localhost"]])
def test_calls_are_not_written_where_not_all_is_known(options: list[str]) -> None:
    assert CliRunner().invoke(command, ["--write", *options, "acme.flow.yml"]).exit_code == 2


def test_many_files_are_played_by_several_processes_as_by_one(here: Path) -> None:
    for number in range(20):
        keys = "1" if number % 2 else "2"
        text = f"flow: acme\ncalls:\n  - name: call {number}\n    steps: [{{presses: {keys}}}, {{hears: closed}}]\n"
        (here / f"n{number:02}.calls.yml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(command, ["--cover", "-v"], standalone_mode=False)
    assert result.stderr.endswith("20 calls, 10 failed\n")
    assert result.stdout.count("not-heard") == 10
    assert result.stderr.count("caller hears: For sales, press 1.") == 20
    few = CliRunner().invoke(command, ["--cover", "n00.calls.yml", "n01.calls.yml"], standalone_mode=False)
    assert result.stdout.splitlines()[-5:] == few.stdout.splitlines()[-5:]


def test_flows_and_calls_are_watched_until_ctrl_c(here: Path) -> None:
    (here / "acme.calls.yml").write_text("flow: acme\ncalls: [{name: a, steps: [{presses: 1}]}]\n", encoding="utf-8")
    terminal = flowc("test", "--watch")
    terminal.until("1 call, all as they are to be")
    terminal.until("Ctrl-C ends")
    (here / "acme.flow.yml").write_text(ACME.replace("1: sales", "1: salse"), encoding="utf-8")
    terminal.until("did you mean `sales`?")
    terminal.until("Ctrl-C ends")
    (here / "acme.calls.yml").unlink()
    terminal.until("there are no rehearsed calls here")
    terminal.until("Ctrl-C ends")
    os.kill(terminal.process, signal.SIGINT)
    assert terminal.code() == 0


NAMES = ["silence at `main`", "status `404`: nothing is there", "a: b"]


@pytest.mark.parametrize("name", NAMES)
def test_a_call_of_any_name_is_done_again(here: Path, name: str) -> None:
    calls = "".join(f"  - name: {each!r}\n    steps: [presses: {at}]\n" for at, each in enumerate(NAMES, 1))
    (here / "acme.calls.yml").write_text(f"flow: acme\ncalls:\n{calls}", encoding="utf-8")
    result = CliRunner().invoke(call, ["acme.flow.yml", "--replay", f"acme.calls.yml:{name}"], input="")
    assert f"caller presses {NAMES.index(name) + 1}" in result.stdout


def test_a_call_that_is_not_there_is_said_with_those_that_are(here: Path) -> None:
    (here / "acme.calls.yml").write_text(
        "flow: acme\ncalls:\n  - {name: nobody is there, steps: [waits]}\n  - {name: 'sales: busy', steps: [waits]}\n",
        encoding="utf-8",
    )
    for wanted, said in (
        ("nobody is ther", "did you mean nobody is there?"),
        ("x", "there are: nobody is there; sales: busy"),
    ):
        result = CliRunner().invoke(call, ["acme.flow.yml", "--replay", f"acme.calls.yml:{wanted}"])
        assert (result.exit_code, f"it has no call `{wanted}`; {said}" in result.stderr) == (2, True)
    nowhere = CliRunner().invoke(call, ["acme.flow.yml", "--replay", "nowhere.calls.yml:x"])
    assert (nowhere.exit_code, "there is no such file" in nowhere.stderr) == (2, True)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from", "abc"], "--from abc: write a number"),
        (["--to", "+44 20"], "--to +44 20: write a number"),
        (["--at", "2026-03-02"], "--at: `2026-03-02` is a day without a time: write `2026-03-02T12:00+00:00` for UTC"),
        (["--at", "2026-03-02+00:00"], "is a day without a time: write `2026-03-02T12:00+00:00`\n"),
    ],
)
def test_what_is_no_number_and_no_moment_is_wrong_usage(options: list[str], said: str) -> None:
    result = CliRunner().invoke(call, ["acme.flow.yml", *options])
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_words_may_be_unsure_and_only_what_can_become_of_a_call_is_offered(here: Path) -> None:
    (here / "desk.flow.yml").write_text(
        "flow: desk\nvoice: {language: en-GB}\nsteps:\n  main:\n    menu:\n      prompt: Say sales.\n"
        "      options: {1: {say: [sales], goto: sales}}\n      speech: {endOnSilence: 1}\n      otherwise: sales\n"
        "  sales: {connect: {phone: 447700900100, otherwise: main}}\n",
        encoding="utf-8",
    )
    options = ["desk.flow.yml", "--save", "mine.calls.yml"]
    result = CliRunner().invoke(call, options, input="sales 70%\nmachine\nbusy\nh\n")
    assert "the call is answered, busy," in result.stdout
    assert "`machine` is none of them" in result.stdout
    written = (here / "mine.calls.yml").read_text(encoding="utf-8")
    assert 'says: {words: "sales", confidence: 0.7}' in written
    assert CliRunner().invoke(command, ["mine.calls.yml"], standalone_mode=False).return_value == 0
