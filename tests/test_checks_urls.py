"""URLs that the platform is to fetch, seen from where it stands."""

from __future__ import annotations

import pytest
from heard import INPUT, Action, connect, findings, record, rules, stream


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://localhost/x", "localhost"),
        ("http://localhost:3000/x", "localhost"),
        ("https://127.0.0.1/x", "127.0.0.1"),
        ("https://10.1.2.3/x", "10.1.2.3"),
        ("https://192.168.1.5:8080", "192.168.1.5"),
        ("https://172.16.0.1/", "172.16.0.1"),
        ("https://169.254.169.254/latest", "169.254.169.254"),
        ("https://[::1]/x", "[::1]"),
        ("https://[fe80::1]/x", "[fe80::1]"),
        ("https://2130706433/x", "2130706433"),
        ("https://pbx.local/x", "pbx.local"),
        ("https://flows.acme.internal/x", "flows.acme.internal"),
        ("https://intranet/x", "intranet"),
        ("https://LOCALHOST/x", "LOCALHOST"),
    ],
)
def test_what_is_not_on_the_internet_is_said_at_its_host(url: str, host: str) -> None:
    assert findings(record(eventUrl=[url])) == [("url-out-of-reach", host)]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/x",
        "https://ivr.example.com:8443/x?a=b",
        "https://demo.ngrok.io/x",
        "https://192.0.2.1/x",
        "https://8.8.8.8/x",
        "https://[2001:db8::1]/x",
        "https://local.example.com/x",
        "https://${host}/x",
        "http://$hostname/x",
        "{{ params.base }}/x",
        "https://YOUR_HOST/x",
        "https://999.999.999.999/x",
        "foo.bar",
    ],
)
def test_what_may_be_on_the_internet_is_let_pass(url: str) -> None:
    assert findings(record(eventUrl=[url])) == []


def test_plain_http_is_said_at_its_scheme() -> None:
    assert findings(stream(streamUrl=["http://example.com/a.mp3"])) == [("plain-http", "http")]
    socket: Action = {"type": "websocket", "uri": "ws://example.com/s", "content-type": "audio/l16;rate=16000"}
    assert findings({"action": "connect", "endpoint": [socket]}) == [("plain-http", "ws")]


def test_credentials_are_said_and_not_repeated() -> None:
    assert findings(record(eventUrl=["https://acme:sesame@example.com/x"])) == [("credentials-in-url", "acme:sesame")]
    assert findings(record(eventUrl=["https://example.com/@acme"])) == []


def test_every_url_of_an_action_is_looked_at() -> None:
    far = "http://example.com/x"
    assert rules({**INPUT, "eventUrl": [far]}) == {"plain-http"}
    assert rules({**INPUT, "eventUrl": far}) == {"plain-http"}
    assert rules({"action": "conversation", "name": "a", "musicOnHoldUrl": [far]}) == {"plain-http"}
    assert rules({"action": "notify", "payload": {}, "eventUrl": [far]}) == {"plain-http"}
    assert rules(record(transcription={"eventUrl": [far]})) == {"plain-http"}
    assert rules(connect(ringbackTone=far)) == {"plain-http"}
    whisper: Action = {"type": "phone", "number": "447700900000", "onAnswer": {"url": far, "ringbackTone": far}}
    assert findings({"action": "connect", "endpoint": [whisper]}) == [("plain-http", "http")] * 2
