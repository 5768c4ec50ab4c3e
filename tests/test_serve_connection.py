"""The server's own connections: requests in any pieces are answered in their order, and slow ones are ended."""

from __future__ import annotations

import asyncio
import json
import re
import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("httptools", reason="requests are read with httptools")

from flowc.serve import Limits, app
from flowc.serve.connection import TOGETHER, Connection
from flowc.serve.connections import Connections
from flowc.serve.descriptors import MOST_CONNECTIONS, most_connections
from tests.programs import acme
from tests.serve_crm import crm
from tests.serve_host import ENVIRON, Hosted, listening, signed
from tests.serve_programs import bank
from tests.test_serve_calls import BASE, SECRETS, Caller


@pytest.fixture(scope="module")
def host() -> Iterator[Hosted]:
    with listening(app(acme(), base_url=BASE, signed=False, limits=Limits(read=0.5), environ=ENVIRON)) as hosted:
        yield hosted


def post(digits: str, *more: str) -> bytes:
    body = json.dumps({"dtmf": {"digits": digits}})
    lines = ["POST /acme/main HTTP/1.1", "Host: x", f"Content-Length: {len(body)}", *more, "", body]
    return "\r\n".join(lines).encode()


def answers(host: Hosted, *pieces: bytes, count: int) -> list[tuple[int, bytes]]:
    """The responses to what is sent in pieces: each its status and body."""
    with socket.create_connection(("127.0.0.1", host.port), timeout=10) as connection:
        file = connection.makefile("rb")
        for each in pieces:
            connection.sendall(each)
        return [_read(file) for _ in range(count)]


def _read(file: object) -> tuple[int, bytes]:
    status = int(file.readline().split()[1])  # type: ignore[attr-defined]
    length = 0
    while (line := file.readline()) not in (b"\r\n", b""):  # type: ignore[attr-defined]
        name, _, value = line.partition(b":")
        length = int(value) if name == b"content-length" else length
    return status, file.read(length)  # type: ignore[attr-defined]


def texts(found: list[tuple[int, bytes]]) -> list[object]:
    return [json.loads(body)[0]["text"] for status, body in found if status == 200]


SALES, AGAIN = "Connecting you to sales.", "Nothing heard, 2."


def test_requests_are_answered_in_their_order(host: Hosted) -> None:
    assert texts(answers(host, post("1") + post("") + post("1"), count=3)) == [SALES, AGAIN, SALES]
    assert texts(answers(host, post("1"), post(""), post("1"), count=3)) == [SALES, AGAIN, SALES]


def test_a_request_may_come_in_any_pieces(host: Hosted) -> None:
    data = post("1") + post("")
    assert texts(answers(host, *[data[at : at + 1] for at in range(len(data))], count=2)) == [SALES, AGAIN]
    for cut in (5, 20, 40, 60, 75):
        assert texts(answers(host, data[:cut], data[cut:], count=2)) == [SALES, AGAIN]


def test_a_body_may_come_in_chunks(host: Hosted) -> None:
    head = b"POST /acme/main HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = b'8\r\n{"dtmf":\r\n6\r\n{"digi\r\nb\r\nts":"1"}}  \r\n0\r\n\r\n'
    assert texts(answers(host, head, chunks, count=1)) == [SALES]


def test_who_waits_to_be_told_to_go_on_is_told(host: Hosted) -> None:
    request = post("1", "Expect: 100-continue")
    head, _, body = request.partition(b"\r\n\r\n")
    with socket.create_connection(("127.0.0.1", host.port), timeout=10) as connection:
        connection.sendall(head + b"\r\n\r\n")
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body)
        assert texts([_read(connection.makefile("rb"))]) == [SALES]


@pytest.mark.parametrize("version", ["HTTP/1.0", "HTTP/1.1"])
def test_a_connection_ends_when_it_is_asked_to(host: Hosted, version: str) -> None:
    request = f"GET /acme/main.json {version}\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", host.port), timeout=10) as connection:
        connection.sendall(request)
        got = b""
        while part := connection.recv(65536):
            got += part
    assert got.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"connection: close\r\n" in got


def test_a_head_has_no_body(host: Hosted) -> None:
    head = b"HEAD /acme/main.json HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", host.port), timeout=10) as connection:
        connection.sendall(head + post("1"))
        file = connection.makefile("rb")
        lines = list(iter(file.readline, b"\r\n"))
        assert lines[0] == b"HTTP/1.1 200 OK\r\n"
        assert texts([_read(file)]) == [SALES]


@pytest.mark.parametrize("sent", [b"", b"P", b"POST /acme/main HTTP/1.1\r\nHost: ", post("1")[:-3]])
def test_a_request_that_does_not_come_is_not_waited_for(host: Hosted, sent: bytes) -> None:
    assert answers(host, sent, count=1)[0][0] == 408


def test_headers_without_end_are_not_kept(host: Hosted) -> None:
    status, _ = answers(host, b"POST /acme/main HTTP/1.1\r\nX: " + b"x" * 40_000, count=1)[0]
    assert status == 431


def test_headers_that_are_repeated_count_as_often_as_they_stand(host: Hosted) -> None:
    head = b"POST /acme/main HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
    assert answers(host, head + b"A: b\r\n" * 4000 + b"\r\n{}", count=1)[0][0] == 200
    assert answers(host, head + b"A: bcdef\r\n" * 4000 + b"\r\n{}", count=1)[0][0] == 431


def test_a_part_of_the_next_request_is_not_waited_for_longer_than_of_the_first(host: Hosted) -> None:
    found = answers(host, post("1") + post("1")[:40], count=2)
    assert [status for status, _ in found] == [200, 408]


CHUNKED = b"POST /acme/main HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"


@pytest.mark.parametrize(
    ("head", "each"),
    [
        (CHUNKED, b"".join(b"X%d: %s\r\n" % (n, b"z" * 100) for n in range(500))),
        (CHUNKED + b"X: ", b"y" * 65536),
        (CHUNKED.removesuffix(b"0\r\n"), b"1;" + b"y" * 65536 + b"\r\nx\r\n"),
    ],
    ids=["trailers", "a trailer", "pieces"],
)
def test_what_goes_with_a_body_has_an_end(host: Hosted, head: bytes, each: bytes) -> None:
    ((status, _),) = answers(host, head, each * (1_000_000 // len(each)), count=1)
    assert status in (413, 431)


def test_who_does_not_read_is_not_read(host: Hosted) -> None:
    """What the network itself holds is a few MB; anything past it would lie in the server."""
    asked = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n" * 1000
    with (
        socket.create_connection(("127.0.0.1", host.port), timeout=2) as connection,
        pytest.raises((TimeoutError, ConnectionError)),
    ):
        for _ in range(0, 64_000_000, len(asked)):
            connection.sendall(asked)
    assert texts(answers(host, post("1"), count=1)) == [SALES]


def test_who_comes_too_much_takes_the_place_of_who_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flowc.serve.connections.most_connections", lambda: 3)
    application = app(acme(), base_url=BASE, signed=False, limits=Limits(read=60), environ=ENVIRON)
    with listening(application) as host, ExitStack() as stack:
        begun, *idle = [stack.enter_context(socket.create_connection(("127.0.0.1", host.port))) for _ in range(3)]
        begun.sendall(post("1")[:-3])
        for each in idle:
            each.sendall(post("1"))
            assert texts([_read(each.makefile("rb"))]) == [SALES]
        assert texts(answers(host, post("1"), post("1"), count=2)) == [SALES, SALES]
        closed, _, _ = select.select(idle, [], [], 10)
        assert [each.recv(100) for each in closed] == [b""]
        begun.sendall(post("1")[-3:])
        assert texts([_read(begun.makefile("rb"))]) == [SALES]


def test_connections_are_no_more_than_the_system_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    for allowed, most in ((256, 112), (1024, 496), (100_000, MOST_CONNECTIONS), (-1, MOST_CONNECTIONS)):
        monkeypatch.setattr("resource.getrlimit", lambda _, found=allowed: (found, found))
        assert most_connections() == most


def test_who_goes_away_while_an_answer_is_made_may_ask_again() -> None:
    """An answer that nobody got is none: the platform sends such a webhook once more."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with listening(app(bank(url), base_url=BASE, networks=["127.0.0.0/8"], environ=SECRETS)) as hosted:
            caller = Caller([hosted])
            caller.rings("bank")
            body = json.dumps({"dtmf": {"digits": "1111"}, **caller.call}).encode()
            headers = signed(body)
            lines = [f"{name}: {value}" for name, value in {**headers, "Content-Length": len(body)}.items()]
            request = "\r\n".join([f"POST {caller.path} HTTP/1.1", "Host: x", *lines, "", ""]).encode() + body
            with socket.create_connection(("127.0.0.1", hosted.port)) as connection:
                connection.sendall(request)
                asked, _ = silent.accept()
                file = asked.makefile("rb")
                assert file.readline().startswith(b"GET /owners/1111 ")
            with asked, file:
                file.read()  # to its end: it is given up
            again = hosted.ask("POST", caller.path, body, headers)
            assert json.loads(again.body)[0]["text"] == "We cannot look you up."


def test_what_has_to_be_waited_for_holds_nobody_up() -> None:
    with crm() as outside:
        application = app(bank(outside.url), base_url=BASE, networks=["127.0.0.0/8"], environ=SECRETS)
        with listening(application) as hosted:
            caller = Caller([hosted])
            caller.rings("bank")
            caller.presses("1111")
            assert caller.said == "Dear Ada, you come first."
            assert hosted.ask("GET", "/ready").status == 200


class Wire(asyncio.Transport):
    """A connection without a network: what is written to it is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.sent, self.ended = b"", False

    def write(self, data: object) -> None:
        assert isinstance(data, bytes)
        self.sent += data

    def write_eof(self) -> None:
        self.ended = True

    close = abort = write_eof

    def can_write_eof(self) -> bool:
        return True

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass

    def is_closing(self) -> bool:
        return self.ended

    def get_write_buffer_size(self) -> int:
        return 0


OPEN = app(acme(), base_url=BASE, signed=False, environ={**ENVIRON, "FLOWC_LOG": "error"})
PIECES = [
    post("1"),
    post("1")[:30],
    post("1")[30:],
    b"GET /acme/main.json HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\r\n",
    b"0\r\n\r\n",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=40), max_size=6))
def test_any_bytes_are_answered_or_refused(pieces: list[bytes]) -> None:
    async def main() -> Wire:
        connection, wire = Connection(Connections(OPEN)), Wire()
        connection.connection_made(wire)
        for each in pieces:
            connection.data_received(each)
        await asyncio.sleep(0)
        connection.look(connection.due + 1)
        connection.connection_lost(None)
        return wire

    wire = asyncio.run(main())
    statuses = [int(each) for each in re.findall(rb"(?:^|\n)HTTP/1\.1 (\d+) ", wire.sent)]
    assert set(statuses[:-1]) <= {200}
    assert set(statuses[-1:]) <= {200, 400, 404, 405, 408, 413, 431}
    assert wire.ended


def test_who_sends_much_at_once_waits_behind_who_sends_little() -> None:
    async def main() -> tuple[int, int, int]:
        host = Connections(OPEN)
        (much, wire), (little, other) = (Connection(host), Wire()), (Connection(host), Wire())
        much.connection_made(wire)
        little.connection_made(other)
        much.data_received(post("1") * 500)
        little.data_received(post("1"))
        await asyncio.sleep(0)
        early = wire.sent.count(b" 200 OK")
        while much.pending or much.rest:
            await asyncio.sleep(0)
        return early, other.sent.count(b" 200 OK"), wire.sent.count(b" 200 OK")

    early, other, late = asyncio.run(main())
    assert early == TOGETHER
    assert (other, late) == (1, 500)
