"""Calls that the platform makes: what is told of them, when their NCCO is asked for, and that nobody may answer."""

from __future__ import annotations

import json

import pytest
from dialled import TALK, dialled
from played import Table, said
from small_servers import answers, serving

from flowc.caller.platform.application import Call
from flowc.caller.platform.connecting import FAILURES
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Connects, Presses

OURS, THEIRS = "442079460000", "447700900123"
CALL = Call(OURS, THEIRS, outbound=True)


def _statuses(table: Table) -> list[tuple[object, object]]:
    return [(each.data["status"], each.data["direction"]) for each in table.told]


def test_an_outbound_call_is_answered_before_its_ncco_is_asked_for() -> None:
    with serving(answers("")) as server, serving(answers(TALK)) as first:
        dialled(first.url, event_url=server.url, call=CALL)
        told = [json.loads(each.body) for each in server.asked]
        assert [each["status"] for each in told] == ["started", "ringing", "answered", "completed"]
        assert {(each["direction"], each["from"], each["to"]) for each in told} == {("outbound", OURS, THEIRS)}
        assert f"to={THEIRS}&from={OURS}&" in first.asked[0].path
    table = Table({"answer": [{"action": "talk", "text": "Hello."}]})
    call = play(table, [], CALL)
    order = [each.webhook.data.get("status", "answer") for each in call.happened if each.webhook]
    assert order == ["started", "ringing", "answered", "answer", "completed"]


@pytest.mark.parametrize("outcome", FAILURES)
def test_nothing_is_asked_for_a_call_that_nobody_answers(outcome: str) -> None:
    table = Table({"answer": [{"action": "talk", "text": "Hello."}]})
    call = play(table, [Presses("1")], CALL._replace(outcome=outcome))
    assert table.asked == []
    assert _statuses(table) == [(each, "outbound") for each in ("started", "ringing", outcome)]
    assert (said(call, "hears"), call.acts, call.ended) == ([], (), "nobody answers it")


@pytest.mark.parametrize("outcome", ["human", "machine"])
def test_whether_a_machine_answers_is_told_and_the_ncco_is_played_to_it(outcome: str) -> None:
    table = Table({"answer": [{"action": "talk", "text": "Hello."}]})
    call = play(table, [], CALL._replace(outcome=outcome))
    assert [each for each, _ in _statuses(table)] == ["started", "ringing", "answered", outcome, "completed"]
    (told,) = [each.data for each in table.told if each.data["status"] == outcome]
    assert (told["call_uuid"], "uuid" in told) == (CALL.uuid, False)
    assert said(call, "hears") == ["Hello."]


def test_a_call_that_comes_in_is_inbound() -> None:
    table = Table({"answer": [{"action": "talk", "text": "Hello."}]})
    play(table, [], Call())
    assert {direction for _, direction in _statuses(table)} == {"inbound"}


def test_others_are_called_under_the_number_of_the_application() -> None:
    action = {"action": "connect", "endpoint": [{"type": "phone", "number": "447700900100"}]}
    table = Table({"answer": [action]})
    play(table, [Connects("busy")], CALL)
    assert {each.data["from"] for each in table.told if each.data["to"] == "447700900100"} == {OURS}
