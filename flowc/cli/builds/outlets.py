"""Where `flowc render --data` writes: what was asked with `--out`, and why nothing can be written there."""

from __future__ import annotations

import os
import sys

import click

from ...text.diagnostics import Diagnostic
from ...workspace import disk
from ...workspace.outlet import File, Folder, Outlet, Stream
from .asked import Asked


def outlet(out: str | None) -> Outlet:
    """A file, a folder (a path that is one or ends in `/`), or without a path stdout."""
    if out is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        return Stream(sys.stdout)
    return Folder(out) if _is_folder(out) else File(out)


def _is_folder(out: str) -> bool:
    return out.endswith(("/", os.path.sep)) or os.path.isdir(out)


def obstacle(what: str, asked: Asked, out: str | None) -> Diagnostic | None:
    """Why nothing can be written where it was asked. Raises UsageError where that is no place for it."""
    if asked.key == "ncco":
        raise click.UsageError("--key ncco: this is the name of the document in each line; name the column otherwise")
    if out is None:
        return None
    for file, name in ((what, "the template"), (asked.data or "", "the table")):
        if os.path.exists(out) and os.path.exists(file) and os.path.samefile(out, file):
            raise click.UsageError(f"--out {out}: this is {name} itself")
    if not _is_folder(out):
        return disk.parentless(out)
    if asked.key is None:
        raise click.UsageError(f"--out {out}: a folder has a file for each row; by which column are they named? --key")
    if os.path.isdir(out) and os.listdir(out):
        raise click.UsageError(f"--out {out}: this folder is not empty; name a new one")
    return disk.obstacle(out.rstrip("/" + os.path.sep) or out, default=False)
