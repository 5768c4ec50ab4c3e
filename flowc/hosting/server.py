"""flowc's own server: it makes each document when a webhook asks for it, from the program alone.

What is still open has templates, as with any host.
"""

from __future__ import annotations

import json

from ..program.program import Program
from .host import Host, Site, Tree

_CAN = frozenset({"file", "caller", "answer", "outcome", "words", "call", "clock", "state", "outside"})


def _files(program: Program, base_url: str) -> Tree:
    """Templates of what is open: the server makes all other documents."""
    documents, waits = program.documents.values(), program.waits.values()
    if not (any(each.open for each in documents) or any(each.open for each in waits)):
        return {}
    from ..program.files import templates  # few flows leave something open

    return {f"program/{program.flow}/{name}.ncco.tmpl.json": data for name, data, _ in templates(program, base_url)}


def _site(site: Site) -> Tree:
    """What the server has to know of the site beside its programs."""
    known = {"base_url": site.base_url, "numbers": dict(site.numbers)}
    return {"program/site.json": f"{json.dumps(known, ensure_ascii=False)}\n".encode()}


def _notes(site: Site) -> tuple[str, ...]:
    return (
        f"on the machine that answers {site.base_url}, with `pip install 'flowc[serve]'`:",
        f"    FLOWC_PROGRAMS={site.root}/program python -m flowc.serve",
        "the page docs/serve.md names the secrets that it takes from its environment",
    )


SERVER = Host("server", _CAN, _files, _site, _notes, events="/events", answer="/answer")
