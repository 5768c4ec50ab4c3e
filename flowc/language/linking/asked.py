"""The URL that a request asks, as it is written: what no URL has, and how that is spelt in one."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

_VALUES = r"(?s)(\{\{.*?\}\})"
_IN_NONE = re.compile(r"[^!-~]")
_HOST = re.compile(r"(?<=://)[^/?#]*")
_VISIBLE = "".join(map(chr, range(ord("!"), ord("~") + 1)))


class Misspelt(NamedTuple):
    """A character that no URL has, where it stands in the text, and the whole text as it is right."""

    character: str
    at: int
    right: str


def misspelt(text: str) -> Misspelt | None:
    """The first character of a URL that no URL has; the values in it are percent-encoded when they are known."""
    pieces = re.split(_VALUES, text)
    at = 0
    for number, piece in enumerate(pieces):
        found = _IN_NONE.search(piece) if number % 2 == 0 else None
        if found is not None:
            return Misspelt(found[0], at + found.start(), _right(pieces))
        at += len(piece)
    return None


def corrected(hint: str, written: str) -> str:
    """How a URL becomes right in which a value is wrong that is put into what is written."""
    names = dict.fromkeys(re.findall(r"\bparams\.\w+", " ".join(re.findall(_VALUES, written))))
    return f"correct what is put in: {', '.join(f'`{each}`' for each in names)}" if names else hint


def _right(pieces: list[str]) -> str:
    first, *others = pieces
    written = [_HOST.sub(lambda host: _host(host[0]), first, count=1), *others]
    return "".join([each if at % 2 else quote(each, safe=_VISIBLE) for at, each in enumerate(written)])


def _host(name: str) -> str:
    """A host in the letters that are looked up; no host has a space."""
    name = "".join(name.split())
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name
