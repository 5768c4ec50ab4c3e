"""A text in quotes, as an author may type it into YAML."""

from __future__ import annotations

_LONGEST = 60


def quoted(text: str) -> str:
    """The text in the quotes that need the fewest changes to it."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def code(text: str) -> str:
    """The text as code in a message, cut where it is long."""
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f"`` {short} ``" if "`" in short else f"`{short}`"


def put_in_quotes(text: str, longest: int = _LONGEST) -> str:
    """The hint to do so, with the text where it is short enough to be typed."""
    if len(text) > longest or "`" in text or "\n" in text:
        return "put the whole text in quotes"
    return f"write `{quoted(text)}`"
