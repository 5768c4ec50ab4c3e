"""What lies beside a checkout, for tests: real NCCOs and flows, and the reference that the facts come from."""

from __future__ import annotations

from pathlib import Path

_SHARED = Path(__file__).parents[2] / "shared"
CORPUS = _SHARED / "corpus"
NCCOS = CORPUS / "ncco"
REFERENCE = _SHARED / "reference"
