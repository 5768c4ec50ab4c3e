"""A real nginx on a loopback port, in a folder of its own. `scripts/fetch-nginx` unpacks it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[1] / ".tools" / "nginx"
PROGRAM = TOOL / "usr" / "sbin" / "nginx"

needs_nginx = pytest.mark.skipif(not PROGRAM.exists(), reason="there is no nginx: scripts/fetch-nginx gets it")

_CONF = """
{main}
worker_processes 1;
daemon off;
pid {prefix}/nginx.pid;
error_log {prefix}/error.log warn;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {prefix}/body;
    proxy_temp_path {prefix}/proxy;
    fastcgi_temp_path {prefix}/fastcgi;
    uwsgi_temp_path {prefix}/uwsgi;
    scgi_temp_path {prefix}/scgi;
    {http}
    server {{
        listen 127.0.0.1:{port};
        {server}
    }}
}}
"""


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_conf(prefix: Path, port: int, http: list[Path], server: list[Path], main: str = "") -> Path:
    """An nginx.conf that includes files, as an administrator would; `main` stands at its beginning."""
    prefix.mkdir(parents=True, exist_ok=True)
    conf = prefix / "nginx.conf"
    includes = ["\n    ".join(f'include "{each}";' for each in files) for files in (http, server)]
    conf.write_text(_CONF.format(main=main, prefix=prefix, port=port, http=includes[0], server=includes[1]))
    return conf


def check(conf: Path) -> str:
    """What `nginx -t` says of a configuration; fails the test if it is refused."""
    done = subprocess.run(_command(conf, "-t"), capture_output=True, text=True, env=_environment(), timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stderr


def trouble(conf: Path) -> list[str]:
    """The lines of the error log that are no matter of a client: of the configuration, or of a regular expression."""
    lines = (conf.parent / "error.log").read_text().splitlines()
    return [each for each in lines if any(sign in each for sign in ("[crit]", "[alert]", "[emerg]", "pcre"))]


@contextmanager
def running(conf: Path, port: int) -> Iterator[None]:
    """nginx, from when it answers to when it is stopped."""
    process = subprocess.Popen(_command(conf), stderr=subprocess.PIPE, env=_environment())
    try:
        _await(process, port)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def _command(conf: Path, *options: str) -> list[str]:
    return [str(PROGRAM), "-p", str(conf.parent), "-c", str(conf), "-e", str(conf.parent / "start.log"), *options]


def _environment() -> dict[str, str]:
    """An nginx that lacks a library of its own finds it where it was unpacked."""
    return {**os.environ, "LD_LIBRARY_PATH": ":".join(str(each) for each in TOOL.glob("usr/lib/*-linux-gnu*"))}


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"nginx does not answer: {process.stderr.read().decode() if process.stderr else ''}")
