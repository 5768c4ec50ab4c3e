"""Secrets that would be published; values of a document of any shape."""

from __future__ import annotations

import json

import pytest
from heard import Action, connect, diagnostics, findings, record, rules, stream, talk
from hypothesis import given, settings
from hypothesis import strategies as some

from flowc.checks.sequences import look
from flowc.language.reading.ncco import sequence
from flowc.text import json as reader
from flowc.text.source import Source

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"
KEY = "-----BEGIN PRIVATE KEY-----\nMIIB"


def notify(**payload: object) -> Action:
    return {"action": "notify", "payload": payload, "eventUrl": ["https://example.com/notify"]}


def websocket(**more: object) -> Action:
    endpoint = {"type": "websocket", "uri": "wss://example.com/s", "content-type": "audio/l16;rate=16000", **more}
    return {"action": "connect", "endpoint": [endpoint]}


@pytest.mark.parametrize(
    ("action", "secret"),
    [
        (notify(apiKey="4f9d8c07b1e2"), "4f9d8c07b1e2"),
        (notify(customer={"secrets": [{"client_secret": "s3cr3tvalue"}]}), "s3cr3tvalue"),
        (notify(note=f"token {TOKEN}"), TOKEN),
        (notify(pin="4711"), "4711"),
        (websocket(headers={"Authorization": "Bearer 8f7a6b5c4d3e2f1a"}), "8f7a6b5c4d3e2f1a"),
        (websocket(authorization={"type": "custom", "value": "Basic YWNtZTpzZXNhbWUx"}), "YWNtZTpzZXNhbWUx"),
        (websocket(authorization={"type": "custom", "value": "key-8f7a6b5c"}), "key-8f7a6b5c"),
        (websocket(headers={"aws_secret": "eescOz9xisx+gx-PFU3G4AJg4NE4"}), "eescOz9xisx+gx-PFU3G4AJg4NE4"),
        (record(eventUrl=["https://example.com/x?api_key=4f9d8c07&b=1"]), "4f9d8c07"),
        (stream(streamUrl=["https://example.com/a.mp3?token=abc123def"]), "abc123def"),
        (notify(aws="AKIAIOSFODNN7EXAMPL2"), "AKIAIOSFODNN7EXAMPL2"),
    ],
)
def test_a_secret_is_said_at_its_place_and_never_repeated(action: Action, secret: str) -> None:
    (said,) = diagnostics(action)
    assert said.rule.name == "published-secret"
    assert secret in said.source.text[slice(*said.span)]
    assert secret not in said.message + str(said.hint)


def test_a_private_key_is_said() -> None:
    assert rules(notify(file=KEY)) == {"published-secret"}
    assert rules(notify(file="-----BEGIN CERTIFICATE-----")) == set()


@pytest.mark.parametrize(
    "action",
    [
        notify(api_key="{{ params.key }}"),
        notify(api_key="YOUR_API_KEY"),
        notify(api_key="${API_KEY}"),
        notify(token="xxxxxxxx"),
        notify(token="AAAA0000AAAA"[:4]),
        notify(tokens=12, secret=True, password=None),
        notify(order="4f9d8c07b1e2", keyboard="qwerty12", monkey="banana12", secretary="Room 101"),
        websocket(headers={"Authorization": "Bearer <token>"}),
        websocket(headers={"language": "en-GB", "caller-id": "447700900123"}),
        record(eventUrl=["https://example.com/x?token=TOKEN_HERE"]),
        record(eventUrl=["https://example.com/x?keyword=sales2024&monkey=banana12"]),
        connect(),
    ],
)
def test_what_is_no_secret_is_let_pass(action: Action) -> None:
    assert findings(action) == []


@pytest.mark.parametrize(
    ("text", "pin"),
    [
        ("Your PIN is 1234.", "1234"),
        ("Your PIN is 1 2 3 4.", "1 2 3 4"),
        ("The code of the meeting room is 4711.", "4711"),
        ("The access code is: 98765", "98765"),
        ("Ihre PIN lautet 1234.", "1234"),
        ("Votre code secret est le 1234.", "1234"),
        ("Su clave es 1234.", "1234"),
        ("Il codice è 1234.", "1234"),
        ("A sua senha é 1234.", "1234"),
        ("De code is 1234.", "1234"),
    ],
)
def test_a_pin_that_is_spoken_is_said(text: str, pin: str) -> None:
    said = diagnostics(talk(text, language="en-US"))
    assert [(each.rule.name, each.source.text[slice(*each.span)]) for each in said] == [("spoken-pin", pin)]
    assert pin not in said[0].message + str(said[0].hint)


@pytest.mark.parametrize(
    "text",
    [
        "Please enter your PIN.",
        "Enter your 4 digit code, then press hash.",
        "Our zip code is 90210.",
        "The country code is 4420.",
        "Your PIN is {{ vars.pin }}.",
        "Use promo code 2024 to save.",
        "The opinion is 1234 strong.",
        "Your code is 12.",
    ],
)
def test_words_about_codes_are_let_pass(text: str) -> None:
    assert findings(talk(text)) == []


JSON = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-(10**20), 10**20)
    | some.floats(allow_nan=False)
    | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = some.sampled_from(
    [
        *("text", "language", "style", "premium", "bargeIn", "loop", "voiceName", "dtmf", "speech", "type", "mode"),
        *("maxDigits", "submitOnHash", "endpoint", "from", "eventType", "eventUrl", "streamUrl", "endOnSilence"),
        *("timeOut", "beepStart", "transcription", "payload", "ringbackTone"),
    ]
)
NAMES = some.sampled_from(["talk", "stream", "record", "connect", "input", "conversation", "notify", "transfer", "x"])
TEXTS = some.sampled_from(
    [
        "<speak>",
        "<speak>&</speak>",
        "Press 1 followed by #",
        "{{",
        "http://[",
        "https://a@[::1",
        "=",
        "Your PIN is 1234",
        "\ud800",
    ]
)
ENDPOINT = some.fixed_dictionaries(
    {"type": some.sampled_from(["phone", "websocket", 7])},
    optional={"number": JSON | TEXTS, "uri": JSON | TEXTS, "onAnswer": JSON, "headers": JSON},
)


@settings(max_examples=300, deadline=None)
@given(
    some.lists(
        some.builds(
            lambda name, fields: {**fields, "action": name},
            NAMES | JSON,
            some.dictionaries(FIELDS, JSON | TEXTS | some.lists(ENDPOINT, max_size=2), max_size=6),
        ),
        max_size=5,
    )
)
def test_no_value_of_any_shape_stops_the_checks(actions: list[Action]) -> None:
    document = reader.read(Source("x.json", json.dumps(actions)), [].append)
    if document is not None:
        for said in look([sequence(document)]):
            assert 0 <= said.span.start <= said.span.end <= len(said.source.text)
