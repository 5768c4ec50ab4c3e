"""A build that only looks: what on disk would change. Nothing is written, not even the record."""

from __future__ import annotations

import os
from collections.abc import Iterator

from . import disk, overrun, record
from .build import Outcome
from .gather import Gathered, Progress, gather
from .job import Job, Seen, look
from .parcel import differing, on_disk
from .works import Works


def compare(job: Job, works: Works, progress: Progress | None = None) -> Outcome:
    """The outcome that a build would have, with the files (below the output folder) that it would change."""
    trouble = disk.obstacle(job.out, job.default)
    if trouble is not None:
        return Outcome((), trouble)
    seen = look(job, works)
    trouble = None if seen.all_fresh else overrun.overrun(job, seen)
    if trouble is not None:
        return Outcome((), trouble)
    everything = gather(job, works, seen, None, None, progress)
    if not works.sound(everything.told):
        return Outcome(everything.told)
    tables = works.site(everything.entries)
    stale = {
        *everything.stale,
        *_unlike(job, seen),
        *differing(job.out, tables),
        *_leftovers(job, seen, everything, set(tables)),
    }
    compiled = sum(entry is None for entry in seen.fresh)
    return Outcome(everything.told, None, everything.entries, compiled, stale=sorted(stale))


def _unlike(job: Job, seen: Seen) -> Iterator[str]:
    """The outputs of unchanged flows that are not on disk as the record has them."""
    for entry in seen.fresh:
        for each in record.outputs(seen.old, entry.outputs) if entry else ():
            data = on_disk(job.out, each.path, each.size)
            if data is None or record.output(each.path, data) != each:
                yield each.path


def _leftovers(job: Job, seen: Seen, everything: Gathered, tables: set[str]) -> Iterator[str]:
    """What an earlier build wrote, is still there, and would be removed; a folder as a whole."""
    tables_before = {each.path for each in record.outputs(seen.old, seen.old.site)}
    for path in (everything.before | tables_before) - everything.units - tables:
        if os.path.lexists(os.path.join(job.out, path)):
            yield f"{path}/" if path in everything.folders else path
