"""What a call carries from one webhook to the next: what is read from there on."""

from __future__ import annotations

import pytest
from call_time import program

from flowc.program.carried import carried, only
from flowc.program.machine import State
from flowc.program.program import Program

FLOW = """
    flow: main
    failure: {talk: Sorry.}
    steps:
      start:
        - input: {prompt: Account?, pattern: '[0-9]{8}', save: account, otherwise: bye}
        - request: {url: "https://crm.example.com/{{ vars.account }}", save: customer, otherwise: bye}
        - talk: "Hello {{ vars.customer.name }}."
        - menu:
            prompt: "Press 1."
            options: {1: sales}
            otherwise: bye
      sales:
        - set: {said: "{{ vars.customer.tier }} {{ call.from }}"}
        - connect: {phone: "447700900100", otherwise: again}
      again:
        - talk: "{{ vars.said }}"
        - input: {prompt: Code?, pattern: '[0-9]{2}', save: code, otherwise: bye}
        - talk: "{{ vars.code }}"
      bye:
        - hangup: Goodbye.
"""


@pytest.fixture(scope="module")
def played() -> Program:
    return program(FLOW)


def test_what_is_read_from_a_wait_on_is_carried_there(played: Program) -> None:
    read = carried(played)
    assert read.waits["start"] == {("call", "from")}
    assert read.waits["start.4"] == {("call", "from"), ("vars", "customer", "tier")}
    assert read.waits["sales.2"] == {("vars", "said")}
    assert read.waits["again.2"] == frozenset()


def test_nothing_else_is_kept() -> None:
    customer = {"name": "Ada", "tier": "gold", "notes": "x" * 6000, "lines": [{"a": 1}]}
    state = State({"from": "4477", "to": "44"}, {"customer": customer, "code": "12"}, {"code": 2}, 0.5)
    assert only(state, []) == State(asked={"code": 2})
    read = [("vars", "customer", "tier"), ("call", "from"), ("vars", "customer", "lines", "0", "b"), ("vars", "nobody")]
    kept = State({"from": "4477"}, {"customer": {"tier": "gold", "lines": [{"a": 1}]}}, {"code": 2})
    assert only(state, read) == kept
    assert only(state, [("vars",), ("confidence",)]) == State({}, state.vars, {"code": 2}, 0.5)
