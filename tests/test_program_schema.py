"""Programs as data: what is written fits the published schema, and comes back."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import acme, shop, talk

from flowc.program.codec import decode, encode
from flowc.program.program import Document, Program

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "program.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def opened() -> Program:
    return Program("open", "main", {"main": Document((talk("{{ params.x }}"),), open=("x",))}, {})


PROGRAMS = [acme(), shop(), opened()]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda each: each.flow)
def test_a_program_fits_the_schema_and_comes_back(program: Program) -> None:
    data = json.loads(json.dumps(encode(program)))
    VALIDATOR.validate(data)
    assert decode(data) == program


def test_needs_are_said_with_the_wait_that_has_them() -> None:
    assert encode(acme())["needs"] == [
        {"need": "file"},
        {"need": "answer", "by": "main"},
        {"need": "answer", "by": "code"},
        {"need": "outcome", "by": "sales"},
    ]


def test_a_question_that_listens_needs_words() -> None:
    program = acme()
    asked = program.waits["code"]._replace(question=({"action": "input", "type": ["dtmf", "speech"]},))
    needs = encode(program._replace(waits={**program.waits, "code": asked}))["needs"]
    assert {"need": "words", "by": "code"} in needs


@pytest.mark.parametrize(("number", "age"), [(0, "an older"), (1, "an older"), (99, "a newer")])
def test_another_format_is_refused_with_a_sentence(number: int, age: str) -> None:
    data = {**encode(acme()), "format": number}
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(ValueError, match=rf"this program is of {age} format, {number}: this flowc reads format 2; \w+"):
        decode(data)


@pytest.mark.parametrize("data", [None, [], {}, {"format": "1"}, {"format": True}, {"format": 2}, "x"])
def test_what_is_no_program_is_refused_with_a_sentence(data: object) -> None:
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(ValueError, match="this is no program that flowc can read"):
        decode(data)


def test_a_program_that_names_what_it_has_not_is_refused() -> None:
    for key in ("start", "failure"):
        with pytest.raises(ValueError, match="there is no document `x`"):
            decode({**encode(acme()), key: "x"})
    lost = acme()._replace(waits={})
    with pytest.raises(ValueError, match="there is no wait `main`"):
        decode(encode(lost))


BROKEN: list[tuple[tuple[str, ...], object]] = [
    (("flow",), "no slug!"),
    (("start",), 1),
    (("documents",), {}),
    (("documents", "main"), []),
    (("documents", "main", "actions"), [{}]),
    (("documents", "main", "actions"), [1]),
    (("documents", "main", "attempt"), 0),
    (("documents", "main", "then"), "x"),
    (("waits", "main", "on"), "words"),
    (("waits", "main", "question"), []),
    (("waits", "main", "failures"), []),
    (("waits", "main", "failures"), [{"noInput": "main"}]),
    (("waits", "main", "exits"), {"1": 2}),
    (("waits", "sales", "failures"), [{"noInput": "main", "noMatch": "main"}]),
    (("needs",), ["file"]),
    (("extra",), 1),
]


@pytest.mark.parametrize(("path", "value"), BROKEN)
def test_a_program_with_a_mistake_does_not_fit_the_schema(path: tuple[str, ...], value: object) -> None:
    data: Any = json.loads(json.dumps(encode(acme())))
    here = data
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    assert not VALIDATOR.is_valid(data)


_VALUE = st.sampled_from([None, True, 0, 1, 2.0, "", "main", "x", "answer", [], ["x"], {}, {"main": "main"}])


def _paths(value: object, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *[path for key, each in items for path in _paths(each, (*here, key))]]


@given(st.data())
def test_a_mutated_program_is_read_or_refused_with_a_sentence(data: st.DataObject) -> None:
    program: Any = json.loads(json.dumps(encode(acme())))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([each for each in _paths(program) if each]))
        here = program
        for key in path[:-1]:
            here = here[key]
        if data.draw(st.booleans()):
            del here[path[-1]]
        else:
            here[path[-1]] = copy.deepcopy(data.draw(_VALUE))
    before = copy.deepcopy(program)
    fits = VALIDATOR.is_valid(program)
    try:
        read = decode(program)
    except ValueError as error:
        lost = "this is no program that flowc can read: there is no "  # a name: no schema can see that
        assert str(error).startswith(lost) or not fits
        assert str(error).startswith(("this is no program", "this program is of"))
    else:
        assert decode(json.loads(json.dumps(encode(read)))) == read
    assert program == before
