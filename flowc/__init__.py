"""flowc: a compiler for phone call flows.

As a library:

    import flowc

    result = flowc.compile(text, params={"agents": "447700900100"})
    host = flowc.hosts["nginx"]
    said = [*result.diagnostics, *flowc.refusals(result, host)]
    for each in said:
        print(each.rule.name, each.message)
    if not any(each.rule.severity == "error" for each in said):
        files = host.emit(result, "https://ivr.example.com")

`compile` never raises for a mistake in a flow: it is a diagnostic, and there is no program. `refusals` are diagnostics
too: what of a flow a host cannot do. `emit` gives the files to publish, or raises ValueError, with a sentence: for a
flow with errors, for one that the host refuses, and for a URL that is not absolute. Nothing of it touches the disk.
Its parts are imported when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import hosting
    from .compiler import Result, check, compile
    from .hosting import Host, refusals
    from .program.program import Program
    from .text.diagnostics import Diagnostic
    from .text.source import Source

    hosts = hosting.HOSTS

__version__ = "0.1.0"
__all__ = ["Diagnostic", "Host", "Program", "Result", "Source", "__version__", "check", "compile", "hosts", "refusals"]

_ROOMS = {
    "Diagnostic": ("text.diagnostics", "Diagnostic"),
    "Host": ("hosting", "Host"),
    "Program": ("program.program", "Program"),
    "Result": ("compiler", "Result"),
    "Source": ("text.source", "Source"),
    "check": ("compiler", "check"),
    "compile": ("compiler", "compile"),
    "hosts": ("hosting", "HOSTS"),
    "refusals": ("hosting", "refusals"),
}


def __getattr__(name: str) -> object:
    """Import a part of the library when it is first asked for: `flowc --version` needs none of them."""
    from importlib import import_module

    if name not in _ROOMS:
        raise AttributeError(f"module `flowc` has no `{name}`")
    module, part = _ROOMS[name]
    return getattr(import_module(f".{module}", __name__), part)
