"""What of a flow is still looked at although something at its top is wrong."""

from __future__ import annotations

import pytest

from flowc.language.explained.left import Left, left
from flowc.language.schema import shape
from flowc.text import yaml
from flowc.text.diagnostics import Diagnostic
from flowc.text.source import Source


def looked(text: str) -> Left | None:
    said: list[Diagnostic] = []
    document = yaml.read(Source("acme.flow.yml", text), said.append)
    assert document is not None
    return left(document, shape.flow(document, said.append))


def data_of(found: Left | None) -> dict[str, object]:
    assert found is not None and isinstance(found.document.data, dict)
    return found.document.data


@pytest.mark.parametrize(
    ("wrong", "right"), [("step", "steps"), ("Steps", "steps"), ("nodes", "steps"), ("start_at", "start")]
)
def test_a_misspelt_key_is_looked_at_under_its_right_name_and_at_its_place(wrong: str, right: str) -> None:
    text = "flow: acme\nstart: main\nsteps: {main: {talk: Hello.}}\n".replace(f"{right}:", f"{wrong}:", 1)
    found = looked(text)
    data = data_of(found)
    assert {"flow", "start", "steps"} == set(data)
    assert found is not None and text[slice(*found.document.key(data, right).span)] == wrong
    steps = data["steps"]
    assert isinstance(steps, dict) and text[slice(*found.document.key(steps, "main").span)] == "main"


def test_only_the_wrong_parts_of_what_stands_by_name_are_left_out() -> None:
    text = "flow: acme\nparams: {a: {type: txt}, b: {type: text}}\nsteps: {main: {talk: Hello.}}\n"
    found = looked(text)
    data = data_of(found)
    assert found is not None and found.names == {"a"} and data["params"] == {"b": {"type": "text"}}
    params = data["params"]
    assert isinstance(params, dict) and text[slice(*found.document.value(params, "b").span)] == "{type: text}"


def test_a_value_that_is_wrong_as_a_whole_is_left_out() -> None:
    found = looked("flow: Acme Inc\nvoice: 5\ntimezone: [a]\nsteps: {main: {talk: Hello.}}\n")
    assert data_of(found) == {"flow": "flow", "steps": {"main": {"talk": "Hello."}}}
    assert found is not None and {"not-translated", "missing-time-zone"} <= found.hushed


def test_variables_that_were_meant_to_be_made_are_known() -> None:
    steps = "[{set: [x, 1]}, {input: {prompt: Who?, variable: who, otherwise: main}}, {talk: Hello.}]"
    found = looked(f"flow: acme\nsteps: {{main: {steps}}}\n")
    assert found is not None and found.names == {"x", "who"} and len(found.unsound) == 2


@pytest.mark.parametrize(
    "text", ["flow: acme\n", "flow: acme\nsteps: [a]\n", "flow: acme\nsteps: {}\n", "[1]\n", "flow\n"]
)
def test_without_steps_nothing_is_left(text: str) -> None:
    assert looked(text) is None


def test_of_a_sound_flow_everything_is_left() -> None:
    found = looked("flow: acme\nsteps: {main: {talk: Hello.}}\n")
    assert found is not None and not (found.unsound or found.hushed or found.names)
