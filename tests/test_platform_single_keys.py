"""A question that does not wait: keys are sent one by one whatever goes on meanwhile (reference, input)."""

from __future__ import annotations

from typing import Any

import pytest
from played import Table, happened, played

from flowc.caller.platform import undecided
from flowc.caller.platform.application import Call
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Act, Connects, HangsUp, Joins, Presses, Records, Says

URL = ["https://e.com/next"]
LISTENS: dict[str, Any] = {"action": "input", "type": ["dtmf"], "mode": "asynchronous", "eventUrl": URL}
WAIT: dict[str, Any] = {"action": "wait", "timeout": 20}
TALK: dict[str, Any] = {"action": "talk", "text": "Hello."}
CALLS: dict[str, Any] = {"action": "connect", "endpoint": [{"type": "phone", "number": "447700900100"}]}
ROOM: dict[str, Any] = {"action": "conversation", "name": "a"}
NOTE: dict[str, Any] = {"action": "record", "endOnSilence": 3, "endOnKey": "#"}
MUSIC: dict[str, Any] = {"action": "stream", "streamUrl": ["https://e.com/a.mp3"], "loop": 0}


@pytest.mark.parametrize(
    ("actions", "script", "seconds"),
    [
        ([LISTENS, WAIT, TALK], [Presses("12"), HangsUp()], 20.4),
        ([LISTENS, CALLS], [Connects(seconds=30), Presses("1"), Presses("2"), HangsUp()], 30),
        ([LISTENS, ROOM], [Joins(30), Presses("1"), Presses("2"), HangsUp()], 30),
        ([LISTENS, NOTE], [Presses("1"), Presses("2"), Records(4)], 7),
        ([LISTENS, MUSIC], [Presses("1"), Presses("2"), HangsUp()], 5),
        ([LISTENS, MUSIC, WAIT], [Presses("1"), Presses("2"), Records(1)], 7200),
    ],
)
def test_keys_are_sent_one_by_one_whatever_goes_on(
    actions: list[dict[str, Any]], script: list[Act], seconds: float
) -> None:
    table, call = played(actions, script)
    sent = [(each.url, each.data["dtmf"]) for each in table.told if each.kind == "input"]
    assert sent == [(URL[0], {"digits": key, "timed_out": False}) for key in "12"]
    assert undecided.SINGLE in call.remarks
    assert call.seconds == pytest.approx(seconds)


def test_the_key_that_ends_a_recording_ends_it_also_where_single_keys_are_sent() -> None:
    table, call = played([LISTENS, NOTE, TALK], [Presses("#")])
    assert not [each for each in table.told if each.kind == "input"]
    assert ("records", "the key #", 0) in happened(call)


def test_without_such_a_question_nothing_is_sent() -> None:
    table, call = played([WAIT, TALK], [Presses("12"), HangsUp()])
    assert not [each for each in table.told if each.kind == "input"]
    assert call.acts == ()


def test_words_cut_a_prompt_short_also_behind_a_key_that_was_sent() -> None:
    asks = {"action": "input", "type": ["speech"], "eventUrl": URL}
    endless = {**TALK, "loop": 0, "bargeIn": True}
    _, call = played([LISTENS, endless, asks], [Presses("1"), Says("sales", early=True), HangsUp()])
    assert [(each.what, each.cut) for each in call.happened if each.what in ("hears", "presses")] == [
        ("hears", True),
        ("presses", False),
    ]


def _times(table_told: list[Any]) -> list[float]:
    """When each key was sent, from the first event of the call on."""
    return [round(each.at - table_told[0].at, 2) for each in table_told if each.kind == "input"]


LONG: dict[str, Any] = {"action": "talk", "text": "a" * 90}
"""Six seconds of words."""


@pytest.mark.parametrize(
    ("actions", "script", "times"),
    [
        ([LISTENS, LONG, WAIT], [Presses("12", pause=3)], [1, 4]),  # as fast as they are pressed
        ([LISTENS, LONG, WAIT], [Presses("123", pause=4)], [1, 5, 9]),  # also where something else is heard meanwhile
        ([LISTENS, LONG, WAIT], [Presses("1"), Presses("2"), Presses("3")], [1, 7, 8]),  # one step for each thing heard
        ([LISTENS, LONG], [Presses("1"), Presses("2"), Presses("34")], [1, 2, 3, 3.5]),  # all, where nothing follows
        ([LISTENS, WAIT], [Presses("12", pause=6), Presses("3")], [1, 7, 8]),
        ([LISTENS, TALK], [Presses("12")], [0.2, 0.3]),  # in time, however short that is
    ],
)
def test_each_key_is_sent_when_it_is_pressed(
    actions: list[dict[str, Any]], script: list[Act], times: list[float]
) -> None:
    table, call = played(actions, script)
    assert _times(table.told) == times
    assert call.losses == ()
    assert [each.at for each in call.happened] == sorted(each.at for each in call.happened)


def test_keys_for_which_a_call_is_too_short_are_lost() -> None:
    table, call = played([LISTENS, LONG], [Presses("123", pause=3)])
    assert _times(table.told) == [1, 4]
    assert [each.told for each in call.losses] == ["the key `3` is lost: nothing more is asked"]


def test_a_key_whose_ncco_is_played_cuts_short_what_is_heard() -> None:
    table = Table({"answer": [LISTENS, LONG, TALK], URL[0]: [{"action": "talk", "text": "It is for you."}]})
    call = play(table, [Presses("1")], Call(supposed=frozenset({"single-answered"})))
    assert [(each.said[:5], round(each.seconds, 2), each.cut) for each in call.happened if each.what == "hears"] == [
        ("aaaaa", 1, True),
        ("It is", 0.93, False),
    ]
