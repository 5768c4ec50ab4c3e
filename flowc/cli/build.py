"""`flowc build`: compiles flows into what a host serves."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import click

from ..hosting import HOSTS, Host, refusals
from ..hosting import Site as HostSite
from ..language.reading.params import UNDECLARED_PARAM
from ..text.diagnostics import Diagnostic, errors
from ..text.reports import FORMATS
from ..text.source import Source
from ..workspace import again
from ..workspace.again import Told
from ..workspace.build import Outcome
from ..workspace.build import build as built
from ..workspace.chosen import chosen
from ..workspace.given import given, given_secrets, undeclared
from ..workspace.job import Job
from ..workspace.project import unknown_flows
from ..workspace.record import Entry
from ..workspace.works import Compiled, Read, Works
from . import CLEAN, ERRORS
from .builds.hosting import Hosting, Typed, hosting, hosting_options
from .builds.progress import watched
from .builds.urls import notes, urls
from .complete import warnings
from .findings import Findings, with_pages
from .here import see_project
from .output import COLOR, counted, print_text, report


class Manner(NamedTuple):
    """How a build speaks."""

    form: str
    color: str
    strict: bool
    explain: bool
    quiet: bool


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@hosting_options
@click.option("--out", metavar="DIR", help="The output folder (build/SITE).")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file on disk would change.")
@click.option("--force", is_flag=True, help="Compile and write everything, whatever the record says.")
@click.option("--explain", is_flag=True, help="Print what each document needs of its host, and why.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are written.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors do.")
@click.option(
    "--allow", "names", multiple=True, metavar="NAME", shell_complete=warnings, help="Quiet the warnings of a rule."
)
@COLOR
@click.option("--quiet", "-q", is_flag=True, help="Print findings alone.")
def build(
    paths: tuple[str, ...],
    site: str | None,
    target: str | None,
    base_url: str | None,
    params: tuple[str, ...],
    params_file: str | None,
    out: str | None,
    check: bool,
    force: bool,
    explain: bool,
    form: str,
    strict: bool,
    names: tuple[str, ...],
    color: str,
    quiet: bool,
) -> int:
    """Compile flows into what a host serves.

    Without any PATH, the project's flows are built. Prints for each flow what is typed into the platform's dashboard.
    A mistake in any flow leaves everything on disk as it is. Exits with 1 where there is one.
    """
    see_project(paths)
    # What is read here lives until the end; collecting would only look at it again and again.
    gc.disable()
    found: list[Diagnostic] = []
    place = hosting(Typed(site, target, base_url, params, params_file, out), paths, found)
    files = chosen(paths, place.project, found) if place and not errors(found) else []
    manner = Manner(form, color, strict, explain, quiet)
    if place is None or errors(found):
        return _end(found, Outcome(()), manner)
    job = Job(place.root, files, place.out, place.default, _settings(place), check, force)
    said = Findings(job, place, names, found, whole=not paths)
    works = _works(place, said, whole=not paths, strict=strict)
    outcome = _run(job, works)
    code = _end(said.of(outcome.told, looked=outcome.trouble is None), outcome, manner)
    _tell(outcome, job, place, manner)
    if explain and form == "text" and not outcome.flows and not outcome.trouble:
        from .builds.needs import needs_of_refused

        print_text("\n".join(["", *needs_of_refused(job, works)]))
    return code


def _settings(place: Hosting) -> dict[str, object]:
    """All that a site is built with but for its flows."""
    site, numbers = place.site, place.project.numbers if place.project else {}
    return {
        "target": site.target,
        "base_url": site.base_url,
        "root": site.root,
        "socket": site.socket,
        "numbers": numbers,
    }


def _run(job: Job, works: Works) -> Outcome:
    gc.freeze()
    progress = watched()
    try:
        if job.check:
            from ..workspace.compare import compare

            return compare(job, works, progress)
        return built(job, works, progress)
    finally:
        if progress is not None:
            progress.end()


def _works(place: Hosting, said: Findings, *, whole: bool, strict: bool) -> Works:
    """What the build is done with: the compiler and the host."""
    host = HOSTS[place.site.target]
    values = given(place.layers)

    def compiled(source: Source, read: Read) -> Compiled:
        from ..compiler import compile as compile_flow

        return compile_flow(source, read=read, layers=place.layers)

    def emitted(result: Compiled) -> Mapping[str, bytes]:
        # what the host cannot do has been said already: `Host.emit` would look for it once more
        return {} if result.program is None else host.files(result.program, place.site.base_url)

    def sound(told: Sequence[Told]) -> bool:
        return not (said.of(told) if strict else any(map(again.is_error, told)))

    return Works(
        compiled,
        values.get,
        emitted,
        lambda result: refusals(result, host),
        lambda flows: host.site(_hosted(place, flows)),
        lambda flows: (again.rooted(each, place.root) for each in _together(place, flows, whole=whole)),
        sound,
    )


def _hosted(place: Hosting, flows: Sequence[Entry]) -> HostSite:
    starts = {flow.flow: flow.start for flow in flows}
    waiting = _waiting(place, flows)
    numbers = place.project.numbers if place.project else {}
    known = {number: flow for number, flow in numbers.items() if flow in starts and number not in waiting}
    site = place.site
    return HostSite(site.base_url, site.root or os.path.abspath(place.out), starts, known, site.socket)


def _waiting(place: Hosting, flows: Sequence[Entry]) -> dict[str, str]:
    """The numbers whose flow has its first document still open, which is not published."""
    unready = {flow.flow for flow in flows if flow.start in {name for name, *_ in flow.open}}
    numbers = place.project.numbers if place.project else {}
    return {number: flow for number, flow in numbers.items() if flow in unready}


def _together(place: Hosting, flows: Sequence[Entry], *, whole: bool) -> Iterator[Diagnostic]:
    """What only all flows together say. What a project gives may be for flows that are not built this time."""
    if whole and place.project is not None:
        yield from unknown_flows(place.project, [flow.flow for flow in flows])
    params = [(str(name), bool(secret)) for flow in flows for name, secret, *_ in flow.params]
    yield from given_secrets(params, place.layers, place.whence)
    declared = {name: None for name, _ in params}
    typed = place.layers if whole else [layer for layer in place.layers if layer[0] == "`--param`"]
    for origin, name, message, hint in undeclared(declared, typed):
        source, span = place.whence(origin, name)
        yield Diagnostic(UNDECLARED_PARAM, source, span, message, hint)


def _end(found: list[Diagnostic], outcome: Outcome, manner: Manner) -> int:
    """Print what was found; the exit code."""
    found += [outcome.trouble] if outcome.trouble else []
    names = list(dict.fromkeys(each.source.name for each in found))
    if found or manner.form != "text":
        report(with_pages(found) if manner.form == "sarif" else found, names, form=manner.form, color=manner.color)
    wrong = any(manner.strict or each.rule.severity == "error" for each in found)
    return ERRORS if wrong or outcome.stale else CLEAN


def _tell(outcome: Outcome, job: Job, place: Hosting, manner: Manner) -> None:
    """Print what was built and what to do with it."""
    if outcome.trouble or not outcome.flows or manner.quiet:
        return
    if job.check:
        print_text("".join(f"would change: {os.path.join(job.out, path)}\n" for path in outcome.stale))
    elif manner.form == "text":
        print_text("\n".join([*_said(outcome, job, place, manner), ""]))
    click.echo(_summary(outcome, job), err=True)


def _said(outcome: Outcome, job: Job, place: Hosting, manner: Manner) -> Iterator[str]:
    host: Host = HOSTS[place.site.target]
    site = _hosted(place, outcome.flows)
    yield from urls(outcome.flows, host, site, _waiting(place, outcome.flows), place.filling)
    yield from notes(host, site)
    if manner.explain:
        from .builds.needs import needs

        yield ""
        yield from needs(outcome.flows, job.out)


def _summary(outcome: Outcome, job: Job) -> str:
    flows, stale = counted(len(outcome.flows), "flow"), len(outcome.stale)
    if job.check:
        return f"{counted(stale, 'file')} would change" if stale else f"{flows}: nothing would change"
    if not outcome.compiled:
        return f"{flows}, none of them changed, in {job.out}"
    return f"{flows}, {outcome.compiled} of them compiled, in {job.out}"
