"""The public names of documents: where a document begins, as people read it in logs and type it into dashboards.

A later version does not change these names.
"""

from __future__ import annotations

import re

RESERVED = frozenset({"continue", "noMatch", "failure"})
"""Words that mean something where a step's name may stand, and the name of the fallback document."""

_KEYS = {"*": "star", "#": "hash"}
_NOT_SLUG = re.compile(r"[^A-Za-z0-9_-]+")


def nth(block: str, index: int) -> str:
    """The name of the action at an index (from 0) of a block: `support`, `support.2`."""
    return block if index == 0 else f"{block}.{index + 1}"


def attempt(wait: str, number: int) -> str:
    """The name of a wait at an attempt (from 1): `main`, `main~2`."""
    return wait if number == 1 else f"{wait}~{number}"


def option(wait: str, key: str) -> str:
    """The name of the block in place behind a key or a word: `main.press1`, `main.star`, `main.say-yes`."""
    if key in _KEYS:
        return f"{wait}.{_KEYS[key]}"
    if is_key(key):
        return f"{wait}.press{''.join(_KEYS.get(each, each) for each in key)}"
    return f"{wait}.say-{_NOT_SLUG.sub('-', key)}"


def free(name: str, taken: set[str]) -> str:
    """A name that is not taken (`taken` are names in small letters); a number is put behind it where it is."""
    count = 2
    chosen = name
    while chosen.lower() in taken:
        chosen = f"{name}-{count}"
        count += 1
    return chosen


def is_key(text: str) -> bool:
    """Whether an option is keys of a telephone; anything else is a word to say."""
    return text != "" and not text.strip("0123456789*#")
