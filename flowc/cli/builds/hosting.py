"""Where flows are hosted, from the project file and what was typed: for `build` and `render`."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import click

from ...hosting import HOSTS
from ...language.reading.params import Layer
from ...text.diagnostics import Diagnostic, errors
from ...text.nearest import nearest
from ...text.source import Source, Span
from ...workspace.given import key_in, layers
from ...workspace.names import ENDING
from ...workspace.project import FILE, Params, Project, Site, find, read, url_fault
from ..calls.typed import binding
from ..complete import sites, targets

Command = TypeVar("Command", bound=Callable[..., object])


class Typed(NamedTuple):
    """What was typed on the command line about the host and the params."""

    site: str | None
    target: str | None
    base_url: str | None
    params: tuple[str, ...]
    params_file: str | None
    out: str | None


class Hosting(NamedTuple):
    """Where flows are hosted. `root` is the workspace, absolute; `default` says that nobody named `out`."""

    project: Project | None
    root: str
    site: Site
    out: str
    default: bool
    layers: list[Layer]
    typed: Typed

    def whence(self, origin: str, name: str) -> tuple[Source, Span]:
        """Where a value stands that a layer gives a param: on the command line, or in a file."""
        if origin == "the environment":
            return Source("<environment>", ""), Span(0, 0)
        file = os.path.relpath(os.path.join(self.root, FILE))
        if origin == "the project file":
            return self._written(file, self.project.params if self.project else {}, name, "params")
        if origin.startswith("the site"):
            return self._written(file, self.site.params, name, "sites", self.site.name, "params")
        typed = self.typed.params_file
        return key_in(typed, name) if typed and origin == f"`{typed}`" else binding(self.typed.params, name)

    def _written(self, file: str, params: Params, name: str, *within: str) -> tuple[Source, Span]:
        if isinstance(params, str):
            return key_in(os.path.relpath(os.path.join(self.root, params)), name)
        return key_in(file, name, *within)

    def binding(self) -> frozenset[str]:
        """The real paths of the files that bind params."""
        written = (self.project.params if self.project else {}, self.site.params)
        files = [os.path.join(self.root, each) for each in written if isinstance(each, str)]
        return frozenset(map(os.path.realpath, [*files, *filter(None, [self.typed.params_file])]))

    def filling(self, flow: str, documents: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
        """The commands that fill open documents of a flow, to be typed where this one was; each with what it fills.

        Of one that needs a host for each call there is no file to fill: the flow is built with the values.
        """
        bare = [name for name in documents if not os.path.exists(self.template(flow, name))]
        if bare:
            yield self.building(), bare
            documents = [name for name in documents if name not in bare]
        here = find(Path())
        theirs = os.path.realpath(here.parent) if here else None
        if not bare and documents and self.typed.out is None and theirs == (self.root if self.project else None):
            yield f"flowc render {flow}{''.join(self._options())}", documents
            return
        for name in documents:
            yield f"flowc render {shlex.quote(self.template(flow, name))}", [name]

    def template(self, flow: str, document: str) -> str:
        """The file of an open document."""
        return os.path.join(self.out, "program", flow, f"{document}{ENDING}")

    def building(self) -> str:
        """The command that builds for this host."""
        url = " --base-url URL" if self.typed.target and not self.site.base_url else ""
        out = f" --out {shlex.quote(self.typed.out)}" if self.typed.out else ""
        return f"flowc build{''.join(self._options())}{url}{out}"

    def _options(self) -> Iterator[str]:
        """The options that name this host once more."""
        if self.project and self.site.name in self.project.sites:
            yield f" --site {shlex.quote(self.site.name)}"
        if self.typed.target:
            yield f" --target {shlex.quote(self.typed.target)}"
        if self.typed.base_url:
            yield f" --base-url {shlex.quote(self.typed.base_url)}"


def hosting(typed: Typed, paths: Sequence[str], found: list[Diagnostic], *, base_url: bool = True) -> Hosting | None:
    """The host that is meant; none where the project file has a mistake. What is wrong is added to `found`.

    Raises UsageError where what was typed names no host, or none can be told.
    """
    project = _project(paths, found)
    if errors(found):
        return None
    site = _site(project, typed, base_url=base_url)
    root = os.path.realpath(project.root if project else ".")
    out = typed.out or os.path.relpath(os.path.join(root, "build", site.name))
    known = project.sites.get(site.name) if project else None
    values = layers(project, known, typed.params_file, assignments(typed.params), os.environ, found.append)
    return Hosting(project, root, site, out, typed.out is None, values, typed)


def assignments(written: Sequence[str]) -> dict[str, object]:
    """The params in `NAME=VALUE`. Raises UsageError for what is none."""
    values: dict[str, object] = {}
    for each in written:
        name, sign, value = each.partition("=")
        if not sign or not name.strip():
            raise click.UsageError(f"--param {each}: write NAME=VALUE")
        values[name.strip()] = value
    return values


def _project(paths: Sequence[str], found: list[Diagnostic]) -> Project | None:
    start = Path(paths[0]) if paths else Path()
    file = find(start if start.is_dir() else start.parent)
    if file is None:
        return None
    project, said = read(Path(os.path.relpath(file)))
    found += said
    return project


def _site(project: Project | None, typed: Typed, *, base_url: bool) -> Site:
    """The site that was named or is the only one, with what was typed in place of its own."""
    sites = project.sites if project else {}
    if typed.site is not None and typed.site not in sites:
        raise click.UsageError(_no_site(typed.site, project, list(sites)))
    chosen = sites.get(typed.site or "") or (_only(list(sites.values())) if not typed.target else None)
    target = typed.target or (chosen.target if chosen else None)
    url = typed.base_url or (chosen.base_url if chosen else None)
    if target is None:
        raise click.UsageError("where are the flows hosted? name it: --target nginx --base-url https://ivr.example.com")
    if target not in HOSTS:
        raise click.UsageError(_no_host(target))
    if base_url and url is None:
        raise click.UsageError("under which URL are the flows hosted? name it: --base-url https://ivr.example.com")
    fault = url_fault(url) if url else None
    if fault:
        raise click.UsageError(f"--base-url {url}: this URL {fault}")
    url = (url or "").rstrip("/")
    return chosen._replace(target=target, base_url=url) if chosen else Site(target, target, url, {})


def _only(sites: list[Site]) -> Site | None:
    if len(sites) > 1:
        raise click.UsageError(f"for which site? name it: {' or '.join(f'--site {each.name}' for each in sites)}")
    return sites[0] if sites else None


def _no_site(name: str, project: Project | None, sites: list[str]) -> str:
    if project is None:
        return f"--site {name}: there is no project here (no `flowc.yml` in this folder or above it)"
    meant = nearest(name, sites)
    known = f"did you mean `{meant}`?" if meant else f"the project has {', '.join(sites) or 'no sites'}"
    return f"--site {name}: there is no such site; {known}"


def _no_host(name: str) -> str:
    meant = nearest(name, HOSTS)
    known = f"did you mean `{meant}`?" if meant else f"flowc builds for {', '.join(HOSTS)}"
    return f"--target {name}: there is no such host; {known}"


def hosting_options(command: Command) -> Command:
    """The options about the host and the params."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--site", metavar="NAME", shell_complete=sites, help="The site of the project file to build for."),
    click.option("--target", metavar="HOST", shell_complete=targets, help=f"The host: {', '.join(HOSTS)}."),
    click.option("--base-url", metavar="URL", help="The URL under which the platform finds the flows."),
    click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param."),
    click.option("--params", "params_file", metavar="FILE", help="Bind the params in a file (YAML or JSON)."),
)
