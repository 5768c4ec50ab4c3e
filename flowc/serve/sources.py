"""Programs as a build has written them: the folder `program/`, or single files of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ..program.codec import decode
from ..program.program import Program
from .settings import ServeError

ENDING = ".program.json"
SITE = "site.json"
"""Beside the programs: `{"base_url": …, "numbers": {number: flow}}`, where a build has written it."""


def read(path: Path) -> Program:
    """The program in a file. Raises ServeError for one that cannot be read."""
    try:
        return decode(json.loads(path.read_bytes()))
    except OSError as fault:
        raise ServeError(f"{path}: {fault.strerror}") from None
    except (ValueError, RecursionError) as fault:
        raise ServeError(f"{path}: {fault}") from None


def program_files(path: Path) -> list[Path]:
    """The programs in a folder, or the one that a path names. Raises ServeError where there is none."""
    if path.is_file():
        return [path]
    if path.name.endswith(ENDING):
        raise ServeError(f"{path}: there is no such file; `flowc build --target server` writes it, into `program/`")
    if not path.exists():
        raise ServeError(f"{path}: there is no such folder; `flowc build --target server` writes it, as `program/`")
    found = sorted(path.glob(f"*{ENDING}"))
    if not found:
        raise ServeError(f"{path}: there is no `*{ENDING}`; `flowc build --target server` writes them, into `program/`")
    return found


def site_file(path: Path) -> Path:
    """What a build has written beside the programs, or would have."""
    return (path if path.is_dir() else path.parent) / SITE


def site(path: Path) -> Mapping[str, object]:
    """What a build has written beside the programs; nothing where there is nothing. Raises ServeError."""
    try:
        data = json.loads(site_file(path).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        raise ServeError(f"{site_file(path)}: it cannot be read") from None
    if not isinstance(data, dict):
        raise ServeError(f"{site_file(path)}: it is no JSON object")
    return data
