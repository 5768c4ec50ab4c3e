"""The platform double calls others as the reference says: outcomes, webhooks, whispers, machines, several parties."""

from __future__ import annotations

import pytest
from played import Table, happened, played, said

from flowc.caller.platform import connecting, undecided
from flowc.caller.platform.application import Call
from flowc.caller.platform.inside import Inside
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Connects, HangsUp, Presses, Waits
from flowc.compiler import compile
from flowc.text.source import Source

URL = "https://e.com/next"


def _talk(text: str) -> dict[str, object]:
    return {"action": "talk", "text": text}


def _connects(**fields: object) -> dict[str, object]:
    return {"action": "connect", "endpoint": [{"type": "phone", "number": "447700900100"}], **fields}


@pytest.mark.parametrize("outcome", ["busy", "timeout", "unanswered", "rejected", "failed"])
def test_a_synchronous_call_that_fails_goes_on_with_the_ncco_for_its_outcome(outcome: str) -> None:
    action = _connects(eventType="synchronous", timeout=20, eventUrl=[URL])
    table, call = played([action, _talk("No NCCO.")], [Connects(outcome, "why")], next=[_talk("Nobody.")])
    assert said(call, "hears") == ["Nobody."]
    webhook = next(each for each in table.asked if each.kind == "connect")
    assert (webhook.data["status"], webhook.data["detail"]) == (outcome, "why")
    assert call.happened[-1].at == pytest.approx((20 if outcome == "timeout" else 0) + 7 / 15)
    assert played([action], [Connects("unanswered", "timeout")])[1].seconds == 20
    assert said(played([action, _talk("On.")], [Connects(outcome)])[1], "hears") == ["On."]


def test_an_answered_synchronous_call_is_talked_to_its_end() -> None:
    action = _connects(eventType="synchronous", limit=30, eventUrl=[URL])
    table, call = played([action, _talk("Not heard.")], [Connects(seconds=10)], next=[_talk("Not either.")])
    assert (said(call, "hears"), call.ended, call.seconds) == ([], "the callee hangs up", 10)
    assert played([action], [Connects(seconds=100)])[1].ended == "the time for the call is over"
    statuses = [each.data["status"] for each in table.told]
    assert statuses == ["started", "ringing", "answered", "started", "ringing", "answered", "completed", "completed"]


def test_a_plain_call_goes_on_into_the_conversation() -> None:
    _, call = played([_connects(), _talk("You are both here.")], [Connects(seconds=10)])
    assert happened(call)[1:] == [
        ("outcome", "answered", 0.0),
        ("hears", "You are both here.", 1.2),
        ("talks", "", 10),
        ("ended", "the callee hangs up", 0.0),
    ]


def test_a_callee_hears_the_whisper_and_the_keys_first() -> None:
    endpoint = {"type": "phone", "number": "447700900100", "dtmfAnswer": "1p2", "onAnswer": {"url": URL}}
    action = {"action": "connect", "endpoint": [endpoint], "from": "442079460000"}
    table, call = played([action], next=[_talk("A caller.")])
    assert happened(call)[2:4] == [("sends", "1p2", 1.5), ("callee hears", "A caller.", 0.6)]
    asked = next(each for each in table.asked if each.kind == "whisper")
    assert (asked.method, asked.data["from"], asked.data["to"]) == ("GET", "442079460000", "447700900100")


@pytest.mark.parametrize(
    ("fields", "heard", "status"),
    [
        ({"machineDetection": "continue"}, ["A machine."], "machine"),
        ({"machineDetection": "hangup"}, ["A machine."], "machine"),
        ({"advancedMachineDetection": {"behavior": "continue", "mode": "detect"}}, ["A machine."], "machine"),
        ({}, [], "completed"),
    ],
)
def test_a_machine_is_told_of_where_one_is_listened_for(
    fields: dict[str, object], heard: list[str], status: str
) -> None:
    action = _connects(eventType="synchronous", eventUrl=[URL], **fields)
    table, call = played([action], [Connects("machine")], next=[_talk("A machine.")])
    assert said(call, "hears") == heard
    asked = [each.data for each in (*table.asked, *table.told) if each.data.get("status") == "machine"]
    assert [("call_uuid" in each, "uuid" in each) for each in asked] == [(True, False)] * len(heard)


def _websocket(**fields: object) -> dict[str, object]:
    endpoint = {"type": "websocket", "uri": "wss://e.com/s", "content-type": "audio/l16;rate=8000", "headers": {"a": 1}}
    return {"action": "connect", "endpoint": [endpoint], "eventType": "synchronous", "eventUrl": [URL], **fields}


@pytest.mark.parametrize("outcome", ["unanswered", "failed", "disconnected"])
def test_a_websocket_tells_its_headers_and_goes_on_without_an_ncco(outcome: str) -> None:
    table, call = played([_websocket(), _talk("To an agent.")], [Connects(outcome, seconds=30)])
    assert said(call, "hears") == ["To an agent."]
    asked = next(each for each in table.asked if each.kind == "connect")
    assert (asked.data["status"], asked.data["headers"]) == (outcome, {"a": 1})
    assert call.remarks == ()  # this much is written


def test_that_a_phone_goes_on_without_an_ncco_is_by_analogy() -> None:
    for outcome in ("busy", "cancelled"):
        _, call = played([_connects(eventType="synchronous", eventUrl=[URL]), _talk("On.")], [Connects(outcome)])
        assert said(call, "hears") == ["On."]
        assert call.remarks == (undecided.BY_ANALOGY,)


def test_a_plain_call_that_fails_rests_on_nothing_where_nothing_follows() -> None:
    assert played([_connects()], [Connects("busy")])[1].remarks == ()
    assert played([_connects(), _talk("On.")], [Connects("busy")])[1].remarks == (undecided.FAILED,)


@pytest.mark.parametrize(("outcome", "told"), [("busy", True), ("unanswered", True), ("timeout", False)])
def test_statuses_that_have_a_sip_code_say_it(outcome: str, told: bool) -> None:
    table, _ = played([_connects()], [Connects(outcome)])
    (data,) = [each.data for each in table.told if each.data.get("status") == outcome]
    assert ("sip_code" in data) == told


def test_a_machine_tells_of_its_beep() -> None:
    action = _connects(
        eventType="synchronous",
        eventUrl=[URL],
        advancedMachineDetection={"behavior": "continue", "mode": "detect_beep"},
    )
    table, _ = played([action], [Connects("machine", "beep_start")])
    (data,) = [each.data for each in table.asked if each.data.get("status") == "machine"]
    assert (data["sub_state"], "detail" in data) == ("beep_start", False)


@pytest.mark.parametrize(("mode", "seconds"), [("detect", connecting.DETECTING), ("default", 0.0)])
def test_detection_that_holds_the_call_up_is_silence(mode: str, seconds: float) -> None:
    _, call = played([_connects(advancedMachineDetection={"mode": mode})], [Connects(seconds=0)])
    assert call.seconds == seconds


@pytest.mark.parametrize("fields", [{}, {"eventType": "synchronous", "eventUrl": [URL]}])
def test_a_call_that_ends_at_a_machine_leaves_the_caller_with_what_follows(fields: dict[str, object]) -> None:
    action = _connects(machineDetection="hangup", **fields)
    table, call = played([action, _talk("Nobody.")], [Connects("machine")])
    assert said(call, "hears") == ["Nobody."]
    assert undecided.MACHINE in call.remarks
    mine, theirs = [each.data for each in table.told if each.data["status"] == "completed"][::-1]
    assert (theirs["direction"], theirs["disconnected_by"], mine["direction"]) == ("outbound", "platform", "inbound")


def test_several_parties_talk_until_one_leg_is_left() -> None:
    second = {**_connects(), "endpoint": [{"type": "phone", "number": "447700900101"}]}
    table, call = played([_connects(), second, _talk("All are here.")], [Connects(seconds=30), Connects(seconds=10)])
    assert call.ended == "the callee hangs up"
    assert call.seconds == pytest.approx(30 + 13 / 15)
    legs = [(each.data["to"], each.data["duration"]) for each in table.told if each.data["status"] == "completed"]
    assert legs == [("447700900101", "11"), ("447700900100", "31"), ("442079460000", "31")]
    ends = [each for each in table.told if each.data["status"] == "completed"]
    assert [each.data["end_time"] for each in ends] == [each.body["timestamp"] for each in ends]
    for seconds in (5, 9000):  # each leg ends once, however the call does
        table, _ = played([_connects(), second], [Connects(seconds=seconds), Connects(seconds=9000), HangsUp()])
        assert sum(each.data["status"] == "completed" for each in table.told) == 3
    _, call = played([_connects(), second], [Connects(seconds=30), Connects(seconds=10, by="caller")])
    assert (call.ended, call.seconds) == ("the caller hangs up", 10)


def test_who_was_still_there_when_the_caller_left_has_a_last_event_too() -> None:
    asks = {"action": "input", "type": ["dtmf"], "eventUrl": [URL]}
    table, call = played([_connects(), asks], [Connects(), HangsUp()])
    assert call.ended == "the caller hangs up"
    legs = [(each.data["direction"], each.data["disconnected_by"]) for each in table.told[-2:]]
    assert legs == [("outbound", "platform"), ("inbound", "user")]


def test_who_ended_a_call_is_told_of_each_leg() -> None:
    for script, by in (
        ([Connects(seconds=5)], ["user", "platform"]),
        ([Connects(seconds=5, by="caller")], ["user", "user"]),
        ([Connects(seconds=50)], ["platform", "platform"]),
    ):
        table, _ = played([_connects(limit=20)], script)
        assert [each.data["disconnected_by"] for each in table.told if each.data["status"] == "completed"] == by


def test_a_question_may_stand_in_a_conversation_of_two() -> None:
    asks = {"action": "input", "type": ["dtmf"], "dtmf": {"maxDigits": 1}, "eventUrl": [URL]}
    script = [Connects(seconds=20), Presses("1"), Waits()]
    _, call = played([_connects(), asks], script, next=[_talk("Press.")])
    assert [(what, text) for what, text, _ in happened(call)] == [
        ("connects", "447700900100"), ("outcome", "answered"), ("asks", "keys"), ("presses", "1"),
        ("hears", "Press."), ("talks", ""), ("ended", "the callee hangs up"),
    ]  # fmt: skip


def test_a_compiled_whisper_is_heard_and_its_url_is_no_fault() -> None:
    text = "flow: a\nsteps: {main: [{connect: {phone: 447700900100, onAnswer: A call from the website.}}]}\n"
    program = compile(Source("a.flow.yml", text)).program
    assert program is not None
    call = play(Inside(program), [Connects()])
    assert said(call, "callee hears") == ["A call from the website."]
    assert call.remarks == ()


def test_a_caller_who_hangs_up_while_it_rings_leaves_the_callee_a_cancelled_call() -> None:
    for fields, kind in (({}, "event"), ({"eventType": "synchronous", "eventUrl": [URL]}, "connect")):
        table, call = played([_connects(**fields), _talk("On.")], [Connects("ringing", seconds=7), HangsUp()])
        statuses = [each.data["status"] for each in table.told if each.data["direction"] == "outbound"]
        assert (statuses, table.told[-2].kind) == (["started", "ringing", "cancelled"], kind)
        assert (call.ended, call.seconds, said(call, "hears")) == ("the caller hangs up", 7, [])
        assert call.remarks == (undecided.RINGING,)


@pytest.mark.parametrize(
    ("detail", "given", "told", "seconds"),
    [
        ("", 60, "beep_start", connecting.DETECTING),
        ("beep_start", 60, "beep_start", connecting.DETECTING),
        ("beep_timeout", 60, "beep_timeout", 60),
        ("beep_timeout", None, "beep_timeout", 45),
    ],
)
def test_a_machine_whose_tone_does_not_come_is_told_of_when_its_time_is_over(
    detail: str, given: int | None, told: str, seconds: float
) -> None:
    detection = {"mode": "detect_beep", **({"beep_timeout": given} if given is not None else {})}
    action = _connects(eventType="synchronous", eventUrl=[URL], advancedMachineDetection=detection)
    table, call = played([action], [Connects("machine", detail)], next=[_talk("A machine.")])
    (asked,) = [each for each in table.asked if each.data.get("status") == "machine"]
    assert asked.data["sub_state"] == told
    assert asked.at == pytest.approx(call.happened[0].webhook.at + seconds)  # type: ignore[union-attr]
    assert (undecided.TONE in call.remarks) == (detail == "beep_timeout")


def test_a_plain_call_to_a_websocket_goes_on_at_the_answer_also_where_it_is_lost_later() -> None:
    action = {key: value for key, value in _websocket().items() if key not in ("eventType", "eventUrl")}
    for outcome, why in (("answered", "the callee hangs up"), ("disconnected", "the websocket is lost")):
        table, call = played([action, _talk("Behind.")], [Connects(outcome, seconds=20)])
        assert [each.at for each in call.happened if each.what == "hears"] == [0.0]
        assert (call.ended, call.remarks) == (why, (undecided.PLAIN,))
        legs = [each.data for each in table.told if each.data["direction"] == "outbound"]
        assert legs[-1]["status"] == ("completed" if outcome == "answered" else "disconnected")
    assert legs[-1]["headers"] == {"a": 1}
    assert table.told[-2].at - table.told[0].at == pytest.approx(20 + 7 / 15)


def test_where_a_plain_call_is_supposed_to_be_waited_for_one_that_is_lost_goes_on_then() -> None:
    action = {key: value for key, value in _websocket().items() if key not in ("eventType", "eventUrl")}
    table = Table({"answer": [action, _talk("Behind.")]})
    call = play(table, [Connects("disconnected", seconds=20)], Call(supposed=frozenset({"connect-waits"})))
    assert [each.at for each in call.happened if each.what == "hears"] == [20.0]
    assert [each.data["status"] for each in table.told if each.data["direction"] == "outbound"][-1] == "disconnected"
