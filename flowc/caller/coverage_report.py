"""What rehearsed calls took of a flow, as a Cobertura file and as a page to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from ..text.source import Source
from .coverage import Way, percent


class Covered(NamedTuple):
    """A flow and its ways."""

    flow: str
    source: Source
    ways: tuple[Way, ...]


def cobertura(flows: Sequence[Covered]) -> str:
    """The ways of flows as Cobertura XML: a class for each flow, a line for each place, a branch for each way there."""
    ways = [way for each in flows for way in each.ways]
    classes = "".join(f"{line}\n" for each in flows for line in _class(each))
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    rates = f"{_rates(ways)} {_counts(flows)}"
    return (
        f'{head}\n<coverage {rates} complexity="0" version="1" timestamp="0">\n<sources><source>.</source></sources>\n'
        f'<packages>\n<package name="flows" {_rates(ways)} complexity="0">\n<classes>\n'
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


def _class(covered: Covered) -> Iterator[str]:
    name, file = quoteattr(covered.flow), quoteattr(covered.source.name)
    yield f'<class name={name} filename={file} {_rates(covered.ways)} complexity="0">\n<methods/>\n<lines>'
    for number, ways in sorted(_by_line(covered.ways).items()):
        taken = sum(each.times > 0 for each in ways)
        branch = f' branch="true" condition-coverage="{100 * taken // len(ways)}% ({taken}/{len(ways)})"'
        hits = max(each.times for each in ways)
        yield f'<line number="{number}" hits="{hits}"{branch if len(ways) > 1 else ""}/>'
    yield "</lines>\n</class>"


def _rates(ways: Sequence[Way]) -> str:
    lines = _by_line(ways)
    hit = sum(any(each.times for each in found) for found in lines.values())
    return f'line-rate="{hit / len(lines) if lines else 1:.4f}" branch-rate="{percent(ways) / 100:.4f}"'


def _counts(flows: Sequence[Covered]) -> str:
    lines = [found for each in flows for found in _by_line(each.ways).values()]
    ways = [way for found in lines for way in found]
    hit = sum(any(each.times for each in found) for found in lines)
    taken = sum(each.times > 0 for each in ways)
    lined = f'lines-covered="{hit}" lines-valid="{len(lines)}"'
    return f'{lined} branches-covered="{taken}" branches-valid="{len(ways)}"'


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
