"""The application as an object, under the servers that are given its name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from flowc.caller.web import Response
from flowc.program.codec import encode
from tests.nginx import free_port
from tests.programs import acme
from tests.serve_host import ENVIRON, Hosted

NAMED = "flowc.serve.asgi:application"
SERVERS = {
    "uvicorn": ["uvicorn", "--port", "{port}", NAMED],
    "uvicorn, own connections": ["flowc.serve.uvicorn", "--port", "{port}"],
    "gunicorn": ["gunicorn", "-k", "uvicorn_worker.UvicornWorker", "-b", "127.0.0.1:{port}", NAMED],
    "gunicorn, own connections": ["gunicorn", "-k", "flowc.serve.gunicorn.Worker", "-b", "127.0.0.1:{port}", NAMED],
    "hypercorn": ["hypercorn", "-b", "127.0.0.1:{port}", NAMED],
}


@contextmanager
def begun(name: str, port: int, folder: Path, **environ: str) -> Iterator[subprocess.Popen[str]]:
    server = name.split(",")[0]
    if any(find_spec(each) is None for each in (server, "uvicorn_worker" if server == "gunicorn" else server)):
        pytest.skip(f"there is no {server}")
    (folder / "acme.program.json").write_text(json.dumps(encode(acme())))
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FLOWC_")}
    settings = {"FLOWC_PROGRAMS": str(folder), "FLOWC_BASE_URL": "https://ivr.example.com", **environ}
    command = [sys.executable, "-m", *(each.format(port=port) for each in SERVERS[name])]
    with subprocess.Popen(command, env={**clean, **settings}, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=30)


def answered(process: subprocess.Popen[str], ask: Callable[[], Response]) -> Response:
    """What comes back, as soon as the server is there."""
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return ask()
        except OSError:
            time.sleep(0.05)
    raise AssertionError("it does not answer")


@pytest.mark.parametrize("name", SERVERS)
def test_what_keeps_it_from_being_served_is_said_without_the_places_it_came_through(name: str, tmp_path: Path) -> None:
    with begun(name, free_port(), tmp_path) as process:
        _, said = process.communicate(timeout=60)
    (line,) = [each for each in said.splitlines() if each.startswith("flowc.serve: ")]
    assert "set FLOWC_SIGNATURE_SECRET, FLOWC_API_KEY and FLOWC_APPLICATION_ID" in line
    assert "Traceback" not in said
    if name != "hypercorn":  # it ends with 0 whatever becomes of its workers
        assert process.returncode == 3


def test_uvicorn_s_workers_are_not_started_where_they_cannot_serve(tmp_path: Path) -> None:
    """A worker that ends at once is started again and again; and what lacks is said once."""
    pytest.importorskip("uvicorn", reason="it runs under uvicorn")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FLOWC_")}
    command = [sys.executable, "-m", "flowc.serve.uvicorn", "--workers", "2", "--port", str(free_port())]
    done = subprocess.run(command, env=clean, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert done.stderr.count("there are no programs: set FLOWC_PROGRAMS") == 1
    assert "Traceback" not in done.stderr


UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize("name", SERVERS)
def test_a_websocket_is_refused_and_leaves_no_traceback_under(name: str, tmp_path: Path) -> None:
    host = Hosted(free_port())
    with begun(name, host.port, tmp_path, **ENVIRON) as process:
        status = answered(process, lambda: host.ask("GET", "/acme/main", headers=UPGRADE)).status
        assert status in (400, 401, 403)  # where the server knows no websockets, it is a request like others, or none
        process.terminate()
        _, said = process.communicate(timeout=30)
    assert "Traceback" not in said
