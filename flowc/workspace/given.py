"""The values that are given for params: by the project file, a site, a file, the environment and the command line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..language.reading.params import ENVIRONMENT, Layer, strays
from ..text import yaml
from ..text.diagnostics import Diagnostic, Rule
from ..text.source import Source, Span, Values
from .file import load
from .project import Params, Project, Site

NOT_PARAMS = Rule(
    "E643",
    "not-params",
    """A file of params holds something else.

Nothing in it is bound, and callers would be connected to defaults, or the documents stay open.

Write a mapping from names of params to values, a line each: `agents: 447700900101`.""",
)

SECRET_TYPED = Rule(
    "W609",
    "secret-typed",
    """A secret param is given a value on the command line or in a file, which does not bind it.

A secret is never put into what is built: whoever answers the calls has it from its environment, and does not start
without it. What is typed is kept in the shell's history as well, and what stands in a file is read by all who have
the file, and stays in its history.

Set `FLOWC_PARAM_NAME` where calls are answered, and leave the value out here. A secret that others may have read is to
be changed where it was issued.""",
)

Report = Callable[[Diagnostic], None]

_ENVIRONMENT, _TYPED = "the environment", "`--param`"
"""Two of the words for where a value comes from."""


def layers(
    project: Project | None,
    site: Site | None,
    file: str | None,
    typed: Mapping[str, object],
    environ: Mapping[str, str],
    report: Report,
) -> list[Layer]:
    """All values that are given, the weakest first, each layer with the words for where it comes from."""
    root = project.root if project else Path()
    written = _values(project.params, root, report) if project else {}
    of_site = _values(site.params, root, report) if site else {}
    of_file = of_path(Path(file), None, report) if file is not None else {}
    return [
        ("the project file", written),
        (f"the site `{site.name}`" if site else "a site", of_site),
        (f"`{file}`", of_file),
        (_ENVIRONMENT, from_environment(environ)),
        (_TYPED, typed),
    ]


def given(layers: Sequence[Layer]) -> dict[str, object]:
    """Each value that counts, by the name of its param, whether or not a flow declares it. A null binds nothing."""
    return {name: value for _, values in layers for name, value in values.items() if value is not None}


def undeclared(params: Mapping[str, object], layers: Sequence[Layer]) -> Iterator[tuple[str, str, str, str | None]]:
    """Each name that layers bind and no flow declares: where it comes from, what is wrong, and the fix."""
    for origin, values in layers:
        for name in values:
            for message, hint in strays(params, [(origin, {name: None})]):
                yield origin, name, message, hint


def given_secrets(
    declared: Iterable[tuple[str, bool]], layers: Sequence[Layer], whence: Callable[[str, str], tuple[Source, Span]]
) -> Iterator[Diagnostic]:
    """What is to be said of each value that is given for a secret, but by the environment.

    `declared` has each param of each flow, and whether it is a secret there. What is one in some flows alone may be
    given for the others. `whence` tells where a value stands by where it comes from and its name.
    """
    known = set(declared)
    secrets = {name for name, is_secret in known if is_secret and (name, False) not in known}
    for origin, values in layers:
        for name in [each for each, value in values.items() if each in secrets and value is not None]:
            if origin != _ENVIRONMENT:
                source, span = whence(origin, name)
                message = f"`{name}` is a secret, which {origin} does not bind"
                yield Diagnostic(SECRET_TYPED, source, span, message, _elsewhere(origin, name))


def _elsewhere(origin: str, name: str) -> str:
    """Where a secret belongs that was given here."""
    there = f"where calls are answered, set it in the environment: `{ENVIRONMENT}{name.upper()}`"
    return there if origin == _TYPED else f"{there}; take it out here, and have another issued: this one is known"


def key_in(path: str, name: str, *within: str) -> tuple[Source, Span]:
    """Where a name stands in a file of settings, in the mappings that lead to it; the file, where it is not found."""
    source = load(Path(path))
    if isinstance(source, Diagnostic):
        return source.source, Span(0, 0)
    source = source if within else Values(*source)
    document = yaml.read(source, lambda _: None)
    owner = document.data if document else None
    for step in within:
        owner = owner.get(step) if isinstance(owner, dict) else None
    found = document.key(owner, name).span if document and isinstance(owner, dict) and name in owner else Span(0, 0)
    return source, found


def from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    """What the environment binds: `FLOWC_PARAM_agents`, or in its usual spelling `FLOWC_PARAM_AGENTS`."""
    written = {name[len(ENVIRONMENT) :]: value for name, value in environ.items() if name.startswith(ENVIRONMENT)}
    usual = {name.lower(): value for name, value in written.items() if name.isupper()}
    return {**usual, **{name: value for name, value in written.items() if not name.isupper()}}


def of_path(path: Path, root: Path | None, report: Report) -> Mapping[str, object]:
    """The values in a file of params, YAML or JSON; nothing where it cannot be read, which is reported."""
    source = load(path, root)
    if isinstance(source, Diagnostic):
        report(source._replace(source=Values(*source.source)))
        return {}
    document = yaml.read(Values(*source), report)
    if document is None or document.data is None:
        return {}
    if isinstance(document.data, dict):
        return document.data
    report(NOT_PARAMS.at(document.whole(), "this file has no names of params with values", "NAME: VALUE"))
    return {}


def _values(params: Params, root: Path, report: Report) -> Mapping[str, object]:
    if not isinstance(params, str):
        return params
    return of_path(Path(os.path.relpath(root / params)), root, report)
