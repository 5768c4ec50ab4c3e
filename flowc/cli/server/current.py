"""The flows of some paths as they are saved now: compiled anew when a file is changed, new or gone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from click import UsageError

from ...compiler import Result
from ...compiler import compile as compile_flow
from ...language.reading.params import UNDECLARED_PARAM
from ...program.codec import encode
from ...program.program import Program
from ...text.diagnostics import Diagnostic, errors
from ...workspace.chosen import chosen
from ...workspace.file import load
from ...workspace.given import given_secrets, undeclared
from ...workspace.inspection import Checked, flow_name, settle
from ...workspace.project import FILE, Project, find
from ...workspace.reading import Reader
from ..builds.hosting import Hosting, Typed, hosting

Stamp = tuple[int, int, int] | None
"""What tells a changed file without reading it; None where there is no such file."""


class Compiled(NamedTuple):
    """What became of the flows: the programs of all by path, or none where one has an error; what is said, of which."""

    programs: Mapping[str, Program]
    found: Sequence[Diagnostic]
    files: Sequence[str]


class _Made(NamedTuple):
    """A flow that was compiled, and the stamps of the files that it was made from."""

    stamps: Mapping[str, Stamp]
    program: Program | None
    checked: Checked
    params: tuple[tuple[str, bool], ...] = ()
    """The params that it declares, and whether each is a secret."""


class Current:
    """The flows of some paths, or of the project here; `folder` is where their programs are put."""

    def __init__(self, paths: Sequence[str], typed: Typed, folder: Path) -> None:
        self.paths, self.typed, self.folder = paths, typed, folder
        self._named = [] if len(paths) == 1 and _is_project(paths[0]) else list(paths)
        """The paths that are served; none for all flows of a project."""
        self._project: Project | None = None
        self._files: list[str] = []
        self._settings: dict[str, Stamp] = {}
        self._made: dict[str, _Made] = {}
        self._watched: dict[str, Stamp] = {}
        """The files of which what was said last has come, as they were then."""

    def fresh(self) -> Compiled | None:
        """Compile what has changed since it was compiled; None where nothing has.

        Raises UsageError, once for a change, where the project has no such site any more as was typed.
        """
        return self._compiled() if self._changed() else None

    def _changed(self) -> bool:
        if not self._watched or any(_stamp(path) != stamp for path, stamp in self._watched.items()):
            return True
        return chosen(self._named, self._project, []) != self._files

    def _compiled(self) -> Compiled:
        """Compile all flows. Where none has an error, their programs are put into the folder."""
        found: list[Diagnostic] = []
        # stamped before they are read: what is saved meanwhile is seen as changed the next time
        known = _stamps([*self._settings, *self._sources()])
        try:
            place = hosting(self.typed, self.paths, found, base_url=False)
        except UsageError:
            self._watched, self._settings = known, {}
            raise
        self._project = place.project if place is not None else None
        settings = _stamps(self._sources(), known)
        if settings != self._settings:
            self._settings, self._made = settings, {}
        self._watched = settings  # alone, where nothing is compiled: a flow that is gone is not seen as gone each time
        self._files = chosen(self._named, self._project, found if place is not None else [])
        if place is None or errors(found):
            return Compiled({}, found, [])
        self._made = {path: self._one(path, place) for path in self._files}
        self._watched = {path: stamp for each in self._made.values() for path, stamp in each.stamps.items()} | settings
        found += self._said(place)
        programs = {path: each.program for path, each in self._made.items() if each.program is not None}
        if not programs or errors(found):
            return Compiled({}, found, self._files)
        self._put(programs.values(), place.project)
        return Compiled(programs, found, self._files)

    def _said(self, place: Hosting) -> Iterator[Diagnostic]:
        """What is said of the flows: of each, and once all are sound, of all together."""
        checked = [each.checked for each in self._made.values()]
        checked, together = settle(checked, place.project, whole=not self._named)
        yield from together
        for file in checked:
            yield from file.found
        if all(each.program is not None for each in self._made.values()):
            yield from self._unknown(place)

    def _unknown(self, place: Hosting) -> Iterator[Diagnostic]:
        """What is bound that no flow has declared, and secrets that are given where none is bound."""
        params = [each for made in self._made.values() for each in made.params]
        yield from given_secrets(params, place.layers, place.whence)
        declared = {name: None for name, _ in params}
        # what a project gives may be for flows that are not served this time
        layers = [each for each in place.layers if not self._named or each[0] == "`--param`"]
        for origin, name, message, hint in undeclared(declared, layers):
            source, span = place.whence(origin, name)
            yield Diagnostic(UNDECLARED_PARAM, source, span, message, hint)

    def _one(self, path: str, place: Hosting) -> _Made:
        """One flow, compiled, or as it was compiled before from the same files."""
        before = self._made.get(path)
        if before is not None and all(_stamp(file) == stamp for file, stamp in before.stamps.items()):
            return before
        stamp = _stamp(path)
        source = load(Path(path), Path(place.root))
        if isinstance(source, Diagnostic):
            return _Made({path: stamp}, None, Checked(Path(path), source.source.name, [source]))
        reader = _Stamping(place.root)
        result = compile_flow(source, read=reader, layers=place.layers)
        checked = Checked(Path(path), source.name, result.diagnostics, flow_name(source))
        return _Made({**reader.stamps, path: stamp}, result.program, checked, _declared(result))

    def _sources(self) -> Iterator[str]:
        """The files beside the flows that say how they are compiled, whether or not they are there."""
        start = Path(self.paths[0]) if self.paths else Path()
        folder = start if start.is_dir() else start.parent
        yield os.path.relpath(find(folder) or folder / FILE)
        yield from self._params(self._project)

    def _params(self, project: Project | None) -> Iterator[str]:
        if self.typed.params_file is not None:
            yield self.typed.params_file
        if project is not None:
            site = project.sites.get(self.typed.site or "")
            for params in (project.params, site.params if site is not None else None):
                if isinstance(params, str):
                    yield os.path.relpath(project.root / params)

    def _put(self, programs: Iterable[Program], project: Project | None) -> None:
        """Write the programs, each whole, and take away those that are no more."""
        names = {f"{each.flow}.program.json": json.dumps(encode(each)) for each in programs}
        flows = {each.flow for each in programs}
        numbers = {number: flow for number, flow in project.numbers.items() if flow in flows} if project else {}
        for name, text in {**names, "site.json": json.dumps({"numbers": numbers})}.items():
            part = self.folder / f"{name}.part"
            part.write_text(text, encoding="utf-8")
            os.replace(part, self.folder / name)
        for path in self.folder.glob("*.program.json"):
            if path.name not in names:
                path.unlink()


def _is_project(path: str) -> bool:
    """Whether a path is a project file, or the folder of one: it stands for the flows that the project names."""
    return os.path.basename(path) == FILE or os.path.isfile(os.path.join(path, FILE))


def _declared(result: Result) -> tuple[tuple[str, bool], ...]:
    """The params that a flow declares, and whether each is a secret."""
    place = next(iter(result.places.values()), None)
    data = place.document.data if place is not None else None
    params = data.get("params") if isinstance(data, dict) else None
    forms = params if isinstance(params, dict) else {}
    return tuple([(str(name), isinstance(form, dict) and form.get("type") == "secret") for name, form in forms.items()])


class _Stamping(Reader):
    """Reads the files that a flow is made from, and has the stamp that each had before it was read."""

    def __init__(self, root: str) -> None:
        super().__init__(root)
        self.stamps: dict[str, Stamp] = {}

    def __call__(self, path: str) -> str:
        self.stamps.setdefault(os.path.abspath(path), _stamp(path))
        return super().__call__(path)


def _stamps(paths: Iterable[str], known: Mapping[str, Stamp] | None = None) -> dict[str, Stamp]:
    """The stamp of each path: as it is known, or as it is now."""
    return {path: known[path] if known and path in known else _stamp(path) for path in paths}


def _stamp(path: str) -> Stamp:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
