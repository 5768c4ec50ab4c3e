"""What was heard as a step of a file of calls: text to type that reads as these words, wherever it stands."""

from __future__ import annotations

import re

from ...text.quoting import quoted

_PLAIN = re.compile(r"[A-Za-zÀ-ɏ][^\n,\[\]{}\"'`#:&*!|>%@]*[^\s,\[\]{}\"'`#:&*!|>%@]")
"""A text that YAML reads as it is, also between brackets."""

_OTHER = re.compile(r"(?i)true|false|null|yes|no|on|off|y|n")


def heard_step(name: str, said: str) -> str:
    """`hears: Hello.`, with quotes where YAML would read something else, and as `exactly` what would be a pattern."""
    words = " ".join(said.split())
    if _PLAIN.fullmatch(words) and not _OTHER.fullmatch(words):
        return f"{name}: {words}"
    pattern = len(words) > 2 and words.startswith("/") and words.endswith("/")
    return f"{name}: {{exactly: {quoted(words)}}}" if pattern else f"{name}: {quoted(words)}"
