"""What is done for one flow, and what is handed back: plain data, since it may come from another process."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from . import again, make, record, stage
from .again import Told
from .job import Job, Seen
from .make import Made
from .reading import Flow
from .record import Entry, Output
from .stage import Stage
from .works import Works

Units = dict[str, list[Output]]
"""The outputs of a flow by the unit they are exchanged in."""


class Parcel(NamedTuple):
    """What came of one flow; where there was an error, no more than what is told.

    `units` are those of its outputs, `staged` those of them that were written into the staging folder, `before` those
    of its last build. `stale` names, for a check, the outputs that are not on disk as they would be written.
    """

    told: list[Told]
    entry: Entry | None
    lines: str
    units: list[str]
    staged: list[str]
    before: list[str]
    stale: list[str]


class Bench:
    """Where parcels are made. `staged` is None for a check; after the first error nothing more is staged."""

    def __init__(self, job: Job, works: Works, seen: Seen, staged: Stage | None) -> None:
        self.job, self.works, self.seen, self.staged = job, works, seen, staged
        self.sound = True

    def __call__(self, flow: Flow) -> bytes:
        """Compile a flow, and stage its outputs or compare them. Raises OSError."""
        try:
            made = make.make(flow, self.job.root, self.works)
        except Exception as fault:
            fault.add_note(f"while `{flow.path}` was compiled")
            raise
        told = [again.told(again.rooted(each, self.job.root)) for each in made.diagnostics]
        if made.entry is None or not self.sound:
            self.sound = False
            return packed(Parcel(told, None, "", [], [], [], []))
        return packed(self.parcel(flow, made, made.entry._replace(warnings=told)))

    def parcel(self, flow: Flow, made: Made, entry: Entry) -> Parcel:
        """The parcel of a sound flow."""
        old = self.seen.old.entries.get(flow.name)
        before = grouped(record.outputs(self.seen.old, old.outputs), old.flow) if old else {}
        written = [record.output(path, data) for path, data in made.outputs.items()]
        units = grouped(written, entry.flow)
        changed = [unit for unit in units if not self.seen.trusted or units[unit] != before.get(unit)]
        stale = (
            self.compared(made, units, before) if self.staged is None else self.stage(self.staged, changed, units, made)
        )
        lines = record.formed(written).decode()
        return Parcel(entry.warnings, entry, lines, list(units), changed, list(before), stale)

    def stage(self, staged: Stage, changed: Iterable[str], units: Units, made: Made) -> list[str]:
        """Write what changed into the staging folder."""
        for unit in changed:
            for output in units[unit]:
                stage.put(staged, output.path, made.outputs[output.path])
        return []

    def compared(self, made: Made, units: Units, before: Units) -> list[str]:
        """What a build would write into the flow's folders, or remove from them."""
        out = self.job.out
        earlier = (each.path for unit in units for each in before.get(unit, ()) if each.path not in made.outputs)
        return [*differing(out, made.outputs), *(path for path in earlier if os.path.lexists(os.path.join(out, path)))]


def grouped(outputs: Iterable[Output], flow: str) -> Units:
    """The outputs of a flow by unit, those of a unit in the order of their paths."""
    units: Units = {}
    for output in sorted(outputs):
        units.setdefault(stage.unit_of(output.path, flow), []).append(output)
    return units


def differing(out: str, outputs: Mapping[str, bytes]) -> list[str]:
    """The outputs that are not on disk with these bytes."""
    return [path for path, data in sorted(outputs.items()) if on_disk(out, path, len(data)) != data]


def on_disk(out: str, path: str, size: int) -> bytes | None:
    """The bytes of an output on disk, and one more where there are more than `size`; None where it cannot be read."""
    try:
        with open(os.path.join(out, path), "rb") as file:
            return file.read(size + 1)
    except OSError:
        return None


def packed(parcel: Parcel) -> bytes:
    """A parcel as bytes."""
    return json.dumps(parcel, separators=(",", ":")).encode()


def unpacked(data: bytes) -> Parcel:
    """A parcel from its bytes."""
    parcel = Parcel._make(json.loads(data))
    return parcel._replace(entry=Entry._make(parcel.entry)) if parcel.entry else parcel
