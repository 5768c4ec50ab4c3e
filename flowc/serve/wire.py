"""Responses as they go over the wire, in HTTP/1.1."""

from __future__ import annotations

import time
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus

from .responses import Headers, Response


def as_bytes(response: Response, *, keep: bool, body: bool) -> bytes:
    """A response as it goes over the wire."""
    status, content, headers = response
    head = _head(status, headers, int(time.time()), keep)
    return b"%b%d\r\n\r\n%b" % (head, len(content), content if body else b"")


@lru_cache(64)
def _head(status: int, headers: Headers, second: int, keep: bool) -> bytes:
    """How a response begins, up to the length of its body; all of a second that are alike begin alike."""
    date = formatdate(second, usegmt=True).encode()
    fields = [*headers, (b"date", date), *([] if keep else [(b"connection", b"close")])]
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()]
    return b"".join([*lines, *(name + b": " + value + b"\r\n" for name, value in fields), b"content-length: "])
