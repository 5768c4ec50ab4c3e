"""`flowc diff`: what two versions of flows are different in for callers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import click

from ..caller.difference import RENAMED, Change, differences
from ..caller.ways_written import Written
from ..text.reports.display import safe
from ..text.reports.places import start
from ..workspace.versions import Compiled, Version, VersionError, version
from . import CLEAN, ERRORS
from .hosting import assignments
from .output import counted, print_text, report

_MOST = 60_000
"""Characters of a comment: pull requests take 65,536."""


class Told(NamedTuple):
    """A change, and where it stands in the old and the new version: `file:line`, empty where that is not known."""

    change: Change
    was_at: str
    now_at: str

    @property
    def at(self) -> str:
        """Where it stands now; where it stood, if it is gone."""
        return self.was_at if self.change.new is None else self.now_at or self.was_at


@click.command()
@click.argument("old")
@click.argument("new", default=".")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How it is told."
)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param of both versions.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where there is a difference.")
def diff(old: str, new: str, form: str, params: tuple[str, ...], exit_code: bool) -> int:
    """Tell what is different for callers between an OLD and a NEW version of flows.

    A version is a flow's file, a folder of flows (NEW: this one), what a build wrote, or a git revision: HEAD~1,
    v1.0:flows/acme.flow.yml.
    """
    bound = assignments(params)
    try:
        before, after = version(old, bound), version(new, bound)
    except VersionError as error:
        raise click.UsageError(str(error)) from None
    found = [*before.found, *after.found]
    if found:
        report(found, list(dict.fromkeys(each.source.name for each in found)))
        return ERRORS
    changes = list(_changes(before, after))
    print_text(_FORMS[form](changes), exact=form != "text")
    return ERRORS if exit_code and changes else CLEAN


def _changes(old: Version, new: Version) -> Iterator[Told]:
    if len(old.flows) == len(new.flows) == 1:  # a flow that was given another name is still that flow
        yield from _of(*old.flows.values(), *new.flows.values())
        return
    for name in dict.fromkeys((*old.flows, *new.flows)):
        yield from _of(old.flows.get(name), new.flows.get(name))


def _of(old: Compiled | None, new: Compiled | None) -> list[Told]:
    """The changes of a flow, in the order of its text; what is gone stands where it stood."""
    before, after = _Lines(old), _Lines(new)
    found = []
    for each in differences(old.program if old else None, new.program if new else None):
        was, now = before.at(each.was or each.place, each.key), after.at(each.place, each.key)
        stood, stands = "" if each.old is None else _spelt(was), "" if each.new is None else _spelt(now)
        found.append((now or was, Told(each, stood, stands)))
    places = {told.change.place: at for at, told in reversed(found)}
    return [
        told for _, told in sorted(found, key=lambda each: (_order(places[each[1].change.place]), each[1].change.place))
    ]


def _order(at: tuple[str, int] | None) -> tuple[int, str, int]:
    """What stands nowhere, such as the flow itself, comes first."""
    return (0, "", 0) if at is None else (1, at[0].rpartition(":")[2], at[1])


class _Lines:
    """Where the parts of a flow are written."""

    def __init__(self, compiled: Compiled | None) -> None:
        self.places = compiled.places if compiled is not None else {}
        self.lines: Mapping[str, tuple[str, int]] = compiled.lines if compiled is not None else {}
        self.written = Written(self.places)

    def at(self, place: str, key: str) -> tuple[str, int] | None:
        """The file and the line of a place, or of an answer there."""
        name, space, _ = place.partition(" (")
        name = f"wait:{name}" if space else name
        found = self.places.get(name)
        if found is None:
            return self.lines.get(name)
        found = self.written.answer(found, key) if key else found
        return found.document.source.name, start(found.document.source, found.span)[0]


def _spelt(at: tuple[str, int] | None) -> str:
    return f"{at[0]}:{at[1]}" if at is not None else ""


def _text(changes: Sequence[Told]) -> str:
    return "".join(f"{line}\n" for line in _lines(changes)) if changes else "no difference for callers\n"


def _lines(changes: Sequence[Told]) -> Iterator[str]:
    for (flow, place), group in groupby(changes, key=lambda each: (each.change.flow, each.change.place)):
        there = list(group)
        yield safe(f"{there[0].at + ': ' if there[0].at else ''}{flow}: {place}")
        for each in there:
            own = f"  [{each.at}]" if each.at != there[0].at and each.at else ""
            *lines, last = _told(each.change)
            yield from [f"  {line}" for line in (*lines, f"{last}{safe(own)}")]


def _told(change: Change) -> Iterator[str]:
    """A change, a line for each side."""
    aspect = f"{change.aspect}: " if change.aspect else ""
    if change.aspect == RENAMED:
        yield safe(f"  renamed: it was `{change.old}`")
        return
    if change.old is not None:
        yield f"- {safe(f'{aspect}{change.old}')}"
    if change.new is not None:
        yield f"+ {safe(f'{aspect}{change.new}')}"


def _markdown(changes: Sequence[Told]) -> str:
    """A comment for a pull request; what is too long for one is left out, and said to be."""
    if not changes:
        return "No difference for callers.\n"
    flows = len({each.change.flow for each in changes})
    parts = [f"### What callers meet differently\n\n{counted(len(changes), 'change')} in {counted(flows, 'flow')}\n"]
    size, left = len(parts[0]), 0
    for flow, group in groupby(changes, key=lambda each: each.change.flow):
        for place, there in groupby(group, key=lambda each: each.change.place):
            section = _section(flow, place, list(there))
            if left or size + len(section) > _MOST:
                left += 1
                continue
            size += len(section)
            parts.append(section)
    return "".join([*parts, f"\n… and {counted(left, 'place')} more: `flowc diff` tells all\n" if left else ""])


def _section(flow: str, place: str, there: Sequence[Told]) -> str:
    lines = [line.replace("\n", " ") for each in there for line in _told(each.change)]
    longest = max((len(each) for line in lines for each in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    at = f" at {_code(there[0].at)}" if there[0].at else ""
    body = "\n".join(lines)
    return f"\n**{_code(f'{flow}: {place}')}**{at}\n\n{fence}diff\n{body}\n{fence}\n"


def _code(text: str) -> str:
    """A text as code, whatever is in it."""
    text = safe(text).replace("\n", " ")
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{fence}{text}{fence}" if len(fence) == 1 else f"{fence} {text} {fence}"


def _json(changes: Sequence[Told]) -> str:
    rows = [_row(each) for each in changes]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _row(told: Told) -> dict[str, object]:
    change = told.change
    row: dict[str, object] = {"flow": change.flow, "place": change.place, "aspect": change.aspect}
    row |= {"old": change.old, "new": change.new}
    return row | {"old_at": told.was_at or None, "new_at": told.now_at or None}


_FORMS = {"text": _text, "markdown": _markdown, "json": _json}
