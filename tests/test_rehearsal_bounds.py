"""How far all calls of a flow are looked for: each value that it compares, in one order; what is left out is said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flowc.caller.exploring import explore as exploring
from flowc.caller.exploring.choices import PAIRS_LEFT
from flowc.caller.exploring.explore import MOST_WAYS, explore
from flowc.caller.exploring.graph import Graph
from flowc.caller.platform.application import Call
from flowc.compiler import compile
from flowc.program.expected import fits

ROOT = Path(__file__).parents[1]
ASKS = """
flow: acme
steps:
  main:
    - request: {{url: "https://e.com/customers", save: customer, expect: {expect}, otherwise: other}}
    - {then}
{steps}  other: {{talk: Other.}}
"""


def _graph(text: str) -> Graph:
    compiled = compile(text)
    assert compiled.program is not None, compiled.diagnostics
    return explore(compiled.program, Call(), fits)


def _heard(graph: Graph) -> set[str]:
    stretches = [each for stretches in graph.stretches for each in stretches]
    return {each.said for one in stretches for each in one.happened if each.what == "hears"}


@pytest.mark.parametrize(
    ("kinds", "begins"),
    [
        (20, "switch: {value: call.from, cases: {%s}, otherwise: other}"),
        (60, "input: {prompt: Which?, dtmf: {maxDigits: 12}, save: which, otherwise: other}"),
    ],
)
def test_each_of_many_values_that_a_flow_compares_is_tried(kinds: int, begins: str) -> None:
    cases = ", ".join(f"'4477009001{at}': s{at}" for at in range(10, 10 + kinds))
    steps = "".join(f"  s{at}: {{talk: This is {at}.}}\n" for at in range(10, 10 + kinds))
    rest = f"    - switch: {{value: vars.which, cases: {{{cases}}}, otherwise: other}}\n" if "save" in begins else ""
    begins = begins % cases if "%s" in begins else begins
    graph = _graph(f"flow: acme\nsteps:\n  main:\n    - {begins}\n{rest}{steps}  other: {{talk: Other.}}\n")
    assert _heard(graph) >= {"Other.", *(f"This is {at}." for at in range(10, 10 + kinds))}
    assert graph.left == ()


def test_each_of_many_answers_of_a_server_is_tried() -> None:
    cases = ", ".join(f"t{at}: s{at}" for at in range(40))
    steps = "".join(f"  s{at}: {{talk: This is {at}.}}\n" for at in range(40))
    then = f"switch: {{value: vars.customer.tier, cases: {{{cases}}}, otherwise: other}}"
    expect = "{type: object, properties: {tier: {type: string}}}"
    graph = _graph(ASKS.format(expect=expect, then=then, steps=steps))
    assert _heard(graph) == {"Other.", *(f"This is {at}." for at in range(40))}
    assert graph.left == ()


def test_that_more_ways_lead_on_than_are_taken_is_said() -> None:
    cases = ", ".join(f"t{at}: s" for at in range(2 * MOST_WAYS))
    then = f"switch: {{value: vars.customer.tier, cases: {{{cases}}}, otherwise: other}}"
    expect = "{type: object, properties: {tier: {type: string}}}"
    graph = _graph(ASKS.format(expect=expect, then=then, steps="  s: {talk: One of many.}\n"))
    assert graph.left == (("main", f"{MOST_WAYS} ways on from one place"),)


@pytest.mark.parametrize(("values", "is_left"), [(2, False), (6, True)])
def test_that_not_all_pairs_of_values_are_tried_is_said(values: int, is_left: bool) -> None:
    first, second = (", ".join(f"{key}{at}: {to}" for at in range(values)) for key, to in (("a", "s"), ("b", "other")))
    expect = "{type: object, properties: {a: {type: string}, b: {type: string}}}"
    then = f"switch: {{value: vars.customer.a, cases: {{{first}}}, otherwise: s}}"
    steps = (
        f"  s:\n    - switch: {{value: vars.customer.b, cases: {{{second}}}, otherwise: t}}\n  t: {{talk: Another.}}\n"
    )
    graph = _graph(ASKS.format(expect=expect, then=then, steps=steps))
    assert (graph.left == (("main", PAIRS_LEFT),)) == is_left


def test_that_more_places_begin_with_a_document_than_are_gone_on_from_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "MOST_HERE", 8)
    cases = ", ".join(f"t{at}: s{at}" for at in range(12))
    asks = "{{menu: {{prompt: {0}?, options: {{1: main}}, otherwise: other}}}}"
    steps = "".join(f"  s{at}: {asks.format(at)}\n" for at in range(12))
    then = f"switch: {{value: vars.customer.tier, cases: {{{cases}}}, otherwise: other}}"
    expect = "{type: object, properties: {tier: {type: string}}}"
    graph = _graph(ASKS.format(expect=expect, then=then, steps=steps))
    assert sum(each.document == "main" for each in graph.stands) == 8
    assert ("main", "8 places of one document") in graph.left


def test_all_calls_of_a_flow_are_told_in_one_order() -> None:
    told = set()
    for seed in ("1", "2", "3"):
        command = [sys.executable, "-m", "flowc", "transcripts", "flows/helpline/helpline.flow.yml"]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        told.add(done.stdout)
    assert len(told) == 1
