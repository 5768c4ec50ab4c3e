"""Requests that no platform sends: each is refused, and none of them harms the calls beside it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from flowc.serve import Limits, app
from tests.programs import acme
from tests.serve_host import ENVIRON, Hosted, listening, on_uvicorn, running, signed, token
from tests.waiting import until

BASE = "https://ivr.example.com"
PRESSED = {"dtmf": {"digits": "1", "timed_out": False}, "conversation_uuid": "CON-1"}
BODY = json.dumps(PRESSED, separators=(",", ":")).encode()


SERVERS = {"under uvicorn": running, "on uvicorn, with own connections": on_uvicorn, "on its own": listening}


@pytest.fixture(scope="module", params=SERVERS.values(), ids=SERVERS)
def host(request: pytest.FixtureRequest) -> Iterator[Hosted]:
    """A server that verifies, with limits that a test can wait for."""
    limits = Limits(read=0.5)
    with request.param(app([acme()], base_url=BASE, limits=limits, environ=ENVIRON)) as hosted:
        yield hosted


@pytest.fixture(autouse=True)
def still_answers(host: Hosted) -> Iterator[None]:
    """Whatever was sent, the next call is answered."""
    yield
    assert host.post("/acme/main", PRESSED).status == 200


def raw(host: Hosted, data: bytes, wait: float = 3) -> bytes:
    """What comes back to bytes on a connection of their own."""
    with socket.create_connection(("127.0.0.1", host.port), timeout=wait) as connection:
        connection.sendall(data)
        got = b""
        try:
            while part := connection.recv(65536):
                got += part
                if b"\r\n\r\n" in got:
                    break
        except TimeoutError:
            pass
        return got


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_a_webhook_is_got_or_posted(host: Hosted, method: str) -> None:
    response = host.ask(method, "/acme/main", headers=signed(b""))
    assert response.status == 405 if method != "BREW" else response.status in (400, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/acme",
        "/acme/",
        "/acme/nothing",
        "/acme/main~4",
        "/acme/main~0",
        "/acme/main/",
        "/acme/main/x",
        "//acme/main",
        "/acme/../acme/main",
        "/acme/%2e%2e/main",
        "/acme%2Fmain",
        "/acme/main%00",
        "/acme/main\\",
        "/acme/.env",
        "/../../etc/passwd",
        "/acme/..%2f..%2fetc%2fpasswd",
        "/acme/ main",
        "/acme/%20main",
        "/acme/%20main.json",
        "/ACME/main",
        "/acme/main.json/" + "A" * 60 + "/x",
        "/none/main/" + "A" * 60,
    ],
)
def test_a_path_that_leads_nowhere_is_not_found(host: Hosted, path: str) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".encode()
    assert raw(host, head).split(b" ")[1] in (b"404", b"400")


def test_a_body_has_an_end(host: Hosted) -> None:
    large = b'{"a":"' + b"x" * 65_536 + b'"}'
    assert host.ask("POST", "/acme/main", large, signed(large)).status == 413
    head = b"POST /acme/main HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"
    assert raw(host, head).split(b" ")[1] == b"413"
    assert host.ask("POST", "/acme/main", iter([b"x" * 30_000] * 4), signed(b"")).status == 413


def test_headers_have_an_end(host: Hosted) -> None:
    assert host.ask("POST", "/acme/main", BODY, {**signed(BODY), "X-Many": "x" * 17_000}).status in (400, 431)
    many = {f"X-{n}": "x" * 100 for n in range(180)}
    assert host.ask("POST", "/acme/main", BODY, {**signed(BODY), **many}).status in (400, 431)
    assert host.ask("GET", "/acme/main?" + "a" * 9_000, headers=signed(b"{}")).status in (400, 414)


def test_a_body_that_drips_is_given_up(host: Hosted) -> None:
    head = b"POST /acme/main HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
    assert raw(host, head + b"{").split(b" ")[1] == b"408"

    def drip() -> Iterator[bytes]:
        for _ in range(40):
            yield b" "
            time.sleep(0.05)

    assert host.ask("POST", "/acme/main", drip(), signed(b" " * 40)).status == 408


def test_who_goes_away_does_no_harm(host: Hosted) -> None:
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", host.port)) as connection:
            connection.sendall(b"POST /acme/main HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")


def test_only_so_many_are_answered_at_a_time() -> None:
    head = b"POST /acme/main HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
    application = app([acme()], base_url=BASE, limits=Limits(together=3), environ=ENVIRON)
    with running(application) as host, ExitStack() as stack:
        for _ in range(3):
            waiting = stack.enter_context(socket.create_connection(("127.0.0.1", host.port)))
            waiting.sendall(head)
        assert until(lambda: host.post("/acme/main", PRESSED).status == 503)
        assert host.ask("GET", "/health").status == 200
        stack.close()
        assert until(lambda: host.post("/acme/main", PRESSED).status == 200)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf{}",
        b'{"dtmf":' + b"[" * 30_000,
        b"[" * 60_000,
        b'{"dtmf":{"digits":' + b"9" * 50_000 + b"}}",
        b'{"dtmf":{"digits":1e999}}',
        b'{"dtmf":{"digits":NaN}}',
        b'{"dtmf":{"digits":{"digits":"1"}}}',
        b'{"dtmf":[{"digits":"1"}]}',
        b'{"dtmf":null,"speech":{"results":[{"text":5,"confidence":[]}]}}',
        b'{"dtmf":null,"speech":{"results":{"0":1}}}',
        b'{"conversation_uuid":["CON-1"],"status":{"a":1}}',
        b'{"conversation_uuid":"\\ud800\\u0000"}',
        b"a=1&b=2",
        b"<xml/>",
    ],
)
def test_what_cannot_be_read_is_silence(host: Hosted, body: bytes) -> None:
    response = host.ask("POST", "/acme/main", body, signed(body))
    assert response.status == 200
    assert json.loads(response.body)[0]["text"] == "Nothing heard, 2."


@pytest.mark.parametrize("digits", ["\\u0000", "9" * 60_000, "../main", "1 ", "\u06619", "\\ud800", "\u0661"])
def test_keys_that_no_caller_can_press_are_no_choice(host: Hosted, digits: str) -> None:
    body = f'{{"dtmf":{{"digits":"{digits}"}}}}'.encode()
    assert json.loads(host.ask("POST", "/acme/main", body, signed(body)).body)[0]["text"] == "No such choice, 2."


def test_an_unsigned_request_is_refused(host: Hosted) -> None:
    assert host.ask("POST", "/acme/main", BODY).status == 401
    assert host.ask("GET", "/acme/main.json").status == 401
    assert host.ask("POST", "/events", BODY).status == 401
    assert host.ask("HEAD", "/acme/main.json").status == 401
    assert host.ask("POST", "/acme/main", BODY, {"Authorization": f"Bearer {token(b'{}')}"}).status == 401


def test_a_request_is_answered_once(host: Hosted) -> None:
    headers = signed(BODY)
    assert host.ask("POST", "/acme/main", BODY, headers).status == 200
    assert host.ask("POST", "/acme/main", BODY, headers).status == 401
    assert host.ask("POST", "/acme/main~2", BODY, headers).status == 401


def test_two_authorizations_are_none(host: Hosted) -> None:
    good = token(BODY)
    head = "POST /acme/main HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    both = f"{head}Authorization: Bearer {good}\r\nAuthorization: Bearer x\r\nContent-Length: {len(BODY)}\r\n\r\n"
    assert raw(host, both.encode() + BODY).split(b" ")[1] == b"401"


def test_a_query_counts_in_the_order_that_was_signed(host: Hosted) -> None:
    query = {"dtmf": '{"digits":"1","timed_out":false}', "from": "447700900123", "conversation_uuid": "CON-1"}
    assert json.loads(host.get("/acme/main", query).body)[0]["text"] == "Connecting you to sales."
    headers = signed(json.dumps(query, separators=(",", ":")).encode())
    turned = "from=447700900123&dtmf=%7B%22digits%22:%221%22,%22timed_out%22:false%7D&conversation_uuid=CON-1"
    assert host.ask("GET", f"/acme/main?{turned}", headers=headers).status == 401
    more = "dtmf=%7B%22digits%22:%221%22,%22timed_out%22:false%7D&from=447700900123&conversation_uuid=CON-1&x=1"
    assert host.ask("GET", f"/acme/main?{more}", headers=headers).status == 401
    in_order = more.removesuffix("&x=1")
    assert host.ask("GET", f"/acme/main?{in_order}", headers=headers).status == 200


def test_many_at_once_are_all_answered(host: Hosted) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(host.post("/acme/main", PRESSED).status)) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert found == [200] * 6


@pytest.mark.parametrize(
    "head",
    [
        b"POST /acme/main HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        b"POST /acme/main HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"POST /acme/main HTTP/1.1\r\nHost: x\r\nContent-Length: +2\r\n\r\n{}",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\r\n\r\n\r\n",
        b"A" * 100_000,
    ],
)
def test_what_is_no_http_is_not_answered_with_a_document(host: Hosted, head: bytes) -> None:
    assert b" 200 " not in raw(host, head, wait=1)[:20]


@pytest.mark.parametrize(
    ("target", "statuses"),
    [
        ("http://x/health", {200}),
        ("http://x/acme/none", {404}),
        ("http://x", {400, 404}),
        ("*", {400, 404}),
        ("x:1", {400, 404}),
    ],
)
def test_a_request_may_name_the_host_as_a_proxy_is_asked(host: Hosted, target: str, statuses: set[int]) -> None:
    answer = raw(host, f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert int(answer.split()[1]) in statuses
