"""The platform double over TLS: a server that can be trusted answers, and one that cannot is as the platform has it."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from certificates import certificate_in, needs_openssl
from dialled import QUICK, TALK, dialled
from played import said
from small_servers import Badly, answers, serving

from flowc.caller.platform import wire

HELLO = answers(TALK)
pytestmark = needs_openssl


def _safe(certificate: Path, key: Path, does: Badly = HELLO) -> Callable[..., None]:
    """A server's side of a connection that is made safe."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def answer(link: object) -> None:
        with context.wrap_socket(link, server_side=True) as safe:  # type: ignore[arg-type]
            safe.recv(65_536)
            does(safe)

    return answer


@pytest.mark.parametrize(("trusted", "why"), [(True, ""), (False, "no TLS connection that can be trusted")])
def test_a_server_is_called_over_tls_if_its_certificate_is_trusted(tmp_path: Path, trusted: bool, why: str) -> None:
    certificate, key = certificate_in(tmp_path)
    calls = "flow: hosted\ncalls: [{name: a, steps: [hears: Hello, ended]}]\n"
    (tmp_path / "hosted.calls.yml").write_text(calls, encoding="utf-8")
    trusts = {"SSL_CERT_FILE": str(certificate)} if trusted else {}
    with serving(_safe(certificate, key), read=False) as server:
        url = server.url.replace("http://127.0.0.1", "https://localhost")
        command = [sys.executable, "-m", "flowc", "test", "--url", url, str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **trusts})
    assert done.returncode == (0 if trusted else 1)
    assert why in done.stdout


def _drips(link: socket.socket) -> None:
    link.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n")
    for _ in range(50):
        link.sendall(b"[")
        time.sleep(0.1)


@pytest.mark.parametrize(("does", "why"), [(HELLO, "1 action"), (_drips, "no answer in time")])
def test_a_server_is_cut_off_over_tls_too(
    does: Badly, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = certificate_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    wire._context.cache_clear()
    try:
        with serving(_safe(certificate, key, does), read=False) as server:
            call = dialled(server.url.replace("http://127.0.0.1", "https://localhost"))
    finally:
        wire._context.cache_clear()
    assert said(call, "webhook")[0].endswith(why)
    assert call.seconds < 2 * QUICK.answer + 1
