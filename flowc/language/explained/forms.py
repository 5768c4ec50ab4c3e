"""Numbers, addresses and names that are spelt in a way that is not taken: what is wrong, and how they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from .wording import shown

Say = Callable[[str], tuple[str, str | None]]
"""From a text to what is wrong with it, and the text to type instead."""

LEAST, MOST = 7, 15  # digits, as in the pattern of the schema
_EMERGENCY = frozenset({"000", "110", "111", "112", "119", "911", "999"})
"""Where the police, the fire brigade or an ambulance answer, in one country or another."""
_DOMAIN = re.compile(r"(//)?([a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}(:[0-9]+)?(/\S*)?")


def phone(text: str) -> tuple[str, str | None]:
    """A phone number that is more, or less, than its digits."""
    digits = re.sub(r"[^0-9]", "", text)
    if re.search(r"[^0-9+()\s./-]", text) or not digits:
        return f"{shown(text)} is not a phone number", None
    if text in _EMERGENCY:
        message = f"{shown(text)} is an emergency number, and has no country code"
        return message, "connect to a number of your own"
    number = digits.removeprefix("00")
    fits = number[:1] not in ("", "0") and LEAST <= len(number) <= MOST
    hint = f"write `{number}`" if fits else "write the country code and the number, digits alone: `447700900000`"
    return f"{shown(text)} {_amiss(text, digits)}", hint


def _amiss(text: str, digits: str) -> str:
    if text.strip().startswith("+"):
        return "has a plus in front, a phone number is digits alone"
    if digits.startswith("00"):
        return "begins with 00, a phone number begins with its country code"
    if digits.startswith("0"):
        return "begins with 0: it has no country code"
    if text != digits:
        return "has signs between its digits, a phone number is digits alone"
    return f"has {len(digits)} digits, a phone number has {LEAST} to {MOST}"


def url(text: str) -> tuple[str, str | None]:
    """A URL that is not absolute, or not of the web."""
    if _DOMAIN.fullmatch(text):
        return f"{shown(text)} is not a whole URL", f"write `https://{text.removeprefix('//')}`"
    if re.match(r"https?:", text, re.IGNORECASE):
        right = re.sub(r"^https?:/*", lambda found: found[0].split(":")[0].lower() + "://", text, flags=re.IGNORECASE)
        return f"{shown(text)} is misspelt: a URL begins with `https://`", f"write `{right}`"
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", text)
    if scheme:
        return f"{shown(text)} is no URL of the web: it begins with `{scheme[1]}:`", "write one with `https://`"
    return f"{shown(text)} is not a whole URL", "write all of it, with `https://` and the host"


def websocket(text: str) -> tuple[str, str | None]:
    """A websocket with another scheme, or none."""
    rest = re.sub(r"^[a-z]*:?/*", "", text) if re.match(r"[a-z]+:/*|//", text) else text
    return f"{shown(text)} is no websocket URL", f"write `wss://{rest}`" if rest else None


def sip(text: str) -> tuple[str, str | None]:
    """A SIP address without its scheme."""
    hint = f"write `sip:{text}`" if re.fullmatch(r"[^\s:@]+@[^\s@]+|[^\s:@/]+\.[^\s:@/]+", text) else "write `sip:…`"
    return f"{shown(text)} is no SIP address", hint


def variable(text: str) -> str:
    """The name of a variable that a text was meant as: `vars.a`, `$a` and `{{ a }}` are read, and not made, so."""
    inside = re.sub(r"^\s*\{+\s*|\s*\}+\s*$", "", text[:200])
    name = re.sub(r"^(vars|params|variables?|flow|session)\.(?=.)|^\$|\s*(\+\+|\+=)$", "", inside)
    return slug(name, "_", lower=False)


def slug(text: str, sign: str = "-", *, lower: bool = True) -> str:
    """A name made of a text: letters, digits and one sign."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    made = re.sub(r"[^A-Za-z0-9]+", sign, plain).strip(sign)
    if not lower and not made[:1].isalpha():
        made = f"step{sign}{made}" if made else "name"
    return (made.lower() if lower else made) or "name"
