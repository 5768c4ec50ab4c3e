"""How much a request may ask of the server, and how long it may take to be read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, NamedTuple

from .deadline import Begun, within

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Headers = Mapping[bytes, bytes]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Limits(NamedTuple):
    """Bytes of a body, of all headers, of a path with its query; seconds until a body has been read; seconds from a
    webhook to its answer; webhooks that are answered at the same time.

    `answer` lies below the 5 s after which the platform gives up a webhook that answers a call (reference, timeouts).
    """

    body: int = 64 * 1024
    headers: int = 16 * 1024
    path: int = 8 * 1024
    read: float = 5.0
    answer: float = 4.5
    together: int = 500


_MOST_DIGITS = 18


class LimitError(Exception):
    """A request past a limit; `status` is what it is answered with."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class GoneError(Exception):
    """Who asked does not wait for the answer any more."""


def headers_of(scope: Scope, limits: Limits) -> Headers:
    """The headers of a request by name; of one that stands twice nobody can say which counts, so it is empty.

    Raises LimitError for headers (431) or a path (414) past the limits, or a body that says that it is (413).
    """
    if len(scope["path"]) + len(scope["query_string"]) > limits.path:
        raise LimitError(414)
    pairs = scope["headers"]
    headers: dict[bytes, bytes] = dict(pairs)
    size = sum(map(len, headers)) + sum(map(len, headers.values()))
    if len(headers) != len(pairs):
        size = sum(len(name) + len(value) for name, value in pairs)
        headers |= dict.fromkeys(_twice(pairs), b"")
    if size > limits.headers:
        raise LimitError(431)
    length = headers.get(b"content-length", b"")
    if length.isdigit() and (len(length) > _MOST_DIGITS or int(length) > limits.body):
        raise LimitError(413)
    return headers


def _twice(pairs: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    seen = set()
    for name, _ in pairs:
        if name in seen:
            yield name
        seen.add(name)


async def body_of(first: Message | Begun[Message], receive: Receive, limits: Limits) -> bytes:
    """The body of a request, from its first message on.

    Raises LimitError (413 too large, 408 too slow), and GoneError if it breaks off.
    """
    try:
        return await within(limits.read, _body(first, receive, limits.body))
    except TimeoutError:
        raise LimitError(408) from None


async def _body(first: Message | Begun[Message], receive: Receive, most: int) -> bytes:
    message = await first if isinstance(first, Begun) else first
    parts, size = [part_of(message)], 0
    while True:
        size += len(parts[-1])
        if size > most:
            raise LimitError(413)
        if not message.get("more_body"):
            return b"".join(parts)
        message = await receive()
        parts.append(part_of(message))


def part_of(message: Message) -> bytes:
    """The part of a body in a message. Raises GoneError where there is none to come."""
    if message["type"] == "http.disconnect":
        raise GoneError
    part: bytes = message.get("body", b"")
    return part
