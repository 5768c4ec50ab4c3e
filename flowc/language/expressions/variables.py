"""Variables: the names that something in a flow makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..flow import Data


def made(data: Data) -> frozenset[str]:
    """The names that a `save` or a `set` of a flow makes."""
    within = [data.get(key) for key in ("steps", "input", "keys")]
    return frozenset(_set(within)) | {name for key, name in members(within) if key == "save" and isinstance(name, str)}


class Kinds(NamedTuple):
    """The names of which all that is made is text, has no parts (text, numbers and truths), or is a number."""

    texts: frozenset[str]
    singles: frozenset[str]
    numbers: frozenset[str]


def kinds(data: Data) -> Kinds:
    """What is known of the variables of a flow: an answer is text, a `set` may be, a server may say anything."""
    words: set[str] = set()
    plain: set[str] = set()
    truths: set[str] = set()
    others: set[str] = set()
    for key, fields in members(data):
        if key not in _MAKES or not isinstance(fields, dict):
            continue
        if key == "set":
            for name, value in fields.items():
                is_text = isinstance(value, str) and ("{{" not in value or _is_worded(value))
                is_plain = value is not None and (not isinstance(value, str) or _is_reckoned(value))
                (words if is_text else truths if isinstance(value, bool) else plain if is_plain else others).add(name)
        elif isinstance(name := fields.get("save"), str):
            (words if key == "input" else others).add(name)
    all_plain = plain | truths
    return Kinds(
        frozenset(words - all_plain - others),
        frozenset((words | all_plain) - others),
        frozenset(plain - words - truths - others),
    )


_MAKES = frozenset({"set", "input", "request", "run"})


def _is_reckoned(value: str) -> bool:
    """Whether a text is an expression alone that adds to a value, or takes from it: `{{ vars.tries + 1 }}`."""
    return re.fullmatch(_RECKONED, value) is not None


def _is_worded(value: str) -> bool:
    """Whether a text with values in it is text whatever they are: there are words around them, or a part of a text,
    or what a filter makes of one, is all of it.
    """
    if re.search(r"[^\W\d_]", re.sub(r"(?s)\{\{.*?\}\}", "", value)) is not None:
        return value.count("{{") == value.count("}}") and "{%" not in value
    return re.fullmatch(_WORDED, value) is not None


_TEXT = r"(?:today|now|call\.(?:from|to|user|uuid|conversation_uuid|endpoint_type))(?:\[-?\d*:-?\d*\])?"
_SHOWN = r"[\w.]+(?:\[-?\d*:?-?\d*\])?\s*\|\s*(?:digits|spell|number|money|date|time|phone|upper|lower)(?:\([^()|]*\))?"
_WORDED = rf"\{{\{{\s*(?:{_TEXT}|{_SHOWN})\s*\}}\}}"
_RECKONED = r"\{\{\s*\(?[\w.]+(?:\s*\|\s*default\(\d+\))?\)?\s*[-+*]\s*\d+\s*\}\}"


def members(value: object) -> Iterator[tuple[str, object]]:
    """Every key of a flow with what stands at it, however deep."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key, each
            yield from members(each)
    for each in value if isinstance(value, list) else ():
        yield from members(each)


def _set(data: object) -> Iterator[str]:
    yield from (name for name, _ in _sets(data))


def _sets(data: object) -> Iterator[tuple[str, object]]:
    """The names that a `set` makes, and of what."""
    for key, values in members(data):
        if key == "set" and isinstance(values, dict):
            yield from values.items()
