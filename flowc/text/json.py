"""Reads JSON into plain data with its places.

Python's reader decides whether it is JSON; what is wrong is told from a reading of our own. Patterns are compiled at
first use: whoever checks a flow starts sooner without them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from .characters import DEEPEST, FILE_TOO_LARGE, MOST_PIECES, TOO_DEEP, Report, readable
from .diagnostics import Diagnostic, errors
from .document import Container, Document
from .marks import Piece, TreeMarks
from .number import number
from .source import Source, Span


def read(source: Source, report: Report) -> Document | None:
    """The data of a JSON text; None where something in it is wrong."""
    if not readable(source, report):
        return None
    if fault := _too_much(source):
        report(fault)
        return None
    data, sound = _loaded(source.text.removeprefix("\ufeff"))
    if not sound or ("\\u" in source.text and re.search(_SUSPECT, source.text)):
        from .json_faults import faults

        found = list(faults(source))
        for each in found:
            report(each)
        if errors(found) or not sound:
            return None
    return Document(source, data, TreeMarks(source, lambda: _pieces(source.text), lambda: _containers(data)))


_SUSPECT = r"\\u(?:[dD][89a-fA-F]|00[01]|007[fF])"


def _loaded(text: str) -> tuple[object, bool]:
    """What the text is, and whether it is that in every reader's eyes."""
    try:
        return json.loads(
            text, object_pairs_hook=_members, parse_constant=_refused, parse_float=_number, parse_int=_number
        ), True
    except ValueError:
        return None, False


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key is given twice")
    return members


def _number(written: str) -> object:
    value = number(written)
    return _refused(written) if value is None else value


def _refused(written: str) -> object:
    raise ValueError(written)


def _too_much(source: Source) -> Diagnostic | None:
    """The place where the text gets too deep or too long, found without recursion."""
    text = source.text
    if text.count("[") + text.count("{") <= DEEPEST and text.count(",") <= MOST_PIECES // 2:
        return None
    depth = commas = 0
    for found in re.finditer(_SIGNS, text, re.DOTALL):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        commas += found[0] == ","
        if depth > DEEPEST:
            message = f"lists and objects are nested more than {DEEPEST} levels deep here"
            return Diagnostic(TOO_DEEP, source, Span(*found.span()), message)
        if commas > MOST_PIECES // 2:
            message = "there is more in this file than is read: over 100,000 items"
            return Diagnostic(FILE_TOO_LARGE, source, Span(*found.span()), message, "split it")
    return None


_SIGNS = r'"[^"\\]*+(?:\\.?[^"\\]*+)*(?:"|\Z)|[\[\]{},]'


def _containers(data: object) -> Iterator[Container]:
    """All lists and objects in the order in which they open."""
    waiting = [data]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, dict):
            yield thing
            waiting.extend(reversed(thing.values()))
        elif isinstance(thing, list):
            yield thing
            waiting.extend(reversed(thing))


def _pieces(text: str) -> Iterator[Piece]:
    """The pieces of a text that is sound."""
    above: list[bool] = []
    mapping = key = False
    for found in re.finditer(_TOKEN, text, re.DOTALL):
        start, end = found.span()
        sign = text[start]
        if sign in "[{":
            yield Piece("open", start, end)
            above.append(mapping)
            mapping = key = sign == "{"
        elif sign in "]}":
            yield Piece("close", start, end)
            mapping, key = above.pop(), False
        elif sign in ",:":
            key = mapping and sign == ","
        elif key:
            yield Piece("key", start, end, json.loads(found[0]), '"')
        else:
            yield Piece("scalar", start, end, "", '"' if sign == '"' else "")


_TOKEN = r'"[^"\\]*+(?:\\.[^"\\]*+)*"|[\[\]{}:,]|[^\s\ufeff\[\]{}:,"]+'
