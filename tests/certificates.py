"""A certificate for a server on loopback."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

OPENSSL = shutil.which("openssl") or ""

needs_openssl = pytest.mark.skipif(not OPENSSL, reason="openssl makes the certificate of this server")


def certificate_in(folder: Path) -> tuple[Path, Path]:
    """A certificate of a server of one's own, which trusts itself, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", certificate]
    named = ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([OPENSSL, "req", "-x509", *made, *named], check=True, capture_output=True)
    return certificate, key
