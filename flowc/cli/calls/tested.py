"""Plays the calls of a file, as far as the file and its flow are sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ...caller.exploring.counted import counted, keys
from ...caller.exploring.coverage import Way, ways
from ...caller.platform.delivery import Setup
from ...caller.rehearsals.parse import parse
from ...caller.rehearsals.rehearsal import Rehearsals, Rehearsed
from ...caller.rehearsals.rehearse import Played, Rehearsal, rehearse, unused
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

    `given_at` is where a program that is hosted asks for what calls have as given: a host and a port. `jobs` is how
    many calls at a host are under way at once, or how many processes share files; None: as many as is good. `supposed`
    names what the platform is taken to do otherwise than usual.
    """

    hosted: Setup | None
    word: str
    keep: bool
    given_at: tuple[str, int] | None = None
    jobs: int | None = None
    supposed: frozenset[str] = frozenset()


def tested(path: Path, wish: Wish) -> Tested:
    """A file of calls, played in process."""
    said: list[Diagnostic] = []
    source, rehearsals = read(path, said)
    flow = called(path, rehearsals, said, needed=True) if rehearsals is not None else None
    if rehearsals is None or flow is None or errors(said):
        return Tested(source, said=tuple(said))
    return _inside(source, flow, rehearsals._replace(calls=chosen(rehearsals, wish)), said, wish)


def chosen(rehearsals: Rehearsals, wish: Wish) -> tuple[Rehearsed, ...]:
    """The calls of a file that are to be played."""
    found = [each for each in rehearsals.calls if wish.word in each.name.lower()]
    return tuple([each._replace(call=each.call._replace(supposed=wish.supposed)) for each in found])


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
    played, said = allowed(rehearsals, played, said, whole=not wish.word)
    times = keys(flow.program, visited.times, [each for call in played for each in call.taken])
    return Tested(
        source, flow.program.flow, told(played, wish), tuple(said), tuple(ways(flow.program, flow.text, times))
    )


def allowed(
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


def told(played: Sequence[Rehearsal], wish: Wish) -> tuple[Played, ...]:
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
