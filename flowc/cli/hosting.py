"""Where flows are hosted, from the project file and what was typed: for `build` and `render`."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import click

from ..hosting import HOSTS
from ..language.params import Layer
from ..text.diagnostics import Diagnostic
from ..text.nearest import nearest
from ..workspace.given import layers
from ..workspace.project import Project, Site, find, read, url_fault

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


def hosting(typed: Typed, paths: Sequence[str], found: list[Diagnostic], *, base_url: bool = True) -> Hosting:
    """The host that is meant. What is wrong with the project's files is added to `found`.

    Raises UsageError where what was typed names no host, or none can be told.
    """
    project = _project(paths, found)
    site = _site(project, typed, base_url=base_url)
    root = os.path.realpath(project.root if project else ".")
    out = typed.out or os.path.relpath(os.path.join(root, "build", site.name))
    known = project.sites.get(site.name) if project else None
    values = layers(project, known, typed.params_file, assignments(typed.params), os.environ, found.append)
    return Hosting(project, root, site, out, typed.out is None, values)


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
    return Site(chosen.name if chosen else target, target, (url or "").rstrip("/"), chosen.params if chosen else {})


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
    click.option("--site", metavar="NAME", help="The site of the project file to build for."),
    click.option("--target", metavar="HOST", help=f"The host: {', '.join(HOSTS)}."),
    click.option("--base-url", metavar="URL", help="The URL under which the platform finds the flows."),
    click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param."),
    click.option("--params", "params_file", metavar="FILE", help="Bind the params in a file (YAML or JSON)."),
)
