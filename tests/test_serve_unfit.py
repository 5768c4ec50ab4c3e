"""What the log says of a value that does not fit its field: where, why, and nothing of the value."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

pytest.importorskip("cryptography", reason="seals are made with cryptography")

from flowc.serve import app, log
from tests.call_time import program
from tests.serve_host import running
from tests.test_serve_calls import BASE, CALL, SECRETS

FLOW = """
flow: desk
voice: {language: en-GB}
failure: {talk: Sorry.}
steps:
  main:
    - ACTION
    - hangup: Goodbye.
  bye: {hangup: Bye.}
"""

DIAL = 'connect: {phone: "{{ call.custom_data.agent }}", otherwise: bye}'
TIMEOUT = 'connect: {phone: 447700900100, timeout: "{{ call.custom_data.agent }}", otherwise: bye}'
NUMBER = "connect endpoint.number"

UNFIT = [
    (DIAL, "0044 7700 900100", NUMBER, "it is like `9 9 9`, and not the digits of a phone number"),
    (DIAL, "(0) 7700/4711", NUMBER, "it is like `(9) 9/9`, and not the digits of a phone number"),
    (DIAL, "00447700900100", NUMBER, "it begins with 0, and not with the code of a country (`44…`)"),
    (DIAL, "4477", NUMBER, "it has more or fewer digits than a phone number"),
    (DIAL, "ext. ٣٤\n`x`", NUMBER, "it is like `a. 9 'a'`, and not the digits of a phone number"),
    (DIAL, None, NUMBER, "it is empty, where it takes a phone number"),
    (DIAL, "", NUMBER, "it is empty, where it takes a phone number"),
    (DIAL, True, NUMBER, "it is like `a`, and not the digits of a phone number"),
    (TIMEOUT, None, "connect timeout", "it is empty, where it takes a whole number"),
    (TIMEOUT, [4711], "connect timeout", "it is a list, where it takes a whole number"),
    (TIMEOUT, 4711.5, "connect timeout", "it is a number above 120"),
    (TIMEOUT, 4.5, "connect timeout", "it is no whole number"),
    (TIMEOUT, 0, "connect timeout", "it is a number below 1"),
    (TIMEOUT, "4711x", "connect timeout", "it is a text, where it takes a whole number"),
    ('talk: "{{ call.custom_data.agent }}"', "4711x" * 400, "talk text", "it is longer than 1500 characters"),
    (
        'request: {url: "https://e.example.com/a/{{ call.custom_data.agent }}", otherwise: bye}',
        "..",
        "url",
        "a value may be no step up in a URL (`..`), and a URL has a scheme and a host",
    ),
    (
        'request: {url: "https://e.example.com/", headers: {A: "{{ call.custom_data.agent }}"}, otherwise: bye}',
        "4711\n",
        "headers.A",
        "it has characters that cannot stand there, or lacks what has to",
    ),
]


class _Kept(logging.Handler):
    """Keeps the fields of every record, with what happened."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, object]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(log.Lines().format(record)))


@pytest.fixture
def lines() -> Iterator[list[dict[str, object]]]:
    kept = _Kept()
    log.LOGGER.addHandler(kept)
    yield kept.lines
    log.LOGGER.removeHandler(kept)


@pytest.mark.parametrize(("action", "value", "field", "why"), UNFIT)
def test_a_value_that_does_not_fit_is_told_by_its_field_and_its_kind(
    action: str, value: object, field: str, why: str, lines: list[dict[str, object]]
) -> None:
    with running(app([program(FLOW.replace("ACTION", action))], base_url=BASE, environ=SECRETS)) as host:
        assert host.post("/v1/desk/main.json", {**CALL, "custom_data": {"agent": value}}).status == 200
    (line,) = [each for each in lines if each["event"] == "a value did not fit"]
    assert line["flow"] == "desk"
    assert line["conversation"] == CALL["conversation_uuid"]
    assert (line["field"], line["reads"], line["why"]) == (field, "call.custom_data.agent", why)
    assert not any(digits in str(lines) for digits in ("4711", "7700"))
