"""Versions of flows, to be compared: files and folders, what was built, and revisions that git keeps."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..program.codec import decode
from ..program.program import Program
from ..text.diagnostics import Diagnostic, errors
from ..text.document import Place
from ..text.source import Source
from . import revisions
from .file import decode as text_of
from .file import load, shown
from .project import FILE, find, read
from .reading import Reader
from .sources import discover

_PROGRAM = ".program.json"
_FLOWS = (".flow.yml", ".flow.yaml")
_LARGEST = 64 << 20
"""Bytes of a compiled flow that are read."""

Params = Mapping[str, object]


class VersionError(ValueError):
    """What was named as a version is none; says why."""


class Compiled(NamedTuple):
    """A flow of a version, and where its parts are written.

    Of one that was compiled here `places` are known; of one that was built, `lines`: the file and the line of each.
    """

    program: Program
    places: Mapping[str, Place] = {}
    lines: Mapping[str, tuple[str, int]] = {}


class Version(NamedTuple):
    """Flows by their names, and what is wrong with those that could not be compiled.

    `numbers` are the flows that numbers lead to, where that was built with them.
    """

    flows: Mapping[str, Compiled]
    found: list[Diagnostic]
    numbers: Mapping[str, str] | None = None


def version(named: str, params: Mapping[str, object] = {}) -> Version:
    """The flows that a path or a git revision names; `params` binds params of them. Raises VersionError."""
    path = Path(named if named and "\0" not in named else "\0")  # no name is not the name of this folder
    try:
        if path.is_file():
            return _program(path) if path.name.endswith(_PROGRAM) else _compiled([path], params)
        if path.is_dir():
            return _folder(path, params)
    except (OSError, ValueError) as error:
        if isinstance(error, VersionError):
            raise
    return _revision(named, params)


def _folder(path: Path, params: Params) -> Version:
    """The flows that were built into a folder, or are written in it."""
    built = [*sorted(path.glob(f"*{_PROGRAM}")), *sorted(path.glob(f"program/*{_PROGRAM}"))]
    if built:
        return _together(map(_program, built))._replace(numbers=numbers_in(path))
    flows = _flows(path)
    if flows or (path / FILE).is_file():
        return _compiled(flows, params)
    sites = sorted({each.parent.parent for each in path.glob(f"*/program/*{_PROGRAM}")})
    if len(sites) == 1:
        return _folder(sites[0], params)
    built_in_it = " or ".join(f"`{shown(each)}`" for each in sites)
    meant = f": name one of what was built in it, {built_in_it}" if sites else ""
    raise VersionError(f"{shown(path)}: this folder has no flow{meant}")


def numbers_in(site: Path) -> dict[str, str] | None:
    """The flows that numbers lead to, as a site was built with them; None where it is of no host that knows."""
    folder = site if (site / "site.json").is_file() else site / "program"
    try:
        if (folder / "site.json").is_file():
            found = _json(folder / "site.json")
            numbers = found.get("numbers") if isinstance(found, dict) else None
            return {str(key): str(each) for key, each in numbers.items()} if isinstance(numbers, dict) else {}
        return dict(_LEADS.findall((site / "nginx" / "numbers.map").read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return None


_LEADS = re.compile(r"^([0-9]+) /([^/]+)/", re.MULTILINE)


def _flows(folder: Path) -> list[Path]:
    """The flows of a project, or those that lie in a folder."""
    file = find(folder)
    if file is not None and os.path.realpath(file.parent) == os.path.realpath(folder):
        project, _ = read(Path(os.path.relpath(file)))
        return discover([], project) if project is not None else []
    return sorted(each for each in folder.rglob("*") if each.name.endswith(_FLOWS))


def _compiled(paths: list[Path], params: Params) -> Version:
    return _together(_of(load(path), Reader(str(_root(path))), params) for path in paths)


def _root(path: Path) -> Path:
    file = find(path.parent)
    return file.parent if file is not None else path.parent


def _of(source: Source | Diagnostic, reader: Callable[[str], str], params: Params) -> Version:
    """The version that is one flow."""
    from ..compiler import compile
    from ..language.reading.params import declared
    from ..text import yaml

    if isinstance(source, Diagnostic):
        return Version({}, [source])
    document = yaml.read(source, lambda _: None)
    known = declared(document, lambda _: None) if document is not None and isinstance(document.data, dict) else {}
    result = compile(source, read=reader, params={name: value for name, value in params.items() if name in known})
    program = result.program
    flows = {program.flow: Compiled(program, result.places)} if program is not None else {}
    return Version(flows, errors(result.diagnostics))


def _together(versions: Iterator[Version]) -> Version:
    flows: dict[str, Compiled] = {}
    found: list[Diagnostic] = []
    for each in versions:
        flows.update(each.flows)
        found += each.found
    return Version(flows, found)


def _program(path: Path) -> Version:
    """The version that is one compiled flow, with the map beside it, if it is there."""
    try:
        program = decode(_json(path))
    except (OSError, ValueError, RecursionError) as error:
        raise VersionError(f"{shown(path)}: {error}") from None
    return Version({program.flow: Compiled(program, {}, _lines(path))}, [])


def _json(path: Path) -> object:
    with open(path, "rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError(f"this is larger than {_LARGEST >> 20} MiB")
    return json.loads(data)


def _lines(program: Path) -> dict[str, tuple[str, int]]:
    """The lines of a compiled flow, from the map beside it; none without one that can be read."""
    try:
        data = _json(program.with_name(f"{program.name.removesuffix(_PROGRAM)}.map.json"))
    except (OSError, ValueError, RecursionError):
        return {}
    match data:
        case {"file": str(file), "lines": dict(lines)}:
            parts = {name: each for name, each in lines.items() if isinstance(each, list) and each}
            return {name: (each[2] if len(each) > 2 else file, each[0]) for name, each in parts.items()}
    return {}


def _revision(named: str, params: Params) -> Version:
    """The flows of a revision, `REVISION` or `REVISION:PATH`, of this folder or of the path."""
    revision, _, path = named.partition(":")
    try:
        commit = revisions.commit(revision)
        if commit is None:
            raise VersionError(f"{shown(named)}: there is no such file, and git knows no such revision here")
        blobs = revisions.listed(commit, path, _FLOWS)
        if path and not blobs and not revisions.listed(commit, posixpath.join(path, FILE), (FILE,)):
            raise VersionError(f"{shown(named)}: this revision has no flow there{_meant(revision, commit, path)}")
        sources = zip(blobs, revisions.contents(blobs), strict=True)
        return _together(
            _of(text_of(shown(f"{revision}:{blob.name}"), data), _Then(revision, commit), params)
            for blob, data in sources
        )
    except revisions.GitError as error:
        raise VersionError(f"{shown(named)}: {error}") from None


def _meant(revision: str, commit: str, path: str) -> str:
    """What to type for a path that counts from the root of a repository, as git's own do."""
    prefix = revisions.prefix()
    if not prefix or path.startswith("."):
        return ""
    from_here = posixpath.relpath(path, prefix)
    here = "; a path counts from this folder"
    return (
        f"{here}: write `{shown(f'{revision}:{from_here}')}`" if revisions.listed(commit, from_here, _FLOWS) else here
    )


class _Then:
    """Gives the compiler the texts of other files as they were."""

    def __init__(self, revision: str, commit: str) -> None:
        self.revision, self.commit = revision, commit

    def __call__(self, path: str) -> str:
        """The text of a file, by its path from where git was asked."""
        name = posixpath.normpath(path.removeprefix(f"{self.revision}:"))
        if name.startswith("/"):
            raise PermissionError("it lies outside of the project")
        data = revisions.content(self.commit, name)  # which has nothing outside of the repository
        if data is None:
            raise FileNotFoundError("there is no such file")
        found = text_of(name, data)
        if isinstance(found, Diagnostic):
            raise OSError(found.message)
        return found.text
