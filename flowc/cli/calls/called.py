"""The files of rehearsed calls, and the flows that they call."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from ...caller.rehearsals.rehearsal import Rehearsals
from ...caller.rehearsals.rules import NO_SUCH_FLOW
from ...caller.rehearsals.said_where import Flow
from ...compiler import compile
from ...language.explained.wording import either
from ...language.reading.params import UNDECLARED_PARAM
from ...program.program import Program
from ...text.diagnostics import Diagnostic, errors
from ...text.nearest import nearest
from ...text.source import Source
from ...workspace.file import load
from ...workspace.given import layers
from ...workspace.inspection import flow_name
from ...workspace.project import Project, find, read
from ...workspace.reading import Reader
from ...workspace.sources import discover
from .typed import binding

SUFFIXES = (".calls.yml", ".calls.yaml")
"""How the names of files of calls end."""

HOSTED = "hosted"
"""What is written for the flow of calls that were made at a URL."""

COMPILE = "the call of compile"
"""Where the compiler says that a param comes from which it was given with the flow."""

FLOW_SUFFIXES = (".flow.yml", ".flow.yaml")
"""How the names of files of flows end."""


class Called(NamedTuple):
    """A flow that is called: its program, its text, and its file."""

    program: Program
    text: Flow
    file: Path


def files_of(paths: Sequence[str]) -> Iterator[Path]:
    """The files of calls of paths, each once; a folder stands for all in it and under it. Without any, the project."""
    starts = [Path(path) for path in paths] or [_root()]
    seen: set[str] = set()
    for start in starts:
        if not start.exists():
            raise click.UsageError(f"{start}: there is no such file or folder{_flow_named(str(start))}")
        for file in sorted(_under(start)) if start.is_dir() else [start]:
            if os.path.realpath(file) not in seen:
                seen.add(os.path.realpath(file))
                yield file


def _flow_named(name: str) -> str:
    """Where the flow is whose name was written for the path of its file."""
    file = _names(Path("."), _project(Path("."), [])).get(name)
    return f"; write the path of the flow `{name}`: {os.path.relpath(file)}" if file is not None else ""


def called(path: Path, rehearsals: Rehearsals, said: list[Diagnostic], *, needed: bool) -> Called | None:
    """The flow of a file of calls, compiled. None where there is none, or one with mistakes: said if `needed`."""
    found: list[Diagnostic] = []
    file = file_called(path, rehearsals, found)
    flow = _compiled(file, _project(file, found), rehearsals.params, found) if file is not None else None
    said += [_here(each, rehearsals) for each in found] if needed else []
    return flow


def _here(found: Diagnostic, rehearsals: Rehearsals) -> Diagnostic:
    """A finding about a param that a file of calls binds, at its line there; any other one as it is."""
    params, document = rehearsals.params, rehearsals.document
    name = _named_first(found.message, params)
    if COMPILE not in found.message or name is None or not isinstance(params, dict):
        return found
    place = document.key(params, name) if found.rule is UNDECLARED_PARAM else document.value(params, name)
    return found.rule.at(place, found.message.replace(COMPILE, "this file"), found.hint)


def _named_first(message: str, params: Mapping[str, object]) -> str | None:
    """The param that a message is about: the first that it names, for a value may look like another name."""
    named = [each for each in params if f"`{each}`" in message]
    return min(named, key=lambda each: message.index(f"`{each}`"), default=None)


def _typed(found: Diagnostic, params: Mapping[str, object]) -> Diagnostic:
    """A finding about a param that was bound on the command line, at its word there; any other one as it is."""
    name = _named_first(found.message, params)
    if COMPILE not in found.message or name is None:
        return found
    source, span = binding([f"{each}=" for each in params], name)
    return Diagnostic(found.rule, source, span, found.message.replace(COMPILE, "`--param`"), found.hint)


def file_called(path: Path, rehearsals: Rehearsals, said: list[Diagnostic]) -> Path | None:
    """The file of the flow that calls are of: by its path, or by its name among those beside and of the project."""
    if rehearsals.flow.endswith((".yml", ".yaml")):
        file = path.parent / rehearsals.flow
        if not file.exists():
            said.append(_no_file(path, rehearsals))
            return None
        return file
    likely = path.with_name(f"{rehearsals.flow}{FLOW_SUFFIXES[0]}")
    if likely.is_file() and _name(likely) == rehearsals.flow:  # else all flows of a project are looked at
        return likely
    names = _names(path.parent, _project(path, said))
    if rehearsals.flow in names:
        return names[rehearsals.flow]
    near = nearest(rehearsals.flow, names)
    there = either([f"`{each}`" for each in sorted(names)[:_MOST_NAMED]])
    hint = f"there {'is' if len(names) == 1 else 'are'} {there}" if names else _NONE_THERE
    hint = f"did you mean `{near}`?" if near else hint
    if rehearsals.flow == HOSTED:
        hint = "these calls are of a program that is hosted: give its answer URL, `flowc test --url …`"
    said.append(NO_SUCH_FLOW.at(rehearsals.flow_place, f"there is no flow `{rehearsals.flow}` here", hint))
    return None


_MOST_NAMED = 5
"""Flows that are named where the one that is wanted is not there."""

_NONE_THERE = "put its file beside this one, or write the path of its file in place of its name"


def _no_file(path: Path, rehearsals: Rehearsals) -> Diagnostic:
    """A path to a flow that is not there."""
    folder = (path.parent / rehearsals.flow).parent
    names = [each.name for each in folder.iterdir() if each.name.endswith(FLOW_SUFFIXES)] if folder.is_dir() else []
    before = rehearsals.flow[: len(rehearsals.flow) - len(Path(rehearsals.flow).name)]
    near = nearest(rehearsals.flow, [f"{before}{name}" for name in names])
    hint = f"did you mean `{near}`?" if near else "write the path from the folder of this file"
    return NO_SUCH_FLOW.at(rehearsals.flow_place, f"there is no file `{rehearsals.flow}` here", hint)


def names_here(path: Path) -> dict[str, Path]:
    """The flows that a file of calls may name: those beside it and those of its project, by their names."""
    return _names(path.parent, _project(path, []))


def named_from(path: Path, flow: Called | None) -> str:
    """What a file of calls names its flow: by its name where that is known there, else by the path of its file."""
    if flow is None:
        return HOSTED
    name = flow.program.flow
    if is_same(names_here(path).get(name), flow.file):
        return name
    real = os.path.realpath(path.parent)
    return Path(os.path.relpath(os.path.realpath(flow.file), real)).as_posix()


def is_same(one: Path | None, other: Path) -> bool:
    """Whether two paths lead to one file."""
    return one is not None and os.path.realpath(one) == os.path.realpath(other)


def flow_file(name: str) -> Path:
    """The file of a flow by its path, or by its name among those here and of the project. Raises UsageError."""
    path = Path(name)
    if path.is_file():
        return path
    names = _names(Path("."), _project(Path("."), []))
    if name not in names:
        near = nearest(name, names)
        raise click.UsageError(f"{name}: there is no such flow{f'; did you mean {near}?' if near else ''}")
    return names[name]


def flow_of(name: str, params: Mapping[str, object], said: list[Diagnostic]) -> Called | None:
    """A flow by its path or its name, compiled. Raises UsageError."""
    path = flow_file(name)
    project = _project(path, said)
    found: list[Diagnostic] = []
    flow = _compiled(path, project, params, found)
    said += [_typed(each, params) for each in found]
    return flow


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
    return Called(program, Flow(result.places, program), file) if program is not None else None


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


def _names(folder: Path, project: Project | None) -> dict[str, Path]:
    """The flows of a folder and of a project, by their names."""
    beside = [each for each in sorted(folder.iterdir()) if each.name.endswith(FLOW_SUFFIXES)]
    files = [*beside, *(discover([], project) if project else [])]
    return {name: file for file in reversed(files) if (name := _name(file)) is not None}


def _name(file: Path) -> str | None:
    source = load(file)
    found = flow_name(source) if isinstance(source, Source) else None
    return found.name if found is not None else None
