"""Lines of a text by character offsets."""

from __future__ import annotations

import re

from .source import Span

_COMMENT = re.compile(r"[ \t]+#[^\n]*\Z")


def line_start(text: str, at: int) -> int:
    """Where the line of a place begins."""
    return text.rfind("\n", 0, max(at, 0)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of a place ends, before its line break."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def rest_of_line(text: str, at: int) -> Span:
    """From a place to the end of what is written on its line, without a comment."""
    return Span(at, at + len(_COMMENT.sub("", text[at : line_end(text, at)]).rstrip()))


def character(text: str, at: int) -> Span:
    """One character, or the end of the text."""
    return Span(min(at, len(text)), min(at + 1, len(text)))


def indent(line: str) -> int:
    """How many characters of white space a line begins with."""
    return len(line) - len(line.lstrip())


def line_above(text: str, at: int) -> str:
    """The nearest line above that of a place on which something is written."""
    return text[: line_start(text, at)].rstrip().rsplit("\n", 1)[-1]
