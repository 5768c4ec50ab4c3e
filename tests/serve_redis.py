"""A real redis-server on a loopback port. `scripts/fetch-redis` unpacks it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.nginx import free_port

TOOL = Path(__file__).parents[1] / ".tools" / "redis"
UNPACKED = TOOL / "usr" / "bin" / "redis-server"
PROGRAM = str(UNPACKED) if UNPACKED.exists() else shutil.which("redis-server")

needs_redis = pytest.mark.skipif(PROGRAM is None, reason="there is no redis-server: scripts/fetch-redis gets it")


@contextmanager
def redis() -> Iterator[str]:
    """The URL of a Redis that keeps nothing on a disk, from when it answers to when it is stopped."""
    port = free_port()
    libraries = ":".join(str(each) for each in TOOL.glob("usr/lib/*-linux-gnu*"))
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [str(PROGRAM), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
            env={**os.environ, "LD_LIBRARY_PATH": libraries},
        )
        try:
            _await(process, port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(20)


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("redis-server does not answer")
