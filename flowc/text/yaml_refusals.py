"""What is YAML and yet has no place in a flow: its own rule for each, said where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from .characters import EMPTY_FILE, FILE_TOO_LARGE, TOO_DEEP
from .diagnostics import Diagnostic
from .fault import Fault
from .lines import rest_of_line
from .marks import Piece, TreeMarks
from .number import too_large
from .quoting import code, put_in_quotes
from .source import Source, Span
from .yaml_rules import ANCHOR, DIRECTIVE, DUPLICATE_KEY, KEY_NOT_TEXT, MERGE_KEY, SECOND_DOCUMENT, TAG

_MOST = 20
"""So many findings of one rule are said; who repeats a mistake more often than that has found its cause by then."""


class Doubled(NamedTuple):
    """A key that its mapping had already, or an empty one."""

    owner: dict[str, object]
    key: str
    span: Span


def directive(text: str) -> Fault | None:
    """A directive before the document, if it is not the one that changes nothing."""
    found = re.match(_DIRECTIVE, text) if "%" in text else None
    if found is None:
        return None
    return Fault(DIRECTIVE, Span(*found.span(1)), f"{code(found[1])} asks for another way of reading", "delete it")


_DIRECTIVE = (
    r"\ufeff?(?:[ \t]*(?:#[^\n]*)?\r?\n|%YAML[ \t]+1\.2[ \t]*(?:#[^\n]*)?\r?\n)*(?!%YAML[ \t]+1\.2\b)(%[^\r\n]*)"
)


def empty() -> Fault:
    """There is no document."""
    return Fault(EMPTY_FILE, Span(0, 0), "there is nothing in this file")


def misplaced(text: str, span: Span, *, key: bool) -> Fault:
    """A list or mapping as a key, most often a placeholder without quotes; or one level too deep."""
    start = Span(span.start, span.start + 1)
    if not key:
        return Fault(TOO_DEEP, start, "lists and mappings are nested more than 50 levels deep here")
    if text[span.start - 1 : span.start + 1] == "{{":
        from .yaml_faults import placeholder

        return placeholder(text, span.start - 1)
    return Fault(KEY_NOT_TEXT, start, "a list or mapping cannot be a key", "put the key in quotes")


def too_many(span: Span) -> Fault:
    """A piece that is one too many."""
    return Fault(
        FILE_TOO_LARGE, span, "there is more in this file than is read: over 200,000 keys and values", "split it"
    )


def alias(text: str, span: Span) -> Fault:
    """An alias: most often a text that begins with a star."""
    rest = rest_of_line(text, span.start)
    written = text[rest.start : rest.end]
    # it ends where the mapping or list around it does
    if sum(map(written.count, "]}")) > sum(map(written.count, "[{")):
        written = re.split(r"[,\]}]", written, maxsplit=1)[0].rstrip()
    message = f"{code(text[span.start : span.end])} is taken for an alias"
    return Fault(ANCHOR, span, message, put_in_quotes(written))


def second(text: str, span: Span) -> Fault:
    """The beginning of a second document."""
    return Fault(SECOND_DOCUMENT, span, "a second document begins here", "put it into a file of its own")


def refusals(
    source: Source, marks: TreeMarks, pieces: Callable[[], Iterable[Piece]], doubled: list[Doubled], large: list[Span]
) -> Iterator[Diagnostic]:
    """What is refused in a text that could be read. Each is looked for only where the text gives reason to."""
    text = source.text
    for each in doubled[:_MOST]:
        yield _twice(source, marks, each).of(source)
    for span in large[:_MOST]:
        yield too_large(source, span)
    if ("&" in text or "!" in text) and re.search(_SIGN, text):
        yield from islice(_signs(source, pieces()), 1)
    if "<<" in text:
        yield from islice(_merges(source, pieces()), _MOST)
    if "\\" in text:
        from .yaml_escapes import ANY, escapes

        yield from islice(escapes(source, pieces()), _MOST) if ANY.search(text) else ()


_SIGN = r"(?:^|[\s\[{,])[&!]"


def _twice(source: Source, marks: TreeMarks, doubled: Doubled) -> Fault:
    if not doubled.key:
        from .yaml_faults import NO_KEY

        return Fault(KEY_NOT_TEXT, doubled.span, NO_KEY, "write a key, or put the text in quotes")
    first = marks.key(doubled.owner, doubled.key)
    spellings = sorted({source.text[span.start : span.end] for span in (first, doubled.span)}, reverse=True)
    same = f"{' and '.join(code(each) for each in spellings)} are the same key"
    message = same if len(spellings) > 1 else f"the key {code(doubled.key)} is given twice"
    return Fault(DUPLICATE_KEY, doubled.span, message, "delete one of them", (first, "first given here"))


def _signs(source: Source, pieces: Iterable[Piece]) -> Iterator[Diagnostic]:
    """Anchors and tags: a node that has one begins with its sign."""
    text = source.text
    for piece in pieces:
        sign = text[piece.start : piece.start + 1]
        if sign in ("&", "!") and piece.kind != "close":
            name = re.compile(_NAME).match(text, piece.start)
            span = Span(*name.span()) if name else Span(piece.start, piece.start + 1)
            what = "an anchor" if sign == "&" else "a tag"
            message = f"{code(text[span.start : span.end])} is taken for {what}"
            rest = rest_of_line(text, piece.start)
            hint = put_in_quotes(text[rest.start : rest.end]) if piece.kind == "scalar" else "delete it"
            yield Fault(ANCHOR if sign == "&" else TAG, span, message, hint).of(source)


_NAME = r"[^\s,\[\]{}]+"


def _merges(source: Source, pieces: Iterable[Piece]) -> Iterator[Diagnostic]:
    for piece in pieces:
        if piece.kind == "key" and piece.text == "<<" and not piece.style:
            yield Fault(
                MERGE_KEY, Span(piece.start, piece.end), "the key `<<` merges another mapping", "write its keys out"
            ).of(source)
