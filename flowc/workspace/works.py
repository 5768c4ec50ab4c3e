"""What a build is done with: the compiler, a host, the values of params. Tests build with stand-ins for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from ..program.program import Program
from ..text.diagnostics import Diagnostic
from ..text.document import Place
from ..text.source import Source
from .again import Told
from .record import Entry

Read = Callable[[str], str]


class Compiled(Protocol):
    """What the compiler gives: see `flowc.compiler.Result`."""

    @property
    def program(self) -> Program | None: ...
    @property
    def diagnostics(self) -> list[Diagnostic]: ...
    @property
    def places(self) -> Mapping[str, Place]: ...


class Works(NamedTuple):
    """What a build is done with. `params` holds the values that are given, whether or not a flow declares them.

    `emit` makes the files of a flow, and `refuse` says what of it the host cannot do; `site` makes the files that stand
    once, and `refuse_site` says what is wrong with all flows together. `emit` and `site` raise ValueError, with a
    sentence, for what the host cannot write into its files. `sound` says of all findings whether the site may change.
    """

    compile: Callable[[Source, Read], Compiled]
    params: Callable[[str], object]
    emit: Callable[[Compiled], Mapping[str, bytes]]
    refuse: Callable[[Compiled], Iterator[Diagnostic]]
    site: Callable[[Sequence[Entry]], Mapping[str, bytes]]
    refuse_site: Callable[[Sequence[Entry]], Iterator[Diagnostic]]
    sound: Callable[[Sequence[Told]], bool]


def given(works: Works, name: str, secret: bool) -> object:
    """What the record keeps of a param's value: of a secret, which reaches no output, only that there is one."""
    value = works.params(name)
    return value is not None if secret else value
