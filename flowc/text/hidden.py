"""A flow as it may be shown: with the defaults of its secrets covered. Reports lie where anybody reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from . import yaml
from .source import Source, Span

COVER = "*"
_LEAST = 3
"""Characters of what is covered in words as well: anything shorter is no secret."""

_SECRET = r"""type["']?\s*:\s*["']?secret\b"""
_DEFAULT = r"""\bdefault["']?[ \t]*:[ \t]*(?:(["'])(.*?)\1|([^\s,}][^,}\r\n]*))"""


class Hidden(NamedTuple):
    """A text as it may be shown, character for character but for what is covered; and what that is, with its place."""

    source: Source
    secrets: tuple[tuple[Span, str], ...] = ()

    def of(self, words: str, about: Span) -> str:
        """Words about a place of the text, in which nothing is repeated that is covered there."""
        for place, secret in self.secrets:
            if place.start <= about.end and about.start <= place.end:
                for each in (secret, *secret.split()):
                    words = words.replace(each, COVER * len(each)) if len(each) >= _LEAST else words
        return words


def hidden(source: Source) -> Hidden:
    """A text with the defaults of its secrets covered."""
    if "secret" not in source.text or not re.search(_SECRET, source.text):
        return Hidden(source)
    text, found = list(source.text), []
    for place in _secrets(source):
        found.append((place, source.text[slice(*place)].strip("\"'")))
        for at in range(place.start, min(place.end, len(text))):
            if not text[at].isspace():
                text[at] = COVER
    return Hidden(source._replace(text="".join(text)), tuple(found))


def _secrets(source: Source) -> Iterator[Span]:
    """Where the defaults of secrets stand; in what cannot be read, any default may be one."""
    document = yaml.read(source, lambda _: None)
    if document is None:
        for found in re.finditer(_DEFAULT, source.text):
            yield Span(*found.span(2 if found[1] else 3))
        return
    data = document.data
    params = data.get("params") if isinstance(data, dict) else None
    for param in params.values() if isinstance(params, dict) else ():
        if isinstance(param, dict) and param.get("type") == "secret" and "default" in param:
            yield document.value(param, "default").span
