"""What is to be built, and which of it has changed since the last build."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import moving, record
from .edition import edition
from .reading import Flow, digest_of
from .record import Entry, Record
from .stage import STAMP
from .works import Works, given

FOLDER = ".flowc"
"""What builds remember, beside the project file."""


class Job(NamedTuple):
    """What is to be built and where to.

    `root` is the workspace, absolute; `files` are paths from the working directory. `settings` are all that every flow
    is built with (target, URL …), as JSON data. `default` says that `out` is the output folder that nobody named.
    """

    root: str
    files: Sequence[str]
    out: str
    default: bool
    settings: dict[str, object]
    check: bool = False
    force: bool = False


class Seen(NamedTuple):
    """The flows of a job, and for each its entry in the record, or None where it has to be compiled.

    `trusted` says that the output folder holds what the record says; `all_fresh`, that there is nothing to do.
    """

    flows: list[Flow]
    fresh: list[Entry | None]
    old: Record
    trusted: bool
    all_fresh: bool


def record_path(job: Job) -> str:
    """The record of a job's output folder: one for each, so that sites are built apart."""
    out = os.path.relpath(os.path.realpath(job.out), job.root)
    name = "".join(each if each.isalnum() and each.isascii() else "-" for each in os.path.basename(out))
    return os.path.join(job.root, FOLDER, f"{name[:40]}-{hashlib.sha256(os.fsencode(out)).hexdigest()[:8]}.record")


def settings(job: Job) -> str:
    """What every flow of a job is built with, flowc itself first."""
    return json.dumps([edition(), job.settings], sort_keys=True)


def look(job: Job, works: Works) -> Seen:
    """Read all files of a job and find out what changed: sources, params, settings, or flowc itself."""
    old = record.load(record_path(job))
    trusted = not job.force and (job.check or _stamp(job.out) == old.stamp)
    entries = old.entries if trusted and old.settings == settings(job) else {}
    named = zip(job.files, names(job), strict=True)
    flows = [Flow(path, name, digest_of(path) or "") for path, name in named]
    digests: dict[str, str | None] = {}
    fresh = [_fresh(entries.get(flow.name), flow, job.root, works, digests) for flow in flows]
    return Seen(flows, fresh, old, trusted, bool(entries) and None not in fresh and len(fresh) == len(entries))


def _fresh(entry: Entry | None, flow: Flow, root: str, works: Works, digests: dict[str, str | None]) -> Entry | None:
    if entry is None or entry.digest != flow.digest:
        return None
    for path, digest in entry.reads:
        if path not in digests:
            is_file = not moving.is_moving(path)
            digests[path] = digest_of(os.path.join(root, path)) if is_file else moving.state(path)
        if digests[path] != digest:
            return None
    same = all(given(works, str(name), bool(secret)) == value for name, secret, value in entry.params)
    return entry if same else None


def names(job: Job) -> Iterator[str]:
    """The paths of a job's files from the root."""
    here, root = f"{os.getcwd()}{os.sep}", f"{job.root}{os.sep}"
    inside = here[len(root) :] if here.startswith(root) else None
    for path in job.files:
        # Ten thousand times, so the usual spelling is told by a look at it.
        plain = inside is not None and path[:1] not in "./" and "/." not in path and "//" not in path
        yield f"{inside}{path}" if plain else os.path.relpath(os.path.abspath(path), job.root)


def _stamp(out: str) -> str:
    try:
        with open(os.path.join(out, STAMP), encoding="ascii", errors="replace") as file:
            return file.read(80).strip()
    except OSError:
        return "nothing is there"
