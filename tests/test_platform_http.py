"""The platform double over real HTTP: what it sends, when it tries again, and that no server can hold it up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import time
from urllib.parse import parse_qsl

import pytest
from played import said
from small_servers import Asked, Badly, answers, serving

from flowc.caller.platform import undecided
from flowc.caller.platform.application import Call
from flowc.caller.platform.delivery import Hosted, Setup
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Connects, Presses, Waits
from flowc.caller.platform.signing import Key
from flowc.caller.platform.transcript import Transcript, lines
from flowc.caller.platform.wire import LARGEST, Limits

QUICK = Limits(0.5, 0.5)
TALK = json.dumps([{"action": "talk", "text": "Hello."}])
FALLBACK = json.dumps([{"action": "talk", "text": "Fallback."}])


def _closes(link: socket.socket) -> None:
    """The connection is closed without a word."""


def _resets(link: socket.socket) -> None:
    link.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n[")


def _hangs(link: socket.socket) -> None:
    link.settimeout(5)
    link.recv(1)


def _drips(link: socket.socket) -> None:
    for byte in b"HTTP/1.1 200 X\r\nX-Long: " + b"x" * 50:
        link.sendall(bytes([byte]))
        time.sleep(0.1)


def _drips_its_body(link: socket.socket) -> None:
    link.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n")
    _drips(link)


def _floods(link: socket.socket) -> None:
    link.sendall(b"HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 52428800\r\n\r\n[")
    for _ in range(50):
        link.sendall(b" " * 1024 * 1024)


def _lies(link: socket.socket) -> None:
    link.sendall(b"\x00\x01 what is this\r\n\r\n")


def _call(url: str, *script: object, **setup: object) -> Transcript:
    hosted = Hosted(Setup(url, answer_limits=QUICK, event_limits=QUICK, **setup))  # type: ignore[arg-type]
    return play(hosted, script)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("does", "tries", "why"),
    [
        (_closes, 2, "Connection closed."),
        (_resets, 2, "Connection closed."),
        (_lies, 2, "Connection closed."),
        (_hangs, 2, "no answer in time"),
        (_drips, 2, "no answer in time"),
        (_drips_its_body, 2, "no answer in time"),
        (answers("", 429), 2, "HTTP 429"),
        (answers("", 503), 2, "HTTP 503"),
        (answers("", 504), 2, "HTTP 504"),
        (answers("", 500), 1, "HTTP 500"),
        (answers("", 404), 1, "HTTP 404"),
        (answers("", 401), 1, "HTTP 401"),
        (answers("", 302, "text/html", "Location: /"), 1, "HTTP 302"),
        (answers(TALK, 201), 1, "HTTP 201"),
        (answers("", 204), 1, "HTTP 204"),
        (answers(TALK, 200, "text/html"), 1, "text/html instead of JSON"),
        (answers(TALK, 200, "application/xml"), 1, "application/xml instead of JSON"),
        (answers(""), 1, "an empty body"),
        (answers("{}"), 1, "Syntax error in NCCO. Invalid value type or action."),
        (answers("[{}]"), 1, "Syntax error in NCCO. Invalid value type or action."),
        (answers("OK", 200, "text/plain"), 1, "what came back is no JSON"),
        (answers("[" * 100_000), 1, "what came back is no JSON"),
        (_floods, 1, f"more than {LARGEST} bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_an_answer_url_that_fails_is_tried_as_the_rules_say_and_then_the_fallback(
    does: Badly, tries: int, why: str
) -> None:
    with serving(does) as bad, serving(answers(FALLBACK)) as good:
        call = _call(f"{bad.url}/answer", fallback_url=f"{good.url}/fallback")
        assert said(call, "hears") == ["Fallback."]
        assert len(bad.asked) == tries
        (asked,) = good.asked
        query = dict(parse_qsl(asked.path.partition("?")[2]))
        assert query["reason"] == why
        assert json.loads(query["original_request"]) == {"url": f"{bad.url}/answer", "type": "answer"}
        assert query["to"] == Call().to


def test_a_call_that_neither_url_answers_is_over_at_once() -> None:
    with serving(answers("", 503)) as bad:
        call = _call(f"{bad.url}/answer", fallback_url=f"{bad.url}/fallback")
        assert len(bad.asked) == 4
    assert "503" in call.ended and call.ended.endswith(": the caller hears nothing") and not said(call, "hears")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/a", "https://127.0.0.1:1/a", "ftp://a/", "http://[", "nonsense"])
def test_an_answer_url_that_cannot_be_reached_is_the_end(url: str) -> None:
    assert _call(url).ended.startswith("no NCCO answers it (")


def test_the_time_that_a_hanging_server_costs_is_silence_for_the_caller() -> None:
    with serving(_hangs) as bad:
        call = _call(bad.url)
        assert call.seconds == pytest.approx(2 * QUICK.answer)
        told = [each[9:] for each in lines(call) if "webhook" in each]
        assert told == [f"webhook GET {bad.url}: no answer in time (0.5 s)"] * 2


def _menu(url: str, method: str = "POST") -> str:
    asks = {"action": "input", "type": ["dtmf"], "dtmf": {"maxDigits": 1}, "eventUrl": [url], "eventMethod": method}
    return json.dumps([{"action": "talk", "text": "Press."}, asks, {"action": "talk", "text": "Still here."}])


@pytest.mark.parametrize(
    ("does", "heard", "remark"),
    [
        (answers(TALK), "Hello.", None),
        (answers(TALK, 200, "text/plain"), "Hello.", None),
        (answers(TALK, 200, ""), "Hello.", undecided.MEDIA),
        (answers(""), "Still here.", None),
        (answers("", 200, "text/html"), "Still here.", None),
        (answers("[]"), "Still here.", undecided.EMPTY_LIST),
        (answers("", 204), "Still here.", undecided.NO_CONTENT),
        (answers("", 404), "Still here.", None),
        (answers("", 302, "", "Location: /"), "Still here.", undecided.REDIRECT),
        (answers("{}"), "Still here.", undecided.OTHER_JSON),
        (answers('[{"action":"tlak"}]'), "Still here.", undecided.GOES_ON),
        (_hangs, "Still here.", None),
        (_drips_its_body, "Still here.", undecided.DRIPS),
        (answers('[{"action":"talk"}]'), "Still here.", undecided.MISSING),
        (_floods, "Still here.", undecided.LARGE),
    ],
)
def test_a_question_whose_webhook_brings_no_ncco_lets_the_call_go_on(
    does: Badly, heard: str, remark: str | None
) -> None:
    with serving(does) as hook, serving(answers(_menu(f"{hook.url}/menu"))) as first:
        call = _call(first.url, Presses("1"))
    assert said(call, "hears") == ["Press.", heard]
    assert remark is None or remark in call.remarks
    assert call.ended == "there is nothing more to play"


def test_a_question_whose_webhook_fails_has_the_fallback_too() -> None:
    with serving(answers("", 404)) as hook, serving(answers(FALLBACK)) as good:
        with serving(answers(_menu(f"{hook.url}/menu"))) as first:
            call = _call(first.url, Presses("1"), fallback_url=f"{good.url}/f", fallback_method="POST")
        said_to_it = json.loads(good.asked[0].body)
    assert said(call, "hears") == ["Press.", "Fallback."]
    assert said_to_it["dtmf"] == {"digits": "1", "timed_out": False}
    assert said_to_it["original_request"] == {"url": f"{hook.url}/menu", "type": "event"}


def test_an_invalid_ncco_is_told_to_the_event_url() -> None:
    with serving(answers("")) as events, serving(answers('[{"action":"tlak"}]')) as first:
        _call(first.url, event_url=f"{events.url}/event")
        told = [json.loads(each.body) for each in events.asked]
    (error,) = [each for each in told if "reason" in each]
    assert list(error) == ["reason", "conversation_uuid", "timestamp"]
    assert [each.get("status") for each in told] == ["started", "ringing", None, "completed"]


def test_webhooks_are_spelt_as_in_captured_requests() -> None:
    with serving(answers(TALK)) as hook:
        for method, script in (("GET", Presses("3")), ("POST", Waits())):
            with serving(answers(_menu(f"{hook.url}/menu", method))) as first:
                _call(first.url, script)
                assert first.asked[0].path.startswith(f"/?to={Call().to}&from={Call().caller}&conversation_uuid=CON-")
    get, post = hook.asked
    assert get.path.startswith(
        "/menu?speech=%7B%22error%22:%22Speech%20was%20not%20enabled%22%7D"
        "&dtmf=%7B%22digits%22:%223%22,%22timed_out%22:false%7D&from=447700900123&to=442079460000&uuid=aaaaaaaa"
    )
    assert get.path.rpartition("&timestamp=")[2] == "2030-01-02T12:00:01.400Z"
    assert (get.body, "content-type" in get.headers) == (b"", False)
    assert post.headers["content-type"] == "application/json"
    assert list(json.loads(post.body)) == ["speech", "dtmf", "from", "to", "uuid", "conversation_uuid", "timestamp"]
    assert json.loads(post.body)["dtmf"] == {"digits": "", "timed_out": True}


def test_a_get_webhook_keeps_the_query_of_its_url() -> None:
    with serving(answers(TALK)) as hook, serving(answers(_menu(f"{hook.url}/menu?step=2", "GET"))) as first:
        call = _call(first.url, Presses("3"))
        assert hook.asked[0].path.startswith("/menu?step=2&speech=")
    assert undecided.QUERY in call.remarks


def _claims(asked: Asked, secret: bytes) -> dict[str, object]:
    """The claims of a request's token, whose signature is right."""
    kind, _, token = asked.headers["authorization"].partition(" ")
    assert kind == "Bearer"
    signed, _, signature = token.rpartition(".")
    mine = base64.urlsafe_b64encode(hmac.new(secret, signed.encode(), hashlib.sha256).digest())
    assert mine.rstrip(b"=").decode() == signature
    head, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in signed.split("."))
    assert head == {"alg": "HS256", "typ": "JWT"}
    found: dict[str, object] = claims
    return found


def test_signed_webhooks_hash_the_body_or_the_parameters_of_a_get() -> None:
    secret = b"a secret of at least thirty-two bytes"
    with serving(answers(TALK)) as hook, serving(answers(_menu(f"{hook.url}/menu"))) as first:
        call = _call(first.url, Presses("1"), key=Key(secret))
        assert said(call, "hears") == ["Press.", "Hello."]
        get, post = _claims(first.asked[0], secret), _claims(hook.asked[0], secret)
        query = dict(parse_qsl(first.asked[0].path.partition("?")[2]))
    assert post["payload_hash"] == hashlib.sha256(hook.asked[0].body).hexdigest()
    assert get["payload_hash"] == hashlib.sha256(json.dumps(query, separators=(",", ":")).encode()).hexdigest()
    assert post["iss"] == "Vonage"
    assert post["jti"] != get["jti"]


def test_an_ncco_for_a_call_that_was_answered_is_not_played() -> None:
    with serving(answers(TALK)) as hook:
        endpoint = [{"type": "phone", "number": "447700900100"}]
        action = {"action": "connect", "endpoint": endpoint, "eventType": "synchronous", "eventUrl": [hook.url]}
        with serving(answers(json.dumps([action]))) as first:
            call = _call(first.url, Connects())
            other = _call(first.url, Connects("busy"))
    assert said(call, "hears") == []
    assert undecided.NOT_PLAYED in call.remarks
    assert said(other, "hears") == ["Hello."]


def test_a_call_without_an_event_url_says_that_its_answer_goes_nowhere() -> None:
    ncco = json.loads(_menu("https://unused.example.com"))
    del ncco[1]["eventUrl"]
    with serving(answers(json.dumps(ncco))) as first:
        call = _call(first.url, Presses("1"))
    assert said(call, "hears") == ["Press.", "Still here."]
    assert "nowhere: the application has no event URL" in said(call, "webhook")


def test_who_ends_a_call_is_told() -> None:
    for script, by in (([Presses("1")], "platform"), ([], "user")):
        with serving(answers("")) as events, serving(answers(_menu("http://127.0.0.1:1/"))) as first:
            _call(first.url, *script, event_url=events.url)
            assert json.loads(events.asked[-1].body)["disconnected_by"] == by


def test_an_event_url_that_hangs_is_waited_for_once() -> None:
    with serving(_hangs) as events, serving(answers(TALK)) as first:
        call = _call(first.url, event_url=events.url)
        assert len(events.asked) == 1
    assert said(call, "hears") == ["Hello."]
    assert sum("not sent" in each for each in said(call, "event")) == 3


def test_a_server_without_tls_is_not_trusted() -> None:
    with serving(answers(TALK)) as plain:
        call = _call(plain.url.replace("http:", "https:"))
    assert "no TLS connection that can be trusted" in said(call, "webhook")[0]
