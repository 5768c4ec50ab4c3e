"""The rehearsed call that a call by hand does first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click

from ...caller.rehearsals.given import Given
from ...caller.rehearsals.rehearsal import Rehearsed
from ...text.diagnostics import Diagnostic
from ...text.nearest import nearest
from ...text.reports.display import safe
from ...workspace.unread import Reread
from .tested import read

_MOST_NAMED = 10
"""Calls that are named where the one that is wanted is not there."""


class Replay(NamedTuple):
    """A rehearsed call that is done first; `given` is what servers answer in it."""

    rehearsed: Rehearsed | None = None
    params: Mapping[str, object] = {}

    @property
    def given(self) -> Mapping[str, Given]:
        return self.rehearsed.given if self.rehearsed else {}


def replayed(wanted: str) -> Replay:
    """The rehearsed call of `FILE` or `FILE:NAME`."""
    file, name = _parts(wanted)
    said: list[Diagnostic] = []
    _, rehearsals = read(Path(file), said) if file else ("", None)
    if rehearsals is None:
        why = next(iter(Reread(said))).message if said else "there is no such file"
        raise click.UsageError(f"--replay {wanted}: {why}")
    found = next((each for each in rehearsals.calls if name in ("", each.name)), None)
    if found is None:
        names = [each.name for each in rehearsals.calls]
        near = nearest(name, names)
        there = f"did you mean {near}?" if near else f"there are: {'; '.join(names[:_MOST_NAMED])}"
        raise click.UsageError(f"--replay {file}: it has no call `{safe(name)}`; {safe(there)}")
    return Replay(found, rehearsals.params)


def _parts(wanted: str) -> tuple[str, str]:
    """The file and the name in `FILE` or `FILE:NAME`, either of which may have colons in it."""
    parts = wanted.split(":")
    for count in range(len(parts), 0, -1):
        file = ":".join(parts[:count])
        if Path(file).is_file():
            return file, ":".join(parts[count:]).strip()
    return "", ""
