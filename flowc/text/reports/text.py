"""The report for a person: what is wrong, the author's own line, and the fix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..diagnostics import Diagnostic
from ..source import Source, Span
from . import Findings
from .display import Cut, cut, safe
from .excess import few
from .places import Where, line_of, where

_COLORS = {"error": "1;31", "warning": "1;33", "bold": "1", "gutter": "34", "label": "34", "help": "36"}


class Paint(NamedTuple):
    """Puts colour on a text, or leaves it as it is."""

    color: bool

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_COLORS[style]}m{text}\x1b[0m" if self.color and text else text


PLAIN = Paint(color=False)


def write(findings: Findings) -> str:
    """One frame a finding, with an empty line between them; behind very many a line for those that are left out."""
    paint = Paint(findings.color)
    frames, rest = few(findings.diagnostics, lambda each: frame(each, paint))
    return "\n".join([*frames, *([f"{paint('bold', rest)}\n"] if rest else [])])


def frame(diagnostic: Diagnostic, paint: Paint = PLAIN) -> str:
    """A finding: its place and message, the lines it speaks of with what is meant marked, and its hint."""
    return "".join(f"{row.rstrip()}\n" for row in _rows(diagnostic, paint))


def headline(diagnostic: Diagnostic, paint: Paint = PLAIN) -> str:
    """`file:line:column: error[E201] unknown-step: message`."""
    rule, at = diagnostic.rule, where(diagnostic.source, diagnostic.span)
    place = paint("bold", f"{safe(diagnostic.source.name)}:{at.line}:{at.column}:")
    return f"{place} {paint(rule.severity, f'{rule.severity}[{rule.code}]')} {rule.name}: {safe(diagnostic.message)}"


class _Mark(NamedTuple):
    source: Source
    at: Where
    sign: str
    style: str
    text: str


def _rows(diagnostic: Diagnostic, paint: Paint) -> Iterator[str]:
    yield headline(diagnostic, paint)
    marks = _marks(diagnostic)
    gutter = max(4, *(len(str(mark.at.line)) for mark in marks)) + 1
    shown: tuple[Source, int, str] | None = None
    source = diagnostic.source
    for mark in marks:
        if mark.source != source:
            source = mark.source
            yield f"{paint('gutter', ' ' * (gutter - 2) + '-->')} {safe(source.name)}:{mark.at.line}:{mark.at.column}"
        line = _cut(mark)
        if source.text and shown != (shown := (source, mark.at.line, line.text)):
            yield f"{paint('gutter', f'{mark.at.line:>{gutter}} |')} {line.text}"
        if source.text:
            yield f"{paint('gutter', ' ' * gutter + ' |')} {' ' * line.before}{_underline(mark, line, paint)}"
    yield from _help(diagnostic.hint, gutter, paint)


def _marks(diagnostic: Diagnostic) -> list[_Mark]:
    """The place and its labels in the order of the text, the finding's own file first."""
    own = _mark(diagnostic.source, diagnostic.span, "^", diagnostic.rule.severity)
    labels = [_mark(*label[:2], "-", "label", label.text) for label in diagnostic.labels]
    return sorted([own, *labels], key=lambda mark: (mark.source != own.source, mark.source.name, mark.at))


def _mark(source: Source, span: Span, sign: str, style: str, text: str = "") -> _Mark:
    return _Mark(source, where(source, span), sign, style, text)


def _cut(mark: _Mark) -> Cut:
    line, at = line_of(mark.source, mark.at.line).rstrip(), mark.at
    return cut(line, at.column - 1, at.end_column - 1 if at.end_line == at.line else len(line))


def _underline(mark: _Mark, line: Cut, paint: Paint) -> str:
    last = mark.at.end_line - (mark.at.end_column == 1)
    beyond = f"to line {last}" if last > mark.at.line else ""
    return paint(mark.style, " ".join(filter(None, (mark.sign * line.width, beyond, safe(mark.text)))))


def _help(hint: str | None, gutter: int, paint: Paint) -> Iterator[str]:
    if hint is None:
        return
    first, *more = map(safe, hint.split("\n"))
    yield f"{' ' * (gutter - 2)}{paint('help', '= help:')} {first}"
    yield from (f"{' ' * (gutter + 6)}{line}" for line in more)
