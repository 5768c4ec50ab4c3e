"""What may be a secret in a text that cannot be read, told by its lines alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .bound import given_unread
from .secrecy import declares
from .source import Source, Span, Values

OTHERS = frozenset({"steps", "prompts", "hours", "voice", "input", "failure", "keys", "use", "numbers", "calls"})
"""What stands at the top of a file and declares no params: an `input` may be `sensitive`."""

_KEY = r"""(?m)(?:^[ \t]*(?:-[ \t]+)?|[{,][ \t]*)["']?[^\W\d][\w-]*["']?[ \t]*:(?=\s|$)"""
_NAME = r"""(?m)^["']?[^\W\d][\w-]*["']?[ \t]*:(?=\s|$)"""
_TYPE = r"""(?:type|typ|kind)["']?[ \t]*:[ \t]*["'!\[]*([\w-]+)"""
_BLOCK = r"(?m)^['\"]?([\w-]+)['\"]?[ \t]*:.*(?:\n(?:[ \t#}\]-].*)?$)*"
WORDS = r"""[^\s{}\[\],:"']+"""
_VALUES = rf"""\"[^"\n]*\"|'[^'\n]*'|{WORDS}"""


def in_broken(source: Source) -> Iterator[Span]:
    """What may be a secret in a text that cannot be read: what is given, and a block in which one is declared."""
    text = source.text
    keys = _NAME if isinstance(source, Values) and not text.lstrip().startswith("{") else _KEY
    for part in given_unread(source):
        yield from _values(text[slice(*part)], part.start, keys)
    if not declares(text):
        return
    found = [each for each in re.finditer(_BLOCK, text) if declares(each[0])]
    for block in found:
        if block[1] not in OTHERS:
            yield from _values(block[0], block.start(), _KEY, _TYPE)
    if not found:
        yield from _values(text, 0, _KEY, _TYPE)


def _values(block: str, start: int, *shown: str) -> Iterator[Span]:
    """All words of a block but those that are shown, as its keys and types."""
    kept = bytearray(len(block))
    for found in (each for pattern in shown for each in re.finditer(pattern, block)):
        kept[slice(*found.span())] = b"\1" * len(found[0])
    for found in re.finditer(_VALUES, block):
        if not kept[found.start()]:
            quotes = 1 if found[0][0] in "\"'" else 0
            yield Span(start + found.start() + quotes, start + found.end() - quotes)
