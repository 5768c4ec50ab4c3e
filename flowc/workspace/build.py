"""A build: what changed is compiled into the staging folder, and put in place when all of it is sound."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..text.diagnostics import Diagnostic
from . import again, disk, exchange, names, overrun, record, stage
from .again import Told
from .exchange import Step, unnoticed
from .job import FOLDER, Job, Seen, look, record_path, settings
from .lock import held
from .record import Entry, Writer
from .stage import STAMP, Stage, Unit
from .works import Works

if TYPE_CHECKING:
    from .gather import Gathered

Progress = Callable[[int, int], None]
"""Told how many of how many changed flows are done."""


class Outcome(NamedTuple):
    """What came of a build.

    `told` are findings as `flowc.workspace.again` has them, in the order of the files, with names of files from the
    root; `trouble` is what the disk refused. `flows` are the flows as they stand now, none where there was an error.
    `stale` names, for a check, the files that would change.
    """

    told: Sequence[Told]
    trouble: Diagnostic | None = None
    flows: Sequence[Entry] = ()
    compiled: int = 0
    stale: Sequence[str] = ()


def build(job: Job, works: Works, progress: Progress | None = None, step: Step = unnoticed) -> Outcome:
    """Bring the output folder up to date with the flows, or leave it as it is where one of them has an error."""
    trouble = disk.obstacle(job.out, job.default)
    if trouble is not None:
        return Outcome((), trouble)
    try:
        with held(os.path.join(job.root, FOLDER)) as trouble:
            return Outcome((), trouble) if trouble else _built(job, works, progress, step)
    except OSError as error:
        return Outcome((), disk.refusal(error, job.out))


def _built(job: Job, works: Works, progress: Progress | None, step: Step) -> Outcome:
    trouble = exchange.recover(job.out, record_path(job), step)
    if trouble is not None:
        return Outcome((), trouble)
    seen = look(job, works)
    if seen.all_fresh:
        return _unchanged(works, [each for each in seen.fresh if each])
    trouble = overrun.overrun(job, seen)
    if trouble is not None:
        return Outcome((), trouble)
    made = stage.missing(job.out)
    try:
        return _staged(job, works, seen, progress, step)
    finally:
        stage.withdraw(made)


def _staged(job: Job, works: Works, seen: Seen, progress: Progress | None, step: Step) -> Outcome:
    from .gather import gather  # a build in which nothing changed does without

    staged, writer = stage.begin(job.out), Writer(seen.old.path)
    try:
        everything = gather(job, works, seen, staged, writer, progress)
        if not works.sound(everything.told):
            return Outcome(everything.told)
        return _exchanged(job, works, seen, everything, staged, writer, step)
    finally:
        _clear(job.out, writer)


def _unchanged(works: Works, flows: list[Entry]) -> Outcome:
    told = [told for flow in flows for told in flow.warnings]
    told += map(again.told, works.refuse_site(flows))
    return Outcome(told, None, flows if works.sound(told) else ())


def _clear(out: str, writer: Writer) -> None:
    """Leave nothing behind, unless an exchange has begun that the next build has to finish."""
    if not os.path.lexists(os.path.join(out, stage.NAME, "journal")):
        writer.drop()
        stage.discard(out)


def _exchanged(
    job: Job, works: Works, seen: Seen, everything: Gathered, staged: Stage, writer: Writer, step: Step
) -> Outcome:
    try:
        site = works.site(everything.entries)
    except ValueError as error:
        return Outcome(everything.told, disk.told(disk.UNHOSTABLE, job.out, str(error)))
    tables = {path: record.output(path, data) for path, data in site.items()}
    before = {each.path: each for each in record.outputs(seen.old, seen.old.site)}
    changed = [path for path in tables if not seen.trusted or tables[path] != before.get(path)]
    for path in changed:
        stage.put(staged, path, site[path])
    stamp = writer.finish(settings(job), record.formed(tables.values()))
    stage.put(staged, STAMP, f"{stamp}\n".encode())
    gone = sorted((everything.before | set(before)) - everything.units - set(tables))
    new = [Unit(path, True, path in everything.folders) for path in (*everything.staged, *changed)]
    units = [*_carried(staged, seen, new, gone, everything.folders), Unit(STAMP, True, False)]
    trouble = exchange.hindrance(job.out, units)
    if trouble is not None:
        return Outcome(everything.told, trouble)
    exchange.exchange(staged, _in_order(units), seen.old.path, step)
    compiled = sum(entry is None for entry in seen.fresh)
    return Outcome(everything.told, None, everything.entries, compiled)


def _carried(staged: Stage, seen: Seen, new: list[Unit], gone: list[str], folders: set[str]) -> Iterator[Unit]:
    """The units of an exchange, with what others put into the folders brought over into their next versions."""
    owners = {entry.flow: entry for entry in seen.old.entries.values()}
    for unit in (*new, *(Unit(path, False, path in folders) for path in gone)):
        carried = False
        if unit.folder and os.path.isdir(os.path.join(staged.out, unit.path)):
            owner = owners.get(unit.path.rpartition("/")[2])
            written = record.outputs(seen.old, owner.outputs) if owner else []
            carried = stage.carry(staged, unit.path, {each.path for each in written})
        yield unit._replace(new=unit.new or carried)


def _in_order(units: list[Unit]) -> list[Unit]:
    """Documents, then programs, then the host's own files and the stamp, then what goes away.

    What goes away but differs from something new in the case of its letters only has to go first.
    """
    new = {names.folded(unit.path) for unit in units if unit.new}

    def rank(unit: Unit) -> int:
        if not unit.new:
            return 0 if names.folded(unit.path) in new else 5
        rooms = {"public": 1, "program": 2, STAMP: 4}
        return rooms.get(unit.path.partition("/")[0], 3)

    return sorted(units, key=lambda unit: (rank(unit), unit.path))
