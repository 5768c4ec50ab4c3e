"""Asks the outside for a call: one HTTP request, on time or not at all.

Redirects are not followed. What comes back is read up to a limit, within a deadline for all of it.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from ..program.headers import NEVER, OURS
from .deadline import in_task
from .networks import Network, NetworkError, addresses

if TYPE_CHECKING:
    import h11

MOST_BYTES = 256 * 1024
"""Bytes of an answer that are read."""

MOST_DEEP = 50
_READ = 16 * 1024
_JSON = "application/json"
_OF_THE_SENDING = OURS | NEVER
_NO_LINE = r"[\x00-\x08\x0a-\x1f\x7f]"


Data = Mapping[str, Any]
"""What is asked: `url`, and where there are any, `headers` (an object) and `json`, the body as JSON data."""


class Answer(NamedTuple):
    """What came back: a status and the body as JSON data; `json` is false for a body that is none.

    Without a status nothing came back, or not all of it on time; `why` says so, for the log.
    """

    status: int | None
    body: object = None
    json: bool = False
    why: str = ""


class RequestError(Exception):
    """A request that cannot be made; its text says why."""


async def ask(method: str, data: Data, seconds: float, allowed: Sequence[Network] = ()) -> Answer:
    """The answer to a request within some seconds; `allowed` are the private networks that may be asked."""
    if seconds <= 0:
        return Answer(None, why="no time is left for it")
    await in_task()
    try:
        async with asyncio.timeout(seconds):
            return await _exchange(method, data, allowed)
    except TimeoutError:
        return Answer(None, why="it took too long")
    except (RequestError, NetworkError, OSError, ValueError) as fault:
        return Answer(None, why=str(fault) or type(fault).__name__)


async def _exchange(method: str, data: Data, allowed: Sequence[Network]) -> Answer:
    url = _url(str(data["url"]))
    body = json.dumps(data["json"], ensure_ascii=False).encode() if "json" in data else None
    reader, writer = await _connected(url, allowed)
    try:
        return await _talk(reader, writer, _request(method, data.get("headers", {}), url, body), body)
    finally:
        writer.transport.abort()  # nothing more is wanted of it; a farewell would wait for the other side


def _url(text: str) -> SplitResult:
    url = urlsplit(text)
    if url.scheme not in ("http", "https") or not url.hostname or "@" in url.netloc:
        raise RequestError("its URL is not one of http or https, with a host and without a password")
    if not text.isascii() or any(each <= " " or each == "\x7f" for each in text):
        raise RequestError("its URL has characters that no URL has")
    return url


async def _connected(url: SplitResult, allowed: Sequence[Network]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to the first address of a host that takes one."""
    host, secure = str(url.hostname), url.scheme == "https"
    port = url.port or (443 if secure else 80)
    fault: OSError | None = None
    for address in await addresses(host, port, allowed):
        try:
            return await asyncio.open_connection(
                address, port, limit=_READ, ssl=_tls() if secure else None, server_hostname=host if secure else None
            )
        except OSError as each:
            fault = each
    raise fault or RequestError("its host has no address")


@lru_cache(1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


async def _talk(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: h11.Request, body: bytes | None
) -> Answer:
    """Send a request and read what comes back."""
    import h11

    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=_READ)
    try:
        writer.write(connection.send(request) or b"")
        writer.write((connection.send(h11.Data(body)) or b"") if body else b"")
        writer.write(connection.send(h11.EndOfMessage()) or b"")
        status, parts, size = 0, [], 0
        while not isinstance(event := connection.next_event(), h11.EndOfMessage | h11.ConnectionClosed):
            if event is h11.NEED_DATA:
                connection.receive_data(await reader.read(_READ))
            elif isinstance(event, h11.Response):
                status = event.status_code
            elif isinstance(event, h11.Data):
                parts.append(bytes(event.data))
                size += len(parts[-1])
                if size > MOST_BYTES:
                    raise RequestError("its answer is too large")
    except h11.RemoteProtocolError:
        raise RequestError("its answer is no HTTP") from None
    return _answer(status, b"".join(parts))


def _request(method: str, given: Mapping[str, object], url: SplitResult, body: bytes | None) -> h11.Request:
    """A request that h11 takes. The author's headers stand for ours of the same name, but for those of the sending."""
    import h11

    headers = {"host": url.netloc, "accept": _JSON, "user-agent": "flowc"}
    headers |= {} if body is None else {"content-type": _JSON}
    own = {name.lower(): str(value).strip(" \t") for name, value in given.items()}
    headers |= {name: value for name, value in own.items() if name not in _OF_THE_SENDING}
    headers |= {"accept-encoding": "identity", "connection": "close"}
    headers |= {} if body is None else {"content-length": str(len(body))}
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    if any(re.search(_NO_LINE, value) for value in headers.values()):
        raise RequestError("a value cannot stand in one of its headers")
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    try:
        return h11.Request(method=method, target=target, headers=encoded)
    except h11.LocalProtocolError:
        raise RequestError("a value cannot stand in one of its headers") from None


def _answer(status: int, body: bytes) -> Answer:
    if not status:
        return Answer(None, why="it was closed without an answer")
    try:
        data = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return Answer(status)
    return Answer(status, data, True) if _is_shallow(data) else Answer(status)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def _is_shallow(data: object) -> bool:
    """Whether data is nested no deeper than we go: what is written from it is walked by recursion."""
    level = [data]
    for _ in range(MOST_DEEP):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return True
    return False
