"""All flows of a build in their order: what the record has of the unchanged ones, and the parcels of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from . import again, record, workers
from .again import Told
from .job import Job, Seen
from .parcel import Bench, Parcel, grouped, unpacked
from .record import Entry, Writer
from .stage import Stage, is_folder
from .twins import twins
from .works import Works

Progress = Callable[[int, int], None]
"""Told how many of how many changed flows are done."""


class Gathered(NamedTuple):
    """What all flows came to; no more than `told` counts with an error. `folders` are the units that are folders."""

    told: list[Told]
    entries: list[Entry]
    units: set[str]
    staged: list[str]
    before: set[str]
    folders: set[str]
    stale: list[str]


def gather(
    job: Job, works: Works, seen: Seen, staged: Stage | None, writer: Writer | None, progress: Progress | None
) -> Gathered:
    """Compile what changed and bring all flows together; each goes into the record as it comes. Raises OSError."""
    everything = Gathered([], [], set(), [], set(), set(), [])
    for entry, lines, parcel in _flows(job, works, seen, staged, progress):
        if parcel is not None:
            _take(everything, parcel, seen)
        everything.told.extend(parcel.told if parcel else entry.warnings if entry else ())
        if entry is not None:
            everything.entries.append(entry)
            if writer is not None:
                writer.add(entry, lines if lines is not None else record.lines(seen.old, entry.outputs))
    _vanished(everything, seen)
    everything.told.extend(map(again.told, twins(everything.entries)))
    if len(everything.entries) == len(seen.flows):  # of a flow with errors, not even the name is sure
        everything.told.extend(map(again.told, works.refuse_site(everything.entries)))
    return everything


def _flows(
    job: Job, works: Works, seen: Seen, staged: Stage | None, progress: Progress | None
) -> Iterator[tuple[Entry | None, bytes | None, Parcel | None]]:
    """Each flow's entry; of one that was compiled, its outputs' lines and parcel as well."""
    changed = [flow for flow, entry in zip(seen.flows, seen.fresh, strict=True) if entry is None]
    parcels = map(unpacked, workers.results(changed, Bench(job, works, seen, staged)))
    done = 0
    for entry in seen.fresh:
        if entry is not None:
            yield entry, None, None
            continue
        parcel = next(parcels)
        done += 1
        if progress is not None:
            progress(done, len(changed))
        yield parcel.entry, parcel.lines.encode(), parcel


def _take(everything: Gathered, parcel: Parcel, seen: Seen) -> None:
    if parcel.entry is None:
        return
    everything.units.update(parcel.units)
    everything.staged.extend(parcel.staged)
    everything.before.update(parcel.before)
    everything.stale.extend(parcel.stale)
    everything.folders.update(unit for unit in parcel.units if is_folder(unit, parcel.entry.flow))
    old = seen.old.entries.get(parcel.entry.path)
    everything.folders.update(unit for unit in parcel.before if old and is_folder(unit, old.flow))


def _vanished(everything: Gathered, seen: Seen) -> None:
    """The units of flows that are no longer there count among those before."""
    here = {flow.name for flow in seen.flows}
    for entry in seen.old.entries.values():
        if entry.path not in here:
            units = grouped(record.outputs(seen.old, entry.outputs), entry.flow)
            everything.before.update(units)
            everything.folders.update(unit for unit in units if is_folder(unit, entry.flow))
