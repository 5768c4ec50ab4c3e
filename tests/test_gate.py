"""The generated gate is fresh, and takes exactly what jsonschema with the schema's own rules finds no fault with."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from shapes import FLOW, JSON, NCCO, mutant

from flowc.language.schema import gate, shape
from scripts.gate import TARGET, source

GATES: dict[str, tuple[Callable[[object], bool], Any]] = {
    "ncco": (gate.ncco, NCCO),
    "template": (gate.template, NCCO),
    "flow": (gate.flow, FLOW),
}


def test_the_gate_is_what_its_generator_writes() -> None:
    assert ast.dump(ast.parse(source())) == ast.dump(ast.parse(TARGET.read_text(encoding="utf-8"))), (
        "a schema has changed: run `python -m scripts.gate`"
    )


@pytest.mark.parametrize("name", GATES)
def test_what_is_right_passes_the_gate(name: str) -> None:
    passes, right = GATES[name]
    assert list(shape.faults(name, right)) == []
    assert passes(right)


@pytest.mark.parametrize("name", GATES)
def test_the_gate_and_jsonschema_agree_on_mutants(name: str) -> None:
    passes, right = GATES[name]
    chance = random.Random(20250101)
    seen = {True: 0, False: 0}
    for _ in range(1500):
        whole = [chance.choice(right)] if isinstance(right, list) else right
        for _ in range(chance.randint(1, 2)):
            whole = mutant(whole, chance)
        verdict = not any(shape.faults(name, whole))
        assert passes(whole) is verdict, whole
        seen[verdict] += 1
    assert min(seen.values()) > 100


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_the_gate_and_jsonschema_agree_on_anything(data: Any) -> None:
    for name, (passes, _) in GATES.items():
        assert passes(data) is not any(shape.faults(name, data))
