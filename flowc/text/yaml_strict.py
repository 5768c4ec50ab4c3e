"""What is no YAML and yet is let pass by the parser: other programs read such a file differently, or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from .diagnostics import Diagnostic
from .document import Container
from .fault import Fault
from .lines import character, line_start, rest_of_line
from .marks import Piece, TreeMarks
from .source import Source, Span
from .yaml_rules import TAB, YAML_SYNTAX

_MOST = 20


def let_pass(
    source: Source,
    marks: TreeMarks,
    pieces: Callable[[], Iterable[Piece]],
    tall: list[Span],
    bracketed: list[Container],
) -> Iterator[Diagnostic]:
    """What the parser should have refused. `tall` are the scalars with quotes or signs that go over several lines."""
    text = source.text
    found: list[Fault] = []
    if "#" in text and (signs := list(_tight(text))):
        found += islice(_comments(text, pieces(), signs), _MOST)
    suspect = any(text[span.start] in "\"'" or _BLANK.match(text, span.start) for span in tall)
    if suspect or (bracketed and _broken(text)):
        found += islice(_margins(text, list(pieces())), _MOST)
    for container in bracketed:
        if isinstance(container, list) and "-" in container:
            found += _dashes(text, marks, container)
    yield from (fault.of(source) for fault in found)


def _broken(text: str) -> bool:
    """Whether brackets may go over several lines."""
    return ",\n" in text or "[\n" in text or "{\n" in text or "\r" in text


def _tight(text: str) -> Iterator[int]:
    """Each `#` that may begin a comment though no space stands before it."""
    at = text.find("#", 1)
    while at > 0:
        if text[at - 1] in _BEFORE and text[at + 1 : at + 2] != text[at - 1]:
            yield at
        at = text.find("#", at + 1)


_BEFORE = frozenset("\"'[]{},|>+-123456789")


def _comments(text: str, pieces: Iterable[Piece], signs: list[int]) -> Iterator[Fault]:
    """Comments that begin right behind a quote, a bracket, a comma or the sign of a text of several lines."""
    inside = [_body(text, piece) for piece in pieces if piece.kind in ("key", "scalar")]
    for at in signs:
        if not any(span.start <= at < span.end for span in inside):
            hint = "write a space before it, or put the text in quotes"
            yield Fault(YAML_SYNTAX, rest_of_line(text, at), "there is no space before this comment", hint)


def _body(text: str, piece: Piece) -> Span:
    """The characters of a scalar; of a text of several lines those after its first line."""
    if piece.style and piece.style in "|>":
        end = text.find("\n", piece.start)
        return Span(piece.end if end < 0 else end, piece.end)
    return Span(piece.start, piece.end)


def _margins(text: str, pieces: list[Piece]) -> Iterator[Fault]:
    """Lines inside quotes or brackets that are not indented further than the keys or items around them."""
    for span, style, base in _several_lines(text, pieces):
        fault = _blank_first(text, span, base) if style in ("|", ">") else _at_margin(text, span, base)
        if fault:
            yield fault


def _several_lines(text: str, pieces: list[Piece]) -> Iterator[tuple[Span, str, int]]:
    """The outermost things in quotes, in brackets or of several lines, each with the column of what it stands in.

    One that is the whole document stands in nothing and may stand anywhere.
    """
    opened: list[int] = []
    for piece in pieces:
        start = piece.start
        if piece.kind == "open":
            opened.append(start)
            continue
        if piece.kind == "close":
            start = opened.pop()
        bracketed = piece.kind == "close" and piece.end >= 0
        if opened and (piece.style or bracketed) and text[opened[-1]] not in "[{":
            yield Span(start, piece.end), piece.style, opened[-1] - line_start(text, opened[-1])


def _at_margin(text: str, span: Span, base: int) -> Fault | None:
    for line in _LINE.finditer(text, span.start, span.end):
        spaces, tab, first = len(line[1]), line[2], line[3]
        if spaces > base or (first in "]}" and spaces == base):
            continue
        at = line.start(3)
        if tab:
            return Fault(TAB, Span(*line.span(2)), "a tab indents this line", "indent with spaces")
        what = "a text in quotes" if text[span.start] in "\"'" else "what stands in brackets"
        return Fault(YAML_SYNTAX, rest_of_line(text, at), f"this line goes on {what} and is not indented", "indent it")
    return None


_LINE = re.compile(r"\n( *)(\t[ \t]*)?([^\s])")


def _blank_first(text: str, span: Span, base: int) -> Fault | None:
    """Blank lines that are indented further than the text below them: they set how far the text must be indented."""
    found = _BLANK.match(text, span.start)
    first = found and _FIRST.match(text, found.end())
    if not found or not first or not base < len(first[1]) < max(map(len, found[1].split("\n"))):
        return None
    message = "the blank lines above are indented further than this line"
    return Fault(YAML_SYNTAX, rest_of_line(text, first.end(1)), message, "delete the spaces in the blank lines")


_BLANK = re.compile(r"[|>][-+]?[ \t]*(?:#[^\n]*)?\n((?: *\n)+)")
_FIRST = re.compile(r"( *)[^ \n]")


def _dashes(text: str, marks: TreeMarks, items: list[object]) -> Iterator[Fault]:
    for index, item in enumerate(items):
        spot = marks.spots(items)[index]
        if item == "-" and spot.bare:
            message = "a bare `-` cannot stand in brackets"
            yield Fault(YAML_SYNTAX, character(text, spot.value.start), message, 'write `"-"`')
