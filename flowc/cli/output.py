"""What commands print: reports, in colour where it is wanted, and the line that sums them up."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from ..text.diagnostics import Diagnostic
from ..text.reports import FORMATS, Findings
from ..workspace.unread import Reread

COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour in text; auto: where a person is watching, unless NO_COLOR is set, or where FORCE_COLOR is.",
)


def report(
    diagnostics: Sequence[Diagnostic],
    files: Sequence[str],
    *,
    form: str = "text",
    color: str = "auto",
    aside: bool = False,
) -> None:
    """Print what was found in a format of `flowc.text.reports`; `aside`, where stdout is for something else."""
    if form == "text" and not diagnostics:
        return
    wanted = form == "text" and wants_color(color, sys.stderr if aside else sys.stdout)
    print_text(FORMATS[form](Findings(Reread(diagnostics), files, wanted)), exact=form != "text", aside=aside)


def print_text(text: str, *, exact: bool = False, aside: bool = False) -> None:
    """Print a text as it is. Where the terminal has no such letter it is spelt out; `exact` writes UTF-8 anyhow."""
    stream = sys.stderr if aside else sys.stdout
    if isinstance(stream, TextIO) and hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace", **({"encoding": "utf-8"} if exact else {}))
    stream.write(text)
    stream.flush()


def wants_color(choice: str, stream: TextIO) -> bool:
    """Whether to write in colour to a stream: as chosen, else as the environment says, else where a person watches."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def summary(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """What was found in one line: `2 errors, 1 warning in 3 files`."""
    errors = sum(each.rule.severity == "error" for each in diagnostics)
    counts = ((errors, "error"), (len(diagnostics) - errors, "warning"))
    found = ", ".join(counted(count, word) for count, word in counts if count)
    return f"{found or 'no mistakes'} in {counted(files, 'file')}"


def counted(count: int, word: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
