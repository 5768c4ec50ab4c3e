"""What no NCCO can do is said by name, wherever an author reaches for it."""

from __future__ import annotations

import pytest
from call_time import compiled

CONNECT = "connect: {{phone: 447700900100, otherwise: sales, {}}}"
MENU = 'menu: {{prompt: "For sales, press 1.", options: {{1: sales}}, otherwise: sales, {}}}'
REACHED_FOR = [
    (CONNECT.format("onComplete: sales"), "the call ends when one side of a `connect` hangs up"),
    (CONNECT.format("onHangup: sales"), "the call ends when one side of a `connect` hangs up"),
    (CONNECT.format("survey: sales"), "the call ends when one side of a `connect` hangs up"),
    (CONNECT.format("accept: 1"), "nothing says that one who is called can be asked"),
    (CONNECT.format("press_to_accept: true"), "nothing says that one who is called can be asked"),
    (CONNECT.format("onAnswer: {menu: {prompt: A}}"), "nothing says that one who is called can be asked"),
    (CONNECT.format("onAnswer: {input: {prompt: A}}"), "nothing says that one who is called can be asked"),
    ("record: {endOnSilence: 3, save: message}", "no NCCO plays a recording"),
    ("playRecording: last", "no NCCO plays a recording"),
    ("branch: [{if: call.machine, goto: sales}, {otherwise: sales}]", "whoever makes this call asks for it"),
    ("detectMachine: true", "whoever makes this call asks for it"),
    (MENU.format("onHangup: sales"), "nothing follows when the caller hangs up"),
    ("onHangup: {talk: Goodbye.}", "nothing follows when the caller hangs up"),
    (MENU.format("dtmf: {timeOut: 30}"), "no NCCO waits longer for a key: write `timeOut: 10`"),
]


@pytest.mark.parametrize(("action", "why"), REACHED_FOR)
def test_what_no_ncco_can_do_is_said_where_it_is_reached_for(action: str, why: str) -> None:
    text = f"flow: f\nsteps:\n  main:\n    - {action}\n  sales: {{connect: {{phone: 447700900100}}}}\n"
    hints = [each.hint or "" for each in compiled(text).diagnostics if each.rule.severity == "error"]
    assert [each for each in hints if each.startswith(why)], hints


def test_a_flow_has_no_handler_of_its_end() -> None:
    said = compiled("flow: f\nonHangup: {talk: Goodbye.}\nsteps: {main: {talk: Hello.}}\n").diagnostics
    assert [(each.hint or "").partition(":")[0] for each in said] == ["nothing follows when the caller hangs up"]


def test_a_good_call_never_comes_back() -> None:
    text = """
        flow: f
        steps:
          main:
            - connect: {phone: 447700900100, otherwise: nobody}
            - talk: How did you like our service?
          nobody: {talk: Nobody is there.}
        """
    (said,) = compiled(text).diagnostics
    assert said.rule.name == "unreachable-action"
    assert said.message.endswith("a call that was answered ends when one side hangs up, and never comes back")


def test_one_who_is_called_is_told_to_press_nothing() -> None:
    text = """
        flow: f
        steps:
          main: {connect: {phone: 447700900100, onAnswer: SAYS, otherwise: nobody}}
          nobody: {talk: Nobody is there.}
        """
    asked = compiled(text.replace("SAYS", "'A call. To accept it, press 1.'")).diagnostics
    assert [each.rule.name for each in asked] == ["key-for-callee"]
    assert compiled(text.replace("SAYS", "A call for room 1.")).diagnostics == []
