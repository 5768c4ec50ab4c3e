"""Which files are checked together: those of one project, under its project file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..text.diagnostics import Diagnostic, Rule
from ..text.source import Source, Span
from .file import shown
from .project import FILE, Project, find, patterns, read
from .sources import by_pattern, discover, once

NOTHING_TO_CHECK = Rule(
    "W608",
    "nothing-to-check",
    """There is no flow where flows were looked for.

A check that looks at nothing finds nothing wrong, and so hides that the flows are elsewhere or named otherwise.

Name the right folder, or end the files' names in `.flow.yml`, `.flow.yaml` or `.ncco.json`.""",
)


class Batch(NamedTuple):
    """Files of one project, or of none. `whole` says that they are all of its flows."""

    project: Project | None
    paths: list[Path]
    whole: bool = False


class Selection(NamedTuple):
    """What is to be checked, and what is wrong with the project files and the paths."""

    batches: list[Batch]
    found: list[Diagnostic]


def select(paths: Sequence[Path]) -> Selection:
    """The files of the paths, each with the project in whose folder it lies. A project file stands for itself."""
    found: list[Diagnostic] = []
    groups: dict[Path | None, list[Path]] = {}
    for path in paths:
        folder = path if os.path.isdir(path) else path.parent
        if path.name == FILE:
            groups.setdefault(_find(folder), [])
            continue
        files = discover([path], _project(_find(folder), []))
        if not files:
            found.append(_nothing(Source(shown(path), ""), Span(0, 0)))
        for file in files:
            groups.setdefault(_find(file.parent), []).append(file)
    batches = [Batch(_project(file, found), once(mine)) for file, mine in groups.items()]
    return Selection(batches, found)


def select_project(folder: Path) -> Selection | None:
    """The flows of the project that a folder lies in; none where it lies in none."""
    file = find(folder)
    if file is None:
        return None
    found: list[Diagnostic] = []
    project = _project(file, found)
    if project is None:
        return Selection([], found)
    paths, idle = whole(project)
    if not found:
        found += idle
    return Selection([Batch(project, list(map(Path, paths)), whole=True)], found)


def whole(project: Project) -> tuple[list[str], list[Diagnostic]]:
    """The paths of all flows of a project, and what is said of patterns that name none."""
    named = dict(by_pattern(project))
    paths = list(dict.fromkeys(path for files in named.values() for path in files))
    written = [(pattern, place) for pattern, place in patterns(project) if pattern in named]
    if not paths and not written:
        return paths, [_nothing(project.document.source, project.document.whole().span)]
    return paths, [_nothing(project.document.source, place.span) for pattern, place in written if not named[pattern]]


def project_of(path: Path, found: list[Diagnostic]) -> Project | None:
    """The project in whose folder a path lies."""
    return _project(_find(path.parent), found)


def _project(file: Path | None, found: list[Diagnostic]) -> Project | None:
    if file is None:
        return None
    project, said = _read(file)
    found += said
    return project


@cache
def _find(folder: Path) -> Path | None:
    return find(folder)


@cache
def _read(file: Path) -> tuple[Project | None, list[Diagnostic]]:
    return read(Path(os.path.relpath(file)))


def _nothing(source: Source, span: Span) -> Diagnostic:
    hint = "flows are files that end in `.flow.yml`, `.flow.yaml` or `.ncco.json`"
    return Diagnostic(NOTHING_TO_CHECK, source, span, "there is no flow here", hint)
