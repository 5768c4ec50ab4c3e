"""Versions of flows, to be compared: files and folders, what was built, and revisions that git keeps."""

from __future__ import annotations

import json
import os
import posixpath
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..program.codec import decode
from ..program.program import Program
from ..text.diagnostics import Diagnostic, errors
from ..text.source import Source
from .file import load
from .project import find, read
from .reading import Reader
from .sources import discover

_PROGRAM = ".program.json"
_FLOWS = (".flow.yml", ".flow.yaml")
_SECONDS = 30


class VersionError(ValueError):
    """What was named as a version is none; says why."""


class Version(NamedTuple):
    """Flows by their names, and what is wrong with those that could not be compiled."""

    flows: Mapping[str, Program]
    found: list[Diagnostic]


def version(named: str) -> Version:
    """The flows that a path or a git revision names. Raises VersionError."""
    path = Path(named or "\0")  # no name is not the name of this folder
    if path.is_file():
        return _program(path) if path.name.endswith(_PROGRAM) else _compiled([path])
    if path.is_dir():
        built = [*sorted(path.glob(f"*{_PROGRAM}")), *sorted(path.glob(f"program/*{_PROGRAM}"))]
        return _together(map(_program, built)) if built else _compiled(_flows(path))
    return _revision(named)


def _flows(folder: Path) -> list[Path]:
    """The flows of a project, or those that lie in a folder."""
    file = find(folder)
    if file is not None and os.path.realpath(file.parent) == os.path.realpath(folder):
        project, _ = read(Path(os.path.relpath(file)))
        return discover([], project) if project is not None else []
    return sorted(each for each in folder.rglob("*") if each.name.endswith(_FLOWS))


def _compiled(paths: list[Path]) -> Version:
    return _together(_of(load(path), Reader(str(_root(path)))) for path in paths)


def _root(path: Path) -> Path:
    file = find(path.parent)
    return file.parent if file is not None else path.parent


def _of(source: Source | Diagnostic, reader: Callable[[str], str]) -> Version:
    """The version that is one flow."""
    from ..compiler import compile

    if isinstance(source, Diagnostic):
        return Version({}, [source])
    result = compile(source, read=reader)
    program = result.program
    return Version({program.flow: program} if program is not None else {}, errors(result.diagnostics))


def _together(versions: Iterator[Version]) -> Version:
    flows: dict[str, Program] = {}
    found: list[Diagnostic] = []
    for each in versions:
        flows.update(each.flows)
        found += each.found
    return Version(flows, found)


def _program(path: Path) -> Version:
    """The version that is one compiled flow."""
    try:
        program = decode(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError) as error:
        raise VersionError(f"{path}: {error}") from None
    return Version({program.flow: program}, [])


def _revision(named: str) -> Version:
    """The flows of a revision, `REVISION` or `REVISION:PATH`, of this folder or of the path."""
    revision, _, path = named.partition(":")
    if revision.startswith("-") or not revision:
        raise VersionError(f"{named}: there is no such file, and no revision has such a name")
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    if not commit:
        raise VersionError(f"{named}: there is no such file, and git knows no such revision here")
    listed = _git("ls-tree", "-r", "-z", "--name-only", commit, "--", path or ".").split("\0")
    names = [each for each in listed if each.endswith(_FLOWS)]
    return _together(_of(Source(f"{revision}:{name}", _shown(commit, name)), _Then(revision, commit)) for name in names)


class _Then:
    """Gives the compiler the texts of other files as they were."""

    def __init__(self, revision: str, commit: str) -> None:
        self.revision, self.commit = revision, commit

    def __call__(self, path: str) -> str:
        """The text of a file, by its path from where git was asked."""
        name = posixpath.normpath(path.removeprefix(f"{self.revision}:"))
        if name.startswith(".."):
            raise PermissionError("it lies outside of the project")
        text = _shown(self.commit, name)
        if not text:
            raise FileNotFoundError("there is no such file")
        return text


def _shown(commit: str, name: str) -> str:
    return _git("show", "--end-of-options", f"{commit}:./{name}")


def _git(*arguments: str) -> str:
    """What git prints; nothing where it fails. Raises VersionError where there is no git, or it takes too long."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        raise VersionError("git cannot be asked for a revision here") from None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
