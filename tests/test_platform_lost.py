"""What a caller does in vain: it is told of, and the call goes on as if nothing had been done."""

from __future__ import annotations

from typing import Any

import pytest
from played import played, said

from flowc.caller.platform import undecided
from flowc.caller.platform.script import Act, HangsUp, Presses, Records, Says, Waits

URL = "https://e.com/next"
TALK: dict[str, Any] = {"action": "talk", "text": "Hello."}
MAY: dict[str, Any] = {**TALK, "bargeIn": True}
KEYS: dict[str, Any] = {"action": "input", "type": ["dtmf"], "dtmf": {"maxDigits": 1}, "eventUrl": [URL]}
WORDS: dict[str, Any] = {"action": "input", "type": ["speech"], "eventUrl": [URL]}
NOTE: dict[str, Any] = {"action": "record", "endOnKey": "#", "endOnSilence": 3}


@pytest.mark.parametrize(
    ("actions", "script", "why"),
    [
        ([TALK, KEYS], [Presses("2", early=True)], "the key `2` is lost: the prompt cannot be cut short"),
        ([TALK, WORDS], [Says("two", early=True)], "the words are lost: the prompt cannot be cut short"),
        ([KEYS], [Says("two")], "the words are lost: keys are asked for"),
        ([WORDS], [Presses("12")], "the keys `12` are lost: words are asked for"),
        ([KEYS], [Presses("12")], "the key `2` is lost: nothing more is asked"),
        ([KEYS, TALK, KEYS], [Presses("123")], "the keys `23` are lost: a prompt follows that cannot be cut short"),
        ([NOTE], [Records(5, "1")], "the key `1` is lost: the recording ends with `#`"),
        ([{**NOTE, "endOnKey": None}], [Records(5, "1")], "the key `1` is lost: no key ends the recording"),
    ],
)
def test_what_nobody_listens_for_is_lost(actions: list[dict[str, Any]], script: list[Act], why: str) -> None:
    actions = [{name: value for name, value in each.items() if value is not None} for each in actions]
    assert [(each.act, each.told) for each in played(actions, [*script, HangsUp()])[1].losses] == [(0, why)]


@pytest.mark.parametrize(
    ("actions", "script"),
    [
        ([MAY, KEYS], [Presses("2", early=True)]),
        ([TALK, MAY, KEYS], [Presses("2", early=True)]),
        ([KEYS], [Presses("2", early=True)]),  # nothing is heard before it, so nothing is early
        ([TALK, KEYS], [Presses("2")]),
        ([TALK, KEYS, KEYS], [Waits(), Presses("2", early=True)]),
        ([KEYS, MAY, KEYS], [Presses("12")]),
        ([WORDS], [Says("two")]),
        ([NOTE], [Records(5, "#")]),
    ],
)
def test_what_is_heard_is_not_lost(actions: list[dict[str, Any]], script: list[Act]) -> None:
    assert played(actions, [*script, HangsUp()])[1].losses == ()


def test_a_key_that_comes_too_early_leaves_the_question_without_an_answer() -> None:
    table, call = played([TALK, KEYS, TALK], [Presses("2", early=True)])
    assert table.asked[1].data["dtmf"] == {"digits": "", "timed_out": True}
    assert said(call, "presses", "silent") == ["2", ""]
    assert call.happened[-1].at == pytest.approx(2 * 6 / 15 + 3)  # twice `Hello.`, and all of the time for a key
    assert undecided.LOST in call.remarks


def test_the_act_that_was_lost_is_the_one_that_is_named() -> None:
    script: list[Act] = [Waits(), Presses("1"), Says("two"), HangsUp()]
    assert [each.act for each in played([KEYS, KEYS, KEYS, KEYS], script)[1].losses] == [2]
