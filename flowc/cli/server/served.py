"""What is served, in words: the URLs of flows as `flowc build` prints them, and what a save has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...hosting import HOSTS
from ...hosting import Site as HostSite
from ...workspace.record import Entry
from ..builds.urls import urls
from .current import Compiled

if TYPE_CHECKING:
    from ...serve.flows import Flow, Served

BUILT = ".program.json"
"""How the names of files end that a build has written."""

AS_BEFORE = "the flows as they were before go on\n"

_HERE = ("localhost", "127.0.0.1", "::1", "0.0.0.0")


def dashboard(served: Served, paths: Mapping[str, str]) -> str:
    """What is typed into the platform's dashboard; `paths` has the file of each flow."""
    return "".join(f"{line}\n" for line in _urls(served, paths))


def paths_of(done: Compiled) -> dict[str, str]:
    """The path of each flow's file."""
    return {program.flow: path for path, program in done.programs.items()}


def addresses(served: Served) -> object:
    """What the URLs of flows consist of."""
    return served.numbers, [(each.name, each.program.start, each.program.failure) for each in served.flows.values()]


def difference(before: Served, now: Served) -> str:
    """Which flows are others than they were."""
    old, new = before.flows, now.flows
    changed = [name for name, flow in new.items() if name in old and flow.program != old[name].program]
    told = [*changed, *(f"{name} (new)" for name in new if name not in old)]
    told += [f"{name} (gone)" for name in old if name not in new]
    return f"taken over: {', '.join(told) or 'no flow is another'}\n"


def _urls(served: Served, paths: Mapping[str, str]) -> Iterator[str]:
    starts = {name: each.program.start for name, each in served.flows.items()}
    site = HostSite(served.base_url, "", starts, served.numbers)
    entries = [_entry(each, paths.get(name, f"{name}{BUILT}")) for name, each in served.flows.items()]
    yield from urls(entries, HOSTS["server"], site, {}, lambda flow, documents: iter(()))
    if urlsplit(served.base_url).hostname in _HERE:
        yield "these URLs are good on this machine alone; for real calls, name that of a tunnel: --base-url https://…"


def _entry(flow: Flow, path: str) -> Entry:
    """A flow as a build records it, as far as its URLs need it."""
    program = flow.program
    return Entry(path, "", flow.name, [], [], program.start, program.failure, [], [], [], [])
