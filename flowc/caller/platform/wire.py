"""One HTTP request under the platform's limits: whatever the server does, it is over in time."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from typing import NamedTuple
from urllib.parse import urlsplit

LARGEST = 1024 * 1024
"""How many bytes of an answer are read. A limit of ours: no document says how large an NCCO may be."""


class Limits(NamedTuple):
    """How long a connection and an answer may take, in seconds (reference, timeouts)."""

    connection: float = 1.0
    answer: float = 5.0


class Response(NamedTuple):
    """What a server answers: the media type in lower case, and a body that ends at LARGEST (`cut`)."""

    status: int
    media: str
    body: bytes
    cut: bool


class Trouble(NamedTuple):
    """Why nothing came back, how long that took, and whether the platform tries again.

    `begun`: an answer had begun when its time was over.
    """

    why: str
    again: bool
    seconds: float = 0.0
    begun: bool = False


def exchange(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None, limits: Limits
) -> Response | Trouble:
    """Make a request. Redirects are not followed."""
    connection = _connection(url, limits)
    if isinstance(connection, Trouble):
        return connection
    try:
        return _connected(connection, limits) or _in_time(connection, method, url, headers, body, limits)
    finally:
        connection.close()


def _connected(connection: HTTPConnection, limits: Limits) -> Trouble | None:
    """Why there is no connection; None where there is one."""
    try:
        connection.connect()
    except ssl.SSLError:
        return Trouble("no TLS connection that can be trusted", again=False)
    except TimeoutError:
        return Trouble("no connection in time", again=True, seconds=limits.connection)
    except socket.gaierror:
        return Trouble("no such host", again=False)
    except OSError:
        return Trouble("no connection", again=True)
    return None


def _connection(url: str, limits: Limits) -> HTTPConnection | Trouble:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return Trouble("an invalid URL", again=False)
    if parts.scheme not in ("http", "https") or not host or any(ord(each) <= 32 or ord(each) > 126 for each in url):
        return Trouble("an invalid URL", again=False)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return kind(host, port, timeout=limits.connection)


def _in_time(
    connection: HTTPConnection, method: str, url: str, headers: Mapping[str, str], body: bytes | None, limits: Limits
) -> Response | Trouble:
    """The answer over a connection, which is closed at the deadline however slowly bytes come."""
    late: list[bool] = []
    opened = connection.sock

    def stop() -> None:
        late.append(True)
        with suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)

    deadline = Timer(limits.answer, stop)
    deadline.daemon = True
    deadline.start()
    begun = False
    try:
        opened.settimeout(limits.answer + 1)
        parts = urlsplit(url)
        connection.request(
            method, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, dict(headers)
        )
        response = connection.getresponse()
        begun = True
        found = _read(response)
    except (OSError, HTTPException, ValueError):
        found = None
    finally:
        deadline.cancel()
    if late:
        return Trouble("no answer in time", again=True, seconds=limits.answer, begun=begun)
    return found or Trouble("Connection closed.", again=True)


def _read(response: HTTPResponse) -> Response | None:
    """The answer; None where the server stopped in the middle of it."""
    body = response.read(LARGEST + 1)
    if len(body) <= LARGEST and response.length:
        return None
    media = response.headers.get_content_type() if "content-type" in response.headers else ""
    return Response(response.status, media, body[:LARGEST], len(body) > LARGEST)
