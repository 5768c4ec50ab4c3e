"""Does something again whenever a file changes, until a person ends it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

from ..workspace.project import find

_SECONDS = 0.3
_ENDINGS = (".yml", ".yaml", ".json")
_MOST = 20_000
"""Files that are looked at each time."""

Stamp = dict[str, tuple[int, int]]


def again_and_again(paths: Sequence[str], run: Callable[[], object]) -> None:
    """Run, and run again after each change of a file in the folders of paths; ends on Ctrl-C."""
    folders = list(dict.fromkeys(map(_folder, paths or ["."])))
    try:
        while True:
            before = _stamp(folders)
            _run(run)
            click.echo("waiting for a change; Ctrl-C ends", err=True)
            while _stamp(folders) == before:
                time.sleep(_SECONDS)
    except KeyboardInterrupt:
        click.echo(err=True)


def _run(run: Callable[[], object]) -> None:
    """Run once; wrong usage may be right after the next change."""
    try:
        run()
    except click.UsageError as wrong:
        wrong.show()


def _folder(path: str) -> str:
    """The folder that is watched for a path: that of its project, for a flow may use others."""
    file = find(Path(path) if os.path.isdir(path) else Path(path).parent)
    if file is not None:
        return os.path.relpath(file.parent)
    return path if os.path.isdir(path) else os.path.dirname(path) or "."


def _stamp(folders: Iterable[str]) -> Stamp:
    found: Stamp = {}
    for path in _files(folders):
        try:
            info = os.stat(path)
        except OSError:
            continue
        found[path] = info.st_mtime_ns, info.st_size
        if len(found) == _MOST:
            break
    return found


def _files(folders: Iterable[str]) -> Iterator[str]:
    for folder in folders:
        for here, inner, names in os.walk(folder):
            inner[:] = [each for each in inner if not each.startswith(".")]
            yield from (os.path.join(here, each) for each in names if each.endswith(_ENDINGS))
