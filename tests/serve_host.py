"""The server on a real uvicorn on a loopback port, and webhooks as the platform signs them."""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from http.client import HTTPConnection
from typing import Any, NamedTuple

import pytest

jwt = pytest.importorskip("jwt", reason="PyJWT signs the webhooks of these tests")
uvicorn = pytest.importorskip("uvicorn", reason="the server runs under uvicorn")

from flowc.caller.web import Response  # noqa: E402
from tests.nginx import free_port  # noqa: E402

SECRET = "a-signature-secret-of-these-tests-alone"
API_KEY = "abcd1234"
APPLICATION = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
ENVIRON = {
    "FLOWC_SIGNATURE_SECRET": SECRET,
    "FLOWC_API_KEY": API_KEY,
    "FLOWC_APPLICATION_ID": APPLICATION,
    "FLOWC_SEAL_KEYS": "a-key-to-seal-with-in-these-tests-alone",
}


class Hosted(NamedTuple):
    """A server that runs."""

    port: int

    def ask(
        self, method: str, path: str, body: bytes | Iterator[bytes] = b"", headers: Mapping[str, str] | None = None
    ) -> Response:
        """A request, and what comes back."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body or None, dict(headers or {}))
            answer = connection.getresponse()
            return Response(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def post(self, path: str, fields: Mapping[str, object], **claims: object) -> Response:
        """A signed webhook by POST."""
        body = json.dumps(fields, separators=(",", ":")).encode()
        return self.ask("POST", path, body, signed(body, **claims))

    def get(self, path: str, query: Mapping[str, str], **claims: object) -> Response:
        """A signed webhook by GET."""
        from urllib.parse import urlencode

        text = json.dumps(query, separators=(",", ":"), ensure_ascii=False).encode()
        return self.ask("GET", f"{path}?{urlencode(query)}", headers=signed(text, **claims))


def token(payload: bytes, **changed: object) -> str:
    """A token as the platform makes it for a payload; a claim that is None is left out."""
    count = next(_COUNT)
    claims: dict[str, object] = {
        "iat": int(time.time()),
        "jti": f"id-{count}-{time.time_ns()}",
        "iss": "Vonage",
        "payload_hash": hashlib.sha256(payload).hexdigest(),
        "api_key": API_KEY,
        "application_id": APPLICATION,
        **changed,
    }
    return str(jwt.encode({k: v for k, v in claims.items() if v is not None}, SECRET, algorithm="HS256"))


def signed(payload: bytes, **changed: object) -> dict[str, str]:
    """The headers of a signed webhook."""
    return {"Authorization": f"Bearer {token(payload, **changed)}", "Content-Type": "application/json"}


def _counting() -> Iterator[int]:
    n = 0
    while True:
        yield (n := n + 1)


_COUNT = _counting()


@contextmanager
def running(application: Any, port: int = 0, **options: Any) -> Iterator[Hosted]:
    """The application under uvicorn, from when it answers to when it is stopped."""
    port = port or free_port()
    config = uvicorn.Config(application, host="127.0.0.1", port=port, log_level="error", access_log=False, **options)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + 30
        while not server.started and thread.is_alive() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert server.started
        yield Hosted(port)
    finally:
        server.should_exit = True
        thread.join(20)


def on_uvicorn(application: Any, **options: Any) -> AbstractContextManager[Hosted]:
    """The application under uvicorn, with connections of its own."""
    return running(application, http="flowc.serve.uvicorn:protocol", **options)


@contextmanager
def listening(application: Any) -> Iterator[Hosted]:
    """The application on connections of its own, without a server between."""
    from flowc.serve.listener import listen, new_loop, serve

    socket, loop, ended = listen("127.0.0.1", 0), new_loop(), asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(serve(application, socket, ended)))
    thread.start()
    try:
        yield Hosted(socket.getsockname()[1])
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(20)
        loop.close()
        socket.close()
