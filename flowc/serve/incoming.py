"""Requests out of the bytes of a connection, each refused as soon as it is past a limit.

httptools reads them as strictly as it can.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from .responder import Request

if TYPE_CHECKING:
    from .limits import Limits

_LINE = 4096
"""Bytes of a first line and of what stands between headers, beside those that are counted."""

_FRAMES = 8
"""Bytes that may come for each byte of a body: one that is sent in pieces has a line for each of them."""


class Taker(Protocol):
    """What takes requests."""

    def take(self, request: Request, body: bytes, *, keep: bool) -> None:
        """Take a request; `keep` says whether its connection is to be kept."""

    def go_on(self) -> None:
        """Tell who waits for that to send the body."""


class Incoming:
    """What comes on one connection. `refusal` is the status of what is not read on for; `url` that of what is begun."""

    def __init__(self, taker: Taker, limits: Limits) -> None:
        from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

        self.taker = taker
        self.most_body, self.most_headers, self.most_path = limits.body, limits.headers, limits.path
        self.most_head = limits.headers + limits.path + _LINE
        self.parser, self.faults = HttpRequestParser(self), (HttpParserError, HttpParserUpgrade)
        self.refusal, self.most = 0, 0
        self.fresh()

    def fresh(self) -> None:
        """Be ready for the next request."""
        self.url, self.size, self.fed, self.again, self.in_head = b"", 0, 0, 0, True
        self.headers: dict[bytes, bytes] = {}
        self.parts: list[bytes] = []

    def read(self, data: bytes) -> None:
        """Read what has come."""
        self.fed += len(data)  # a request that ends in it takes this back
        self.most = self.fed
        try:
            self.parser.feed_data(data)
        except self.faults:
            self.refusal = self.refusal or 400
        if self.fed > self.most_head:
            if self.in_head:
                self.refusal = self.refusal or 431
            elif self.fed > self.most_head + _FRAMES * self.most_body:
                self.refusal = self.refusal or 413

    # From the parser

    def on_url(self, url: bytes) -> None:
        """A part of the URL."""
        self.url += url
        if len(self.url) > self.most_path:
            self.refusal = self.refusal or 414

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header. Of one that stands twice nobody can say which counts; what stands behind a body is none."""
        name = name.lower()
        if name not in self.headers and self.in_head:
            self.headers[name] = value
            return
        self.again += len(name) + len(value)
        if self.again > self.most_headers:
            self.refusal = self.refusal or 431
        elif self.in_head:
            self.headers[name] = b""

    def on_headers_complete(self) -> None:
        """All headers are there. What is too large already is refused; who wants to be told to go on is told."""
        self.in_head = False
        headers, length = self.headers, self.headers.get(b"content-length", b"0")
        most = self.most_headers
        if self.most > most and self.again + sum(map(len, headers)) + sum(map(len, headers.values())) > most:
            self.refusal = self.refusal or 431
        if not length.isdigit() or int(length[:19]) > self.most_body:
            self.refusal = self.refusal or 413
        if b"expect" in headers and not self.refusal:
            self.taker.go_on()

    def on_body(self, part: bytes) -> None:
        """A part of the body."""
        self.size += len(part)
        if self.size > self.most_body:
            self.refusal = self.refusal or 413
        else:
            self.parts.append(part)

    def on_message_complete(self) -> None:
        """A request is there."""
        if not self.refusal:
            request, body = self._request(), b"".join(self.parts)
            self.fresh()
            self.taker.take(request, body, keep=self.parser.should_keep_alive())

    def _request(self) -> Request:
        raw, _, query = self.url.partition(b"?")
        path = raw.decode("latin-1")
        if path[:1] != "/":  # with the host before it, as a proxy is asked
            path = f"/{path.partition('://')[2].partition('/')[2]}"
        if "%" in path:
            path = unquote(path) if "%2f" not in path.lower() else ""
        return Request(self.parser.get_method().decode("latin-1"), path, query, self.headers, time.monotonic())
