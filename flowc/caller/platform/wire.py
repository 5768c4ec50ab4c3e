"""One HTTP request under the platform's limits: whatever the server does, it is over in time."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
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
    """What a server answers: media type and encoding in lower case, and a body that ends at LARGEST (`cut`).

    `location` is where a redirect leads, and `hops` how many redirects led here.
    """

    status: int
    media: str
    body: bytes
    cut: bool
    encoding: str = ""
    location: str = ""
    hops: int = 0


class Trouble(NamedTuple):
    """Why nothing came back, how long that took, and whether the platform tries again.

    `begun`: an answer had begun when its time was over.
    """

    why: str
    again: bool
    seconds: float = 0.0
    begun: bool = False


class Request(NamedTuple):
    """What is asked of a server."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None


def exchange(request: Request, limits: Limits) -> Response | Trouble:
    """Make a request. Redirects are not followed."""
    connection = _connection(request.url, limits)
    if isinstance(connection, Trouble):
        return connection
    try:
        trouble = _opened(connection, limits)
        if trouble is not None:
            return trouble
        with socket.socket(fileno=os.dup(connection.sock.fileno())) as held:
            return _in_time(connection, held, request, limits)
    finally:
        connection.close()


def _connection(url: str, limits: Limits) -> HTTPConnection | Trouble:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return Trouble("an invalid URL", again=False)
    if parts.scheme not in ("http", "https") or not host or any(ord(each) <= 32 or ord(each) > 126 for each in url):
        return Trouble("an invalid URL", again=False)
    if parts.scheme == "https":
        return HTTPSConnection(host, port, timeout=limits.connection, context=_context())
    return HTTPConnection(host, port, timeout=limits.connection)


@cache
def _context() -> ssl.SSLContext:
    """Whom a server has to be trusted by; made once, for it costs more than a request."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _opened(connection: HTTPConnection, limits: Limits) -> Trouble | None:
    """Why there is no connection; None where there is one. To make it safe has a time of its own, all in all."""
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


@contextmanager
def _until(seconds: float, held: socket.socket) -> Iterator[list[bool]]:
    """Work with a connection that is closed after so many seconds, however slowly bytes come; whether it was.

    `held` is the connection by another handle: one that is made safe cannot be closed from outside by its own.
    """
    late: list[bool] = []

    def stop() -> None:
        late.append(True)
        with suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)

    deadline = Timer(seconds, stop)
    deadline.daemon = True
    deadline.start()
    try:
        yield late
    finally:
        deadline.cancel()


def _in_time(connection: HTTPConnection, held: socket.socket, request: Request, limits: Limits) -> Response | Trouble:
    """The answer over a connection, which is closed at the deadline."""
    method, url, headers, body = request
    begun, found = False, None
    with _until(limits.answer, held) as late:
        try:
            connection.sock.settimeout(limits.answer + 1)
            parts = urlsplit(url)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            begun = True
            found = _read(response)
        except (OSError, HTTPException, ValueError):
            found = None
    if late:
        return Trouble("no answer in time", again=True, seconds=limits.answer, begun=begun)
    return found or Trouble("Connection closed.", again=True)


def _read(response: HTTPResponse) -> Response | None:
    """The answer; None where the server stopped in the middle of it."""
    body = response.read(LARGEST + 1)
    if len(body) <= LARGEST and response.length:
        return None
    media = response.headers.get_content_type() if "content-type" in response.headers else ""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    location = response.headers.get("location", "") if 300 <= response.status < 400 else ""
    return Response(response.status, media, body[:LARGEST], len(body) > LARGEST, encoding, location)
