"""What was found, written for a person or for another tool: one module a format."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from importlib import import_module
from typing import NamedTuple

from ..diagnostics import Diagnostic


class Findings(NamedTuple):
    """What was found, the names of all files that were looked at, and whether to write in colour (text only)."""

    diagnostics: Collection[Diagnostic]
    files: Sequence[str]
    color: bool = False


def words(diagnostic: Diagnostic) -> str:
    """The message and the hint, for tools that have one place for both."""
    return diagnostic.message if diagnostic.hint is None else f"{diagnostic.message}\nhelp: {diagnostic.hint}"


Format = Callable[[Findings], str]


def _format(module: str) -> Format:
    """The format of a module of this room, imported when it is first written: most runs find nothing to say."""

    def write(findings: Findings) -> str:
        written: str = import_module(f".{module}", __name__).write(findings)
        return written

    return write


FORMATS: dict[str, Format] = {name: _format(name) for name in ("text", "json", "sarif", "github", "junit")}
"""Each format by the name that `--format` takes. What it writes ends in a line break, or is empty."""
