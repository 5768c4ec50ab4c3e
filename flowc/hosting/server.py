"""flowc's own server: it makes each document when a webhook asks for it, from the program alone."""

from __future__ import annotations

from ..program.program import Program
from .host import Host, Site, Tree

_CAN = frozenset({"file", "caller", "answer", "outcome", "words", "call", "clock", "state", "outside"})


def _files(program: Program, base_url: str) -> Tree:
    return {}


def _site(site: Site) -> Tree:
    return {}


def _notes(site: Site) -> tuple[str, ...]:
    return (
        f"run the programs in {site.root}/program:",
        f"    flowc serve --base-url {site.base_url} {site.root}/program/*.program.json",
    )


SERVER = Host("server", _CAN, _files, _site, _notes, events="/events", answer="/answer")
