"""A server that answers what rehearsed calls have as given: for a program that is hosted, and asks it for real."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from .given import Answering, Given

_LONGEST = 1 << 20
"""Bytes of a request that are read."""


class GivenServer:
    """What is given in the call that is being played, and what was asked that is not."""

    def __init__(self) -> None:
        self.answering = Answering({})
        self.lock = threading.Lock()
        self.unexpected: list[str] = []
        self.unfit: list[tuple[str, object]] = []
        """Requests that are given, with bodies that no answer is for."""
        self.alike: list[tuple[str, str]] = []
        """Two requests that are given, differ in their server alone, and were asked: here both have the same."""
        self.over = threading.Event()
        """Set when a call is over: nobody waits any longer for an answer that does not come."""

    def begins(self, given: Mapping[str, Given]) -> None:
        """Another call begins."""
        self.ends()
        self.answering, self.unexpected, self.unfit, self.alike = Answering(given), [], [], []
        self.over = threading.Event()

    def ends(self) -> None:
        """The call is over."""
        self.over.set()

    def answer(self, method: str, target: str, sent: bytes) -> tuple[int, bytes] | None:
        """A status and a body; None for what does not come. A program may ask it below a path of its own."""
        found = [asked for asked in self.answering.given if _is(asked, method, target)]
        request, body = found[0] if found else "", _json(sent)
        self.alike += [(request, other) for other in found[1:] if _path(other) == _path(request)]
        with self.lock:
            response = self.answering.answer(request, body)
        if response is None:
            if found:
                self.unfit.append((request, body))
            else:
                self.unexpected.append(f"{method} {target}")
            return 404, b"null"
        status, body, _ = response
        return (status, json.dumps(body).encode()) if status is not None else None


def _json(sent: bytes) -> object:
    try:
        return json.loads(sent) if sent else None
    except ValueError:
        return None


def _is(asked: str, method: str, target: str) -> bool:
    """Whether a request is the one that is given, whatever the name of the server: that is this one here."""
    path = _path(asked)
    return asked.partition(" ")[0] == method and (target == path or target.endswith(path))


def _path(asked: str) -> str:
    """The path and the query of a request."""
    parts = urlsplit(asked.partition(" ")[2])
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


@contextmanager
def answering(host: str, port: int) -> Iterator[GivenServer]:
    """The server at an address. Raises OSError where it cannot be had."""
    given = GivenServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sent = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _LONGEST))
            over = given.over
            answer = given.answer(self.command, self.path, sent)
            if answer is None:
                over.wait()
                return
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer[1])))
            self.end_headers()
            self.wfile.write(answer[1])

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: what was asked is a matter of the call."""

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield given
    finally:
        given.ends()
        server.shutdown()
        server.server_close()
        thread.join()
