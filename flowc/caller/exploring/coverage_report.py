"""What rehearsed calls took of a flow, as a Cobertura file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

from ...text.source import Source
from .coverage import Way


class Covered(NamedTuple):
    """A flow and its ways."""

    flow: str
    source: Source
    ways: tuple[Way, ...]


def cobertura(flows: Sequence[Covered], root: str, names: Sequence[str], made: float) -> str:
    """The ways of flows as Cobertura XML: a class for each flow, a line for each place, a branch for each way there.

    `root` is the folder from which `names` lead to the files of the flows. Whoever reads the report finds the files in
    a repository by the two together. `made` is when the calls were played, in seconds since the epoch.
    """
    rates, counts = _totals([lines for each in flows for lines in by_line(each.ways).values()])
    classes = "".join(f"{line}\n" for each, name in zip(flows, names, strict=True) for line in _class(each, name))
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return (
        f'{head}\n<coverage {rates} {counts} complexity="0" version="1" timestamp="{int(made * 1000)}">\n'
        f"<sources><source>{xml(root)}</source></sources>\n"
        f'<packages>\n<package name="flows" {rates} complexity="0">\n<classes>\n'
        f"{classes}</classes>\n</package>\n</packages>\n</coverage>\n"
    )


def by_line(ways: Sequence[Way]) -> dict[int, list[Way]]:
    """The ways of each line."""
    found: dict[int, list[Way]] = {}
    for way in ways:
        found.setdefault(way.line, []).append(way)
    return found


def _class(covered: Covered, file: str) -> Iterator[str]:
    lines = by_line(covered.ways)
    head = f"name={quoteattr(covered.flow)} filename={quoteattr(file)}"
    yield f'<class {head} {_totals(lines.values())[0]} complexity="0">\n<methods/>\n<lines>'
    for number, ways in sorted(lines.items()):
        taken = sum(each.times > 0 for each in ways)
        branch = f' branch="true" condition-coverage="{100 * taken // len(ways)}% ({taken}/{len(ways)})"'
        hits = max(each.times for each in ways)
        yield f'<line number="{number}" hits="{hits}"{branch if len(ways) > 1 else ""}/>'
    yield "</lines>\n</class>"


def _totals(lines: Collection[Sequence[Way]]) -> tuple[str, str]:
    """The rates and the counts of lines, each of which has some ways: several of them are its branches."""
    hit = sum(any(each.times for each in ways) for ways in lines)
    branches = [way for ways in lines if len(ways) > 1 for way in ways]
    taken = sum(each.times > 0 for each in branches)
    rates = f'line-rate="{_rate(hit, len(lines))}" branch-rate="{_rate(taken, len(branches))}"'
    lined = f'lines-covered="{hit}" lines-valid="{len(lines)}"'
    return rates, f'{lined} branches-covered="{taken}" branches-valid="{len(branches)}"'


def _rate(part: int, whole: int) -> str:
    """A part of a whole; never 1 where something is missing."""
    return f"{10_000 * part // whole / 10_000 if whole else 1:.4f}"
