"""URLs that the platform is to fetch, seen from where it stands."""

from __future__ import annotations

import pytest
from heard import INPUT, Action, connect, findings, record, rules, stream

from flowc.language.linking.asked import misspelt
from flowc.language.reading.authority import fault


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
        "https://YOUR_HOST:PORT/x",
        "https://{host}/x",
        "https://%HOST%/x",
        "https://<host>:<port>/x",
        "https://1.2.3.4.example.com/x",
        "https://3com.example.com/x",
        "foo.bar",
    ],
)
def test_what_may_be_on_the_internet_is_let_pass(url: str) -> None:
    assert findings(record(eventUrl=[url])) == []


WITHOUT_A_SERVER = [
    ("https://", "https://", "write `https://HOST/`"),
    ("https:///x", "https:///x", "write `https://HOST/x`"),
    ("https://:80/x", "https://:80/x", "write `https://HOST/x`"),
    ("http://[::1/a.mp3", "[::1", "correct the host: `https://HOST/`"),
    ("https://x.example.com:99999/a", ":99999", "write `https://x.example.com/a`, or a port from 1 to 65535"),
    ("https://x.example.com:abc", ":abc", "write `https://x.example.com/`, or a port from 1 to 65535"),
    ("https://x.example.com:0?a=b", ":0", "write `https://x.example.com?a=b`, or a port from 1 to 65535"),
    ("https://x..example.com/", "x..example.com", "write `https://x.example.com/`"),
    ("https://.example.com:8443/", ".example.com", "write `https://example.com:8443/`"),
    ("https://a,b.example.com/", "a,b.example.com", "correct the host: `https://HOST/`"),
    ("https://-x.example.com/", "-x.example.com", "write `https://x.example.com/`"),
    ("https://x-.-.example.com:80/a", "x-.-.example.com", "write `https://x.example.com:80/a`"),
    ("https://256.1.1.1/", "256.1.1.1", "correct the host: `https://HOST/`"),
    ("https://1.2.3/", "1.2.3", "correct the host: `https://HOST/`"),
    ("https://1.2.3.4.5:80/", "1.2.3.4.5", "correct the host: `https://HOST/`"),
    ("https://08.8.8.8/", "08.8.8.8", "correct the host: `https://HOST/`"),
    (f"https://{'a' * 64}.example.com/", f"{'a' * 64}.example.com", "correct the host: `https://HOST/`"),
]


@pytest.mark.parametrize(("url", "place", "hint"), WITHOUT_A_SERVER)
def test_a_url_that_names_no_server_is_said_where_it_goes_wrong(url: str, place: str, hint: str) -> None:
    assert findings(stream(streamUrl=[url])) == [("bad-url", place)]
    assert findings(record(eventUrl=[url])) == [("bad-url", place)]
    wrong = fault(url)
    assert wrong is not None and wrong.hint == hint


@pytest.mark.parametrize(
    "url", [f"https://{'a.' * 50_000}", f"https://x..y/{'a' * 50_000}", f"https://x:{'1' * 50_000}"]
)
def test_what_is_said_of_a_long_url_is_short(url: str) -> None:
    wrong = fault(url)
    assert wrong is not None and len(wrong.message) + len(wrong.hint) < 500


@pytest.mark.parametrize("url", ["https://acme:sesame@x..example.com/", "https://acme:sesame@x.example.com:0/"])
def test_a_password_is_not_repeated_in_what_is_right(url: str) -> None:
    wrong = fault(url)
    assert wrong is not None and "sesame" not in wrong.message + wrong.hint


@pytest.mark.parametrize("uri", ["wss://", "wss://x..example.com/s", "wss://x.example.com:70000/s"])
def test_a_websocket_has_a_server_too(uri: str) -> None:
    socket: Action = {"type": "websocket", "uri": uri, "content-type": "audio/l16;rate=16000"}
    assert rules({"action": "connect", "endpoint": [socket]}) == {"bad-url"}


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example.com./a",
        "https://a_b.example.com:8443/a",
        "https://X.Example.COM/a",
        "https://x.example.com:/a",
        "http://[2001:db8::1]:8080/a",
        "https://xn--bcher-kva.example.com/a",
        "https://x.example.com/a:b@c..d",
        "https://bücher.example.com/",
        "https://a b/",
        "https://x--y.example.com/",
        "https://{{ params.a }}.1.1.1/",
        "https://{{ params.a }}-x.example.com/",
        "https://{{ params.host }}:{{ params.port }}/",
        "https://{{ params.host }}.example.com/",
        "{{ params.base }}:0/",
        "sip:nobody",
    ],
)
def test_a_url_that_names_a_server_or_will_is_fine(url: str) -> None:
    assert fault(url) is None


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


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://audio.example.com/grüße.mp3", "ü"),
        ("https://bücher.example.com/a.mp3", "ü"),
        ("https://audio.example.com/a b.mp3", " "),
        ("https://audio.example.com/{{ params.a }}/ä.mp3", "ä"),
        ("{{ params.base }}/ä.mp3", "ä"),
    ],
)
def test_a_letter_that_no_url_has_is_said_where_it_stands(url: str, found: str) -> None:
    assert findings(stream(streamUrl=[url])) == [("unencoded-url", found)]
    assert findings(record(eventUrl=[url])) == [("unencoded-url", found)]


@pytest.mark.parametrize(
    "url",
    [
        "https://audio.example.com/gr%C3%BC%C3%9Fe.mp3",
        "https://xn--bcher-kva.example.com/a.mp3",
        "https://audio.example.com/{{ vars.a | default('ä b') }}.mp3",
        "https://<your host>/a.mp3",
        "https://…",
    ],
)
def test_an_encoded_url_is_let_pass(url: str) -> None:
    assert findings(stream(streamUrl=[url])) == []


def test_a_host_with_a_space_is_written_without_it() -> None:
    for url in ("https://a b.example.com/x y", "https://a.example.com /x", "https://localhost x/y"):
        assert findings(stream(streamUrl=[url])) == [("unencoded-url", " ")]
        found = misspelt(url)
        assert found is not None and fault(found.right) is None and misspelt(found.right) is None
    found = misspelt("https://a b.example.com/x y")
    assert found is not None and found.right == "https://ab.example.com/x%20y"
