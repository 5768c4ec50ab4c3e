"""Calls that stand in one version while another is installed: each is answered, as far as that can be."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

pytest.importorskip("cryptography", reason="seals are made with cryptography")

from call_time import program

from flowc.program.program import Program
from flowc.serve import app
from flowc.serve.seal import Place, Seals
from tests.serve_host import ENVIRON, Hosted, listening
from tests.test_serve_calls import BASE, Caller

FLOW = """
    flow: desk
    failure: {talk: Sorry.}
    steps:
      main:
        - input: {prompt: Code?, pattern: '[0-9]{2}', save: code, otherwise: bye}
        - menu: {prompt: Press 1., options: {1: told}, otherwise: bye}
      told:
        - talk: "Code {{ vars.code }}."
        - connect: {phone: 447700900100, onAnswer: "This is {{ vars.code }}.", otherwise: bye}
      bye:
        - hangup: Goodbye.
"""
MORE = FLOW.replace("Code {{ vars.code }}.", "Code {{ vars.code }} of {{ call.from }}.")
LESS = FLOW.replace("- menu: {prompt: Press 1., options: {1: told}, otherwise: bye}", "- goto: told")
CALL = {"from": "447700900123", "conversation_uuid": "CON-1"}


@contextmanager
def served(flow: str | Program) -> Iterator[Hosted]:
    application = app(program(flow) if isinstance(flow, str) else flow, base_url=BASE, environ=ENVIRON)
    with listening(application) as hosted:
        yield hosted


def sealed(at: str, state: dict[str, object], conversation: str = "CON-1") -> str:
    """The URL of a place with all that a call remembers, as it was before it was looked at what is still read."""
    data = json.dumps(state).encode()
    seals = Seals([ENVIRON["FLOWC_SEAL_KEYS"]])
    return f"{BASE}/desk/{at}/{seals.seal(data, Place('desk', at, conversation), time.time())}"


def test_what_an_earlier_version_has_sealed_opens() -> None:
    with served(FLOW) as hosted:
        caller = Caller([hosted], CALL)
        state = {"call": {"from": "44"}, "vars": {"code": "42", "more": {"a": [1]}}, "asked": {}, "gone": 1}
        caller.url = sealed("main.2", state)
        told = caller.presses("1")
        assert caller.said == "Code 42."
        whisper = told[1]["endpoint"][0]["onAnswer"]["url"]  # type: ignore[index]
        for url in (whisper, sealed("told.2.onAnswer.json", state, "")):
            caller.url = url
            assert caller.heard(hosted.post(caller.path, {"conversation_uuid": "LEG"}))[0]["text"] == "This is 42."


def test_a_call_goes_on_in_a_copy_whose_program_reads_more() -> None:
    with served(FLOW) as old, served(MORE) as new:
        caller = Caller([old], CALL)
        caller.rings("desk")
        first = caller.url
        caller.presses("42")
        caller.copies = [new]
        caller.presses("1")
        assert caller.said == "Code 42 of ."
        # the URL of the first question had nothing to remember then; what is to be read is not made up
        caller.url = first
        caller.presses("42")
        assert caller.said == "Sorry."
        caller.rings("desk")
        caller.copies = [old]
        caller.presses("42")
        caller.copies = [new]
        caller.presses("1")
        assert caller.said == "Code 42 of ."


def test_a_copy_that_has_no_such_place_says_so() -> None:
    """The caller then hears what stands behind the question in the NCCO: the failure."""
    with served(FLOW) as old, served(LESS) as new:
        caller = Caller([old], CALL)
        caller.rings("desk")
        assert caller.presses("42")[-1]["text"] == "Sorry."
        assert new.post(caller.path, {"dtmf": {"digits": "1"}, **CALL}).status == 404


@pytest.mark.parametrize("held", ["[]", "3", "null", '{"vars": 3}', '{"asked": {"main": "x"}}', '{"call": [1]}', "{"])
def test_a_seal_that_holds_something_else_is_a_failure_and_no_more(held: str) -> None:
    with served(FLOW) as hosted:
        caller = Caller([hosted], CALL)
        seal = Seals([ENVIRON["FLOWC_SEAL_KEYS"]]).seal(held.encode(), Place("desk", "main.2", "CON-1"), time.time())
        caller.url = f"{BASE}/desk/main.2/{seal}"
        caller.presses("1")
        assert caller.said in ("Sorry.", "Code .")
