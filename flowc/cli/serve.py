"""`flowc serve`: answers calls from the flows here, and shows each step of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import CLEAN, ERRORS
from .builds.hosting import Typed
from .complete import sites
from .here import see_project
from .output import print_text, report
from .server.console import log_in_words, typed
from .server.current import Compiled, Current
from .server.served import AS_BEFORE, BUILT, addresses, dashboard, difference, paths_of
from .server.steps import step

if TYPE_CHECKING:
    from socket import socket

    from ..serve.application import Application
    from ..serve.programs import Programs
    from .server.attended import Look

_PRIVATE = ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
"""What `request` actions may ask from an author's own machine, beside the Internet."""

_LEVEL = "warning"
"""What of the log a person sees: the steps of calls are printed by themselves."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--site", metavar="NAME", shell_complete=sites, help="The site of the project file whose params count.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param.")
@click.option("--params", "params_file", metavar="FILE", help="Bind the params in a file (YAML or JSON).")
@click.option("--base-url", metavar="URL", help="Where the platform finds this server (http://HOST:PORT).")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen at.")
@click.option("--unsigned", is_flag=True, help="Take requests from anybody, not from the platform alone.")
@click.option("--show-digits", is_flag=True, help="Print what callers key in or say, but for `sensitive` questions.")
def serve(
    paths: tuple[str, ...],
    site: str | None,
    params: tuple[str, ...],
    params_file: str | None,
    base_url: str | None,
    host: str,
    port: int,
    unsigned: bool,
    show_digits: bool,
) -> int:
    """Answer calls from flows, while they are written.

    Without any PATH, the flows of the project here are served; a PATH is a project, a folder or a flow. The next
    request after a save is answered by what was saved; while a flow has errors, they are printed, and the flows go on
    as they were. Each step of a call is printed: the option that a caller took, but of other keys only how many. Where
    each PATH is a program (NAME.program.json) or a folder of such, what `flowc build` wrote is served as it is.
    """
    from ..serve import ServeError

    see_project(paths)
    base = (base_url or f"http://{f'[{host}]' if ':' in host else host}:{port}").rstrip("/")

    def application(sources: Sequence[str], *, compiled: bool = False) -> Application:
        log_in_words(os.environ.get("FLOWC_LOG", _LEVEL).lower(), compiled=compiled)
        try:
            return _application(sources, base, signed=not unsigned, shown=show_digits)
        except ServeError as fault:
            raise click.UsageError(typed(str(fault), compiled=compiled)) from None

    built = [program for path in paths if (program := _built(path)) is not None]
    if built and len(built) < len(paths):
        raise click.UsageError("these are flows, and programs that a build wrote: serve the one or the other")
    if built:
        served = application(built)
        programs, listening = served.parts.programs, _listening(host, port)
        print_text(dashboard(programs.now, {}))
        _run(served, lambda: _take_over(programs), listening)
        return CLEAN
    with tempfile.TemporaryDirectory(prefix="flowc-serve-") as folder:
        current = Current(paths, Typed(site, "server", base, params, params_file, None), Path(folder))
        first = current.fresh() or Compiled({}, [], [])
        _say(first)
        if not first.programs:
            return ERRORS
        served = application([folder], compiled=True)
        programs, listening = served.parts.programs, _listening(host, port)
        print_text(dashboard(programs.now, paths_of(first)))
        _run(served, lambda: _compile(current, programs), listening)
    return CLEAN


def _built(path: str) -> str | None:
    """The program that a build wrote or the folder of such that a path means; None for a path of flows."""
    if path.endswith(BUILT) or any(Path(path).glob(f"*{BUILT}")):
        return path
    return os.path.join(path, "program") if any(Path(path, "program").glob(f"*{BUILT}")) else None


def _application(paths: Sequence[str], base_url: str, *, signed: bool, shown: bool) -> Application:
    """The server of programs. Raises ServeError for what it lacks."""
    from ..serve import app

    return app(
        paths,
        base_url=base_url,
        signed=signed,
        networks=_PRIVATE,
        environ={"FLOWC_LOG": _LEVEL, "FLOWC_SEAL_KEYS": os.urandom(32).hex(), **os.environ},
        watch=lambda route, fields, answer: print_text(f"{step(route, fields, answer, shown=shown)}\n"),
    )


def _listening(host: str, port: int) -> socket:
    """Where requests come in. Raises UsageError where that cannot be."""
    from ..serve.listener import listen

    if find_spec("httptools") is None:
        raise click.UsageError("there is no httptools to serve with: pip install 'flowc[serve]'")
    try:
        return listen(host, port)
    except OSError as fault:
        raise click.UsageError(f"--host {host} --port {port}: {fault.strerror}") from None


def _run(application: Application, look: Look, listening: socket) -> None:
    """Serve until somebody ends it."""
    from ..serve.listener import run
    from .server.attended import Attended, watching

    service = application.service = Attended(application.parts, look)
    with watching(service):
        run(application, listening)


def _compile(current: Current, programs: Programs) -> bool | None:
    """Compile what has changed, and serve it from now on. Whether that went well; None where nothing has changed."""
    try:
        done = current.fresh()
    except click.UsageError as error:  # what was typed is of a project that is another now
        print_text(f"{error.message}\n{AS_BEFORE}", aside=True)
        return False
    if done is None:
        return None
    _say(done)
    if not done.programs:
        print_text(AS_BEFORE, aside=True)
        return False
    before = addresses(programs.now)
    taken = _take_over(programs)
    if addresses(programs.now) != before:
        print_text(dashboard(programs.now, paths_of(done)))
    return taken


def _take_over(programs: Programs) -> bool | None:
    """Serve what a build or we have written, and nothing of flows that are no more; what comes of it is as above."""
    before = programs.now
    taken = programs.look()
    if taken:
        programs.let_go()
        print_text(difference(before, programs.now), aside=True)
    elif taken is False:
        print_text(AS_BEFORE, aside=True)
    return taken


def _say(done: Compiled) -> None:
    report(done.found, list(dict.fromkeys([*done.files, *(each.source.name for each in done.found)])), aside=True)
