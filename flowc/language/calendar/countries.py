"""The holidays of countries and their parts, from the package `holidays`, where it is installed."""

from __future__ import annotations

import importlib.util
import re
from datetime import date
from functools import cache, lru_cache

from ...text.nearest import nearest
from ..reading.bindings import Unfit

YEARS = 10
"""For how many years holidays are worked out ahead; the package knows of laws, not of what will become law."""

_MANY = 6
"""More parts of a country than this are not listed."""


@lru_cache(maxsize=1024)
def days_off(code: str, first: int) -> frozenset[date] | Unfit:
    """The public holidays of a country (`GB`) or a part of one (`GB-ENG`), for `YEARS` years from `first`.

    With them come the days on which they are kept instead, such as the Monday after. An Unfit is why nobody can tell,
    to follow the code.
    """
    if not _installed():
        return Unfit("stands for holidays that the package `holidays` knows", "`pip install 'flowc[holidays]'`")
    import holidays

    country, dash, part = code.partition("-")
    if not re.fullmatch("[A-Z]{2}", country):
        return _no_country(code)
    if dash and not part:
        return _no_part(country, part) if country in _countries() else _no_country(code)
    try:
        found = holidays.country_holidays(country, subdiv=part if dash else None, years=range(first, first + YEARS))
    except NotImplementedError:
        return _no_part(country, part) if country in _countries() else _no_country(code)
    return frozenset(found) or Unfit("has no holidays that the package `holidays` knows of", "write them as dates")


def edition() -> str:
    """Which edition of the package is installed: another one may know of other holidays."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("holidays")
    except PackageNotFoundError:
        return "none"


def _no_country(code: str) -> Unfit:
    """Why a code is no country: codes are so short that only one in lower case, or a name, tells which was meant."""
    near = _named(code) or _part_named(code)
    word, *rest = re.split(r"\s*[-_/.:, ]\s*", code.strip(), maxsplit=1)
    is_code = re.fullmatch("[A-Za-z]{2}", word) and word.upper() in _countries()
    country = word.upper() if is_code else _named(word) if rest else None
    if country is not None and rest and rest[0]:
        part = _part_of(country, rest[0])
        if part is None:
            return _no_part(country, rest[0])
        near = f"{country}-{part}"
    elif country is not None:
        near = country
    return Unfit("is no country whose holidays are known", f"did you mean `{near}`?" if near else "such as `GB`")


def _no_part(country: str, part: str) -> Unfit:
    known = _countries()[country]
    near = _part_of(country, part)
    hint = f"one of {', '.join(f'`{country}-{each}`' for each in known[:_MANY])}" + (" …" if len(known) > _MANY else "")
    hint = f"did you mean `{country}-{near}`?" if near else hint if known else f"write `{country}`"
    return Unfit(f"is no part of `{country}` that has holidays of its own", hint)


def _part_of(country: str, part: str) -> str | None:
    """The part of a country that was meant by another spelling of its code, or by its name."""
    import holidays

    known = _countries()[country]
    found = next((each for each in known if each.upper() == part.upper()), None)
    names: dict[str, str] = getattr(holidays, country).subdivisions_aliases
    named = names.get(near) if (near := nearest(part, names)) else None
    return found or named or (nearest(part, known) if len(part) > 2 else None)


def _named(name: str) -> str | None:
    """The two letters of a country that is written out, or in three letters."""
    import holidays

    # its classes: `UnitedKingdom`; it has constants as well, such as `TUE`
    names = [
        each for each in dir(holidays) if each[0].isupper() and len(each) > 2 and callable(getattr(holidays, each))
    ]
    near = nearest(name.replace(" ", ""), names) if len(name) > 3 else name if name in _countries() else None
    code = getattr(getattr(holidays, near)(), "country", None) if near else None
    return code if code in _countries() else None


def _part_named(name: str) -> str | None:
    """The part of a country that is written out: `England`."""
    import holidays

    parts: dict[str, str] = {}
    for country in [getattr(holidays, each) for each in dir(holidays) if each[0].isupper() and len(each) > 3]:
        for alias, part in (getattr(country, "subdivisions_aliases", None) or {}).items():
            parts.setdefault(alias, f"{country.country}-{part}")
    near = nearest(name, parts)
    return parts[near] if near else None


@cache
def _countries() -> dict[str, list[str]]:
    """The parts of each country that the package tells apart, by the country's codes."""
    import holidays

    return holidays.list_supported_countries()


@lru_cache
def _installed() -> bool:
    return importlib.util.find_spec("holidays") is not None
