"""`flowc diff`: what two versions of flows are different in for callers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

import click

from ..caller.difference import Change, differences
from ..text.reports.display import safe
from ..workspace.versions import Version, VersionError, version
from . import CLEAN, ERRORS
from .output import print_text, report


@click.command()
@click.argument("old")
@click.argument("new", default=".")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How it is told."
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where there is a difference.")
def diff(old: str, new: str, form: str, exit_code: bool) -> int:
    """Tell what is different for callers between an OLD and a NEW version of flows.

    A version is a flow's file, a folder of flows (NEW: this one), what a build wrote, or a git revision: HEAD~1,
    v1.0:flows/acme.flow.yml.
    """
    try:
        before, after = version(old), version(new)
    except VersionError as error:
        raise click.UsageError(str(error)) from None
    found = [*before.found, *after.found]
    if found:
        report(found, list(dict.fromkeys(each.source.name for each in found)))
        return ERRORS
    changes = list(_changes(before, after))
    print_text(_FORMS[form](changes))
    return ERRORS if exit_code and changes else CLEAN


def _changes(old: Version, new: Version) -> Iterator[Change]:
    if len(old.flows) == len(new.flows) == 1:  # a flow that was given another name is still that flow
        yield from differences(*old.flows.values(), *new.flows.values())
        return
    for name in dict.fromkeys((*old.flows, *new.flows)):
        yield from differences(old.flows.get(name), new.flows.get(name))


def _text(changes: Sequence[Change]) -> str:
    return "".join(f"{line}\n" for line in _lines(changes)) if changes else "no difference for callers\n"


def _lines(changes: Sequence[Change]) -> Iterator[str]:
    for (flow, place), there in groupby(changes, key=lambda each: (each.flow, each.place)):
        yield f"{flow}: {place}"
        for each in there:
            yield from [f"  {line}" for line in _told(each)]


def _told(change: Change) -> Iterator[str]:
    """A change, a line for each side; what is longer is told in two."""
    aspect = f"{change.aspect}: " if change.aspect else ""
    if change.old is None:
        yield f"+ {aspect}{safe(change.new or '')}"
    elif change.new is None:
        yield f"- {aspect}{safe(change.old)}"
    else:
        yield f"- {aspect}{safe(change.old)}"
        yield f"+ {aspect}{safe(change.new)}"


def _markdown(changes: Sequence[Change]) -> str:
    if not changes:
        return "No difference for callers.\n"
    lines = []
    for (flow, place), there in groupby(changes, key=lambda each: (each.flow, each.place)):
        told = [line for each in there for line in _told(each)]
        lines += [f"**{flow}: {place}**", "", "```diff", *told, "```", ""]
    return "\n".join(lines)


def _json(changes: Sequence[Change]) -> str:
    return json.dumps([each._asdict() for each in changes], ensure_ascii=False, indent=2) + "\n"


_FORMS = {"text": _text, "markdown": _markdown, "json": _json}
