"""Where a program is hosted: one module a host."""

from __future__ import annotations

from collections.abc import Iterator

from ..text.diagnostics import Diagnostic
from .host import Compiled, Host, Site
from .nginx import NGINX
from .static import STATIC
from .unhosted import refusals as _refusals

HOSTS: dict[str, Host] = {each.name: each for each in (STATIC, NGINX)}
"""The hosts by the name that is typed as `target`."""

__all__ = ["HOSTS", "Compiled", "Host", "Site", "refusals"]


def refusals(result: Compiled, host: Host) -> Iterator[Diagnostic]:
    """What of a flow a host cannot do, each at the line that needs it."""
    return _refusals(result, host, tuple(HOSTS.values()))
