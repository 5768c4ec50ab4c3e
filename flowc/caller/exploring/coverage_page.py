"""What rehearsed calls took of flows, as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ...text.hidden import hidden
from .coverage import Way, percent
from .coverage_report import Covered, by_line


def page(flows: Sequence[Covered]) -> str:
    """The page: an index, then each flow with the ways that no call took, and its text with how often each was."""
    sections = "".join(_section(f"flow-{number}", each) for number, each in enumerate(flows, 1))
    ways = [way for each in flows for way in each.ways]
    return (
        _HEAD.replace("PERCENT", f"{percent(ways):.1f}")
        + f"<header>\n<h1>Ways that rehearsed calls took</h1>\n<p>{_summary(ways)}</p>\n</header>\n"
        + f"<main>\n{_index(flows)}{sections}</main>\n</body>\n</html>\n"
    )


def _summary(ways: Sequence[Way]) -> str:
    """How many ways were taken, in words and as a bar."""
    taken = sum(each.times > 0 for each in ways)
    told = f"{taken} of {len(ways)} way{'s' * (len(ways) != 1)} taken, {percent(ways):.1f} %"
    return f'<meter min="0" max="{max(len(ways), 1)}" value="{taken if ways else 1}">{told}</meter> {told}'


def _index(flows: Sequence[Covered]) -> str:
    rows = "".join(_entry(f"flow-{number}", each) for number, each in enumerate(flows, 1))
    heads = "".join(f'<th scope="col">{each}</th>' for each in ("flow", "file", "taken", "not taken"))
    return (
        '<nav aria-labelledby="flows">\n<h2 id="flows">Flows</h2>\n'
        f'<table class="index">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</nav>\n'
        if flows
        else "<p>No calls of any flow were played.</p>\n"
    )


def _entry(name: str, covered: Covered) -> str:
    """A flow in the index, with its counts."""
    left = len(_left(covered))
    taken = len(covered.ways) - left
    missing = f'<a href="#{name}-left">{left}</a>' if left else "0"
    return (
        f'<tr><th scope="row"><a href="#{name}">{escape(covered.flow)}</a></th>'
        f"<td>{escape(covered.source.name)}</td>"
        f"<td>{taken} of {len(covered.ways)} ({percent(covered.ways):.1f} %)</td><td>{missing}</td></tr>\n"
    )


def _left(covered: Covered) -> list[Way]:
    return [each for each in covered.ways if not each.times]


def _section(name: str, covered: Covered) -> str:
    ways = by_line(covered.ways)
    first = covered.source.first
    lines = hidden(covered.source, is_sound=True).source.text.rstrip("\n").split("\n")
    rows = "".join(_row(name, number, text, ways.get(number, [])) for number, text in enumerate(lines, first))
    return (
        f'<section id="{name}" aria-labelledby="{name}-title">\n'
        f'<h2 id="{name}-title">{escape(covered.flow)} <small>{escape(covered.source.name)}</small></h2>\n'
        f"<p>{_summary(covered.ways)}</p>\n{_missing(name, covered)}"
        f'<table class="text">\n<caption>{escape(covered.source.name)}</caption>\n<tbody>\n{rows}</tbody>\n</table>\n'
        f'<p><a href="#flows">all flows</a></p>\n</section>\n'
    )


def _missing(name: str, covered: Covered) -> str:
    """The ways that no call took, each with a link to its line."""
    left = _left(covered)
    if not left:
        return f'<p id="{name}-left">Every way was taken.</p>\n'
    rows = "".join(
        f'<li><a href="#{name}-{each.line}">line {each.line}</a>: {_code(each.what)}</li>\n' for each in left
    )
    return f'<h3 id="{name}-left">No call takes</h3>\n<ul>\n{rows}</ul>\n'


def _row(name: str, number: int, text: str, ways: Sequence[Way]) -> str:
    """A line of a flow, and how often each of its ways was taken."""
    taken = sum(each.times > 0 for each in ways)
    kind = "" if not ways else "all" if taken == len(ways) else "some" if taken else "none"
    told = f"<ul>{''.join(_told(ways))}</ul>" if ways else ""
    return (
        f'<tr id="{name}-{number}"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}>'
        f'<th scope="row">{number}</th><td><pre>{escape(text)}</pre></td><td>{told}</td></tr>\n'
    )


def _told(ways: Sequence[Way]) -> Iterator[str]:
    """Each way, told apart by more than a colour."""
    for each in ways:
        times = f"✓ {each.times} ×" if each.times else "✗ never"
        yield f'<li class="{"taken" if each.times else "left"}"><b>{times}</b> {_code(each.what)}</li>'


def _code(what: str) -> str:
    """A way in words, with what stands between backticks as code."""
    parts = escape(what).split("`")
    if len(parts) % 2 == 0:
        return "`".join(parts)
    return "".join(f"<code>{each}</code>" if at % 2 else each for at, each in enumerate(parts))


_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ways that rehearsed calls took: PERCENT %</title>
<style>
:root { color-scheme: light dark; --page: #fff; --ink: #1c1c1c; --quiet: #5c5c5c; --line: #d8d8d8;
  --link: #0b57b0; --all: #e3f4e3; --some: #fff3cc; --none: #fde2de; --good: #17612a; --bad: #a3190f; }
@media (prefers-color-scheme: dark) {
  :root { --page: #161616; --ink: #e2e2e2; --quiet: #a0a0a0; --line: #3a3a3a;
    --link: #8ab8ff; --all: #14301a; --some: #39300f; --none: #43201c; --good: #84d495; --bad: #ff9d92; }
}
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1em 1.5em; max-width: 90em;
  background: var(--page); color: var(--ink); }
a { color: var(--link); }
h1 { font-size: 1.5em; } h2 { font-size: 1.25em; margin-top: 2em; } h3 { font-size: 1em; }
small { color: var(--quiet); font-weight: normal; }
meter { width: 10em; vertical-align: middle; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--quiet); padding: .5em 0; }
th, td { padding: .1em .6em; vertical-align: top; text-align: left; overflow-wrap: anywhere; }
.index { width: auto; } .index th, .index td { padding: .3em .8em .3em 0; border-bottom: 1px solid var(--line); }
.text th { color: var(--quiet); font-weight: normal; text-align: right; width: 3.5em; }
.text td:last-child { width: 35%; } .text ul { list-style: none; margin: 0; padding: 0; }
pre, code { font: 13px/1.5 ui-monospace, monospace; } pre { margin: 0; white-space: pre-wrap; }
.taken b { color: var(--good); } .left b { color: var(--bad); }
.all { background: var(--all); } .some { background: var(--some); } .none { background: var(--none); }
tr:target { outline: 2px solid var(--link); outline-offset: -2px; }
@media (max-width: 45em) {
  body { padding: .5em; }
  .text, .text tbody, .text tr, .text td { display: block; }
  .text tr { position: relative; padding-left: 3em; min-height: 1.5em; }
  .text th { position: absolute; left: 0; width: 3em; }
  .text td:last-child { width: auto; } .text td:empty { display: none; }
  .index { font-size: .9em; }
}
@media print { .text tr { break-inside: avoid; } }
</style>
</head>
<body>
"""
