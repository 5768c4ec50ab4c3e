"""The outside is asked on time or not at all, and only where it may be."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

h11 = pytest.importorskip("h11", reason="requests are made with h11")

from flowc.serve.lookup import Answer, ask  # noqa: E402
from flowc.serve.networks import networks  # noqa: E402
from tests.nginx import free_port  # noqa: E402
from tests.serve_crm import OWNERS, Crm, crm  # noqa: E402

LOOPBACK = networks(["127.0.0.0/8", "::1/128"])


@pytest.fixture(scope="module")
def outside() -> Iterator[Crm]:
    with crm() as found:
        yield found


def asked(url: str, seconds: float = 5, method: str = "GET", **data: object) -> Answer:
    return asyncio.run(ask(method, {"url": url, **data}, seconds, LOOPBACK))


def test_json_comes_back(outside: Crm) -> None:
    assert asked(f"{outside.url}/owners/1111") == Answer(200, OWNERS["1111"], True)
    assert asked(f"{outside.url}/owners/4711") == Answer(404, {"error": "nobody"}, True)
    assert asked(f"{outside.url}/chunks/") == Answer(200, {"name": "Ada"}, True)


def test_what_is_sent_arrives(outside: Crm) -> None:
    answer = asked(
        f"{outside.url}/later/ä?x=1".replace("ä", "%C3%A4"),
        method="POST",
        json={"name": "Ä", "n": [1]},
        headers={"X-Key": "secret", "Content-Type": "application/vnd.api+json"},
    )
    assert answer.status == 200
    got = outside.asked[-1]
    assert (got.method, got.path, got.body.decode()) == ("POST", "/later/%C3%A4?x=1", '{"name": "Ä", "n": [1]}')
    assert got.headers["x-key"] == "secret"
    assert got.headers["content-type"] == "application/vnd.api+json"
    assert got.headers["user-agent"] == "flowc"


@pytest.mark.parametrize("path", ["text", "deep", "nan"])
def test_what_is_no_json_has_a_status_and_no_body(outside: Crm, path: str) -> None:
    assert asked(f"{outside.url}/{path}/") == Answer(200, None, False)


def test_a_redirect_is_not_followed(outside: Crm) -> None:
    before = len(outside.asked)
    assert asked(f"{outside.url}/away/").status == 302
    assert len(outside.asked) == before + 1


def test_an_answer_that_is_too_large_is_none(outside: Crm) -> None:
    assert asked(f"{outside.url}/large/") == Answer(None, why="its answer is too large")


@pytest.mark.parametrize("path", ["late/3", "drip/"])
def test_an_answer_that_is_late_is_none(outside: Crm, path: str) -> None:
    began = time.monotonic()
    assert asked(f"{outside.url}/{path}", seconds=0.3) == Answer(None, why="it took too long")
    assert time.monotonic() - began < 2.5


def test_nobody_is_asked_without_time() -> None:
    assert asked("https://crm.example.com/", seconds=0) == Answer(None, why="no time is left for it")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://[::ffff:127.0.0.1]:1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://[fe80::1%25lo]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
    ],
)
def test_private_networks_are_not_asked(url: str) -> None:
    answer = asyncio.run(ask("GET", {"url": url}, 2))
    assert answer.status is None
    assert "private network" in answer.why or "not known" in answer.why or "does not appear" in answer.why


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "ftp://x/",
        "http://",
        "http://u:p@x/",
        "http://x/a b",
        "http://x/\r\nX: y",
        "http://x:99999/",
        "http://[x/",
        "/x",
    ],
)
def test_what_is_no_url_of_the_web_is_not_asked(url: str) -> None:
    assert asked(url).status is None


@pytest.mark.parametrize("headers", [{"X": "a\r\nY: b"}, {"X\r\nY": "b"}, {"X": "\0"}, {"": "x"}])
def test_no_value_adds_a_header(outside: Crm, headers: dict[str, str]) -> None:
    assert asked(f"{outside.url}/owners/1111", headers=headers) == Answer(
        None, why="a value cannot stand in one of its headers"
    )


@pytest.mark.parametrize("body", [{}, {"json": {"a": 1}}])
def test_how_a_request_is_sent_is_not_for_its_headers_to_say(outside: Crm, body: dict[str, object]) -> None:
    headers = {
        "Transfer-Encoding": "chunked",
        "CONTENT-LENGTH": "5",
        "Connection": "keep-alive",
        "Host": "evil.example.com",
        "Expect": "100-continue",
        "Upgrade": "websocket",
        "TE": "trailers",
        "Trailer": "X-Key",
        "X-Key": " a ",
    }
    method = "POST" if body else "GET"
    assert asked(f"{outside.url}/owners/1111", method=method, headers=headers, **body).status == 200
    got = outside.asked[-1]
    assert got.body == (b'{"a": 1}' if body else b"")
    sent = {"host", "accept", "user-agent", "x-key", "accept-encoding", "connection"}
    assert got.headers.keys() == sent | ({"content-length", "content-type"} if body else set())
    assert got.headers["host"] == outside.url.removeprefix("http://")
    assert got.headers["connection"] == "close"
    assert got.headers["x-key"] == "a"


def test_what_does_not_answer_is_none(outside: Crm) -> None:
    assert asked(f"http://127.0.0.1:{free_port()}/").status is None


@pytest.mark.parametrize(
    "reply", [b"", b"HTTP/1.1 200 OK\r\n", b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"]
)
def test_what_is_no_http_is_none(reply: bytes) -> None:
    async def main() -> Answer:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(reply)
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await ask("GET", {"url": f"http://127.0.0.1:{port}/"}, 5, LOOPBACK)

    assert asyncio.run(main()).status is None
