"""A text in quotes, as an author may type it into YAML."""

from __future__ import annotations

import re

_LONGEST = 60

_AS_IT_IS = re.compile(r"""'(?:[^']|'')*'|"[^"\\]*"|\[[\w., -]*\]""")
"""What is in quotes already, or a list of plain things."""

_NOT_PLAIN = re.compile(r"""[,{}\[\]]|:(?=\s|$)|(?<!\S)#|^(?:[&*!|>%@`"']|[?-](?![\w.]))""")
"""What YAML would read as something else between braces."""


def quoted(text: str) -> str:
    """The text in the quotes that need the fewest changes to it."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def in_braces(text: str) -> str:
    """The text as it is typed between braces of YAML: in quotes where it would be something else without them."""
    return text if _AS_IT_IS.fullmatch(text) or not _NOT_PLAIN.search(text) else quoted(text)


def code(text: str) -> str:
    """The text as code in a message, cut where it is long."""
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f"`` {short} ``" if "`" in short else f"`{short}`"


def put_in_quotes(text: str, longest: int = _LONGEST) -> str:
    """The hint to do so, with the text where it is short enough to be typed."""
    if len(text) > longest or "`" in text or "\n" in text:
        return "put the whole text in quotes"
    return f"write `{quoted(text)}`"
