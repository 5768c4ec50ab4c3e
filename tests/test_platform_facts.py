"""Facts of the platform's documents, each in a call: what an application is told, and what a caller meets."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from dialled import TALK, dialled
from played import Table, played, said
from small_servers import answers, serving

from flowc.caller.platform.application import Call
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Act, Connects, Joins, Presses, Records, Says, Waits

URL = ["https://e.com/next"]
HELLO: dict[str, Any] = {"action": "talk", "text": "Hello."}
KEYS: dict[str, Any] = {"action": "input", "type": ["dtmf"], "eventUrl": URL}
WORDS: dict[str, Any] = {"action": "input", "type": ["speech"], "eventUrl": URL}
PHONE: dict[str, Any] = {"type": "phone", "number": "447700900100"}
CALLS: dict[str, Any] = {"action": "connect", "endpoint": [PHONE]}


@pytest.mark.parametrize(
    ("action", "script", "told"),
    [
        (KEYS, Presses("12345"), {"digits": "1234", "timed_out": False}),
        (KEYS, Presses("123"), {"digits": "123", "timed_out": True}),
        ({**KEYS, "dtmf": {"maxDigits": "2"}}, Presses("123"), {"digits": "12", "timed_out": False}),
        ({**KEYS, "dtmf": {"submitOnHash": "true"}}, Presses("1#"), {"digits": "1", "timed_out": False}),
        ({**KEYS, "type": ["dtmf", "speech"]}, Says("two"), {"digits": None, "timed_out": False}),
        (WORDS, Waits(), {"digits": None, "timed_out": False}),
    ],
)
def test_a_question_has_the_documented_defaults_and_takes_texts_for_numbers(
    action: dict[str, Any], script: Act, told: dict[str, Any]
) -> None:
    assert played([action], [script])[0].asked[1].data["dtmf"] == told


@pytest.mark.parametrize(
    ("actions", "script", "seconds"),
    [
        ([KEYS], [Waits()], 3),
        ([{**KEYS, "dtmf": {"timeOut": "7"}}], [Waits()], 7),
        ([WORDS], [Waits()], 10),
        ([{"action": "wait"}], [], 10),
        ([CALLS], [Connects("timeout")], 60),
        ([{**CALLS, "timeout": "45"}], [Connects("timeout")], 45),
        ([CALLS], [Connects(seconds=9999)], 7200),
        ([{**CALLS, "limit": 30}], [Connects(seconds=100)], 30),
        ([{"action": "connect", "endpoint": [{**PHONE, "dtmfAnswer": "1pp2"}]}], [Connects(seconds=10)], 12),
        ([{"action": "stream", "streamUrl": ["https://e.com/a.mp3"], "loop": 2}], [], 10),
    ],
)
def test_times_are_the_documented_ones(actions: list[dict[str, Any]], script: list[Act], seconds: float) -> None:
    assert played(actions, script)[1].seconds == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("fields", "script", "told"),
    [
        (
            {"action": "record", "endOnSilence": 3, "eventUrl": URL, "eventMethod": "GET", "transcription": {}},
            Records(5),
            [("record", "GET", URL[0]), ("transcribed", "GET", URL[0])],
        ),
        (
            {"action": "record", "endOnSilence": 3, "transcription": {"eventUrl": ["https://e.com/t"]}},
            Records(5),
            [("record", "POST", None), ("transcribed", "POST", "https://e.com/t")],
        ),
        (
            {"action": "conversation", "name": "a", "record": True, "eventUrl": URL, "eventMethod": "get"},
            Joins(30),
            [("record", "GET", URL[0])],
        ),
    ],
)
def test_recordings_are_told_where_their_action_says(
    fields: dict[str, Any], script: Act, told: list[tuple[str, str, str | None]]
) -> None:
    table, _ = played([fields], [script])
    assert [(each.kind, each.method, each.url) for each in table.told if each.kind != "event"] == told
    data = next(each.body for each in table.told if each.kind == "record")
    assert not {"uuid", "status"} & data.keys()
    assert isinstance(data["size"], int)


def test_a_notify_says_nothing_of_who_calls() -> None:
    table, _ = played([{"action": "notify", "payload": {"a": 1}, "eventUrl": URL}])
    assert list(table.asked[1].body) == ["payload", "conversation_uuid", "timestamp"]


def test_a_user_of_the_app_has_a_name_and_no_number_in_whatever_is_told() -> None:
    table = Table({"answer": [KEYS]})
    play(table, [Presses("1")], Call(user="alice", endpoint="app"))
    of_the_caller = [*table.asked, *table.told]
    assert [("from" in each.data, each.data["from_user"]) for each in of_the_caller] == [(False, "alice")] * 6


def test_words_that_are_kept_have_a_url_and_their_confidence_is_a_text() -> None:
    keeps = {**WORDS, "speech": {"saveAudio": "true"}}
    table, _ = played([keeps, keeps], [Says("two", 0.94), Says("three")])
    first, second = (dict(each.data["speech"]) for each in table.asked[1:])  # type: ignore[call-overload]
    assert first["results"] == [{"confidence": "0.94", "text": "two"}]
    assert first["recording_url"].startswith("https://")
    assert first["recording_url"] != second["recording_url"]


def test_a_call_from_the_callers_number_goes_out_under_the_one_that_was_called() -> None:
    table, _ = played([CALLS, {**CALLS, "from": "447700900999"}], [Connects("busy"), Connects("busy")])
    told = [each.data for each in table.told if each.data["status"] == "busy"]
    assert [(each["from"], each["to"], each["direction"]) for each in told] == [
        (Call().to, PHONE["number"], "outbound"),
        ("447700900999", PHONE["number"], "outbound"),
    ]


@pytest.mark.parametrize("action", [{"action": "pay", "amount": 1}, {**KEYS, "eventUrl": URL[0]}, {"action": "hangup"}])
def test_what_is_no_action_or_has_no_list_where_one_is_wanted_is_turned_down(action: dict[str, Any]) -> None:
    assert played([HELLO, action])[1].ended.startswith("no NCCO answers it")


def test_a_question_without_a_url_of_its_own_asks_the_event_url_in_the_way_of_the_application() -> None:
    with serving(answers("")) as events:
        action = json.dumps([{"action": "input", "type": ["dtmf"]}, HELLO])
        with serving(answers(action)) as first:
            call = dialled(first.url, Presses("1"), answer_method="POST", event_url=events.url, event_method="GET")
            asked = json.loads(first.asked[0].body)
        told = [dict(parse_qsl(each.path.partition("?")[2], keep_blank_values=True)) for each in events.asked]
    assert said(call, "hears") == ["Hello."]
    assert list(asked)[:4] == ["to", "from", "conversation_uuid", "uuid"]
    assert [each.get("status") for each in told] == ["started", "ringing", "answered", None, "completed"]
    assert (told[2]["start_time"], told[2]["rate"], told[2]["network"], told[2]["headers"]) == (*["null"] * 3, "{}")
    assert json.loads(told[3]["dtmf"]) == {"digits": "1", "timed_out": True}


@pytest.mark.parametrize("status", [200, 201, 204, 205, 404, 500, 503])
def test_what_an_event_url_answers_changes_nothing_and_it_is_told_each_event_once(status: int) -> None:
    with serving(answers(TALK, status)) as events, serving(answers(json.dumps([HELLO]))) as first:
        call = dialled(first.url, event_url=events.url)
        assert [json.loads(each.body)["status"] for each in events.asked] == [
            "started",
            "ringing",
            "answered",
            "completed",
        ]
    assert said(call, "hears") == ["Hello."]


def test_what_a_get_says_stands_in_the_query_also_of_a_url_with_a_mark_in_it() -> None:
    with serving(answers(TALK)) as first:
        dialled(f"{first.url}/answer?a=b#c")
        assert first.asked[0].path.startswith(f"/answer?a=b&to={Call().to}&")


def test_a_fallback_that_is_asked_by_post_hears_what_the_first_one_heard() -> None:
    with serving(answers("", 500)) as first, serving(answers(TALK)) as second:
        call = dialled(first.url, fallback_url=second.url, fallback_method="POST")
        told = json.loads(second.asked[0].body)
    assert told["original_request"] == {"url": first.url, "type": "answer"}
    assert told.items() >= Call().answer_data.items()
    assert said(call, "hears") == ["Hello."]
