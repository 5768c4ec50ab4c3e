"""What rehearsed calls took of a flow, as a Cobertura file and as a page to read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from html import escape
from typing import NamedTuple
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

from ..text.source import Source
from .coverage import Way, percent


class Covered(NamedTuple):
    """A flow and its ways."""

    flow: str
    source: Source
    ways: tuple[Way, ...]


def cobertura(flows: Sequence[Covered], root: str, names: Sequence[str]) -> str:
    """The ways of flows as Cobertura XML: a class for each flow, a line for each place, a branch for each way there.

    `root` is the folder from which `names` lead to the files of the flows. Whoever reads the report finds the files in
    a repository by the two together.
    """
    rates, counts = _totals([lines for each in flows for lines in _by_line(each.ways).values()])
    classes = "".join(f"{line}\n" for each, name in zip(flows, names, strict=True) for line in _class(each, name))
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return (
        f'{head}\n<coverage {rates} {counts} complexity="0" version="1" timestamp="0">\n'
        f"<sources><source>{xml(root)}</source></sources>\n"
        f'<packages>\n<package name="flows" {rates} complexity="0">\n<classes>\n'
        f"{classes}</classes>\n</package>\n</packages>\n</coverage>\n"
    )


def page(flows: Sequence[Covered]) -> str:
    """The ways of flows as an HTML page that needs nothing beside it."""
    body = "".join(_section(each) for each in flows)
    return _PAGE.format(percent=percent([way for each in flows for way in each.ways]), body=body)


def _by_line(ways: Sequence[Way]) -> dict[int, list[Way]]:
    found: dict[int, list[Way]] = {}
    for way in ways:
        found.setdefault(way.line, []).append(way)
    return found


def _class(covered: Covered, file: str) -> Iterator[str]:
    lines = _by_line(covered.ways)
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


def _section(covered: Covered) -> str:
    ways = _by_line(covered.ways)
    lines = covered.source.text.rstrip("\n").split("\n")
    rows = "".join(_row(number, text, ways.get(number, [])) for number, text in enumerate(lines, 1))
    title = (
        f"<h2>{escape(covered.flow)} <small>{escape(covered.source.name)}, {percent(covered.ways):.1f} %</small></h2>"
    )
    return f"{title}\n<table>\n{rows}</table>\n"


def _row(number: int, text: str, ways: Sequence[Way]) -> str:
    """A line of a flow, and which of its ways were taken."""
    taken = sum(each.times > 0 for each in ways)
    kind = "" if not ways else "all" if taken == len(ways) else "some" if taken else "none"
    told = "; ".join(f"{each.what}: {each.times or 'never'}" for each in ways)
    return f'<tr class="{kind}"><th>{number}</th><td><pre>{escape(text)}</pre></td><td>{escape(told)}</td></tr>\n'


_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Ways that rehearsed calls took: {percent:.1f} %</title>
<style>
body {{ font: 14px/1.4 system-ui, sans-serif; margin: 2em; }}
table {{ border-collapse: collapse; }}
th {{ color: #666; font-weight: normal; text-align: right; padding: 0 .7em; vertical-align: top; }}
td {{ padding: 0 .7em; vertical-align: top; }}
pre {{ margin: 0; font: 13px/1.4 ui-monospace, monospace; white-space: pre-wrap; }}
small {{ color: #666; font-weight: normal; }}
.all td {{ background: #e6f6e6; }} .some td {{ background: #fff6d6; }} .none td {{ background: #fde4e1; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #181818; color: #ddd; }}
  .all td {{ background: #16301a; }} .some td {{ background: #3a3212; }} .none td {{ background: #42201c; }}
}}
</style>
<h1>Ways that rehearsed calls took: {percent:.1f} %</h1>
{body}</html>
"""
