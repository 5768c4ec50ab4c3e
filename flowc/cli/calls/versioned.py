"""Versions of flows with what their projects bind: in their folders, or as git keeps them."""

from __future__ import annotations

import os
import posixpath
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...text.diagnostics import Diagnostic, errors
from ...workspace import revisions
from ...workspace.disk import told
from ...workspace.file import UNREADABLE_FILE, shown
from ...workspace.given import given, layers
from ...workspace.globs import matches
from ...workspace.project import FILE, Project, Site, find, read
from ...workspace.unread import Reread
from ...workspace.versions import Compiled, Version, VersionError, version

Bound = Mapping[str, object]


class Binding:
    """The params of versions, with those of a site: the one that is named, or the only one of a project."""

    def __init__(self, site: str | None) -> None:
        self.site = site
        self.known: dict[str, None] = {}
        """The sites of all versions that were asked for."""
        self.numbers: dict[str, Mapping[str, str]] = {}
        """For each version that is of a project, the flows that numbers lead to."""
        self.flows: dict[str, tuple[str, ...]] = {}
        """For each revision of a project's own folder, the patterns of its flows."""

    def version(self, named: str, bound: Bound) -> Version:
        """The flows of a version, each with what its own project binds, and `bound`. Raises VersionError."""
        found = self._own(named, {**self.of(named), **bound})
        if found.numbers is not None:
            self.numbers[named] = found.numbers
        for root in _projects(named):
            try:
                own = self._own(root, {**self.of(root), **bound})
            except VersionError as error:  # of one project among others, which are compared all the same
                own = Version({}, [told(UNREADABLE_FILE, f"{root}/{FILE}", str(error))])
            self.numbers[named] = {**self.numbers.get(named, {}), **self.numbers.get(root, {})}
            rest = [each for each in found.found if not each.source.name.startswith(f"{root}/")]
            flows = {name: each for name, each in found.flows.items() if not _file(each).startswith(f"{root}/")}
            found = Version({**flows, **own.flows}, [*rest, *own.found])
        return found

    def _own(self, named: str, bound: Bound) -> Version:
        """A version; of a project's own folder in a revision only the flows that the project had, as in a folder."""
        found = version(named, bound)
        if named not in self.flows:
            return found
        root = posixpath.normpath(named.partition(":")[2] or ".")

        def is_own(name: str) -> bool:
            path = posixpath.relpath(name.partition(":")[2], root)
            return any(matches(pattern, path) for pattern in self.flows[named])

        flows = {name: each for name, each in found.flows.items() if is_own(_file(each))}
        return found._replace(flows=flows, found=[each for each in found.found if is_own(each.source.name)])

    def of(self, named: str) -> Bound:
        """What the project of a version binds. Raises VersionError."""
        path = Path(named if named and "\0" not in named else "\0")
        if not os.path.exists(path):
            return self._revision(named)
        file = find(path if path.is_dir() else path.parent)
        return self._file(Path(os.path.relpath(file)), named) if file is not None else {}

    def _file(self, file: Path, named: str) -> Bound:
        project, said = read(file)
        return self._values(project, named, said)

    def _values(self, project: Project | None, named: str, said: list[Diagnostic]) -> Bound:
        self.numbers[named] = project.numbers if project is not None else {}
        found = given(layers(project, self._site(project), None, {}, os.environ, said.append))
        wrong = errors(said)
        if wrong:
            raise VersionError(f"{shown(named)}: its {FILE} cannot be read: {next(iter(Reread(wrong))).message}")
        return found

    def _site(self, project: Project | None) -> Site | None:
        sites = project.sites if project is not None else {}
        self.known.update(dict.fromkeys(sites))
        if self.site is None:
            return next(iter(sites.values())) if len(sites) == 1 else None
        return sites.get(self.site)

    def _revision(self, named: str) -> Bound:
        """What the project file of a revision binds that lies nearest to what is named."""
        revision, _, path = named.partition(":")
        try:
            commit = revisions.commit(revision)
            text = None
            for name in _above(path) if commit is not None else ():
                text = revisions.content(str(commit), name)
                if text is not None:
                    return self._then(named, str(commit), name, text)
        except revisions.GitError:  # which the version itself says
            pass
        return {}

    def _then(self, named: str, commit: str, name: str, text: bytes) -> Bound:
        """What a project file bound, with the files of params that it names: put where it can be read as any other."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, FILE)
            file.write_bytes(text)
            project, said = read(file)
            if project is not None and _is_folder_of(named, name):
                self.flows[named] = project.flows
            sites = project.sites.values() if project is not None else ()
            for each in (project.params if project is not None else {}, *(site.params for site in sites)):
                if isinstance(each, str):
                    _copied(commit, posixpath.dirname(name), each, Path(folder))
            return self._values(project, named, said)


def _file(flow: Compiled) -> str:
    """The file that a flow is written in; empty for one that was built."""
    place = flow.places.get(flow.program.start)
    return place.document.source.name if place is not None else ""


def _is_folder_of(named: str, file: str) -> bool:
    """Whether a revision names the folder of a project file itself."""
    inner = named.partition(":")[2]
    return posixpath.normpath(inner or ".") == posixpath.normpath(posixpath.dirname(file) or ".")


def _projects(named: str) -> Iterator[str]:
    """The projects in a folder that is of none itself, as versions."""
    path = Path(named)
    if path.is_dir() and find(path) is None:
        yield from sorted(str(each.parent) for each in path.rglob(FILE) if each.is_file())
    if os.path.exists(path):
        return
    revision, _, inner = named.partition(":")
    try:
        commit = revisions.commit(revision)
        if commit is None or any(revisions.content(commit, each) is not None for each in _above(inner)):
            return
        for blob in revisions.listed(commit, inner, (f"/{FILE}",)):
            yield f"{revision}:{posixpath.dirname(blob.name)}"
    except revisions.GitError:  # which the version itself says
        return


def _above(path: str) -> Iterator[str]:
    """The project files that a path may be of: that of its own folder first, then those of the folders above.

    They go up to the root of the repository, as paths that count from this folder.
    """
    prefix = revisions.prefix() or "."
    here = posixpath.normpath(posixpath.join(prefix, path))
    while True:
        yield posixpath.relpath(posixpath.join(here, FILE), prefix)
        if here in ("", ".", "/") or here.startswith(".."):
            return
        here = posixpath.dirname(here)


def _copied(commit: str, root: str, written: str, folder: Path) -> None:
    name = posixpath.normpath(written)
    data = None if name.startswith(("..", "/")) else revisions.content(commit, posixpath.join(root, name))
    if data is not None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
