"""What a command is about where nobody names a path: the project here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ..workspace.project import find

NO_PROJECT = "there is no project here (no `flowc.yml` in this folder or above it): name a PATH"


def see_project(paths: Sequence[str]) -> None:
    """See that there are paths or a project. Raises UsageError."""
    if not paths and find(Path()) is None:
        raise click.UsageError(NO_PROJECT)
