"""`flowc check`: says every mistake in flows and NCCOs."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ..checks.allow import allowed
from ..text.characters import LARGEST
from ..text.diagnostics import Diagnostic, Rule
from ..text.reports import FORMATS
from ..workspace.file import decode
from ..workspace.inspection import Checked, inspect, settle
from ..workspace.inspection import check as check_source
from ..workspace.selection import Selection, project_of, select, select_project
from . import CLEAN, ERRORS
from .calls.typed import COMMAND_LINE, allows
from .complete import warnings
from .here import NO_PROJECT
from .output import COLOR, report, summary

STDIN = "<stdin>"


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are written.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors do.")
@click.option(
    "--allow", "names", multiple=True, metavar="NAME", shell_complete=warnings, help="Quiet the warnings of a rule."
)
@click.option("--stdin-filename", metavar="NAME", help="The name of what `-` reads, in reports.")
@COLOR
@click.option("--quiet", "-q", is_flag=True, help="Print findings alone, without the line that counts them.")
def check(
    paths: tuple[str, ...],
    form: str,
    strict: bool,
    names: tuple[str, ...],
    stdin_filename: str | None,
    color: str,
    quiet: bool,
) -> int:
    """Say every mistake in flows and NCCOs.

    A folder stands for its *.flow.yml, *.flow.yaml and *.ncco.json, `-` for what comes in; without any PATH, the
    project's flows are checked. Exits with 1 where there are errors, with 0 where there are none.
    """
    # Everything lives until the end of the process; collecting would only look at it again and again.
    gc.disable()
    if stdin_filename is not None and "-" not in paths:
        raise click.UsageError("--stdin-filename names what `-` reads, and there is no `-`")
    checked, said = _inspected(paths, stdin_filename or STDIN)
    told = [*said, *(each for file in checked for each in file.found)]
    # what is wrong with a used flow is found in its own file, and again in each flow that uses it
    everything = {(each.rule, each.source.name, each.span, each.message): each for each in told}
    found = allowed(list(everything.values()), allows(names), _rules)
    files = dict.fromkeys(file.name for file in checked)
    report(found, list(files), form=form, color=color)
    if not quiet:
        spoken_of = files.keys() | {each.source.name for each in found} - {COMMAND_LINE}
        click.echo(summary(found, len(spoken_of)), err=True)
    return ERRORS if any(strict or each.rule.severity == "error" for each in found) else CLEAN


def _inspected(paths: Sequence[str], stdin_filename: str) -> tuple[list[Checked], list[Diagnostic]]:
    """Each file checked, and what is said of them together and of the projects."""
    checked, said = _stdin(stdin_filename) if "-" in paths else ([], [])
    selection = _selected([Path(path) for path in paths if path != "-"], bool(paths))
    said += selection.found
    gc.freeze()
    for batch in selection.batches:
        files, together = inspect(batch)
        checked += files
        said += together
    return checked, said


def _selected(paths: Sequence[Path], named: bool) -> Selection:
    selection = select(paths) if named else select_project(Path())
    if selection is None:
        raise click.UsageError(NO_PROJECT)
    return selection


def _stdin(name: str) -> tuple[list[Checked], list[Diagnostic]]:
    """What comes in, checked under the name of the file it stands for."""
    said: list[Diagnostic] = []
    source = decode(name, sys.stdin.buffer.read(LARGEST + 1) if sys.stdin else b"")
    project = project_of(Path(name), said) if name != STDIN else None
    checked, together = settle([check_source(Path(name), source)], project, whole=False)
    return checked, [*said, *together]


def _rules() -> Mapping[str, Rule]:
    from ..rules import by_name

    return by_name()
