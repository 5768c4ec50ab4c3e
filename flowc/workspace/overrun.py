"""An output folder that holds flows: what a build marks as its own is not looked into for flows any more."""

from __future__ import annotations

import os

from ..text.diagnostics import Diagnostic, Rule
from .disk import told
from .file import within
from .job import Job, Seen
from .project import FILE
from .stage import STAMP

OUT_HOLDS_FLOWS = Rule(
    "E649",
    "out-holds-flows",
    """The output folder holds flows, or the project file.

A build marks its output folder, and nothing in a marked folder is taken for a flow of the project: the flows in it
would be checked and built no more, and callers would keep hearing what they were.

Name a folder of its own with `--out`, or leave `--out` away: then it is `build/SITE`.""",
)


def overrun(job: Job, seen: Seen) -> Diagnostic | None:
    """What to say where the output folder holds a flow that is built, or on its first build any flow at all."""
    out = os.path.realpath(job.out)
    held = next((flow.path for flow in seen.flows if within(_whole(job.root, flow.name), out)), None)
    if held is None and not os.path.lexists(os.path.join(job.out, STAMP)):
        held = _source_in(job.out)
    if held is None:
        return None
    message = f"`{job.out}` holds `{held}`, which would not be found there any more"
    return told(OUT_HOLDS_FLOWS, job.out, message, "name a folder of its own with `--out`")


def _whole(root: str, name: str) -> str:
    whole = f"{root}/{name}"
    return os.path.normpath(whole) if name.startswith("../") else whole


def _source_in(folder: str) -> str | None:
    """A flow or project file in a folder or under it."""
    for here, _, names in os.walk(folder):
        for name in sorted(names):
            if name == FILE or name.endswith((".flow.yml", ".flow.yaml")):
                return os.path.normpath(os.path.join(here, name))
    return None
