"""Where the platform's documents leave something open, a call that rests on it says so, and another one does not."""

from __future__ import annotations

from typing import Any

import pytest
from played import played
from small_servers import answers, serving

from flowc.caller.platform import undecided
from flowc.caller.platform.delivery import Hosted, Setup
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Act, Connects, Presses, Says, Waits

URL = "https://e.com/next"
TALK: dict[str, Any] = {"action": "talk", "text": "Hello."}
MAY: dict[str, Any] = {**TALK, "bargeIn": True}
KEYS: dict[str, Any] = {"action": "input", "type": ["dtmf"], "eventUrl": [URL]}
BOTH: dict[str, Any] = {"action": "input", "type": ["dtmf", "speech"], "eventUrl": [URL]}
WORDS: dict[str, Any] = {"action": "input", "type": ["speech"], "eventUrl": [URL]}
PHONE: dict[str, Any] = {"type": "phone", "number": "447700900100"}
CALLS: dict[str, Any] = {"action": "connect", "endpoint": [PHONE]}
WAITS: dict[str, Any] = {**CALLS, "eventType": "synchronous", "eventUrl": [URL]}
WHISPERS: dict[str, Any] = {**CALLS, "endpoint": [{**PHONE, "onAnswer": {"url": URL}}]}

_Call = tuple[list[dict[str, Any]], list[Act]]
"""What is played, and what the caller does."""

CASES: list[tuple[str, _Call, _Call]] = [
    (undecided.EXTRA, ([{**TALK, "txet": "a"}], []), ([{**TALK, "level": 0}], [])),
    (undecided.EXTRA, ([{**KEYS, "maxDigits": 1}], []), ([{"action": "input", "maxDigits": 1}], [])),
    (undecided.SPELT, ([{**CALLS, "advanced_machine_detection": {}}], []), ([{**TALK, "voiceName": "Amy"}], [])),
    (undecided.RANGE, ([{**KEYS, "dtmf": {"timeOut": 11}}], []), ([{**KEYS, "dtmf": {"timeOut": 10}}], [])),
    (undecided.RANGE, ([{**KEYS, "dtmf": {"maxDigits": 22}}], []), ([{**KEYS, "dtmf": {"maxDigits": "20"}}], [])),
    (undecided.RANGE, ([{**CALLS, "timeout": 121}], []), ([{**CALLS, "timeout": 120}], [])),
    (undecided.TOGETHER, ([{**CALLS, "from": "442079460000", "randomFromNumber": True}], []), ([CALLS], [])),
    (
        undecided.TOGETHER,
        ([{**KEYS, "mode": "asynchronous", "dtmf": {}}], []),
        ([{**KEYS, "mode": "asynchronous"}], []),
    ),
    (undecided.TOGETHER, ([{**BOTH, "mode": "asynchronous"}], []), ([{**KEYS, "mode": "asynchronous"}], [])),
    (undecided.SEVERAL, ([{**CALLS, "endpoint": [PHONE, PHONE]}], []), ([CALLS], [])),
    (undecided.LONGEST, ([{**TALK, "loop": 0}], [Waits()]), ([{**TALK, "loop": 9}], [])),
    (undecided.FROM_PROMPT, ([MAY, KEYS], [Waits()]), ([TALK, KEYS], [Waits()])),
    (undecided.NO_KEY, ([KEYS], [Waits()]), ([KEYS], [Presses("1")])),
    (undecided.HASH, ([KEYS], [Presses("1#")]), ([{**KEYS, "dtmf": {"submitOnHash": True}}], [Presses("1#")])),
    (undecided.SILENCE, ([BOTH], [Waits()]), ([BOTH], [Says("sales")])),
    (undecided.UNTYPED, ([{"action": "input", "dtmf": {}}], []), ([{"action": "input", "type": ["dtmf"]}], [])),
    (undecided.TRANSFER, ([{"action": "transfer", "conversation_id": "CON-1"}], []), ([TALK], [])),
    (undecided.PLAIN, ([CALLS, TALK], [Connects()]), ([CALLS], [Connects()])),
    (undecided.BEHIND, ([WAITS, TALK], [Connects()]), ([WAITS], [Connects()])),
    (undecided.WHISPER, ([WHISPERS], [Connects()]), ([WHISPERS], [Connects("busy")])),
    (undecided.LEG, ([{**WORDS, "speech": {"uuid": "a"}}], []), ([{**WORDS, "speech": {"uuid": ["a"]}}], [])),
    (undecided.LATE_START, ([{**WORDS, "speech": {"startTimeout": 11}}], [Waits()]), ([WORDS], [Waits()])),
]


@pytest.mark.parametrize(("remark", "rests", "does_not"), CASES)
def test_a_call_says_what_its_outcome_rests_on(remark: str, rests: _Call, does_not: _Call) -> None:
    assert remark in played(*rests)[1].remarks
    assert remark not in played(*does_not)[1].remarks


@pytest.mark.parametrize(("then", "told"), [([TALK, KEYS], True), ([TALK], False)])
def test_what_a_callee_cannot_hear_is_told(then: list[dict[str, Any]], told: bool) -> None:
    assert (undecided.WHISPERED in played([WHISPERS], [Connects()], next=then)[1].remarks) == told


def test_an_answer_without_actions_is_the_end_and_is_told() -> None:
    with serving(answers("[]")) as first:
        call = play(Hosted(Setup(first.url)), [])
    assert call.ended == "there is nothing more to play"
    assert undecided.EMPTY_ANSWER in call.remarks
