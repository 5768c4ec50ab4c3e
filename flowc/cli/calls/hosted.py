"""Plays the calls of files at a host, several at once, and says what of the outcome may come of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import click

from ...caller.rehearsals.at_once import at_once
from ...caller.rehearsals.given_server import GivenServer, answering
from ...caller.rehearsals.hosted import Host, Made, caller_of, judged
from ...caller.rehearsals.rehearsal import Rehearsals
from ...caller.rehearsals.said_where import Flow
from ...text.diagnostics import Diagnostic, errors
from ...text.reports.display import safe
from ..output import counted
from .called import called
from .reasons import Calls, reasons
from .tested import Tested, Wish, allowed, chosen, read, told

USUAL_JOBS = 4
"""Calls that are under way at once: no more than the least of servers, which answer one after the other, keep waiting
without a loss (five, of Python's `http.server`)."""


def address(written: str) -> tuple[str, int]:
    """The host and the port in `HOST:PORT` or `PORT`. Raises UsageError for what is none."""
    host, _, port = written.rpartition(":")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 1 << 16):
        raise click.UsageError(f"--given-at {written}: write a port such as 8001, or 127.0.0.1:8001")
    return host.strip("[]") or "127.0.0.1", int(port)


def tested_hosted(files: Sequence[Path], wish: Wish) -> tuple[list[Tested], list[str]]:
    """Files of calls, played at the host that is wished for, and what may be why calls failed. May raise UsageError."""
    assert wish.hosted is not None
    jobs = wish.jobs or (1 if wish.given_at is not None else USUAL_JOBS)
    opened = [_opened(path, wish) for path in files]
    with _given(wish.given_at, several=jobs > 1) as server:
        host = Host(wish.hosted, server)
        calls = [each for file in opened if file.rehearsals is not None for each in file.rehearsals.calls]
        made = at_once(calls, host.call, jobs, caller_of)
        try:
            done = [_done(file, _named(made, server), wish) for file in opened]
        finally:
            host.over.set()
            made.close()
    flows = {each.rehearsals.flow for each in opened if each.rehearsals is not None and each.rehearsals.calls}
    failed = [each.transcript for file in done for each in file.played if errors(list(each.found)) and each.transcript]
    alike, signed = sum(caller_of(each) is None for each in calls) > 1, wish.hosted.key is not None
    made_so = Calls(len(calls), len(flows), min(jobs, len(calls)), alike, signed)
    return done, [*_spared(host), *reasons(failed, made_so)]


class _Opened(NamedTuple):
    """A file of calls: those that are to be played, None where it has mistakes, and what is to be said of it."""

    name: str
    rehearsals: Rehearsals | None
    flow: Flow | None
    said: tuple[Diagnostic, ...]


def _opened(path: Path, wish: Wish) -> _Opened:
    said: list[Diagnostic] = []
    source, rehearsals = read(path, said)
    if rehearsals is None:
        return _Opened(source, None, None, tuple(said))
    flow = called(path, rehearsals, said, needed=False)
    only = rehearsals._replace(calls=chosen(rehearsals, wish))
    return _Opened(source, None if errors(said) else only, flow.text if flow else None, tuple(said))


def _done(opened: _Opened, made: Iterator[Made], wish: Wish) -> Tested:
    """A file of calls, as soon as all of its calls are made, which come in their order."""
    rehearsals = opened.rehearsals
    if rehearsals is None:
        return Tested(opened.name, said=opened.said)
    played = tuple(judged(rehearsals, each, next(made), opened.flow) for each in rehearsals.calls)
    played, said = allowed(rehearsals, played, opened.said, whole=False)
    return Tested(opened.name, "", told(played, wish), tuple(said))


def _named(made: Iterator[Made], server: GivenServer | None) -> Iterator[Made]:
    """Calls as they are made. Raises UsageError where a request is for one of them, and nobody knows for which."""
    for each in made:
        if server is not None and server.unnamed:
            raise click.UsageError(
                f"--given-at: `{safe(server.unnamed[0])}` does not say for which of several calls it asks: "
                "leave -j out, or let the program send the `uuid` of the call along, such as in a header"
            )
        yield each


@contextmanager
def _given(where: tuple[str, int] | None, *, several: bool) -> Iterator[GivenServer | None]:
    """The server of what is given, where one is wanted. Raises UsageError where it cannot be there."""
    if where is None:
        yield None
        return
    with ExitStack() as stack:
        try:
            server = stack.enter_context(answering(*where, several=several))
        except OSError as error:
            raise click.UsageError(f"--given-at {where[0]}:{where[1]}: {error.strerror or error}") from None
        yield server


def _spared(host: Host) -> Iterator[str]:
    """The URLs that were not waited for in every call."""
    for asked, (times, more) in host.unanswered.spared().items():
        waited = f"{counted(more, 'more call')} did not wait for it"
        yield f"{asked} gave no answer in time in {counted(times, 'call')}, so {waited}"
