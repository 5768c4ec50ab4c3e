"""Plays the calls of a file, as far as the file and its flow are sound."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import click

from ...caller.exploring.counted import counted, keys
from ...caller.exploring.coverage import Way, ways
from ...caller.platform.delivery import Hosted, Setup
from ...caller.rehearsals.given_server import GivenServer, answering
from ...caller.rehearsals.parse import parse
from ...caller.rehearsals.rehearsal import Rehearsals
from ...caller.rehearsals.rehearse import Played, Rehearsal, rehearse, rehearse_at, unused
from ...caller.rehearsals.shape import check
from ...checks.allow import idle, quieted, written
from ...program.expected import fits
from ...program.program import Program
from ...text import yaml
from ...text.diagnostics import Diagnostic, Rule, errors
from ...text.source import Source
from ...workspace.file import load
from .called import Called, called


class Tested(NamedTuple):
    """A file of calls: its name, its flow's name, the calls that were played, what is wrong, and the ways taken."""

    name: str
    flow: str = ""
    played: tuple[Played, ...] = ()
    said: tuple[Diagnostic, ...] = ()
    ways: tuple[Way, ...] = ()

    @property
    def found(self) -> list[Diagnostic]:
        """All that is to be said."""
        return [*self.said, *(found for each in self.played for found in each.found)]


class Wish(NamedTuple):
    """How calls are played: against what is hosted, only those whose name holds a word, and what is kept of them.
    `given_at` is where a program that is hosted asks for what calls have as given: a host and a port.
    """

    hosted: Setup | None
    word: str
    keep: bool
    given_at: tuple[str, int] | None = None


def tested(path: Path, wish: Wish, hosted: Hosted | None = None) -> Tested:
    """A file of calls, played. `hosted` is what is called for all files: what hangs is not waited for in each."""
    said: list[Diagnostic] = []
    source, rehearsals = read(path, said)
    if rehearsals is None:
        return Tested(source, said=tuple(said))
    flow = called(path, rehearsals, said, needed=wish.hosted is None)
    if errors(said) or (flow is None and wish.hosted is None):
        return Tested(source, said=tuple(said))
    chosen = tuple(each for each in rehearsals.calls if wish.word in each.name.lower())
    if hosted is not None:
        text = flow.text if flow else None
        with _given(wish.given_at) as server:
            played = tuple(rehearse_at(rehearsals._replace(calls=chosen), hosted, text, time.time(), server))
        played, said = _allowed(rehearsals, played, said, whole=False)
        return Tested(source, "", _told(played, wish), tuple(said))
    assert flow is not None
    return _inside(source, flow, rehearsals._replace(calls=chosen), said, wish)


@contextmanager
def _given(address: tuple[str, int] | None) -> Iterator[GivenServer | None]:
    """The server of what is given, where one is wanted. Raises UsageError where it cannot be there."""
    if address is None:
        yield None
        return
    with ExitStack() as stack:
        try:
            server = stack.enter_context(answering(*address))
        except OSError as error:
            raise click.UsageError(f"--given-at {address[0]}:{address[1]}: {error.strerror or error}") from None
        yield server


def read(path: Path, said: list[Diagnostic]) -> tuple[str, Rehearsals | None]:
    """The name of a file of calls, and its calls; None where there are mistakes, which are added to `said`."""
    source = load(path)
    if not isinstance(source, Source):
        said.append(source)
        return str(path), None
    document = yaml.read(source, said.append)
    if document is not None:
        check(document, said.append)
    if document is None or errors(said):
        return source.name, None
    rehearsals = parse(document, said.append)
    return source.name, None if errors(said) else rehearsals


def bound(flow: Called, rehearsals: Rehearsals) -> Program:
    """The program of a flow, with the params of a file of calls."""
    return flow.program._replace(params={**flow.program.params, **rehearsals.params})


def _inside(source: str, flow: Called, rehearsals: Rehearsals, said: list[Diagnostic], wish: Wish) -> Tested:
    program, visited = counted(flow.program)
    played = tuple(rehearse(rehearsals, program, flow.text, fits))
    played, said = _allowed(rehearsals, played, said, whole=not wish.word)
    times = keys(flow.program, visited.times, [each for call in played for each in call.taken])
    return Tested(
        source, flow.program.flow, _told(played, wish), tuple(said), tuple(ways(flow.program, flow.text, times))
    )


def _allowed(
    rehearsals: Rehearsals, played: Sequence[Rehearsal], said: Sequence[Diagnostic], *, whole: bool
) -> tuple[tuple[Rehearsal, ...], list[Diagnostic]]:
    """Calls, and what is to be said of their file, without the warnings that it allows. `whole`, all were played."""
    allows = written(rehearsals.document)
    names = {each.name for each in allows}
    found = [*said, *(unused(played) if whole else [])]
    of_calls = [each for call in played for each in call.found]
    if whole and not errors(of_calls):  # else nobody knows what there would be to quiet
        found += idle([*found, *of_calls], allows, _rules, looked=not errors(found))
    calls = tuple(each._replace(found=tuple(quieted(each.found, names))) for each in played)
    return calls, quieted(found, names)


def _rules() -> Mapping[str, Rule]:
    from ...rules import by_name

    return by_name()


def _told(played: Sequence[Rehearsal], wish: Wish) -> tuple[Played, ...]:
    """What is to be told of calls; what happened in those that are as they are to be, only if it is wanted."""
    return tuple(
        Played(
            each.rehearsed.name,
            each.transcript if wish.keep or errors(list(each.found)) else None,
            each.found,
            each.idle,
        )
        for each in played
    )
