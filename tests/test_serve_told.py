"""What the log says of lookups, and of webhooks that cannot be read, in words that lead to the cause."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

pytest.importorskip("cryptography", reason="seals are made with cryptography")

from flowc.compiler import compile
from flowc.program.codec import encode
from flowc.program.program import Request
from flowc.serve import app, log
from flowc.text.source import Source
from tests.programs import acme
from tests.serve_crm import crm
from tests.serve_host import ENVIRON, running
from tests.serve_programs import bank, text
from tests.test_serve_calls import BASE, SECRETS, Caller


class Records(logging.Handler):
    """What is written down, as it is for those who read the log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, object]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(log.Lines().format(record)))


@contextmanager
def records() -> Iterator[list[dict[str, object]]]:
    handler = Records()
    before = log.LOGGER.level
    log.LOGGER.addHandler(handler)
    log.LOGGER.setLevel("INFO")
    try:
        yield handler.lines
    finally:
        log.LOGGER.removeHandler(handler)
        log.LOGGER.setLevel(before)


@pytest.mark.parametrize(
    ("path", "when", "level", "why"),
    [
        ("owners/1111", {}, "info", None),
        ("owners/9999", {"404": "code.wrong"}, "info", None),
        ("text", {}, "warning", "no JSON"),
        ("text", {"200": "bye"}, "info", None),
        ("owners/3333", {}, "warning", "not as expected"),
        ("nothing", {}, "warning", "a status that the flow has no way for"),
        ("nothing", {"500": "bye"}, "info", None),
        ("late/9", {}, "warning", "it took too long"),
    ],
)
def test_a_lookup_that_the_flow_has_a_way_for_is_no_warning(
    path: str, when: dict[str, str], level: str, why: str | None
) -> None:
    with crm() as outside, records() as lines:
        program = bank(outside.url)
        asks = program.documents["code.2"]
        assert isinstance(asks.requests, Request)
        url = text((0, "url"), f"{outside.url}/{path}", into="url")
        request = asks.requests._replace(fills=(url,), when=when, timeout=0.5)
        program = program._replace(documents={**program.documents, "code.2": asks._replace(requests=request)})
        with running(app([program], base_url=BASE, networks=["127.0.0.0/8"], environ=SECRETS)) as host:
            caller = Caller([host])
            caller.rings("bank")
            caller.presses("1111")
    (line,) = [each for each in lines if each["event"] == "lookup"]
    assert (line["level"], line.get("why")) == (level, why)


def test_an_answer_that_is_too_much_to_look_at_is_not_as_expected() -> None:
    inner = {"type": "object", "properties": {"a": {"$ref": "#/$defs/n"}}, "required": ["a"]}
    expect = {"$defs": {"n": {"anyOf": [inner, inner]}}, "$ref": "#/$defs/n"}
    with crm() as outside, records() as lines:
        program = bank(outside.url)
        asks = program.documents["code.2"]
        assert isinstance(asks.requests, Request)
        url = text((0, "url"), f"{outside.url}/levels/40", into="url")
        request = asks.requests._replace(fills=(url,), expect=expect)
        program = program._replace(documents={**program.documents, "code.2": asks._replace(requests=request)})
        with running(app([program], base_url=BASE, networks=["127.0.0.0/8"], environ=SECRETS)) as host:
            caller = Caller([host])
            caller.rings("bank")
            caller.presses("1111")
            assert host.ask("GET", "/health").status == 200
    (line,) = [each for each in lines if each["event"] == "lookup"]
    assert (line["level"], line["why"]) == ("warning", "not as expected: to look at all of it takes too long")


def test_a_body_that_is_no_webhook_is_written_down_without_anything_of_it() -> None:
    with records() as lines, running(app([acme()], base_url=BASE, signed=False, environ=ENVIRON)) as host:
        for body in (b"digits=4711", b"\xff\xfe4711", b"4711", b'"4711"', b"null"):
            assert host.ask("POST", "/acme/main", body).status == 200
        assert host.ask("POST", "/acme/main", b"{}").status == 200
        assert host.ask("GET", "/acme/main").status == 200
    told = [each for each in lines if each["event"] == "no webhook"]
    assert [each["level"] for each in told] == ["warning"] * 5
    assert [str(each["why"]).split(", and")[0] for each in told] == [
        "the body is a form (`name=value`)",
        "the body is no JSON",
        "the body is JSON that is a number",
        "the body is JSON that is text",
        "the body is JSON that is `null`",
    ]
    assert all(each["flow"] == "acme" and each["at"] == "main" for each in told)
    assert "4711" not in json.dumps(lines)


def test_a_number_without_a_flow_is_written_down_with_what_to_do() -> None:
    shop = acme()._replace(flow="shop")
    for numbers, called, why in (
        ({"442079460000": "acme"}, "442079460009", "under `numbers`"),
        ({}, "442079460009", "several flows"),
        ({"442079460000": "acme"}, "", "no number in `to`"),
    ):
        with records() as lines:
            application = app([acme(), shop], base_url=BASE, numbers=numbers, signed=False, environ=ENVIRON)
            with running(application) as host:
                assert host.ask("POST", "/answer", json.dumps({"to": called}).encode()).status == 404
        (line,) = [each for each in lines if each["event"] == "no flow plays this number"]
        assert why in str(line["why"])
        assert "442079460009" not in json.dumps(line)


@pytest.mark.parametrize(("level", "count"), [("info", 3), ("warning", 1), ("error", 0)])
def test_the_log_is_written_from_the_level_on_that_was_asked_for(level: str, count: int) -> None:
    code = (
        "import asyncio, json, sys; from flowc.serve import app, log\n"
        "from flowc.program.codec import decode\n"
        "app([decode(json.loads(sys.argv[1]))], base_url='https://ivr.example.com', signed=False)\n"
        "log.info('one'); log.info('two')"
    )
    environ = {**os.environ, **ENVIRON, "FLOWC_LOG": level}
    command = [sys.executable, "-c", code, json.dumps(encode(acme()))]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True, timeout=60)
    assert len(done.stderr.splitlines()) == count


SURVEY = """\
flow: survey
failure: {talk: Something went wrong.}
steps:
  start:
    menu: {prompt: Are you well? Press 1 or 2., options: {1: well, 2: ill}, sensitive: true, otherwise: bye}
  well:
    menu: {prompt: Since when? Press 1., options: {1: bye}, otherwise: bye}
  ill:
    menu: {prompt: Shall we call? Press 1., options: {1: bye}, otherwise: bye}
  bye: {talk: Goodbye.}
"""


def test_the_lines_behind_a_choice_that_is_sensitive_do_not_say_of_which_call_they_are() -> None:
    """Where a call is then tells the key: the step is there, so the call is not."""
    program = compile(Source("survey.flow.yml", SURVEY)).program
    assert program is not None
    calls = {"conversation_uuid": "CON-1"}
    with records() as lines, running(app([program], base_url=BASE, environ=ENVIRON)) as host:
        for at, key in (("start.json", ""), ("start", "2"), ("ill", "1"), ("ill~2-noMatch.json", "")):
            assert host.post(f"/survey/{at}", {**calls, "dtmf": {"digits": key}}).status == 200
    told = [
        (each["at"], each.get("conversation"), each.get("document", ""))
        for each in lines
        if each["event"] == "answered"
    ]
    assert told[:2] == [("start.json", "CON-1", "start"), ("start", "CON-1", "")]
    assert told[2:] == [("ill", None, "bye"), ("ill~2-noMatch.json", None, "ill~2-noMatch")]
