"""Programs that would hold a caller, or whoever rehearses one, up: they are cut off, and it is said why."""

from __future__ import annotations

import gzip
import json
import socket
from pathlib import Path

import pytest
from dialled import FALLBACK, QUICK, TALK, dialled, menu
from played import played, said
from small_servers import Badly, answers, serving

from flowc.caller.platform import undecided
from flowc.caller.platform.application import Call, of_its_own
from flowc.caller.platform.delivery import HUNG, Hosted, Setup
from flowc.caller.platform.pace import AT_ONCE, MOST_AT_ONCE
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Act, Connects, Presses, Waits

NOTIFY = {"action": "notify", "payload": {"a": 1}}
ZIPPED = gzip.compress(TALK.encode())


@pytest.mark.parametrize(
    "action", [NOTIFY, {"action": "input", "type": ["dtmf"], "dtmf": {"timeOut": 0}}], ids=["notify", "input"]
)
def test_a_server_that_leads_round_and_round_is_soon_left_alone(action: dict[str, object]) -> None:
    def again(link: socket.socket) -> None:
        answers(json.dumps([{**action, "eventUrl": [server.url]}]))(link)

    with serving(again) as server:
        call = dialled(server.url, *[Waits()] * 1000)
        assert len(server.asked) == MOST_AT_ONCE
    assert call.ended == f"it goes round and round: {MOST_AT_ONCE} webhooks in 0 s"


def test_a_program_that_is_asked_again_and_again_while_time_goes_by_is_played() -> None:
    notify = {**NOTIFY, "eventUrl": ["https://e.com/next"]}
    _, call = played([notify], next=[{"action": "wait", "timeout": 10}, notify])
    assert call.ended == "it has reached the longest time that a call may last"


def test_many_who_are_busy_are_called_one_after_the_other() -> None:
    phone = {"type": "phone", "number": "447700900100"}
    calls = {"action": "connect", "eventType": "synchronous", "endpoint": [phone], "eventUrl": ["https://e.com/next"]}
    table, call = played([calls] * 60, [Connects("busy")] * 60)
    assert call.ended == "there is nothing more to play"
    assert sum(each.kind == "connect" for each in table.asked) == 60


def test_a_long_ncco_is_not_taken_for_one_that_leads_round_and_round() -> None:
    _, call = played([{"action": "wait", "timeout": 0.1}] * 10_001)
    assert call.ended == "its NCCO is too long: 10000 actions were played"


def test_the_limits_are_those_of_the_page() -> None:
    page = " ".join((Path(__file__).parents[1] / "docs" / "calls.md").read_text(encoding="utf-8").split())
    assert (HUNG, f"{AT_ONCE:g}") == (2, "10")
    assert "gave no answer in time in two calls is not asked again" in page
    assert f"asked more than {MOST_AT_ONCE} times within ten seconds of a call" in page


def _hangs(link: socket.socket) -> None:
    link.settimeout(5)
    link.recv(1)


def _several(hosted: Hosted, *scripts: Act) -> list[str]:
    """How calls end, each of its own."""
    return [play(hosted, [each], of_its_own(Call())).ended for each in scripts]


def test_a_server_that_hung_in_other_calls_is_not_waited_for_in_each() -> None:
    with serving(_hangs) as bad:
        calls = _several(Hosted(Setup(bad.url, answer_limits=QUICK)), *[Waits()] * (HUNG + 5))
        assert len(bad.asked) == 2 * HUNG
    assert all("no answer in time" in each for each in calls)
    assert ["not asked" in each for each in calls] == [False] * HUNG + [True] * 5
    assert f"no answer in time (not asked, as in {HUNG} calls before)" in calls[-1]


def test_a_server_that_is_slow_once_is_asked_again() -> None:
    with serving(_hangs, _hangs, answers(TALK), _hangs, _hangs, answers(TALK)) as cold:
        calls = _several(Hosted(Setup(cold.url, answer_limits=QUICK)), *[Waits()] * 4)
    assert ["no answer in time" in each for each in calls] == [True, False, True, False]


def test_a_menu_that_hangs_costs_the_caller_the_same_time_when_it_is_not_asked() -> None:
    with serving(_hangs) as hook, serving(answers(menu(f"{hook.url}/menu?a=b"))) as first:
        hosted = Hosted(Setup(first.url, answer_limits=QUICK, event_limits=QUICK))
        calls = [play(hosted, [Presses("1")], of_its_own(Call())) for _ in range(HUNG + 1)]
        assert len(hook.asked) == 2 * HUNG
    assert {round(each.seconds, 3) for each in calls} == {round(calls[0].seconds, 3)}
    assert [said(each, "hears") for each in calls] == [["Press.", "Still here."]] * (HUNG + 1)


@pytest.mark.parametrize(
    ("does", "why", "remark"),
    [
        (
            answers(ZIPPED, 200, "application/json", "Content-Encoding: gzip"),
            "gzip-encoded",
            True,
        ),
        (answers(TALK, 200, "application/json", "Content-Encoding: GZIP"), "gzip-encoded", True),
        (answers(TALK, 200, "application/json", "Content-Encoding: br"), "br-encoded", True),
        (answers(ZIPPED), "gzip-encoded", True),
        (answers("[\xe9]".encode("latin-1")), "not UTF-8", False),
        (answers(TALK.encode("utf-16")), "not UTF-8", False),
        (answers(TALK.encode("utf-16-le")), "no JSON", False),
    ],
)
def test_what_comes_in_another_encoding_is_named(does: Badly, why: str, remark: bool) -> None:
    with serving(does) as first, serving(answers(FALLBACK)) as good:
        call = dialled(first.url, fallback_url=good.url)
    assert said(call, "hears") == ["Fallback."]
    assert said(call, "webhook")[0] == f"GET {first.url}: what came back is {why}"
    assert (undecided.ENCODED in call.remarks) == remark


@pytest.mark.parametrize(
    ("does", "remark"),
    [
        (answers(TALK, 200, "application/json", "Content-Encoding: identity"), False),
        (answers(TALK.encode("utf-8-sig")), True),
    ],
)
def test_a_byte_order_mark_is_told_of_and_no_encoding_is_none(does: Badly, remark: bool) -> None:
    with serving(does) as first:
        call = dialled(first.url)
    assert said(call, "hears") == ["Hello."]
    assert (undecided.MARK in call.remarks) == remark


@pytest.mark.parametrize(
    ("outcome", "seconds"),
    [
        (Connects("unanswered"), 20),
        (Connects("unanswered", "timeout"), 20),
        (Connects("timeout"), 20),
        (Connects("unanswered", "unavailable"), 0),
        (Connects("busy"), 0),
    ],
)
def test_who_is_not_there_rings_for_all_of_the_time(outcome: Connects, seconds: float) -> None:
    phone = {"type": "phone", "number": "447700900100"}
    assert played([{"action": "connect", "endpoint": [phone], "timeout": 20}], [outcome])[1].seconds == seconds


def test_of_sip_headers_only_those_are_told_that_the_platform_tells() -> None:
    headers = (("X-Account", "7"), ("x-lower", "a"), ("User-to-User", "u"), ("X-Nexmo-Z", "n"), ("Foo", "f"))
    told = Call(headers=headers).answer_data
    assert [each for each in told if each.startswith("SipHeader_")] == [
        "SipHeader_X-Account",
        "SipHeader_x-lower",
        "SipHeader_User-to-User",
    ]
