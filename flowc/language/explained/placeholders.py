"""Texts that stand for a value which is still to be put in, as people write them into an NCCO."""

from __future__ import annotations

import re

_MARKED = re.compile(
    r"""\{\{ | \$\{ | \#\{ | \$[A-Za-z_] | <[^<>]+> | %[A-Z_]+% | \{[A-Za-z_][\w.]*\} | \[[A-Z_ ]+\]
    | process\.env | ENV\[ | os\.environ
    """,
    re.VERBOSE,
)
_WORDS = re.compile(
    r"""^[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+$ | ^[A-Z]{3,}$ | \b([Yy]our|[Mm]y|YOUR|MY)[ _-] | ^[+0-9]*[xX]{3,}[0-9]*$""",
    re.VERBOSE,
)


def is_placeholder(text: object, *, words: bool = False) -> bool:
    """Whether a text is no value but stands for one: `<number>`, `{{x}}`, `${x}`, `$VAR`, `process.env.X`.

    `words`: whether plain words may stand for one too (`YOUR_NUMBER`), as where a number or a URL is asked for.
    """
    return isinstance(text, str) and bool(_MARKED.search(text) or (words and _WORDS.search(text)))
