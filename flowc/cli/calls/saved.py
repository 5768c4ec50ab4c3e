"""A call that was made by hand, written so that `flowc test` plays it as it was."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click

from ...caller.exploring.calls_through import Explored
from ...caller.rehearsals.rehearsal import Rehearsals
from ...caller.rehearsals.written_calls import entries, head
from ...language.reading.params import ENVIRONMENT
from ...text.diagnostics import Diagnostic
from ...text.reports.display import safe
from ...workspace import disk
from .. import CLEAN, ERRORS
from .call_files import append, create, free
from .called import Called, file_called, is_same, named_from
from .longer import NL
from .tested import read


class Goal(NamedTuple):
    """The file that a call is to be written into, and the calls that are in it; None where it is not there yet."""

    path: Path
    rehearsals: Rehearsals | None = None

    @property
    def params(self) -> Mapping[str, object]:
        """What the calls in it bind."""
        return self.rehearsals.params if self.rehearsals is not None else {}


def goal(path: Path) -> Goal:
    """Where a call will be written. Raises UsageError where it cannot be, before anybody has made one in vain."""
    if not path.exists():
        trouble = disk.parentless(str(path))
        if trouble is not None:
            raise click.UsageError(f"--save {path}: {trouble.message}")
        return Goal(path)
    said: list[Diagnostic] = []
    rehearsals = read(path, said)[1]
    if rehearsals is None:
        raise click.UsageError(f"--save {path}: this is no file of calls without mistakes; flowc test {path} says them")
    return Goal(path, rehearsals)


def check(goal: Goal, flow: Path, params: Mapping[str, object]) -> None:
    """Raise UsageError where a call would be another one in that file: of another flow, or with other params."""
    there = goal.rehearsals
    if there is None:
        return
    if not is_same(file_called(goal.path, there, []), flow):
        raise click.UsageError(f"--save {goal.path}: its calls are of `{safe(there.flow)}`; save this one elsewhere")
    other = next((name for name in params if params[name] != there.params.get(name, _UNBOUND)), None)
    if other is not None:
        raise click.UsageError(f"--save {goal.path}: its calls do not bind `{safe(other)}` so; save this one elsewhere")


def save(goal: Goal, called: Called | None, made: Explored, params: Mapping[str, object]) -> int:
    """Write a call, behind those that are in its file; the exit code."""
    command = _plays(goal.path.name, called, made)
    if goal.rehearsals is None:
        params = _told(called, params)
        begins = f"{head(named_from(goal.path, called), params)}{f'  # {command}{NL}' if command else ''}"
        trouble = create(goal.path, f"{begins}{entries([('a call', made)])}", 1)
    else:
        name = free("a call", [each.name for each in goal.rehearsals.calls])
        trouble = append(goal.path, goal.rehearsals, [(name, made)])
        trouble = trouble or (_remarked(goal.path, name, command) if command else [])
    for each in trouble:
        click.echo(safe(each), err=True)
    if command and not trouble:
        click.echo(f"it plays as it was with what was supposed: {safe(_plays(str(goal.path), called, made))}", err=True)
    return ERRORS if trouble else CLEAN


def _plays(file: str, called: Called | None, made: Explored) -> str:
    """The command that plays a call as it was, where that is not the usual one; otherwise nothing."""
    supposed = " ".join(f"--suppose {each}" for each in sorted(made.start.call.supposed))
    hosted = "--url … " if called is None else ""
    return f"flowc test {hosted}{supposed} {shlex.quote(file)}" if supposed else ""


def _remarked(path: Path, name: str, remark: str) -> list[str]:
    """Put a comment above the call of that name, which has been put at the end of a file; what keeps it from that."""
    if "\n" in remark:
        return []
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        begins = list(re.finditer(rf"^([ ]*)(?:- |\{{)name: {re.escape(json.dumps(name))}", text, re.MULTILINE))
        if not begins:  # it has gone into another file, for this one cannot have more
            return []
        at, eol = begins[-1].start(), "\r\n" if "\r\n" in text else "\n"
        real = Path(os.path.realpath(path))
        part = real.with_name(f"{real.name}.part")
        part.write_text(f"{text[:at]}{begins[-1][1]}# {remark}{eol}{text[at:]}", encoding="utf-8", newline="")
        shutil.copymode(real, part)
        part.replace(real)
    except OSError as error:
        return [f"{path}: {disk.refusal(error, str(path)).message}"]
    return []


def _told(called: Called | None, params: Mapping[str, object]) -> Mapping[str, object]:
    """The params that a file of calls may bind for all to read: no secret."""
    secrets = called.program.secrets if called is not None else ()
    for name in params:
        if name in secrets:
            hint = f"bind it with {ENVIRONMENT}{name.upper()}, or by hand to one that is none"
            click.echo(f"the secret `{name}` is not written: {hint}", err=True)
    return {name: value for name, value in params.items() if name not in secrets}


_UNBOUND = object()
