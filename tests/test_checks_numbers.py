"""The numbers that a `connect` calls, and those it shows."""

from __future__ import annotations

import pytest
from heard import Action, connect, diagnostics, findings, rules

from flowc.checks import numbers

pytest.importorskip("phonenumbers")


@pytest.mark.parametrize(
    "number",
    [
        "447700900123",
        "442079460000",
        "441632960961",
        "12025550143",
        "14155550123",
        "15555550100",
        "18005550199",
        "61491570156",
        "61255501234",
        "353209110000",
        "493023125000",
        "33639980000",
        447700900100,
        "{{ params.agents }}",
        "YOUR_NUMBER",
    ],
)
def test_numbers_in_use_and_those_kept_for_examples_are_right(number: object) -> None:
    assert findings(connect(number)) == []


@pytest.mark.parametrize("number", ["449876543210", "1234567890", "120255501433", "999999999999"])
def test_a_number_that_its_country_does_not_have_is_said(number: str) -> None:
    assert findings(connect(number)) == [("number-not-in-use", f'"{number}"')]


def test_a_zero_behind_the_country_code_is_said_with_the_number_without_it() -> None:
    for number, right in [
        ("4407700900123", "447700900123"),
        ("4902079460000", None),
        ("3530209110000", "353209110000"),
    ]:
        (said,) = diagnostics(connect(number))
        assert said.rule.name == "number-not-in-use"
        assert (right or "check its digits") in str(said.hint)


def test_a_number_that_is_shown_is_looked_at_too() -> None:
    assert findings(connect(**{"from": "449876543210"})) == [("number-not-in-use", '"449876543210"')]


def test_premium_and_satellite_numbers_are_said() -> None:
    assert findings(connect("19005550000")) == [("premium-number", '"19005550000"')]
    assert findings(connect("979123456789")) == [("premium-number", '"979123456789"')]
    for number in ("881612345678", "88299990000", "870773111632"):
        assert findings(connect(number)) == [("satellite-number", f'"{number}"')]


@pytest.mark.parametrize("shown", ["Support Desk", "abcd", "12", "sip:desk@example.com", "+447700900007", "0044 7700"])
def test_to_a_phone_only_a_number_is_shown(shown: str) -> None:
    assert findings(connect(**{"from": shown})) == [("caller-id-no-number", f'"{shown}"')]


@pytest.mark.parametrize(
    "shown",
    ["447700900007", "{{ params.from }}", "${VONAGE_NUMBER}", "NEXMO_NUMBER", "<FROM>"],
)
def test_what_is_shown_may_be_a_number_or_stand_for_one(shown: str) -> None:
    assert rules(connect(**{"from": shown})) == set()


@pytest.mark.parametrize(
    "endpoint",
    [
        {"type": "app", "user": "jamie"},
        {"type": "websocket", "uri": "wss://example.com/s", "content-type": "audio/l16;rate=16000"},
    ],
)
def test_to_an_app_or_a_websocket_a_name_may_be_shown(endpoint: Action) -> None:
    assert findings({"action": "connect", "from": "Support Desk", "endpoint": [endpoint]}) == []


def test_without_the_extra_only_what_needs_no_table_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "_installed", lambda: False)
    numbers._unknown_in.cache_clear()
    numbers._kind.cache_clear()
    try:
        assert findings(connect("449876543210")) == []
        assert rules(connect("881612345678")) == {"satellite-number"}
        assert rules(connect(**{"from": "Support Desk"})) == {"caller-id-no-number"}
    finally:
        numbers._unknown_in.cache_clear()
        numbers._kind.cache_clear()
