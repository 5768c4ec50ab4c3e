"""Programs of flows that need what only a call knows, as JSON: they come back equal, and what is none is refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest
from call_time import Call, answers, program
from hypothesis import given
from hypothesis import strategies as st
from referencing import Registry, Resource
from test_call_time_link import ASK, LANGUAGE_OF_RUNS, LINES, SHOP, TONGUES, USED
from test_call_time_machine import ACCOUNT, NOTIFIED, OUTCOMES, WORDS
from test_call_time_values import FLOW

from flowc.language.schema import facts
from flowc.program.codec import decode, encode
from flowc.program.machine import NOTHING
from flowc.program.program import Program

HOURS = """
flow: hours
timezone: Europe/London
hours:
  office: {open: {mon-fri: 09:00-17:30, 2026-12-24: closed}, holidays: [2026-12-25, GB]}
steps:
  main:
    - switch: {value: hours.office, cases: {open: open, closed: shut, holiday: shut}}
  open: {talk: "It is {{ now | time }}."}
  shut: {talk: "{{ today | date }} {{ random }} {{ confidence }}"}
"""

PROGRAMS: Mapping[str, Program] = {
    "account": program(ACCOUNT),
    "words": program(WORDS),
    "outcomes": program(OUTCOMES),
    "notified": program(NOTIFIED),
    "tongues": program(TONGUES),
    "shop": program(SHOP, USED),
    "languages": program(LANGUAGE_OF_RUNS, {"ask.flow.yml": ASK}),
    "lines": program(LINES, line="mobile", loud=False),
    "values": program(FLOW.replace("READ", "call.sip['X-Tag']")),
    "hours": program(HOURS),
}

_SCHEMA = facts.schema("program")
VALIDATOR = jsonschema.Draft202012Validator(
    _SCHEMA,
    registry=Registry().with_resources(
        [(f"{name}.schema.json", Resource.from_contents(facts.schema(name))) for name in ("program", "ncco")]
    ),
)


def data(played: Program) -> Any:
    return json.loads(json.dumps(encode(played)))


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_comes_back_equal_and_fits_its_schema(name: str) -> None:
    written = data(PROGRAMS[name])
    assert decode(written) == PROGRAMS[name]
    assert data(decode(written)) == written
    assert [each.message for each in VALIDATOR.iter_errors(written)] == []


def test_a_program_that_was_read_plays_as_the_one_that_was_written() -> None:
    for played in (PROGRAMS["account"], decode(data(PROGRAMS["account"]))):
        call = Call(played, answers({"tier": "gold", "name": "Ada"}))
        assert call.presses("1234") == ["You come first.", "Hello Ada."]


FILL = {"path": [0, "text"], "parts": ["a"]}
BROKEN: list[tuple[tuple[str | int, ...], object]] = [
    (("timezone",), "Nowhere/Atlantis"),
    (("timezone",), 1),
    (("hours",), []),
    (("hours",), {"x": {}}),
    (("keeps",), [1]),
    (("secrets",), "x"),
    (("documents", "main", "fills"), [FILL]),
    (("documents", "operator", "fills"), [{**FILL, "path": [1, "text"]}]),
    (("documents", "operator", "fills"), [{**FILL, "path": [-1, "text"]}]),
    (("documents", "operator", "fills"), [{**FILL, "path": [0, "nothing"]}]),
    (("documents", "operator", "fills"), [{**FILL, "path": [0, "text", 0]}]),
    (("documents", "operator", "fills"), [{**FILL, "path": []}]),
    (("documents", "operator", "fills"), [{**FILL, "path": [True, "text"]}]),
    (("documents", "operator", "fills"), [{**FILL, "path": [0.0, "text"]}]),
    (("documents", "operator", "fills"), [{**FILL, "into": []}]),
    (("documents", "operator", "fills"), [{**FILL, "into": "html"}]),
    (("documents", "operator", "fills"), [{**FILL, "types": ["text"]}]),
    (("documents", "operator", "fills"), [{**FILL, "types": "string"}]),
    (("documents", "operator", "fills"), [{**FILL, "parts": [1]}]),
    (("documents", "operator", "fills"), [{**FILL, "limits": {"maxLength": "x"}}]),
    (("documents", "operator", "fills"), [{**FILL, "limits": {"minimum": None}}]),
    (("documents", "operator", "fills"), [{**FILL, "limits": {"pattern": "("}}]),
    (("documents", "operator", "fills"), [{**FILL, "limits": {"enum": 1}}]),
    (("documents", "operator", "sets"), [{"path": "x", "parts": []}]),
    (("documents", "operator", "fails"), "nowhere"),
    (("documents", "operator", "chooses"), [{"if": "x", "goesOn": "main"}]),
    (("documents", "operator", "chooses"), [{"if": [], "goesOn": "nowhere"}]),
    (("documents", "main.2", "requests", "method"), "DELETE"),
    (("documents", "main.2", "requests", "method"), []),
    (("documents", "main.2", "requests", "url"), None),
    (("documents", "main.2", "requests", "timeout"), 0),
    (("documents", "main.2", "requests", "timeout"), True),
    (("documents", "main.2", "requests", "timeout"), "2"),
    (("documents", "main.2", "requests", "headers"), {"A": 1}),
    (("documents", "main.2", "requests", "when"), {"404": "nowhere"}),
    (("documents", "main.2", "requests", "otherwise"), "nowhere"),
    (("documents", "main.2", "requests", "fills"), [{"path": [0, "json"], "parts": []}]),
    (("documents", "main.2", "requests", "fills"), [{"path": [1, "url"], "parts": []}]),
    (("waits", "main", "pattern"), "("),
    (("waits", "main", "pattern"), "(?=a)a"),
    (("waits", "main", "pattern"), "(a)\\1"),
    (("waits", "main", "pattern"), "a{100000}"),
    (("waits", "main", "pattern"), 1),
    (("waits", "main", "save"), [1]),
    (("waits", "main", "failures"), []),
    (("waits", "main", "fills"), [{"path": [9, "text"], "parts": []}]),
]


@pytest.mark.parametrize(("path", "value"), BROKEN)
def test_a_program_with_a_mistake_is_refused_with_a_sentence(path: tuple[str | int, ...], value: object) -> None:
    broken = data(PROGRAMS["account"])
    owner = broken
    for key in path[:-1]:
        owner = owner[key]
    owner[path[-1]] = value
    with pytest.raises(ValueError, match=r"[a-z] [a-z]"):
        decode(broken)


def test_an_outcome_cannot_be_a_wrong_answer() -> None:
    broken = data(PROGRAMS["outcomes"])
    broken["documents"]["main.3"]["fails"] = "main.2"
    with pytest.raises(ValueError, match="takes no answer that could be wrong"):
        decode(broken)


_VALUE = st.sampled_from(
    [
        None,
        True,
        0,
        1,
        2.5,
        "",
        "main",
        "x",
        "answer",
        "(",
        [],
        ["x"],
        {},
        {"main": "main"},
        ["lit", 1],
        ["path", "vars"],
    ]
)


def _paths(value: object, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *[path for key, each in items for path in _paths(each, (*here, key))]]


@given(st.data())
def test_a_mutated_program_is_refused_or_plays(drawn: st.DataObject) -> None:
    written = data(PROGRAMS[drawn.draw(st.sampled_from(list(PROGRAMS)))])
    for _ in range(drawn.draw(st.integers(1, 3))):
        path = drawn.draw(st.sampled_from([each for each in _paths(written) if each]))
        owner = written
        for key in path[:-1]:
            owner = owner[key]
        if drawn.draw(st.booleans()):
            del owner[path[-1]]
        else:
            owner[path[-1]] = copy.deepcopy(drawn.draw(_VALUE))
    before = copy.deepcopy(written)
    try:
        read = decode(written)
    except ValueError as error:
        assert " " in str(error)
        return
    assert written == before
    assert decode(data(read)) == read
    call = Call(read, answers({"tier": "gold"}, 404, "x"), **{"from": "4477", "sip": {"X-Tag": "a"}})
    for keys in ("1", "1234", "", "*"):
        if call.reply.waits is None:
            return
        call.presses(keys)
        if call.reply.waits is not None:
            call.is_told("busy")
    assert call.actions != () and NOTHING["action"] == "wait"
