"""The files of rehearsed calls, and the flows that they call."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from ..caller.rehearsal import Rehearsals
from ..caller.rehearsal_rules import NO_SUCH_FLOW
from ..caller.said_where import Flow, flow_text
from ..compiler import compile
from ..program.program import Program
from ..text.diagnostics import Diagnostic, errors
from ..text.nearest import nearest
from ..text.source import Source
from ..workspace.file import load
from ..workspace.given import layers
from ..workspace.inspection import flow_name
from ..workspace.project import Project, find, read
from ..workspace.reading import Reader
from ..workspace.sources import discover

SUFFIXES = (".calls.yml", ".calls.yaml")
"""How the names of files of calls end."""

FLOW_SUFFIXES = (".flow.yml", ".flow.yaml")
"""How the names of files of flows end."""


class Called(NamedTuple):
    """A flow that is called: its program, and its text."""

    program: Program
    text: Flow


def files_of(paths: Sequence[str]) -> Iterator[Path]:
    """The files of calls of paths, each once; a folder stands for all in it and under it. Without any, the project."""
    starts = [Path(path) for path in paths] or [_root()]
    seen: set[str] = set()
    for start in starts:
        if not start.exists():
            raise click.UsageError(f"{start}: there is no such file or folder")
        for file in sorted(_under(start)) if start.is_dir() else [start]:
            if os.path.realpath(file) not in seen:
                seen.add(os.path.realpath(file))
                yield file


def called(path: Path, rehearsals: Rehearsals, said: list[Diagnostic], *, needed: bool) -> Called | None:
    """The flow of a file of calls, compiled. None where there is none, or one with mistakes: said if `needed`."""
    found: list[Diagnostic] = []
    project = _project(path, found)
    file = _file(path, rehearsals, project, found)
    flow = _compiled(file, project, rehearsals.params, found) if file is not None else None
    said += found if needed else []
    return flow


def flow_of(name: str, params: Mapping[str, object], said: list[Diagnostic]) -> Called | None:
    """A flow by the path of its file, or by its name among those here and of the project. Raises UsageError."""
    path = Path(name)
    project = _project(path if path.is_file() else Path("."), said)
    if not path.is_file():
        names = _names(Path("."), project)
        if name not in names:
            near = nearest(name, names)
            raise click.UsageError(f"{name}: there is no such flow{f'; did you mean {near}?' if near else ''}")
        path = names[name]
    return _compiled(path, project, params, said)


def _compiled(
    file: Path, project: Project | None, params: Mapping[str, object], said: list[Diagnostic]
) -> Called | None:
    """The flow of a file, with what the project and the environment bind. What is wrong with it is added to `said`."""
    source = load(file, project.root if project else None)
    if not isinstance(source, Source):
        said.append(source)
        return None
    given = layers(project, None, None, {}, os.environ, said.append)
    reader = Reader(str(project.root if project else file.parent))
    result = compile(source, params=params, layers=given, read=reader)
    said += errors(result.diagnostics)
    program = result.program
    return Called(program, flow_text(result.places, program)) if program is not None else None


def _root() -> Path:
    file = find(Path())
    return Path(os.path.relpath(file.parent)) if file is not None else Path()


def _under(folder: Path) -> Iterator[Path]:
    """The files of calls in a folder and under it; hidden folders are left out."""
    for here, folders, files in os.walk(folder):
        folders[:] = [each for each in folders if not each.startswith(".")]
        yield from (Path(here) / name for name in files if name.endswith(SUFFIXES))


def _project(path: Path, said: list[Diagnostic]) -> Project | None:
    file = find(path.parent)
    if file is None:
        return None
    project, found = read(Path(os.path.relpath(file)))
    said += found
    return project


def _file(path: Path, rehearsals: Rehearsals, project: Project | None, said: list[Diagnostic]) -> Path | None:
    """The file of the flow that calls are of: by its path, or by its name among those beside and of the project."""
    if rehearsals.flow.endswith((".yml", ".yaml")):
        return path.parent / rehearsals.flow
    names = _names(path.parent, project)
    if rehearsals.flow in names:
        return names[rehearsals.flow]
    near = nearest(rehearsals.flow, names)
    hint = f"did you mean `{near}`?" if near else "write the path of its file: `flow: acme.flow.yml`"
    said.append(NO_SUCH_FLOW.at(rehearsals.flow_place, f"there is no flow `{rehearsals.flow}` here", hint))
    return None


def _names(folder: Path, project: Project | None) -> dict[str, Path]:
    """The flows of a folder and of a project, by their names."""
    beside = [each for each in sorted(folder.iterdir()) if each.name.endswith(FLOW_SUFFIXES)]
    files = [*beside, *(discover([], project) if project else [])]
    return {name: file for file in reversed(files) if (name := _name(file)) is not None}


def _name(file: Path) -> str | None:
    source = load(file)
    found = flow_name(source) if isinstance(source, Source) else None
    return found.name if found is not None else None
