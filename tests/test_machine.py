"""What answers a webhook: a table."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import acme

from flowc.program.machine import Position, answered
from flowc.program.understand import SILENCE, Event, event_of

STEPS = [
    ("main", 1, Event("1"), "sales"),
    ("main", 1, Event("12"), "sales"),
    ("main", 2, Event("*"), "main"),
    ("main", 3, Event("#"), "bye"),
    ("main", 1, Event("9"), "main~2-noMatch"),
    ("main", 2, Event("9"), "main~3-noMatch"),
    ("main", 3, Event("9"), "operator"),
    ("main", 1, SILENCE, "main~2-noInput"),
    ("main", 3, SILENCE, "operator"),
    ("main", 1, Event(status="busy"), "main~2-noInput"),
    ("main", 4, Event("1"), None),
    ("main", 0, Event("1"), None),
    ("nowhere", 1, Event("1"), None),
    ("code", 1, Event("0"), "main"),
    ("code", 2, Event("4711"), "code.2"),
    ("code", 1, SILENCE, "code~2-noInput"),
    ("sales", 1, Event(status="busy"), "sales.busy"),
    ("sales", 1, Event(status="answered"), None),
    ("sales", 1, SILENCE, None),
    ("sales", 1, Event("1"), None),
    ("sales", 2, Event(status="busy"), None),
]


@pytest.mark.parametrize(("wait", "attempt", "event", "document"), STEPS)
def test_an_event_leads_to_the_document_that_answers_it(
    wait: str, attempt: int, event: Event, document: str | None
) -> None:
    assert answered(acme(), Position(wait, attempt), event)[0] == document


EVENTS = [
    ('{"dtmf":{"digits":"12","timed_out":true}}', Event("12")),
    ('{"dtmf":{"digits":"*"},"speech":{"error":"Speech was not enabled"}}', Event("*")),
    ('{"dtmf":{"digits":"","timed_out":true}}', SILENCE),
    ('{"dtmf":{"digits":null}}', SILENCE),
    ('{"dtmf":{"timed_out":true}}', SILENCE),
    ('{"dtmf":null}', SILENCE),
    ('{"dtmf":"1234","timed_out":false}', Event("1234")),
    ('{"dtmf":1234}', SILENCE),
    ('{"dtmf":["1"]}', SILENCE),
    ('{"speech":{"results":[]}}', SILENCE),
    ('{"status":"busy","headers":{}}', Event(status="busy")),
    ('{"status":null}', SILENCE),
    ("{}", SILENCE),
    ("[]", SILENCE),
    ("null", SILENCE),
    ('"1"', SILENCE),
]


@pytest.mark.parametrize(("body", "event"), EVENTS)
def test_a_webhook_is_read_for_keys_and_status(body: str, event: Event) -> None:
    assert event_of(json.loads(body)) == event


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["dtmf", "digits", "status", "x"]), inner),
)


@given(_ANY)
def test_no_webhook_is_without_an_event(body: object) -> None:
    event = event_of(body)
    assert answered(acme(), Position("main"), event)[0] in acme().documents
