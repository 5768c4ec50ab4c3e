"""Which files there are to read: those named, those in a folder, those of a project."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from . import globs
from .file import leaves, load
from .project import Project
from .walk import matching

__all__ = ["SUFFIXES", "discover", "load"]

SUFFIXES = (".flow.yml", ".flow.yaml", ".ncco.json")
"""How the names end that are looked for in a folder."""


def discover(paths: Sequence[Path], project: Project | None = None) -> list[Path]:
    """The files to read, each once, in the order of the paths and within a folder by name.

    A folder stands for what is in it and under it; without any path, the project stands for its flows. What cannot
    be read is among the files, for `load` to say why. Links to folders are followed within the project.
    """
    root = project.root if project else None
    if paths:
        return once(file for path in paths for file in _expand(path, root))
    return list(map(Path, dict.fromkeys(flows(project)))) if project else []


def once(paths: Iterable[Path]) -> list[Path]:
    """The paths without those that are a second spelling of one before."""
    first: dict[str, Path] = {}
    for path in paths:
        first.setdefault(os.path.abspath(path), path)
    return list(first.values())


def flows(project: Project) -> Iterator[str]:
    """The paths of a project's flows, from the working directory. Without wildcards, a file or a folder is meant."""
    for _, files in by_pattern(project):
        yield from files


def by_pattern(project: Project) -> Iterator[tuple[str, list[str]]]:
    """Each pattern of a project's flows and what it names, as `flows` has it."""
    root = os.path.relpath(project.root)
    for pattern in project.flows:
        if globs.is_pattern(pattern):
            yield pattern, matching(root, pattern)
        else:
            whole = Path(os.path.normpath(os.path.join(root, pattern)))
            yield pattern, list(map(str, _expand(whole, project.root)))


def _expand(path: Path, root: Path | None) -> Iterator[Path]:
    if os.path.isdir(path):
        yield from sorted(_walk(path, root))
    else:
        yield path


def _walk(folder: Path, root: Path | None) -> Iterator[Path]:
    """What has one of the suffixes in a folder and under it; hidden folders are left out, a folder is entered once."""
    waiting, entered = [folder], set()
    while waiting:
        here = waiting.pop()
        try:
            info = os.stat(here)
            entries = list(os.scandir(here)) if (info.st_dev, info.st_ino) not in entered else []
            entered.add((info.st_dev, info.st_ino))
        except FileNotFoundError:
            continue
        except OSError:
            yield here
            continue
        for entry in entries:
            path = here / entry.name
            if not _is_folder(entry):
                yield from (path,) if entry.name.endswith(SUFFIXES) else ()
            elif root is not None and entry.is_symlink() and leaves(path, root):
                yield path
            elif not entry.name.startswith("."):
                waiting.append(path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir()
