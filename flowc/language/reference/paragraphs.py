"""Prose in lines of a page's width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

WIDTH = 100


def items(texts: Iterable[str]) -> list[str]:
    """A list of items, each with a dash."""
    return [line for text in texts for line in paragraph(text, "  - ", "    ")]


def paragraph(text: str, first: str, rest: str | None = None) -> list[str]:
    """The lines of a text; `first` goes before the first of them, `rest` (or `first`) before the others."""
    rest = first if rest is None else rest
    wrapper = textwrap.TextWrapper(WIDTH, first, rest, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(text)
