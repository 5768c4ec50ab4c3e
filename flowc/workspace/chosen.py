"""Which flows are built."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..text.diagnostics import Diagnostic, Rule
from .disk import told
from .project import Project
from .selection import whole
from .sources import discover

NO_FLOWS = Rule(
    "E644",
    "no-flows",
    """There is no flow to build where flows were looked for.

A build of nothing would take away what is hosted now, so nothing is done.

Name the right folder, or correct `flows` in the project file. Flows are files that end in `.flow.yml` or
`.flow.yaml`.""",
)
NOT_A_FLOW = Rule(
    "E645",
    "not-a-flow",
    """An NCCO was named where flows are built.

An NCCO is what a build makes: it can be served as it is, and there is nothing to compile in it.

Check it with `flowc check`, and build the flows.""",
)


def chosen(paths: Sequence[str], project: Project | None, report: list[Diagnostic]) -> list[str]:
    """The files of the flows that are built; what is wrong with the choice is added to `report`."""
    idle: list[Diagnostic] = []
    if project and not paths:
        found, idle = whole(project)
    else:
        found = [str(each) for each in discover([Path(path) for path in paths], project)]
    flows = list(dict.fromkeys(each for each in found if not each.endswith(".json")))
    for path in paths:
        if path.endswith(".json"):
            report.append(told(NOT_A_FLOW, path, "this is an NCCO, which needs no build", f"flowc check {path}"))
    if not flows and not report:
        where = ", ".join(paths) or (project.document.source.name if project else ".")
        hint = "flows are files that end in `.flow.yml` or `.flow.yaml`"
        report.append(told(NO_FLOWS, where, "there is no flow to build here", hint))
    report += idle if flows else ()
    return flows
