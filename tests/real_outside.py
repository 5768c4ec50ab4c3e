"""What the flows of real systems ask: a server on a loopback port that answers as a call says."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import NamedTuple

from tests.loopback import listening

LATE = None
"""An answer that does not come while anybody waits for it."""

Answer = tuple[int, object] | str | None
"""A status and JSON data, a text that is no JSON, or LATE."""


class Asked(NamedTuple):
    """A request that came."""

    request: str
    json: object
    authorization: str


class Desk:
    """Answers as it is set up for a call, and writes down what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, deque[Answer]] = {}
        self.asked: list[Asked] = []

    def set_up(self, outside: Mapping[str, Answer | list[Answer]]) -> None:
        """Be ready for a call: what is answered by `METHOD /path`, of a list one after the other. All else is a 500."""
        self.answers = {key: deque(each if isinstance(each, list) else [each]) for key, each in outside.items()}
        self.asked = []

    def answer(self, request: str, body: bytes, authorization: str) -> tuple[int, bytes] | None:
        """A status and a body; None for what is late."""
        self.asked.append(Asked(request, json.loads(body) if body else None, authorization))
        answers = self.answers.get(request, deque([(500, {})]))
        found = answers.popleft() if len(answers) > 1 else answers[0]
        if found is None:
            return None
        return (200, found.encode()) if isinstance(found, str) else (found[0], json.dumps(found[1]).encode())


@contextmanager
def serving(desk: Desk) -> Iterator[str]:
    """The desk behind a URL. Who asks for what is late waits in vain until all is over."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = desk.answer(f"{self.command} {self.path}", body, self.headers.get("Authorization", ""))
            if answer is None:
                over.wait(60)
                return
            self.send_response(answer[0])
            self.send_header("Content-Length", str(len(answer[1])))
            self.end_headers()
            self.wfile.write(answer[1])

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with listening(Handler, over.set) as url:
        yield url
