"""Small servers on loopback that answer as they are told, well or badly, one connection after the other."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

Badly = Callable[[socket.socket], None]
"""What a server does with a connection whose request it has read."""


class Asked(NamedTuple):
    """A request as it came: its first line, its headers by lower-case name, its body."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.line.split(" ")[1]


class Server(NamedTuple):
    url: str
    asked: list[Asked]


def answers(body: str | bytes, status: int = 200, media: str = "application/json", *more: str) -> Badly:
    """A whole answer."""
    data = body if isinstance(body, bytes) else body.encode()
    head = [f"HTTP/1.1 {status} X", f"Content-Length: {len(data)}", "Connection: close", *more]
    head += [f"Content-Type: {media}"] if media else []
    return lambda link: link.sendall("\r\n".join([*head, "", ""]).encode() + data)


@contextmanager
def serving(*steps: Badly, read: bool = True) -> Iterator[Server]:
    """A server that does one step a request, in order; the last one again and again. It may not `read` them first."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[Asked] = []
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                link, _ = listener.accept()
            except OSError:
                return
            with link, suppress(OSError, ValueError):
                asked.append(_read(link) if read else Asked("", {}, b""))
                steps[min(len(asked), len(steps)) - 1](link)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{listener.getsockname()[1]}", asked)
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def _read(link: socket.socket) -> Asked:
    with link.makefile("rb") as file:
        line = file.readline().decode().strip()
        headers: dict[str, str] = {}
        while text := file.readline().decode().strip():
            name, _, value = text.partition(":")
            headers[name.lower()] = value.strip()
        return Asked(line, headers, file.read(int(headers.get("content-length", 0))))
