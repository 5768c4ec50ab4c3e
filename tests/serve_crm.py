"""A server of the outside, on a loopback port: what requests of a flow ask."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import NamedTuple

from tests.loopback import listening

NOTES = "of no use to the call " * 300
OWNERS = {
    "1111": {"name": "Ada", "tier": "gold", "notes": NOTES},
    "2222": {"name": "Bob", "tier": "plain"},
    "3333": {"name": "Eve"},
}


class Asked(NamedTuple):
    """A request that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Crm(NamedTuple):
    """The server: where it is, and what it was asked."""

    url: str
    asked: list[Asked]


@contextmanager
def crm() -> Iterator[Crm]:
    """A server that knows the owners of codes; other paths answer in other ways."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.append(Asked(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            name, _, rest = self.path.strip("/").partition("/")
            getattr(self, f"on_{name}", self.on_nothing)(rest)

        do_POST = do_GET  # noqa: N815

        def on_owners(self, code: str) -> None:
            owner = OWNERS.get(code)
            self.answer(200 if owner else 404, json.dumps(owner or {"error": "nobody"}).encode())

        def on_text(self, _: str) -> None:
            self.answer(200, b"<p>not JSON</p>")

        def on_large(self, _: str) -> None:
            self.answer(200, b'"' + b"x" * 1_000_000 + b'"')

        def on_deep(self, _: str) -> None:
            self.answer(200, b"[" * 5000 + b"]" * 5000)

        def on_levels(self, count: str) -> None:
            self.answer(200, b'{"a":' * int(count) + b"1" + b"}" * int(count))

        def on_nan(self, _: str) -> None:
            self.answer(200, b'{"a":NaN}')

        def on_away(self, _: str) -> None:
            self.send_response(302)
            self.send_header("Location", "/owners/1111")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def on_late(self, seconds: str) -> None:
            time.sleep(float(seconds))
            self.answer(200, b"{}")

        def on_drip(self, _: str) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            try:
                for _each in range(100):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                self.close_connection = True

        def on_chunks(self, _: str) -> None:
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for each in (b'{"name":', b'"Ada"}'):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(each), each))
            self.wfile.write(b"0\r\n\r\n")

        def on_later(self, _: str) -> None:
            self.answer(200, b"{}")

        def on_nothing(self, _: str) -> None:
            self.answer(500, b"{}")

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with listening(Handler) as url:
        yield Crm(url, asked)
