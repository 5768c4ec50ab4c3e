"""The application under the servers that people run it with, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPSConnection
from importlib.util import find_spec
from pathlib import Path

import pytest

from flowc.program.codec import encode
from flowc.serve import app
from tests.certificates import certificate_in, needs_openssl
from tests.programs import acme
from tests.serve_host import ENVIRON, Hosted, free_port, on_uvicorn, signed

PRESSED = {"dtmf": {"digits": "1"}, "conversation_uuid": "CON-1"}

LOOPBACK = "127.0.0.1:{port}"
NAMED = "flowc.serve.asgi:application"
COMMANDS = {
    "uvicorn": ["uvicorn", NAMED, "--host", "127.0.0.1", "--port", "{port}", "--workers", "2"],
    "uvicorn, a factory": ["uvicorn", "--factory", "flowc.serve:app", "--host", "127.0.0.1", "--port", "{port}"],
    "uvicorn, own connections": ["flowc.serve.uvicorn", "--port", "{port}", "--workers", "2"],
    "gunicorn": ["gunicorn", "-k", "uvicorn_worker.UvicornWorker", "-b", LOOPBACK, "-w", "2", "flowc.serve:app()"],
    "gunicorn, own connections": ["gunicorn", "-k", "flowc.serve.gunicorn.Worker", "-b", LOOPBACK, NAMED],
    "flowc.serve": ["flowc.serve", "--port", "{port}", "--workers", "2"],
    "hypercorn": ["hypercorn", "-b", LOOPBACK, NAMED],
}

NEEDS = {
    "uvicorn": ("uvicorn", "httptools"),
    "gunicorn": ("gunicorn", "uvicorn_worker"),
    "flowc.serve": ("httptools",),
    "hypercorn": ("hypercorn",),
}


@contextmanager
def started(name: str, folder: Path) -> Iterator[tuple[Hosted, subprocess.Popen[bytes]]]:
    """A server, and its process, as it is typed."""
    port = free_port()
    (folder / "acme.program.json").write_text(json.dumps(encode(acme())))
    command = [sys.executable, "-m", *(each.format(port=port) for each in COMMANDS[name])]
    settings = {"FLOWC_PROGRAMS": str(folder), "FLOWC_BASE_URL": "https://ivr.example.com"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **ENVIRON, **settings},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(process, port)
        yield Hosted(port), process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(process.stderr.read().decode() if process.stderr else "")


@pytest.mark.parametrize("name", COMMANDS)
def test_calls_are_answered_under(name: str, tmp_path: Path) -> None:
    needs = NEEDS[name.split(",")[0]]
    missing = [each for each in needs if find_spec(each) is None]
    if missing:
        pytest.skip(f"there is no {' and no '.join(missing)}")
    with started(name, tmp_path) as (host, _):
        for _ in range(4):
            response = host.post("/acme/main", PRESSED)
            assert response.status == 200
            assert json.loads(response.body)[0]["text"] == "Connecting you to sales."
        assert host.post("/acme/main", PRESSED, iat=1).status == 401
        assert host.ask("POST", "/acme/main", b"x" * 70_000).status == 413
        assert host.ask("GET", "/acme%2Fmain").status == 404
        assert host.ask("GET", "/ready").body == b'{"status":"ok","flows":1,"changeRefused":false}\n'


def test_a_server_does_not_start_without_its_secrets(tmp_path: Path) -> None:
    (tmp_path / "acme.program.json").write_text(json.dumps(encode(acme())))
    environ = {key: value for key, value in os.environ.items() if not key.startswith("FLOWC_")}
    settings = {"FLOWC_PROGRAMS": str(tmp_path), "FLOWC_BASE_URL": "https://ivr.example.com"}
    command = [sys.executable, "-m", "uvicorn", "--factory", "flowc.serve:app", "--port", str(free_port())]
    done = subprocess.run(command, env={**environ, **settings}, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "set FLOWC_SIGNATURE_SECRET, FLOWC_API_KEY and FLOWC_APPLICATION_ID" in done.stderr


def test_the_workers_of_uvicorn_count_together(tmp_path: Path) -> None:
    with started("uvicorn, own connections", tmp_path) as (host, _):
        for _ in range(6):
            assert host.post("/acme/main", PRESSED).status == 200
        told = b'flowc_documents_total{flow="acme",document="sales"} 6\n'
        deadline = time.monotonic() + 20
        while told not in host.ask("GET", "/metrics").body and time.monotonic() < deadline:
            time.sleep(0.1)
        assert told in host.ask("GET", "/metrics").body


def test_own_connections_are_for_no_other_application() -> None:
    async def other(scope: object, receive: object, send: object) -> None:
        raise AssertionError

    with on_uvicorn(other, lifespan="off") as host, pytest.raises(OSError):
        host.ask("GET", "/")


@needs_openssl
def test_under_tls_what_is_too_large_is_refused_as_well(tmp_path: Path) -> None:
    certificate, key = certificate_in(tmp_path)
    application = app([acme()], base_url="https://ivr.example.com", environ=ENVIRON)
    with on_uvicorn(application, ssl_keyfile=str(key), ssl_certfile=str(certificate)) as host:
        trusting = ssl.create_default_context(cafile=str(certificate))
        for body, status in ((b"x" * 70_000, 413), (b"{}", 401)):
            connection = HTTPSConnection("localhost", host.port, timeout=20, context=trusting)
            connection.request("POST", "/acme/main", body)
            assert connection.getresponse().status == status
            connection.close()


def test_uvicorn_ends_when_what_has_come_in_is_answered(tmp_path: Path) -> None:
    """A connection on which nothing is asked does not keep it; a request that has begun is answered."""
    with started("uvicorn, own connections", tmp_path) as (host, process), ExitStack() as stack:
        idle = stack.enter_context(socket.create_connection(("127.0.0.1", host.port), timeout=20))
        begun = stack.enter_context(socket.create_connection(("127.0.0.1", host.port), timeout=20))
        body = json.dumps(PRESSED).encode()
        lines = [f"{name}: {value}" for name, value in {**signed(body), "Content-Length": len(body)}.items()]
        begun.sendall("\r\n".join(["POST /acme/main HTTP/1.1", "Host: x", *lines, "", ""]).encode() + body[:5])
        assert host.post("/acme/main", PRESSED).status == 200
        process.send_signal(signal.SIGTERM)
        begun.sendall(body[5:])
        assert b" 200 OK" in b"".join(iter(lambda: begun.recv(65536), b""))
        assert idle.recv(100) == b""
        assert process.wait(20) is not None
