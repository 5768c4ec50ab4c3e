"""Numbers as JSON writes them."""

from __future__ import annotations

import re
from math import isinf

from .diagnostics import Diagnostic, Rule
from .source import Source, Span

NUMBER_TOO_LARGE = Rule(
    "E007",
    "number-too-large",
    """A number is so large that programs which read JSON cannot hold it.

Each of them makes something else of it, or refuses the whole document, and the caller hears nothing.

Put it in quotes if it is a text, such as a number to dial or an account.""",
)

JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_whole = JSON_NUMBER.fullmatch


def number(written: str) -> int | float | str | None:
    """The number that a text is in JSON; the text itself if it is none; None if it is too large (about 1.8e308)."""
    if written.isdecimal() and written.isascii() and (written[0] != "0" or len(written) == 1) and len(written) < 300:
        return int(written)  # nearly all of them; the pattern takes three times as long
    found = _whole(written)
    if found is None:
        return written
    if found.lastindex is None and len(written) < 300:
        return int(written)
    value = float(written)
    if isinf(value):
        return None
    return int(written) if found.lastindex is None else value


def too_large(source: Source, span: Span) -> Diagnostic:
    """What to say of such a number."""
    return Diagnostic(NUMBER_TOO_LARGE, source, span, "this number is too large for JSON", "put it in quotes")
