"""Programs on a real nginx: what a build writes for it, and how it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from flowc.caller.web import Request, Response, fetch
from flowc.hosting import HOSTS, Site
from flowc.program.program import Program
from flowc.text.document import Place


class Compiled(NamedTuple):
    program: Program | None
    places: Mapping[str, Place] = MappingProxyType({})


class Hosted(NamedTuple):
    base_url: str
    programs: list[Program]

    @property
    def port(self) -> int:
        return urlsplit(self.base_url).port or 80

    @property
    def path(self) -> str:
        return urlsplit(self.base_url).path

    def ask(self, method: str, path: str, body: bytes = b"") -> Response:
        return fetch(Request(method, self.base_url + path, body))


def build(folder: Path, base_url: str, programs: list[Program], numbers: dict[str, str], socket: str = "") -> None:
    """What a build writes, below a folder."""
    host = HOSTS["nginx"]
    starts = {each.flow: each.start for each in programs}
    site = Site(base_url, str(folder), starts, numbers, socket or str(folder / "s.sock"))
    tree = host.site(site)
    for program in programs:
        tree |= host.emit(Compiled(program), base_url)
    for path, data in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
