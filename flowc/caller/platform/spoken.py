"""How long words take to be heard, and what is heard of SSML: estimates, for no document says how fast voices speak."""

from __future__ import annotations

import html
import re

CHARACTERS_A_SECOND = 15.0
"""What a voice speaks, about: an estimate of ours."""

AUDIO_SECONDS = 5.0
"""How long an audio file is taken to last: it is not fetched."""

KEY_SECONDS = 0.5
"""How long a key tone or a pause between two keys is taken to last."""

_TAG = re.compile(r"<[^<>]*>")
_ALIAS = re.compile(r"<sub\b[^<>]*?\balias\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')[^<>]*>[^<>]*</sub\s*>")
_BREAK = re.compile(r"<break\b[^<>]*\btime\s*=\s*[\"']\s*([0-9.]+)\s*(ms|s)")


def plain(text: str) -> str:
    """A text as it is heard: of SSML, without its tags, and what stands for something else (`sub`) in its place."""
    if not is_ssml(text):
        return text
    aliased = _ALIAS.sub(lambda found: found[1] or found[2] or "", text) if "<sub" in text else text
    return " ".join(html.unescape(_TAG.sub(" ", aliased)).split())


def is_ssml(text: str) -> bool:
    """Whether all of a text stands in `<speak>`; otherwise its tags are none (reference, talk)."""
    return "<speak" in text and text.strip().startswith("<speak") and text.rstrip().endswith("</speak>")


def spoken(text: str) -> float:
    """About how many seconds a text takes."""
    pauses = sum(_seconds(*found) for found in _BREAK.findall(text)) if "<break" in text and is_ssml(text) else 0.0
    return len(plain(text)) / CHARACTERS_A_SECOND + pauses


def _seconds(written: str, unit: str) -> float:
    try:
        value = float(written)
    except ValueError:
        return 0.0
    return value / 1000 if unit == "ms" else value
