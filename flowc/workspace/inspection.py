"""Checks files: each by itself, then what only those of a project say together, then what the project allows."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..checks import allow
from ..text.diagnostics import Diagnostic, Rule, errors
from ..text.source import Source, Span
from . import globs
from .file import load
from .project import Project, allows, unknown_flows
from .selection import Batch
from .unread import unread
from .workers import results

ENDS_SILENTLY = "dropped"
"""The rule that is not for flows that another one runs."""

_FLOW_NAME = re.compile(r"""^(?:flow|"flow"|'flow')[ \t]*:[ \t]+(["']?)([A-Za-z][\w-]*)\1[ \t]*(?:#.*)?\r?$""", re.M)


class FlowName(NamedTuple):
    """The name of a flow and where it stands in its file."""

    name: str
    span: Span


class Checked(NamedTuple):
    """A file that was checked: its path, its name as shown, what was found, and its flow's name if it has one."""

    path: Path
    name: str
    found: Sequence[Diagnostic]
    flow: FlowName | None = None


def inspect(batch: Batch) -> tuple[list[Checked], list[Diagnostic]]:
    """What is wrong with each file, and with all of them together."""
    root = batch.project.root if batch.project else None
    return settle(list(_check_all(batch.paths, root)), batch.project, whole=batch.whole)


def settle(checked: list[Checked], project: Project | None, *, whole: bool) -> tuple[list[Checked], list[Diagnostic]]:
    """Checked files without what their project allows, and what they and it say only together.

    `whole` says that they are all of the project's flows.
    """
    said = list(_together(checked, project, whole=whole))
    if any(found.rule.name == ENDS_SILENTLY for each in checked for found in each.found):
        from .runs import as_run  # few flows end so

        checked = as_run(checked, project)
    if project is None:
        return checked, said
    checked, idle = permitted(checked, project, whole=whole)
    return checked, [*said, *idle]


def permitted(checked: list[Checked], project: Project, *, whole: bool) -> tuple[list[Checked], list[Diagnostic]]:
    """Checked files without what their project allows, and what is wrong with what it allows."""
    said: list[Diagnostic] = []
    for pattern, permits in allows(project):
        names = {each.name for each in permits}
        mine = [each for each in checked if _matches(pattern, each.path, project.root)]
        found = [diagnostic for each in mine for diagnostic in each.found]
        said += allow.idle(found, permits, _rules, looked=whole and not errors(found))
        checked = [each._replace(found=allow.quieted(each.found, names)) if each in mine else each for each in checked]
    return checked, said


def check(path: Path, source: Source | Diagnostic, root: Path | None = None) -> Checked:
    """What is wrong with one file, in the order of its text. What it names is read from its project, or its folder."""
    from ..compiler import check as compiled
    from .reading import Reader

    if isinstance(source, Diagnostic):
        return Checked(path, source.source.name, [source])
    try:
        return Checked(path, source.name, compiled(source, read=Reader(str(root or path.parent))), flow_name(source))
    except Exception as fault:
        fault.add_note(f"while `{source.name}` was checked")
        raise


def flow_name(source: Source) -> FlowName | None:
    """The name in a flow's text, found without reading it as YAML; none where it is written in an unusual way."""
    found = _FLOW_NAME.search(source.text)
    return FlowName(found[2], Span(*found.span(2))) if found else None


def _check_all(paths: Sequence[Path], root: Path | None) -> Iterator[Checked]:
    """Each file checked, in the order of the paths. From about 16 files up, processes share the work."""
    if len(paths) == 1:
        yield check(paths[0], load(paths[0], root), root)
        return
    import pickle

    rules: dict[Rule, Rule] = {}  # one for all findings of its kind, with its page
    for path, result in zip(paths, results(paths, partial(_packed, root)), strict=True):
        name, found, flow = pickle.loads(result)
        yield Checked(path, name, [each._replace(rule=rules.setdefault(each.rule, each.rule)) for each in found], flow)


def _packed(root: Path | None, path: Path) -> bytes:
    """What is wrong with a file of many: its text is read once more where something is shown of it."""
    import pickle

    checked = check(path, load(path, root), root)
    return pickle.dumps((checked.name, [unread(each, path) for each in checked.found], checked.flow))


def _together(checked: Sequence[Checked], project: Project | None, *, whole: bool) -> Iterator[Diagnostic]:
    names = [each.flow.name for each in checked if each.flow]
    if len({name.lower() for name in names}) < len(names):
        yield from _twins(checked)
    # A flow with errors may be one whose name could not be read.
    if project and whole and not any(errors(list(each.found)) for each in checked):
        yield from unknown_flows(project, names)


def _twins(checked: Sequence[Checked]) -> Iterator[Diagnostic]:
    from .record import Entry
    from .twins import twins

    flows = {each.name: each for each in checked if each.flow}
    entries = (
        Entry(each.name, "", each.flow.name, [], [], "", None, [], [], [*each.flow.span], [])
        for each in flows.values()
        if each.flow
    )
    for said in twins(entries):
        labels = tuple(each._replace(source=_text(flows[each.source.name])) for each in said.labels)
        yield said._replace(source=_text(flows[said.source.name]), labels=labels)


def _text(file: Checked) -> Source:
    loaded = load(file.path)
    return loaded if isinstance(loaded, Source) else Source(file.name, "")


def _matches(pattern: str, path: Path, root: Path) -> bool:
    return globs.matches(pattern, Path(os.path.relpath(os.path.abspath(path), root)).as_posix())


def _rules() -> Mapping[str, Rule]:
    from ..rules import by_name

    return by_name()
