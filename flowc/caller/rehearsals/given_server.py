"""A server that answers what rehearsed calls have as given: for a program that is hosted, and asks it for real."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from ..platform.application import Call
from ..platform.play import A_CALL
from .given import Answering, Given

_LONGEST = 1 << 20
"""Bytes of a request that are read."""

_IDS = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_WAITING = 128
"""Connections that may wait to be taken up: a program asks for many calls at once, and each may ask several things."""


class Asked:
    """What is given in a call that is under way, and what was asked in it that is not."""

    def __init__(self, given: Mapping[str, Given], call: Call) -> None:
        self.answering, self.lock = Answering(given), threading.Lock()
        self.ids = _IDS.findall(f"{call.uuid} {call.conversation}".lower())
        self.unexpected: list[str] = []
        self.unfit: list[tuple[str, object]] = []
        """Requests that are given, with bodies that no answer is for."""
        self.alike: list[tuple[str, str]] = []
        """Two requests that are given, differ in their server alone, and were asked: here both have the same."""
        self.over = threading.Event()
        """Set when the call is over: nobody waits any longer for an answer that does not come."""

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


class GivenServer:
    """The calls that are under way, and what each has as given.

    Where several may be, a request is for the one that it names, by an id of the call anywhere in it: nothing else
    tells for which of them a program asks.
    """

    def __init__(self, *, several: bool = False) -> None:
        self.several = several
        self.last: Asked | None = None
        self.named: dict[str, Asked] = {}
        self.unnamed: list[str] = []
        """Requests that name none of several calls, or more than one."""

    def begins(self, given: Mapping[str, Given], call: Call = A_CALL) -> Asked:
        """Another call begins."""
        self.last = asked = Asked(given, call)
        self.named |= dict.fromkeys(asked.ids, asked)
        return asked

    def meant(self, request: str, text: str) -> Asked | None:
        """The call that a request is for, all of whose `text` is given; None where that is not known."""
        if not self.several:
            return self.last
        found = {id(each): each for name in _IDS.findall(text.lower()) if (each := self.named.get(name)) is not None}
        if len(found) != 1:
            self.unnamed.append(request)
            return None
        return next(iter(found.values()))

    def ends(self) -> None:
        """All calls are over."""
        for each in [*self.named.values()]:
            each.over.set()


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
def answering(host: str, port: int, *, several: bool = False) -> Iterator[GivenServer]:
    """The server at an address, for `several` calls at once. Raises OSError where it cannot be had."""
    given = GivenServer(several=several)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sent = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _LONGEST))
            request = f"{self.command} {self.path}"
            meant = given.meant(request, f"{request}\n{self.headers.as_string()}\n{sent.decode('latin-1')}")
            answer = (404, b"null") if meant is None else meant.answer(self.command, self.path, sent)
            if answer is None:
                if meant is not None:
                    meant.over.wait()
                return
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer[1])))
            self.end_headers()
            self.wfile.write(answer[1])

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: what was asked is a matter of the call."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = _WAITING

    server = Server((host, port), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield given
    finally:
        given.ends()
        server.shutdown()
        server.server_close()
        thread.join()
