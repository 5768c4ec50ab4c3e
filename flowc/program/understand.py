"""What a webhook says of a call, and what of it answers a question."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from .kinds import cleaned
from .program import Wait
from .regular import compiled

_LONGEST = 200
"""Characters of an answer that are looked at: a pattern takes its time for each."""

_MOST_WORDS = 10
"""Guesses of what was said that are looked at."""

_DEEPEST = 64
"""Levels of data from outside that are kept."""


class Event(NamedTuple):
    """What a webhook says of a call, and when.

    `digits` are the keys that were pressed, `words` what was understood, best first, each with its confidence (0 to 1),
    `status` that of a leg; empty where it says nothing. `now` is in seconds since 1970 (UTC), `random` at least 0 and
    less than 1.
    """

    digits: str = ""
    status: str = ""
    words: tuple[tuple[str, float], ...] = ()
    now: float = 0.0
    random: float = 0.0


SILENCE = Event()
"""No key, no word, no status: what is also made of a webhook that cannot be read."""


class Answer(NamedTuple):
    """An answer to a question: the option it is, if it is one, all of it as text, and how sure it is."""

    exit: str | None
    text: str
    confidence: float


def event_of(body: object, now: float = 0.0, random: float = 0.0) -> Event:
    """The event in the JSON body of a webhook; what is missing, null or of another kind says nothing.

    Keys come as `{"dtmf": {"digits": "1"}}`, in the old form as `{"dtmf": "1"}`; words as `{"speech": {"results":
    [{"text": …, "confidence": …}]}}`, the confidence as text or number (reference, input webhook).
    """
    if not isinstance(body, dict):
        return Event(now=now, random=random)
    dtmf, speech = body.get("dtmf"), body.get("speech")
    results = speech.get("results") if isinstance(speech, dict) else None
    words = [_said(each) for each in results[:_MOST_WORDS]] if isinstance(results, list) else []
    return Event(
        _text(dtmf.get("digits") if isinstance(dtmf, dict) else dtmf),
        _text(body.get("status")),
        tuple([each for each in words if each[0].strip()]) if words else (),
        now,
        random,
    )


def heard(wait: Wait, event: Event) -> Answer | None:
    """What answers a question; None for silence. A key wins over words."""
    digits = event.digits[:_LONGEST]
    if not digits.isascii():  # no telephone has such a key, and a pattern's `\d` would take it for a digit
        digits = digits.encode("ascii", "replace").decode()
    if digits:
        return Answer(digits if digits in wait.exits else None, digits, 1.0)
    if not event.words:
        return None
    text, confidence = max(event.words, key=lambda each: each[1])
    said = cleaned(text[:_LONGEST]).strip()
    found = max((word for word in _words(tuple(wait.exits)) if _within(word, said)), key=len, default=None)
    return Answer(found, said, confidence)


def good(wait: Wait, text: str) -> bool:
    """Whether an answer that is no option is as the question wants it."""
    return wait.pattern is None or compiled(wait.pattern).fits(text)


def kept(value: object, depth: int = 0) -> object:
    """Data from outside as JSON that every file can hold: without halves of surrogate pairs and without infinity."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, Mapping):
        return {cleaned(key): kept(each, depth + 1) for key, each in value.items() if isinstance(key, str)}
    if isinstance(value, list | tuple):
        return [kept(each, depth + 1) for each in value]
    return value if isinstance(value, bool | int) or (isinstance(value, float) and isfinite(value)) else None


@lru_cache(maxsize=1024)
def _words(exits: tuple[str, ...]) -> tuple[str, ...]:
    """The options that are words to say."""
    return tuple([each for each in exits if each.strip("0123456789*#")])


def _within(word: str, said: str) -> bool:
    """Whether whole words of what was said are those of an option, without case."""
    wanted, spoken = _split(word), _split(said)
    starts = range(len(spoken) - len(wanted) + 1) if wanted else ()
    return any(spoken[at : at + len(wanted)] == wanted for at in starts)


@lru_cache(maxsize=1024)
def _split(text: str) -> list[str]:
    """The words of a text in small letters, whichever way their accents are written; signs stand between words."""
    small = unicodedata.normalize("NFKC", text.replace("’", "'").casefold())
    words = "".join([each if each == "'" or unicodedata.category(each)[0] in "LMN" else " " for each in small]).split()
    return [each for each in (word.strip("'") for word in words) if each]


def _said(result: object) -> tuple[str, float]:
    if not isinstance(result, dict):
        return "", 0.0
    return _text(result.get("text")), _confidence(result.get("confidence"))


def _confidence(value: object) -> float:
    try:
        known = float(value) if isinstance(value, str | int | float) else 0.0
    except (ValueError, OverflowError):
        return 0.0
    return min(max(known, 0.0), 1.0) if known == known else 0.0


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
