"""The project file, `flowc.yml`: which flows there are, where they are hosted, and which number plays which."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from ..checks.allow import Allow
from ..text import yaml
from ..text.diagnostics import Diagnostic, Rule
from ..text.document import Document, Place
from ..text.nearest import nearest
from .file import load
from .settings import Settings
from .sites import Params, Site, inside, params_of, sites_of, url_fault

__all__ = ["FILE", "Params", "Project", "Site", "allows", "find", "read", "unknown_flows", "url_fault"]

FILE = "flowc.yml"

BAD_NUMBER = Rule(
    "E618",
    "bad-number",
    """A key of `numbers` is no phone number in international form, digits alone.

The number that was called arrives in this form, so a key in another one is never found and its callers hear nothing.

Write country code and number without plus, spaces or leading zeros: `442079460000`.""",
)
UNKNOWN_FLOW = Rule(
    "E619",
    "unknown-flow",
    """A number is to play a flow that the project does not have.

Who calls this number gets no answer.

Write the name that stands after `flow:` in one of the project's flows, or add the flow's file to `flows`.""",
)

_NUMBER = re.compile(r"[1-9][0-9]{6,14}")
_DEFAULT_FLOWS = ("**/*.flow.yml", "**/*.flow.yaml")


class Project(NamedTuple):
    """A project: the folder of its file, the patterns of its flows, and the rest as written.

    `numbers` leads from a phone number to a flow's name, `allow` from a pattern of paths to names of rules.
    """

    root: Path
    flows: tuple[str, ...]
    sites: dict[str, Site]
    numbers: dict[str, str]
    allow: dict[str, tuple[str, ...]]
    params: Params
    document: Document


def find(start: Path) -> Path | None:
    """The project file of a folder: its own, or that of the nearest folder above."""
    here = start.absolute()
    return next((folder / FILE for folder in (here, *here.parents) if os.path.isfile(folder / FILE)), None)


def read(path: Path) -> tuple[Project | None, list[Diagnostic]]:
    """The project of a file and what is wrong with it; no project where the file cannot be read.

    What is wrong is left out of the project, so the rest of it can be used to find more.
    """
    source = load(path)
    if isinstance(source, Diagnostic):
        return None, [source]
    said: list[Diagnostic] = []
    document = yaml.read(source, said.append)
    if document is None:
        return None, said
    return _project(path.absolute().parent, document, said.append), said


def unknown_flows(project: Project, names: Collection[str]) -> Iterator[Diagnostic]:
    """The numbers that are to play a flow which is none of `names`, the names of the project's flows."""
    for number, flow in project.numbers.items():
        if flow not in names:
            meant = nearest(flow, names)
            numbers = Settings.of(project.document, lambda _: None).inner("numbers")
            place = numbers.value(number)
            yield UNKNOWN_FLOW.at(place, f"there is no flow `{flow}`", f"did you mean `{meant}`?" if meant else None)


def patterns(project: Project) -> Iterator[tuple[str, Place]]:
    """The patterns of `flows` that are written in the project file, with their places."""
    for text, place in Settings.of(project.document, lambda _: None).texts("flows"):
        if text in project.flows:
            yield text, place


def allows(project: Project) -> Iterator[tuple[str, list[Allow]]]:
    """The patterns of `allow`, each with its names and where they are written."""
    patterns = Settings.of(project.document, lambda _: None).inner("allow")
    for pattern in project.allow:
        yield pattern, [Allow(name, place) for name, place in patterns.texts(pattern)]


def _project(root: Path, document: Document, report: Callable[[Diagnostic], None]) -> Project:
    top = Settings.of(document, report)
    top.only("flows", "params", "sites", "numbers", "allow")
    return Project(
        root,
        _flows(top),
        dict(sites_of(top.inner("sites"))),
        dict(_numbers(top.inner("numbers"))),
        dict(_allow(top.inner("allow"))),
        params_of(top),
        document,
    )


def _flows(top: Settings) -> tuple[str, ...]:
    written = tuple(text for text, place in top.texts("flows") if inside(text, place, top))
    return written if top.get("flows") is not None else _DEFAULT_FLOWS


def _numbers(numbers: Settings) -> Iterator[tuple[str, str]]:
    for number in numbers.owner:
        flow = numbers.text(number)
        digits = re.sub(r"[^0-9]", "", number).lstrip("0")
        if not _NUMBER.fullmatch(number):
            hint = f"type `{digits}` if that is the number with its country code" if _NUMBER.fullmatch(digits) else None
            message = f"`{number}` is not a phone number in international form, digits alone"
            numbers.report(BAD_NUMBER.at(numbers.key(number), message, hint))
        elif flow is None and numbers.get(number) is None:
            numbers.wrong(numbers.key(number), f"the number `{number}` names no flow", f"{number}: NAME_OF_A_FLOW")
        elif flow is not None:
            yield number, flow


def _allow(allow: Settings) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in allow.owner:
        yield pattern, tuple(name for name, _ in allow.texts(pattern))
