"""The command `flowc` as it is typed: the one beside this Python, or, where there is none, one for this checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a terminal in which `flowc` is this checkout's. `home` may be written to."""
    installed = Path(sys.executable).parent
    if not (installed / "flowc").exists():
        installed = home / ".bin"
        installed.mkdir(exist_ok=True)
        (installed / "flowc").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m flowc "$@"\n', encoding="utf-8")
        (installed / "flowc").chmod(0o755)
    path = f"{installed}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(home), "LANG": "C.UTF-8", "NO_COLOR": "1"}
