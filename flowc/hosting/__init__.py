"""Where a program is hosted: one module a host, imported when its hosts are first asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..text.diagnostics import Diagnostic

if TYPE_CHECKING:
    from .host import Compiled, Host, Site

    HOSTS: dict[str, Host]
    """The hosts by the name that is typed as `target`."""

__all__ = ["HOSTS", "NAMES", "Compiled", "Host", "Site", "refusals"]

NAMES = ("static", "nginx", "server")
"""The names of the hosts: whether a project names one of them is told without them."""


def refusals(result: Compiled, host: Host) -> Iterator[Diagnostic]:
    """What of a compiled flow a host cannot do: an error for each line that needs it; nothing where it can all.

    A flow with errors has no program, of which nothing is said. `flowc.hosts[NAME].emit` refuses what is refused here.
    """
    from .unhosted import refusals as refused

    return refused(result, host, tuple(_hosts().values()))


def _hosts() -> dict[str, Host]:
    from .nginx import NGINX
    from .server import SERVER
    from .static import STATIC

    return {each.name: each for each in (STATIC, NGINX, SERVER)}


def __getattr__(name: str) -> object:
    """Import a part of the room when it is first asked for, and keep it."""
    if name not in ("HOSTS", "Compiled", "Host", "Site"):
        raise AttributeError(f"module `flowc.hosting` has no `{name}`")
    from . import host

    globals()[name] = _hosts() if name == "HOSTS" else getattr(host, name)
    return globals()[name]
