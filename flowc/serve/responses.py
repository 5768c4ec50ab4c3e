"""Responses, and the message that begins one."""

from __future__ import annotations

from typing import NamedTuple

from .limits import Message
from .written import NONE

Headers = tuple[tuple[bytes, bytes], ...]

_NOT_KEPT = (b"cache-control", b"no-store")
JSON: Headers = ((b"content-type", b"application/json"), _NOT_KEPT)
METRICS: Headers = ((b"content-type", b"text/plain; version=0.0.4; charset=utf-8"), _NOT_KEPT)
METHODS: Headers = (*JSON, (b"allow", b"GET, HEAD, POST"))


class Response(NamedTuple):
    """A status, a body and headers without the length of the body."""

    status: int
    body: bytes = NONE
    headers: Headers = JSON


def start_of(response: Response) -> Message:
    """The message that begins a response; its own, for servers and what is around the application may change it."""
    headers = [*response.headers, (b"content-length", b"%d" % len(response.body))]
    return {"type": "http.response.start", "status": response.status, "headers": headers}
