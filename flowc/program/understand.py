"""What a webhook says of a call, and what of it answers a question."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .program import Wait

_LONGEST = 200
"""Characters of an answer that are looked at: a pattern takes its time for each."""

_MOST_WORDS = 10
"""Guesses of what was said that are looked at."""


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


def event_of(body: object) -> Event:
    """The event in the JSON body of a webhook; what is missing, null or of another kind says nothing.

    Keys come as `{"dtmf": {"digits": "1"}}`, in the old form as `{"dtmf": "1"}`; words as `{"speech": {"results":
    [{"text": …, "confidence": …}]}}`, the confidence as text or number (reference, input webhook).
    """
    if not isinstance(body, dict):
        return SILENCE
    dtmf, speech = body.get("dtmf"), body.get("speech")
    results = speech.get("results") if isinstance(speech, dict) else None
    words = [_said(each) for each in results[:_MOST_WORDS]] if isinstance(results, list) else []
    return Event(
        _text(dtmf.get("digits") if isinstance(dtmf, dict) else dtmf),
        _text(body.get("status")),
        tuple([each for each in words if each[0].strip()]),
    )


def heard(wait: Wait, event: Event) -> Answer | None:
    """What answers a question; None for silence. A key wins over words."""
    if event.digits:
        digits = event.digits[:_LONGEST]
        return Answer(digits if digits in wait.exits else None, digits, 1.0)
    if not event.words:
        return None
    text, confidence = max(event.words, key=lambda each: each[1])
    said = text[:_LONGEST].strip()
    found = max((word for word in _words(tuple(wait.exits)) if _within(word, said)), key=len, default=None)
    return Answer(found, said, confidence)


def good(wait: Wait, text: str) -> bool:
    """Whether an answer that is no option is as the question wants it."""
    return wait.pattern is None or re.fullmatch(wait.pattern, text) is not None


@lru_cache(maxsize=1024)
def _words(exits: tuple[str, ...]) -> tuple[str, ...]:
    """The options that are words to say."""
    return tuple([each for each in exits if each.strip("0123456789*#")])


def _within(word: str, said: str) -> bool:
    """Whether whole words of what was said are those of an option, without case."""
    wanted, spoken = _split(word), _split(said)
    return any(spoken[at : at + len(wanted)] == wanted for at in range(len(spoken) - len(wanted) + 1))


@lru_cache(maxsize=1024)
def _split(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.casefold())


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
