"""Which files there are to read: those named, those in a folder, those of a project."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from . import globs
from .file import leaves, load
from .project import Project

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
        found: Iterator[Path] = (
            file for path in paths for file in _expand(path, root, lambda name: name.endswith(SUFFIXES))
        )
    else:
        found = _flows(project) if project else iter(())
    return list(dict.fromkeys(found))


def _expand(path: Path, root: Path | None, wanted: Callable[[str], bool]) -> Iterator[Path]:
    if os.path.isdir(path):
        yield from sorted(_walk(path, root, wanted))
    else:
        yield path


def _flows(project: Project) -> Iterator[Path]:
    root = Path(os.path.relpath(project.root))
    for pattern in project.flows:
        if not globs.is_pattern(pattern):
            yield from _expand(root / pattern, project.root, lambda name: name.endswith(SUFFIXES))
            continue
        for path in sorted(_walk(root / globs.folder(pattern), project.root, lambda name: True)):
            if globs.matches(pattern, path.relative_to(root).as_posix()):
                yield path


def _walk(folder: Path, root: Path | None, wanted: Callable[[str], bool]) -> Iterator[Path]:
    """What is wanted in a folder and under it; hidden folders are left out, a folder is entered once."""
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
                yield from (path,) if wanted(entry.name) else ()
            elif root is not None and entry.is_symlink() and leaves(path, root):
                yield path
            elif not entry.name.startswith("."):
                waiting.append(path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir()
