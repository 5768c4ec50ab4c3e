"""Requests over HTTP as the platform makes them, and what came back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPSConnection
from typing import NamedTuple
from urllib.parse import urlsplit

SECONDS = 10
"""How long an answer may take: the platform's own limit for an event webhook (reference, timeouts)."""


class Request(NamedTuple):
    """A request to a host."""

    method: str
    url: str
    body: bytes = b""


class Response(NamedTuple):
    """What a host answers. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> object:
        """The body as JSON; None if it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


Fetch = Callable[[Request], Response]
"""Makes a request and returns what comes back. Raises OSError where no host answers."""


def fetch(request: Request) -> Response:
    """A request over a connection of its own; redirects are not followed."""
    parts = urlsplit(request.url)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.netloc, timeout=SECONDS)
    headers = {"Content-Type": "application/json"} if request.method == "POST" else {}
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(request.method, path, request.body or None, headers)
        answer = connection.getresponse()
        return Response(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()
