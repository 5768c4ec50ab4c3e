"""A comment that ends a text without quotes of several lines: the parser stops at the line that was to go on."""

from __future__ import annotations

import re

from .fault import Fault, Stop
from .lines import indent, line_end, line_start
from .source import Span
from .yaml_rules import COMMENT_BETWEEN_LINES

_KEY = r"(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s#:\[{&*!|>'\"%@`-][^\n:]*):(?=[ \t\r]|$)"
_LEAD = re.compile(rf" *(?P<item>(?:- +)*)(?P<key>{_KEY})?[ \t]*", re.MULTILINE)
_QUOTED = tuple("'\"[{|>&*!%@`")
_COMMENT = re.compile(r"(?:^|[ \t])#", re.MULTILINE)


def between_lines(text: str, stop: Stop) -> Fault | None:
    """The comment above the line at which the parser stopped, if that line goes on a text that the comment ended."""
    first = line_start(text, stop.at)
    if text[first : stop.at].strip(" ") or _opens(text, first):
        return None
    comment, at = -1, first
    while at > 0:
        at = line_start(text, at - 1)
        line = text[at : line_end(text, at)]
        found = _COMMENT.search(line)
        if found and (comment < 0 or not line[: found.start()].strip()):
            comment = at + found.end() - 1
        elif comment < 0 and line.strip():
            return None
        if _opens(text, at):
            break
    return _fault(text, comment) if comment >= 0 and _is_open(text, at, comment, stop.at - first) else None


def _opens(text: str, at: int) -> bool:
    """Whether a line begins with a key or as an item of a list."""
    found = _LEAD.match(text, at)
    return found is not None and bool(found["item"] or found["key"])


def _is_open(text: str, at: int, comment: int, column: int) -> bool:
    """Whether the value that begins at a line is a text without quotes, and would go on in a column."""
    lead = _LEAD.match(text, at)
    assert lead is not None  # it matches nothing at all, too
    outside = lead.start("key") - at if lead["key"] else indent(text[at : lead.end()]) + len(lead["item"].rstrip()) - 1
    value = text[lead.end() : comment].strip()
    return value != "" and not value.startswith(_QUOTED) and column > outside


def _fault(text: str, comment: int) -> Fault:
    rest = text[comment : line_end(text, comment)].rstrip()
    message = "a comment begins at this `#`, and the text before it goes on below"
    return Fault(COMMENT_BETWEEN_LINES, Span(comment, comment + len(rest)), message, "put the whole text in quotes")
