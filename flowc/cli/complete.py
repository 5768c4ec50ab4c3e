"""What a shell offers for the value of an option."""

from __future__ import annotations

from pathlib import Path

import click


def warnings(context: click.Context, option: click.Parameter, begun: str) -> list[str]:
    """The names of rules that can be allowed."""
    from ..rules import all_rules

    return [each.name for each in all_rules() if each.severity == "warning" and each.name.startswith(begun)]


def sites(context: click.Context, option: click.Parameter, begun: str) -> list[str]:
    """The sites of the project that the working directory lies in."""
    from ..workspace.project import find, read

    file = find(Path())
    project = read(file)[0] if file else None
    return [name for name in project.sites if name.startswith(begun)] if project else []


def targets(context: click.Context, option: click.Parameter, begun: str) -> list[str]:
    """The hosts."""
    from ..hosting import NAMES

    return [name for name in NAMES if name.startswith(begun)]
