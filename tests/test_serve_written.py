"""What is made fast is what it was: leaves that are made ready once, paths that are read at once, JSON by orjson."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_call_time_values import ATTACKS
from trees import bindings, data, modes, templates, trees

from flowc.program.evaluate import evaluate, evaluator
from flowc.program.filling import UnusableError, filled
from flowc.program.known import Known
from flowc.program.machine import State
from flowc.program.program import Fill, Program
from flowc.program.understand import Event, kept
from flowc.program.values import Template, fill, filler, fit
from flowc.serve.reading import text_of
from flowc.serve.written import as_json

PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def plainly(value: object) -> object:
    """What Python's own writer makes of data, read again."""
    return json.loads(PLAIN(value).encode(errors="replace"))


@given(data.map(kept))
def test_json_is_what_python_would_write(value: object) -> None:
    assert repr(json.loads(text_of(value))) == repr(plainly(value))


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_texts_are_written_as_python_would(attack: str) -> None:
    actions = [{"action": "talk", "text": attack}, {"action": "notify", "payload": {attack: [attack, 2**70, 1e-9]}}]
    assert json.loads(as_json(actions)) == plainly(actions)


@given(
    st.lists(st.sampled_from(["vars", "a", "b", "0", ""]) | st.integers(-2, 2), max_size=3),
    st.dictionaries(st.sampled_from(["vars", "a", "b"]), data, max_size=3),
)
def test_a_path_that_is_read_at_once_is_what_it_is(keys: list[object], names: dict[str, object]) -> None:
    expression = ("path", "vars", *keys)
    assert repr(evaluator(expression)(names)) == repr(evaluate(expression, names))


@given(trees, bindings)
def test_so_is_every_expression(expression: tuple[object, ...], bound: dict[str, object]) -> None:
    names = {"params": bound}
    assert repr(evaluator(expression)(names)) == repr(evaluate(expression, names))


@given(templates, st.lists(bindings, min_size=2, max_size=4), modes)
def test_a_filler_remembers_nothing(template: Template, bound: list[dict[str, object]], mode: dict[str, bool]) -> None:
    once = filler(template, **mode)
    for each in [*bound, *reversed(bound)]:
        assert repr(once({"params": each})) == repr(fill(template, {"params": each}, **mode))


ACTIONS = (
    {"action": "talk", "text": "Hello.", "language": "en-GB"},
    {"action": "talk", "text": "The same."},
    {"action": "connect", "from": "", "endpoint": [{"type": "sip", "uri": "", "headers": {"one": "", "two": ""}}]},
)
PATHS = (
    (0, "text"),
    (2, "endpoint", 0, "headers", "one"),
    (2, "endpoint", 0, "uri"),
    (2, "endpoint", 0, "headers", "two"),
    (2, "from"),
)


def put(actions: Any, path: tuple[Any, ...], value: object) -> None:
    """Put a value at a path, the plain way."""
    for key in path[:-1]:
        actions = actions[key]
    actions[path[-1]] = value


def sayable(path: tuple[str | int, ...], value: object) -> object:
    """A value where it stands: what is said has no control characters."""
    if not isinstance(value, str) or path[1:] != ("text",):
        return value
    return "".join([each for each in value if each in "\t\n\r" or " " <= each != "\x7f"])


@given(st.lists(st.tuples(st.sampled_from(PATHS), templates), min_size=1, unique_by=lambda each: each[0]), bindings)
def test_leaves_are_filled_as_in_a_copy_of_everything(
    leaves: list[tuple[tuple[str | int, ...], Template]], bound: dict[str, object]
) -> None:
    fills = tuple([Fill(path, template, "text", ("string", "number", "null")) for path, template in leaves])
    before, known, wanted = deepcopy(ACTIONS), {"params": bound}, deepcopy(list(ACTIONS))
    values = [sayable(each.path, fit(fill(each.template, known), each.types)) for each in fills]
    if any(isinstance(value, bool | list | dict) for value in values):
        with pytest.raises(UnusableError):
            filled(ACTIONS, fills, known)
    else:
        for each, value in zip(fills, values, strict=True):
            put(wanted, each.path, value)
        heard = [each for each in wanted if each["action"] != "talk" or str(each.get("text", "")).strip()]
        assert repr(filled(ACTIONS, fills, known)) == repr(tuple(heard))
        assert repr(filled(ACTIONS, fills, known)) == repr(tuple(heard))
    assert before == ACTIONS


def test_a_value_that_does_not_fit_leaves_the_program_as_it_was() -> None:
    unfit = Fill(PATHS[1], Template((("path", "vars", "x"),)), "text", ("number",))
    before = deepcopy(ACTIONS)
    with pytest.raises(UnusableError):
        filled(ACTIONS, (unfit, Fill(PATHS[2], Template(("said",)))), {"vars": {"x": "no number"}})
    assert before == ACTIONS


def test_secrets_are_known_only_where_they_may_go() -> None:
    program = Program("acme", "main", {}, {}, secrets=("key",), params={"key": "x", "name": "y"})
    state = State(call={"from": "1"}, vars={"a": 1}, confidence=0.5)
    known = Known(program, state, Event(now=1_790_000_000.9999999, random=0.25))
    assert dict(known) == {
        "params": {"name": "y"},
        "call": {"from": "1"},
        "vars": {"a": 1},
        "confidence": 0.5,
        "random": 0.25,
        "hours": {},
        "now": "2026-09-21T14:13:21+00:00",
        "today": "2026-09-21",
        "clocks": {},
    }
    assert Known(program, state, Event(), with_secrets=True)["params"] == {"key": "x", "name": "y"}
    assert known.get("nobody", 1) == 1 and "nobody" not in known
