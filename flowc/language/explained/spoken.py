"""Languages by their codes: which one was meant by another code, or by a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...text.nearest import nearest
from ..schema import facts

_KNOWN_AS = {"zh-cn": "cmn-CN", "zh-tw": "cmn-TW", "zh-hk": "yue-HK", "no-no": "nb-NO", "no": "nb-NO"}
"""Codes that are usual elsewhere, and those of the voices."""

_AT_HOME = ("en-GB", "sv-SE", "da-DK")


def language_hint(code: str, codes: Iterable[str]) -> str | None:
    """The language that was meant, as a hint; where several are as likely, those that there are."""
    codes = tuple(codes)
    meant = language_meant(code, codes)
    related = related_languages(code, codes)
    if meant is None and not related:
        meant = nearest(code, codes)
    if meant is not None:
        return f"did you mean `{meant}`?"
    return f"there are {', '.join(f'`{each}`' for each in related[:8])}" if related else None


def language_meant(code: str, codes: Sequence[str]) -> str | None:
    """The one of these codes that stands for what another code, or an English name, stands for."""
    known = _KNOWN_AS.get(code.lower().replace("_", "-"))
    if known in codes:
        return known
    related = related_languages(code, codes)
    if len(related) == 1:
        return related[0]
    own = f"{code.lower()}-{code.upper()}"
    return nearest(code.replace("UK", "GB"), related) or (own if own in related else _named(code, codes))


def voice_code(word: object) -> str:
    """The code of the voice that is meant by a code without its region, or a name; else the word itself."""
    known = tuple(facts.voices())
    home = next((each for each in _AT_HOME if each.partition("-")[0] == str(word).lower()), None)
    return str(word) if word in known else home or language_meant(str(word), known) or str(word)


def related_languages(code: str, codes: Iterable[str]) -> list[str]:
    """Those of the codes that are of the same language."""
    first = code.replace("_", "-").split("-")[0].lower()
    return sorted(each for each in codes if each.split("-")[0].lower() == first)


def _named(name: str, codes: Iterable[str]) -> str | None:
    """A code of a language that is called by its English name: that of the country it comes from, if there is one."""
    known = facts.voices()
    if not re.fullmatch(r"[A-Za-z]{4,}", name):
        return None
    found = [code for code in codes if code in known and known[code].language.lower().startswith(name.lower())]
    at_home = (each for each in found if each in _AT_HOME or each.partition("-")[0].upper() == each.partition("-")[2])
    return next(at_home, next(iter(found), None))


def languages_of(data: object) -> tuple[str, ...]:
    """The languages that a flow has voices for; all there are where it names none."""
    voices = data.get("voice") if isinstance(data, dict) else None
    listed = voices if isinstance(voices, list) else [voices]
    own = [str(each["language"]) for each in listed if isinstance(each, dict) and "language" in each]
    return tuple(own) or tuple(facts.voices())
