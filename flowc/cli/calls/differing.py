"""How differences between versions are told: as text, as a comment for a pull request, as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ...caller.exploring.difference import RENAMED, Change
from ...text.reports.display import safe
from ..output import counted

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


FORMS = {"text": _text, "markdown": _markdown, "json": _json}
