"""Who is called and which room it is, where only a call knows: a value that would reach nobody takes the other way."""

from __future__ import annotations

from typing import Any

import pytest
from called import played

import flowc
from flowc.program.program import Wait
from flowc.program.understand import Event, good, heard

FLOW = """\
flow: desk
failure: {talk: Sorry.}
steps:
  main:
    - set: {n: "{{ call.sip['X-N'] }}"}
    - connect: {CONNECT, otherwise: other}
  other: {talk: Nobody could be reached.}
"""
ROOM = """\
flow: room
failure: {talk: Sorry.}
steps:
  main:
    - set: {n: "{{ call.sip['X-N'] }}"}
    - conversation: {name: "{{ vars.n }}"}
"""


def _first(text: str, value: str) -> dict[str, Any]:
    """The first action that a caller gets, whose SIP header has a value."""
    result = flowc.compile(text)
    assert result.program is not None, result.diagnostics
    [[first, *_]] = played(result.program, "https://ivr.example.com", {"headers": {"X-N": value}})
    assert isinstance(first, dict)
    return first


@pytest.mark.parametrize(
    ("connect", "good", "bad"),
    [
        ('phone: 447700900100, from: "{{ vars.n }}"', "447700900101", ["447700900101\n", "", "4477\r\n00900101"]),
        ('sip: "sip:{{ vars.n }}@example.com"', "jo", [""]),
        ('sip: {user: "{{ vars.n }}", domain: trunk}', "jo", ["", "jo\n", "jo@evil.example.com", "jo;x=1"]),
        ('app: "{{ vars.n }}"', "jo", ["", "jo\x00"]),
        ('vbc: "{{ vars.n }}"', "123", ["", "1\n"]),
    ],
)
def test_a_connect_that_would_reach_nobody_takes_its_otherwise(connect: str, good: str, bad: list[str]) -> None:
    flow = FLOW.replace("CONNECT", connect)
    assert _first(flow, good)["action"] == "connect"
    for each in bad:
        assert _first(flow, each) == {"action": "talk", "text": "Nobody could be reached."}, repr(each)


@pytest.mark.parametrize(
    "number",
    [
        "447700900123",
        "+447700900123",
        "+44 7700 900123",
        " +44 7700-900.123 ",
        "+44 (7700) 900/123",
        "+44\u00a07700\u00a0900123",
    ],
)
def test_a_number_as_people_write_it_is_dialled(number: str) -> None:
    for connect in ('phone: "{{ vars.n }}"', 'phone: {number: "{{ vars.n }}"}, from: "{{ vars.n }}"'):
        action = _first(FLOW.replace("CONNECT", connect), number)
        [endpoint] = action["endpoint"]
        assert (endpoint["number"], action.get("from", "447700900123")) == ("447700900123", "447700900123")


@pytest.mark.parametrize(
    "number",
    ["0044 7700 900123", "07700 900123", "+44 (0)7700 900123", "+44 7700 90012x", "44 7700 900123", "+", "+44"],
)
def test_what_may_be_another_number_is_not_dialled(number: str) -> None:
    action = _first(FLOW.replace("CONNECT", 'phone: "{{ vars.n }}"'), number)
    assert action == {"action": "talk", "text": "Nobody could be reached."}


@pytest.mark.parametrize("name", ["", "room\n1"])
def test_a_room_without_a_name_is_a_failure(name: str) -> None:
    assert _first(ROOM, "room 1") == {"action": "conversation", "name": "room 1"}
    assert _first(ROOM, name) == {"action": "talk", "text": "Sorry."}


@pytest.mark.parametrize("text", ['"Hello {{ vars.n }}"', '"{{ vars.n }}"', '"<speak>Hello {{ vars.n }}</speak>"'])
def test_what_nobody_can_hear_is_not_said(text: str) -> None:
    flow = ROOM.replace('conversation: {name: "{{ vars.n }}"}', f"talk: {text}")
    assert "{{ vars.n }}" in flow
    said = _first(flow, "Jo\x00\x1b[31m Doe\ttwo\nlines")["text"]
    assert "Jo[31m Doe\ttwo\nlines" in said


def test_a_key_is_one_that_a_telephone_has() -> None:
    wait = Wait("answer", (), {}, "next", pattern=r"\d{2}")
    keyed = heard(wait, Event(digits="٠١"))
    assert keyed is not None and not good(wait, keyed.text)
    words = heard(wait, Event(words=(("٠١", 0.9),)))
    assert words is not None and words.text == "٠١"
