"""`flowc call` at a terminal: the clock of the platform runs, keys are keys, and what was done is saved as it was."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_servers import answers, serving
from terminals import Terminal, flowc, flowc_in_a_shell

from flowc.caller.asked import Listens, Question, listens
from flowc.caller.live import Live
from flowc.caller.person import Meanwhile, Sends
from flowc.caller.platform import undecided
from flowc.caller.platform.application import Call
from flowc.caller.platform.delivery import Hosted, Setup
from flowc.caller.platform.ncco import Hook, Input, Keys, Words
from flowc.caller.platform.options import supposed
from flowc.caller.platform.play import run
from flowc.caller.platform.transcript import Happened
from flowc.cli.call import call
from flowc.cli.test import test as command

ASKED = "hang up)> "

LONG = "Thank you for calling. " * 40
"""Words that take a minute: whoever presses a key meanwhile is early."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _flow(
    here: Path, question: str, *, before: str = "Hello.", prompt: str = "A number?", behind: str = "[hangup: Done.]"
) -> None:
    """A flow that says something, asks a question in one attempt, and ends."""
    asked = f"prompt: {prompt}, save: number, attempts: 1, otherwise: none, {question}"
    (here / "one.flow.yml").write_text(
        f"flow: one\nvoice: {{language: en-GB}}\nsteps:\n  main:\n    - talk: {before}\n    - input: {{{asked}}}\n"
        "    - talk: Got {{ vars.number }}.\n    - goto: next\n"
        f"  next: {behind}\n  none: {{talk: Nothing.}}\n",
        encoding="utf-8",
    )


def _is_played_as_it_was(file: str = "saved.calls.yml") -> str:
    """The text of a call that was saved, of which `flowc test` says that all in it is as it is to be."""
    result = CliRunner().invoke(command, [file], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    return Path(file).read_text(encoding="utf-8")


def _told(transcript: str) -> list[str]:
    """What happens to the caller, without the places in the flow."""
    return [each.split("  [")[0].strip() for each in transcript.splitlines() if "  caller " in each]


def test_a_silence_is_waited_out(here: Path) -> None:
    _flow(here, "dtmf: {timeOut: 1}")
    terminal = flowc("call", "one", "--save", "saved.calls.yml")
    terminal.until(ASKED)
    assert "    1 s" in terminal.until("caller says nothing")
    terminal.until("caller hears: Nothing.")
    terminal.until("1 call written")
    assert terminal.code() == 0
    assert "- waits\n" in _is_played_as_it_was()


@pytest.mark.parametrize(
    ("question", "typed", "pressed"),
    [
        ("dtmf: {maxDigits: 1, timeOut: 10}", "7", "7"),
        ("dtmf: {maxDigits: 3, timeOut: 10}", "123", "123"),
        ("dtmf: {maxDigits: 8, submitOnHash: true, timeOut: 10}", "12#", "12#"),
        ("dtmf: {maxDigits: 8, timeOut: 2}", "12", "12"),
        ("dtmf: {maxDigits: 8, timeOut: 10}", "12\r", "12"),
        ("dtmf: {maxDigits: 8, timeOut: 10}", "13\x7f2\r", "12"),
        ("dtmf: {maxDigits: 8, timeOut: 10}", "9 9\x1512\x1b[D\r", "12"),
    ],
    ids=["one key", "as many as it takes", "hash", "no further key in time", "Enter", "taken back", "all taken back"],
)
def test_keys_end_as_the_platform_ends_them(here: Path, question: str, typed: str, pressed: str) -> None:
    _flow(here, question)
    terminal = flowc("call", "one", "--save", "saved.calls.yml")
    terminal.until(ASKED)
    terminal.types(typed)
    terminal.until(f"caller presses {pressed}\r\n")
    terminal.until(f"caller hears: Got {pressed.rstrip('#')}.")
    terminal.until("1 call written")
    assert terminal.code() == 0
    assert f'- presses: "{pressed}"' in _is_played_as_it_was()


TWO = "\n    - input: {prompt: And another?, dtmf: {maxDigits: 1, timeOut: 10}, attempts: 1, otherwise: none}\n"


def test_enter_behind_an_answer_that_needs_none_does_not_skip_the_next_silence(here: Path) -> None:
    _flow(here, "dtmf: {maxDigits: 1, timeOut: 10}", behind=TWO)
    terminal = flowc("call", "one")
    terminal.until(ASKED)
    terminal.types("1\r")
    terminal.until("caller hears: And another?")
    terminal.until(ASKED)
    terminal.types("2")
    assert "says nothing" not in terminal.until("caller presses 2")
    assert terminal.code() == 0


def test_keys_that_are_typed_ahead_are_pressed_at_the_questions_to_come(here: Path) -> None:
    _flow(here, "dtmf: {maxDigits: 1, timeOut: 10}", behind=TWO)
    terminal = flowc("call", "one", "--save", "saved.calls.yml")
    terminal.types("12")
    terminal.until("caller presses 1\r\n")
    terminal.until("caller presses 2\r\n")
    assert terminal.code() == 0
    assert _is_played_as_it_was().count("- presses: ") == 2


@pytest.mark.parametrize(
    ("typed", "said", "written"),
    [("sales", "sales", 'says: "sales"'), ('"4 people" 50%', "4 people", 'says: {words: "4 people", confidence: 0.5}')],
)
def test_words_wait_for_enter(here: Path, typed: str, said: str, written: str) -> None:
    _flow(here, "dtmf: {maxDigits: 1, timeOut: 1}, speech: {startTimeout: 1}")
    terminal = flowc("call", "one", "--save", "saved.calls.yml")
    terminal.types(f"{typed}\r")  # typed ahead, for the silence before it is short
    terminal.until(f"caller says: {said}")
    assert terminal.code() == 0
    assert f"- {written}" in _is_played_as_it_was()


def test_a_prompt_takes_its_time_and_a_key_cuts_it_short(here: Path) -> None:
    _flow(here, "dtmf: {maxDigits: 3, timeOut: 10}", prompt=LONG)
    terminal = flowc("call", "one", "--real-time", "--save", "saved.calls.yml")
    terminal.until("caller hears: Thank you for")
    terminal.types("1")
    terminal.until(" … (cut short)  [one.flow.yml:6]")
    terminal.until(ASKED)
    terminal.types("23")
    terminal.until("caller presses 123")
    assert terminal.code() == 0
    assert '- presses: {keys: "123", early: true}' in _is_played_as_it_was()
    played = CliRunner().invoke(command, ["saved.calls.yml", "-v"], standalone_mode=False).stderr
    again = CliRunner().invoke(call, ["one", "--replay", "saved.calls.yml"]).stdout
    assert " (1.0 s) (cut short)" in played
    assert _told(again) == _told(played)


@pytest.mark.parametrize("at", [0, 1])
def test_a_key_during_the_second_prompt_of_a_question_is_saved_behind_what_was_heard(here: Path, at: int) -> None:
    said = ("Choose now. " * 40, "Choose a colour. " * 40)
    _flow(here, "dtmf: {maxDigits: 1, timeOut: 10}", prompt=f'["{said[0]}", "{said[1]}"]')
    terminal = flowc("call", "one", "--real-time", "--save", "saved.calls.yml")
    terminal.until("caller hears: Choose now")
    if at:
        terminal.types("\r")
        terminal.until("caller hears: Choose a colour.")
    terminal.types("1")
    terminal.until("caller presses 1")
    assert terminal.code() == 0
    written = _is_played_as_it_was()
    assert ("colour" in written) is ('- presses: "1"' in written) is bool(at)


def test_keys_during_a_prompt_that_cannot_be_cut_short_are_lost_and_enter_skips_its_rest(here: Path) -> None:
    _flow(here, "dtmf: {maxDigits: 1, timeOut: 10}", before=LONG)
    terminal = flowc("call", "one", "--real-time", "--save", "saved.calls.yml")
    terminal.until("caller hears: Thank you for")
    terminal.types("1\r")
    terminal.until("the key `1` is lost: the prompt cannot be cut short")
    terminal.until("A")  # the next prompt, which may be cut short
    terminal.types("2")
    terminal.until("caller presses 2")
    terminal.until("rests on: keys that are pressed during a prompt that cannot be cut short are lost")
    assert terminal.code() == 0
    assert 'presses: {keys: "2"' in _is_played_as_it_was()


@pytest.mark.parametrize("typed", ["h\r", "\x04"])
def test_a_caller_hangs_up_in_the_middle_of_a_prompt(here: Path, typed: str) -> None:
    _flow(here, "dtmf: {timeOut: 10}", before=LONG)
    terminal = flowc("call", "one", "--real-time", "--save", "saved.calls.yml")
    terminal.until("caller hears: Thank you for")
    terminal.types(typed)
    assert "\r\n\r\n" not in terminal.until("the call ends: the caller hangs up")
    assert terminal.code() == 0
    assert "- hangs up" in _is_played_as_it_was()


@pytest.mark.parametrize("typed", ["h\r", "\x04", "\x03"])
@pytest.mark.parametrize("heard", ["wait: 3600", f"talk: {LONG}"])
def test_who_hangs_up_in_the_middle_of_what_is_heard_does_so_then_and_not_at_its_end(
    here: Path, typed: str, heard: str
) -> None:
    heard = heard if "wait" in heard else f"talk: {LONG * 20}"
    (here / "one.flow.yml").write_text(
        f"flow: one\nvoice: {{language: en-GB}}\nsteps: {{main: [{{{heard}}}]}}\n", encoding="utf-8"
    )
    terminal = flowc("call", "one", "--real-time")
    terminal.until("(3600.0 s)" if "wait" in heard else "Thank you for")
    terminal.types(typed)
    terminal.until("\r\n")
    shown = terminal.until("the call ends: the caller hangs up")
    assert float(shown.split()[-1]) < 600  # of an hour, or of twenty minutes
    summed = terminal.until(" s by estimate").split()
    assert float(summed[0]) < 600 and float(summed[-1]) < 600
    terminal.code()


def test_words_during_a_prompt_that_cannot_be_cut_short_are_lost_and_it_goes_on(here: Path) -> None:
    _flow(here, "dtmf: {maxDigits: 1, timeOut: 10}", before=LONG)
    terminal = flowc("call", "one", "--real-time")
    terminal.until("caller hears: Thank you for")
    terminal.types("sales\r")
    terminal.until("(nothing: hear on, h: hang up)> ")
    terminal.until("         …")
    terminal.until("you for")
    terminal.types("\r")
    terminal.until("the words are lost: the prompt cannot be cut short")
    terminal.types("\x03")
    assert terminal.code() == 130


@pytest.mark.parametrize("options", [[], ["--real-time"]])
def test_a_silence_is_waited_out_at_what_is_hosted(options: list[str]) -> None:
    ask = '[{"action": "input", "type": ["dtmf"], "dtmf": {"timeOut": 1}, "eventUrl": ["%s"]}]'
    with serving(answers("[]")) as after, serving(answers(ask % after.url)) as server:
        terminal = flowc("call", "--url", server.url, *options)
        terminal.until("caller says nothing")
        assert terminal.code() == 0
        assert b'"timed_out":true' in after.asked[0].body.replace(b" ", b"")


@pytest.mark.parametrize("heard", [f'"action": "talk", "text": "{LONG}"', '"action": "wait", "timeout": 60'])
def test_single_keys_are_sent_meanwhile_to_one_who_listens_without_waiting(here: Path, heard: str) -> None:
    ask = '{"action": "input", "type": ["dtmf"], "mode": "asynchronous", "eventUrl": ["%s"]}'
    said = f'{{{heard}}}, {{"action": "talk", "text": "Bye."}}'
    with serving(answers("")) as after, serving(answers(f"[{ask % after.url}, {said}]")) as server:
        terminal = flowc("call", "--url", server.url, "--real-time", "--save", "saved.calls.yml")
        terminal.until("Thank you for" if "talk" in heard else "(60.0 s)")
        terminal.types("12\r")
        terminal.until("caller presses 1")
        terminal.until("caller presses 2")
        terminal.until("caller hears: ")
        assert terminal.code() == 0
        assert [b'"2"' in each.body for each in after.asked] == [False, True]
        played = CliRunner().invoke(command, ["--url", server.url, "saved.calls.yml"], standalone_mode=False)
        assert (played.stdout, played.return_value) == ("", 0)
        assert [b'"2"' in each.body for each in after.asked] == [False, True, False, True]


@pytest.mark.parametrize("heard", [f"talk: {LONG * 20}", "wait: 3600"])
def test_a_single_key_is_sent_when_it_is_pressed(here: Path, heard: str) -> None:
    (here / "one.flow.yml").write_text(
        "flow: one\nvoice: {language: en-GB}\nsteps:\n  main:\n"
        "    - input: {mode: asynchronous, eventUrl: 'https://crm.example.com/keys'}\n"
        f"    - {heard}\n    - talk: Bye.\n",
        encoding="utf-8",
    )
    terminal = flowc("call", "one", "--real-time", "--save", "saved.calls.yml")
    terminal.until("Thank you for" if "talk" in heard else "(3600.0 s)")
    at: list[float] = []
    for key in "12":
        terminal.types(key)
        shown = terminal.until(f"caller presses {key}")
        at.append(float(shown.split()[-1]))
        terminal.until("event input to https://crm.example.com/keys")
        terminal.until("         …")  # and it is heard on
    assert at[0] <= at[1] < 600
    terminal.types("\r")
    terminal.until("caller hears: Bye.")
    assert terminal.code() == 0
    assert '- presses: "12"' in _is_played_as_it_was()


def test_a_key_during_a_pause_before_a_question_is_not_lost_because_nothing_more_is_asked(here: Path) -> None:
    (here / "one.flow.yml").write_text(
        "flow: one\nvoice: {language: en-GB}\nsteps:\n  main:\n    - wait: 60\n"
        "    - menu: {prompt: Right?, options: {1: bye}, otherwise: bye, dtmf: {timeOut: 10}}\n  bye: {talk: Bye.}\n",
        encoding="utf-8",
    )
    terminal = flowc("call", "one", "--real-time")
    terminal.until("nothing is heard (60.0 s)")
    terminal.types("9\r")
    terminal.until("the key `9` is lost: nothing is asked here")
    terminal.until("caller hears: Right?")
    terminal.types("1")
    terminal.until("caller presses 1")
    assert terminal.code() == 0


def test_a_pause_of_the_platform_takes_its_time_and_is_skipped(here: Path) -> None:
    steps = "[{wait: 60}, {talk: Done.}]"
    (here / "one.flow.yml").write_text(f"flow: one\nsteps: {{main: {steps}}}\n", encoding="utf-8")
    terminal = flowc("call", "one", "--real-time")
    terminal.until("nothing is heard (60.0 s)")
    terminal.types("5\r")
    terminal.until("the key `5` is lost: nothing is asked here")
    terminal.until("caller hears: Done.")
    assert terminal.code() == 0


MUSIC = """\
flow: one
voice: {language: en-GB}
steps:
  main:
    - stream: {streamUrl: "https://audio.example.com/hold.mp3", loop: 0, bargeIn: true}
    - input: {save: number, attempts: 1, otherwise: none, dtmf: {maxDigits: 1}}
    - talk: Got {{ vars.number }}.
  none: {talk: Nothing.}
"""


@pytest.mark.parametrize("typed", ["\n5\n", "x\n5\n"])
def test_music_without_an_end_is_ended_by_a_key_over_a_pipe(here: Path, typed: str) -> None:
    (here / "one.flow.yml").write_text(MUSIC, encoding="utf-8")
    shown = CliRunner().invoke(call, ["one", "--save", "saved.calls.yml"], input=typed).stdout
    assert "keys (h: hang up)> 5" in shown
    assert "caller hears: Got 5." in shown
    _is_played_as_it_was()
    again = CliRunner().invoke(call, ["one", "--replay", "saved.calls.yml"]).stdout
    assert "caller hears: Got 5." in again and "hang up)>" not in again


def test_music_without_an_end_is_ended_by_a_key_at_once(here: Path) -> None:
    (here / "one.flow.yml").write_text(MUSIC, encoding="utf-8")
    terminal = flowc("call", "one", "--save", "saved.calls.yml")
    terminal.until(ASKED)
    terminal.types("5")
    terminal.until("caller hears: Got 5.")
    assert terminal.code() == 0
    assert '- presses: "5"' in _is_played_as_it_was()


def test_single_keys_are_sent_while_music_without_an_end_is_heard(here: Path) -> None:
    ask = '{"action": "input", "type": ["dtmf"], "mode": "asynchronous", "eventUrl": ["%s"]}'
    music = '{"action": "stream", "streamUrl": ["https://audio.example.com/hold.mp3"], "loop": 0}'
    with serving(answers("")) as after, serving(answers(f"[{ask % after.url}, {music}]")) as server:
        shown = CliRunner().invoke(call, ["--url", server.url], input="1\n\n2\nh\n").stdout
        assert shown.count("keys (h: hang up)> ") == 4
        assert "this does not end by itself" in shown
        assert [b'"2"' in each.body for each in after.asked] == [False, True]


@pytest.mark.parametrize("early", ["true", "false"])
@pytest.mark.parametrize("barge_in", ["true", "false"])
def test_an_early_key_comes_as_early_when_a_call_is_done_again(here: Path, early: str, barge_in: str) -> None:
    prompt = f"[{{talk: {{text: Press a key now., bargeIn: {barge_in}}}}}]"
    _flow(here, "dtmf: {maxDigits: 1}", prompt=prompt)
    (here / "one.calls.yml").write_text(
        f"flow: one\ncalls: [{{name: a, steps: [presses: {{keys: 5, early: {early}}}]}}]\n", encoding="utf-8"
    )
    played = CliRunner().invoke(command, ["one.calls.yml", "-v"], standalone_mode=False).stderr
    again = CliRunner().invoke(call, ["one", "--replay", "one.calls.yml"]).stdout
    assert ("(cut short)" in played) == (early == barge_in == "true")
    assert _told(again) == _told(played)


def test_a_caller_who_hangs_up_does_so_when_the_call_is_done_again(here: Path) -> None:
    _flow(here, "dtmf: {maxDigits: 1}", behind=TWO)
    calls = "flow: one\ncalls: [{name: a, steps: [presses: 1, hangs up]}]\n"
    (here / "one.calls.yml").write_text(calls, encoding="utf-8")
    again = CliRunner().invoke(call, ["one", "--replay", "one.calls.yml"], input="5\n").stdout
    assert "caller presses 1" in again
    assert ASKED not in again
    assert again.endswith("the call ends: the caller hangs up\n")


def _job(terminal: Terminal) -> int:
    terminal.until("job ")
    return int(terminal.until(";"))


@pytest.mark.parametrize("options", [[], ["--real-time"]])
@pytest.mark.parametrize(
    ("typed", "ended"), [("\x03", 130), ("\x04", 0), ("h\r", 0), (signal.SIGTERM, -15), (signal.SIGHUP, -1)]
)
def test_the_terminal_is_as_it_was_however_a_call_ends(
    here: Path, typed: str | signal.Signals, ended: int, options: list[str]
) -> None:
    _flow(here, "dtmf: {timeOut: 10}", before=LONG if options else "Hello.")
    terminal = flowc_in_a_shell("call", "one", *options)
    job = _job(terminal)
    terminal.until("Thank you for" if options else ASKED)
    if isinstance(typed, str):
        terminal.types(typed)
    else:
        os.kill(job, typed)
    terminal.until(f"ended {ended}, terminal as before;")
    assert terminal.code() == 0


def test_ctrl_c_ends_a_call_while_a_server_is_waited_for(here: Path) -> None:
    ask = '[{"action": "input", "type": ["dtmf"], "dtmf": {"timeOut": 10, "maxDigits": 1}, "eventUrl": ["%s"]}]'
    with serving(lambda link: link.recv(1)) as hanging, serving(answers(ask % hanging.url)) as server:
        terminal = flowc_in_a_shell("call", "--url", server.url, "--save", "saved.calls.yml")
        terminal.until(ASKED)
        terminal.types("1")
        terminal.until("caller presses 1\r\n")  # told before the server has answered
        terminal.types("\x03")
        terminal.until("the call ends: the caller hangs up")
        terminal.until("1 call written")
        terminal.until("ended 130, terminal as before;")
    assert '- presses: "1"\n      - hangs up' in Path("saved.calls.yml").read_text(encoding="utf-8")


def test_a_call_that_is_stopped_goes_on_where_it_was(here: Path) -> None:
    _flow(here, "dtmf: {maxDigits: 2, timeOut: 10}")
    terminal = flowc_in_a_shell("call", "one")
    terminal.until(ASKED)
    terminal.types("1")
    terminal.until("1")
    terminal.types("\x1a")  # Ctrl-Z
    terminal.until("stopped, terminal as before;")
    terminal.until(f"{ASKED}1")  # drawn anew
    terminal.types("2")
    terminal.until("caller presses 12")
    terminal.until("ended 0, terminal as before;")


def test_a_terminal_that_cannot_move_its_cursor_is_read_line_by_line(here: Path) -> None:
    _flow(here, "dtmf: {maxDigits: 1, timeOut: 10}")
    terminal = flowc("call", "one", "--real-time", TERM="dumb")
    shown = terminal.until(ASKED)
    terminal.types("1\r")
    shown += terminal.until("caller presses 1")
    assert "\x1b" not in shown
    assert terminal.code() == 0


def test_lines_break_between_words_behind_the_column_of_the_times(here: Path) -> None:
    _flow(here, "dtmf: {maxDigits: 1, timeOut: 10}", before=LONG)
    terminal = flowc("call", "one", "--save", "saved.calls.yml", columns=60)
    shown = terminal.until(ASKED)
    assert shown.startswith("    0.0  webhook main\r\n    0.0  caller hears: Thank you for calling. Thank you for\r\n")
    assert {len(each) <= 60 for each in shown.split("\r\n")} == {True}
    assert shown.count("\r\n         calling. Thank you") > 3
    terminal.types("h\r")
    assert terminal.code() == 0
    assert f'- hears: "{LONG.strip()}"' in _is_played_as_it_was()


@pytest.mark.parametrize("columns", [45, 39, 30, 20, 12])
def test_an_answer_is_seen_on_a_narrow_screen(here: Path, columns: int) -> None:
    _flow(here, "dtmf: {maxDigits: 8, submitOnHash: true, timeOut: 10}")
    terminal = flowc("call", "one", columns=columns)
    shown = terminal.until("> ")
    if columns > 26:  # the words have room behind the column of the times
        assert {len(each.replace("\x1b[K", "")) <= columns for each in re.split("[\r\n]+", shown)} == {True}
    terminal.types("123#")
    answered = terminal.until("Got")
    assert "…" not in answered
    assert terminal.code() == 0


def test_of_a_long_answer_the_end_is_seen_and_all_of_it_counts(here: Path) -> None:
    request = "{url: https://crm.example.com/, save: found, otherwise: none}"
    (here / "one.flow.yml").write_text(
        f"flow: one\nsteps:\n  main:\n    - request: {request}\n"
        '    - talk: "Hello {{ vars.found.name }}."\n  none: {talk: Nothing.}\n',
        encoding="utf-8",
    )
    terminal = flowc("call", "one", columns=60)
    terminal.until("(JSON, a status, or nothing: no answer)> ")
    terminal.types('{"name": "Jo", "more": "日本語日本語日本語日本語"')
    terminal.until("…")
    terminal.types("}\r")
    terminal.until('{"name": "Jo", "more"')
    terminal.until("caller hears: Hello Jo.")
    assert terminal.code() == 0


@pytest.mark.parametrize(("environment", "styled"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_what_stands_beside_the_words_is_less_bright(here: Path, environment: dict[str, str], styled: bool) -> None:
    _flow(here, "dtmf: {maxDigits: 1, timeOut: 10}")
    terminal = flowc("call", "one", **environment)
    terminal.until(ASKED)
    terminal.types("h\r")
    assert terminal.code() == 0
    assert ("\x1b[2m    0.0  \x1b[22mcaller hears: Hello. (0.4 s)  \x1b[2m[one.flow.yml:5]" in terminal.all) is styled
    assert ("\x1b[2m" in terminal.all) is styled


def test_words_come_early_where_a_prompt_may_be_cut_short(here: Path) -> None:
    prompt = f'[{{talk: {{text: "{LONG}", bargeIn: true}}}}]'
    _flow(here, "speech: {startTimeout: 10}", prompt=prompt)
    terminal = flowc("call", "one", "--real-time", "--save", "saved.calls.yml")
    terminal.until("caller hears: Thank you for")
    terminal.types("sales 40%\r")
    terminal.until(" … (cut short)")
    terminal.until("caller says: sales")
    assert terminal.code() == 0
    assert 'says: {words: "sales", confidence: 0.4, early: true}' in _is_played_as_it_was()


def test_the_clock_stands_still_while_anything_but_keys_is_typed() -> None:
    question = Listens(3.0, Keys(2.0, 4, submit=False))
    assert [question.waits(typed) for typed in ("", "1", "12#", " ", " 1", "h")] == [3.0, 2.0, 2.0, None, None, None]
    assert [question.has_all(typed) for typed in ("", "123", "12#", "1234", " 1234")] == [False] * 3 + [True, False]


@pytest.mark.parametrize(
    ("options", "silence"),
    [((), 3.0), (("silence-to-last",), 40.0), (("silence-to-last", "start-capped"), 10.0), (("start-capped",), 3.0)],
)
def test_a_silence_is_as_long_as_on_the_platform_that_is_supposed(options: tuple[str, ...], silence: float) -> None:
    asks = Input(Keys(3.0, 4, submit=False), Words(40.0, 2.0, 60.0, save=False), Hook())
    assert listens(asks, supposed(options)).silence == silence


class _Early:
    """A person who presses 1 while anything is heard, and 2 behind what an answer begins with."""

    takes_time = True

    def __init__(self) -> None:
        self.remarks: list[str] = []

    def asked(self, question: Question) -> str:
        return f"{question.begun}2"

    def told(self, happened: Happened) -> None:
        pass

    def hears(self, happened: Happened, question: Question, *, early: bool, sends: Sends | None) -> Meanwhile:
        assert not early and sends is None
        return Meanwhile("1", happened.seconds)

    def says(self, remark: str) -> None:
        self.remarks.append(remark)


@pytest.mark.parametrize(("options", "pressed"), [((), "2"), (("keys-kept",), "12")])
def test_keys_that_come_too_early_begin_the_answer_where_the_platform_is_supposed_to_keep_them(
    options: tuple[str, ...], pressed: str
) -> None:
    ask = '[{"action": "talk", "text": "Hello."}, {"action": "input", "type": ["dtmf"], "eventUrl": ["%s"]}]'
    with serving(answers("")) as after, serving(answers(ask % after.url)) as server:
        person = _Early()
        live = Live(Hosted(Setup(server.url)), Call(supposed=frozenset(options)), person)
        transcript = run(live.line)
    assert f'"digits":"{pressed}"'.encode() in after.asked[0].body.replace(b" ", b"")
    assert person.remarks == ([] if options else ["the key `1` is lost: the prompt cannot be cut short"])
    assert transcript.remarks[0] == supposed(options).get(undecided.LOST, undecided.LOST)


def test_the_call_of_the_page_is_as_it_is_printed(here: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "calls.md").read_text(encoding="utf-8")
    flow = page.partition("```yaml file=acme.flow.yml\n")[2].partition("```")[0]
    *lines, asked = page.partition("## A call by hand")[2].partition("```\n")[2].partition("```")[0].splitlines()
    (here / "acme.flow.yml").write_text(flow, encoding="utf-8")
    terminal = flowc("call", "acme")
    shown = terminal.until(ASKED)
    assert "\r\n".join(lines) in shown
    assert f"{shown}{ASKED}".strip().endswith(asked.removeprefix("    2 s  "))
