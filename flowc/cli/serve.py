"""`flowc serve`: answers calls from the flows here, and shows each step of them."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..program.program import Program
from ..text.diagnostics import errors
from . import CLEAN, ERRORS
from .complete import sites
from .hosting import Typed
from .live import Compiled, Live
from .output import counted, print_text, report
from .steps import step

if TYPE_CHECKING:
    from ..serve.application import Application

_LOOK = 0.3
"""Seconds between two looks at whether a flow has changed."""

_PRIVATE = ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
"""What `request` actions may ask from an author's own machine, beside the Internet."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--site", metavar="NAME", shell_complete=sites, help="The site of the project file whose params count.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param.")
@click.option("--params", "params_file", metavar="FILE", help="Bind the params in a file (YAML or JSON).")
@click.option("--base-url", metavar="URL", help="Where the platform finds this server (http://HOST:PORT).")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, help="The port to listen at.")
@click.option("--unsigned", is_flag=True, help="Take requests from anybody, not from the platform alone.")
def serve(
    paths: tuple[str, ...],
    site: str | None,
    params: tuple[str, ...],
    params_file: str | None,
    base_url: str | None,
    host: str,
    port: int,
    unsigned: bool,
) -> int:
    """Answer calls from flows, while they are written.

    Without any PATH, the project's flows are served. A flow that is saved is compiled and taken over; one with errors
    is not, and they are printed. Each step of a call is printed, without what callers key in. Where each PATH is a
    program (NAME.program.json) or a folder of such, what `flowc build` wrote is served as it is.
    """
    base = (base_url or f"http://{f'[{host}]' if ':' in host else host}:{port}").rstrip("/")
    if paths and all(map(_is_built, paths)):
        _run(_application(paths, base, signed=not unsigned), None, host, port)
        return CLEAN
    with tempfile.TemporaryDirectory(prefix="flowc-serve-") as folder:
        live = Live(paths, Typed(site, "server", base, params, params_file, None), Path(folder))
        first = live.compiled()
        _say(first)
        if errors(first.found) or not first.programs:
            return ERRORS
        application = _application([folder], base, signed=not unsigned)
        print_text("\n".join([*_urls(first.programs, base), ""]))
        _run(application, live, host, port)
    return CLEAN


def _is_built(path: str) -> bool:
    """Whether a path is a program that a build wrote, or a folder of such."""
    return path.endswith(_BUILT) or any(Path(path).glob(f"*{_BUILT}"))


_BUILT = ".program.json"


def _application(paths: Sequence[str], base_url: str, *, signed: bool) -> Application:
    """The server of programs. Raises UsageError for what it lacks."""
    from ..serve import ServeError, app

    environ = {"FLOWC_LOG": "warning", "FLOWC_SEAL_KEYS": os.urandom(32).hex(), **os.environ}
    try:
        return app(
            paths,
            base_url=base_url,
            signed=signed,
            networks=_PRIVATE,
            environ=environ,
            watch=lambda route, fields, answer: print_text(f"{step(route, fields, answer)}\n"),
        )
    except ServeError as fault:
        raise click.UsageError(str(fault).replace("`signed=False`", "`--unsigned`")) from None


def _run(application: Application, live: Live | None, host: str, port: int) -> None:
    """Serve until somebody ends it. Raises UsageError where that cannot be."""
    from ..serve.listener import listen, run

    if find_spec("httptools") is None:
        raise click.UsageError("there is no httptools to serve with: pip install 'flowc[serve]'")
    try:
        listening = listen(host, port)
    except OSError as fault:
        raise click.UsageError(f"--host {host} --port {port}: {fault.strerror}") from None
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(live, ended), daemon=True) if live is not None else None
    if watcher is not None:
        watcher.start()
    try:
        run(lambda: application, listening)
    finally:
        ended.set()
        if watcher is not None:
            watcher.join()


def _watch(live: Live, ended: threading.Event) -> None:
    """Compile what changes, until it is over."""
    while not ended.wait(_LOOK):
        if live.changed():
            done = live.compiled()
            _say(done)
            flows = counted(len(done.programs), "flow")
            print_text(f"compiled {flows}\n" if done.programs else "the flows as they were before go on\n", aside=True)


def _say(done: Compiled) -> None:
    report(done.found, list(dict.fromkeys([*done.files, *(each.source.name for each in done.found)])), aside=True)


def _urls(programs: Sequence[Program], base_url: str) -> Iterator[str]:
    """What is typed into the platform's dashboard."""
    for program in programs:
        yield f"{program.flow}\n  answer    GET   {base_url}/{program.flow}/{program.start}.json"
        if program.failure is not None:
            yield f"  fallback  GET   {base_url}/{program.flow}/{program.failure}.json"
        yield f"  event     POST  {base_url}/events"
