"""The filters of expressions: what each makes of a value. None stays none, but for `default`.

The speaking ones (`digits`, `spell`, `number`, `date`, `time`, `phone`) have two forms: one for plain text, and for
SSML a `say-as` element. All are total: what they cannot read is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .kinds import LIST_LIMIT, TEXT_LIMIT, Spoken, bounded, number_in, rounded, text, truth

DATE_FORMATS = {
    "yyyymmdd": "%Y%m%d",
    "ymd": "%Y-%m-%d",
    "dmy": "%d-%m-%Y",
    "mdy": "%m-%d-%Y",
    "ym": "%Y-%m",
    "my": "%m-%Y",
    "md": "%m-%d",
    "dm": "%d-%m",
    "y": "%Y",
    "m": "%m",
    "d": "%d",
}
"""The argument of `date`: a format of `say-as`, and how a date is then written."""

CURRENCIES = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥"}
_WITHOUT_CENTS = ("JPY", "KRW", "¥")
# patterns are compiled at first use: a flow without filters starts sooner
_DATE = r"(?as)(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?"
_TIME = r"(?as)(?:\d{4}-\d\d-\d\d[T ])?([01]\d|2[0-3]):([0-5]\d)(?:[:+\-.Z].*)?"


class Filter(NamedTuple):
    """A filter: its function, and how many arguments it takes at least and at most."""

    function: Callable[..., object]
    least: int = 0
    most: int = 0


def apply(name: str, value: object, arguments: list[object]) -> object:
    """What a filter makes of a value; none for an unknown filter or a wrong count of arguments."""
    known = FILTERS.get(name)
    if known is None or not known.least <= len(arguments) <= known.most or (value is None and name != "default"):
        return None
    return known.function(value, *arguments)


def escaped(value: str, *, quotes: bool = False) -> str:
    """A text as XML content, or with `quotes` as part of an attribute; what XML cannot hold is left out."""
    safe = re.sub(_NOT_XML, "", value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace('"', "&quot;").replace("'", "&#39;") if quotes else safe


_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def concat(values: list[object], separator: str = "") -> str:
    """The texts of values, one after the other; what is to be spoken in a way keeps it."""
    plain = separator.join(bounded(text(each) for each in values))[:TEXT_LIMIT]
    if not any(isinstance(each, Spoken) for each in values):
        return plain
    marked = escaped(separator).join(each.ssml if isinstance(each, Spoken) else escaped(text(each)) for each in values)
    return Spoken(plain, marked if len(marked) <= 4 * TEXT_LIMIT else escaped(plain))


def _say_as(plain: str, kind: str, content: str, form: str = "") -> Spoken:
    attribute = f' format="{form}"' if form else ""
    return Spoken(plain, f'<say-as interpret-as="{kind}"{attribute}>{escaped(content)}</say-as>')


def _digits(value: object) -> object:
    """Read one by one: `123` is `1 2 3`; in SSML `digits`. What is neither letter nor digit is left out."""
    kept = "".join(each for each in text(value)[: TEXT_LIMIT // 2] if each.isalnum())
    return _say_as(" ".join(kept), "digits", kept) if kept else None


def _spell(value: object) -> object:
    """Every character by itself: `A-1` is `A - 1`; in SSML `character`. Space is left out."""
    kept = "".join(text(value)[: TEXT_LIMIT // 2].split())
    return _say_as(" ".join(kept), "character", kept) if kept else None


def _number(value: object, places: object = None) -> object:
    """A number in plain decimals, `places` of them if given; in SSML `cardinal`. A text that spells one is read."""
    known, count = number_in(value), _places(places)
    if known is None or (places is not None and count is None):
        return None
    spelt = text(known) if count is None else str(rounded(known, count))
    return _say_as(spelt, "cardinal", spelt)


def _money(value: object, currency: object = "") -> object:
    """An amount as people write it: `£12.50`, `12.50 CHF`, without a currency `12.50`; in SSML the same."""
    known = number_in(value)
    if known is None or not isinstance(currency, str):
        return None
    amount = str(rounded(abs(known), 0 if currency in _WITHOUT_CENTS else 2))
    sign = "-" if known < 0 and float(amount) else ""
    symbol = CURRENCIES.get(currency, currency)
    return f"{sign}{amount} {symbol}".rstrip() if symbol[:1].isalpha() or not symbol else f"{sign}{symbol}{amount}"


def _date(value: object, form: object = None) -> object:
    """A date `2026-12-25` (a time after it is left out): as it is, or in a format of `DATE_FORMATS`; in SSML `date`."""
    from datetime import date  # few flows say a date

    found = re.fullmatch(_DATE, text(value))
    if not found or (form is not None and form not in DATE_FORMATS):
        return None
    try:
        date(*map(int, found.groups()))
    except ValueError:
        return None
    form = form if isinstance(form, str) else ""
    content = _written(found, DATE_FORMATS[form or "yyyymmdd"])
    return _say_as(_written(found, DATE_FORMATS[form or "ymd"]), "date", content, form or "yyyymmdd")


def _written(day: re.Match[str], form: str) -> str:
    year, month, date = day.groups()
    return form.replace("%Y", year).replace("%m", month).replace("%d", date)


def _time(value: object) -> object:
    """A time of day `17:30` (seconds, and a date before it, are left out); in SSML `time`."""
    found = re.fullmatch(_TIME, text(value))
    return _say_as(":".join(found.groups()), "time", ":".join(found.groups())) if found else None


def _phone(value: object) -> object:
    """A phone number, digits one by one in threes: `4 4 7, 7 0 0`; in SSML `telephone`. None if it has no digits."""
    kept = "".join(each for each in text(value) if each in "0123456789")[: TEXT_LIMIT // 8]
    groups = (" ".join(kept[start : start + 3]) for start in range(0, len(kept), 3))
    return _say_as(", ".join(groups), "telephone", kept) if kept else None


def _default(value: object, other: object = "", also_empty: object = False) -> object:
    """Another value for none; with a second argument that is true, also for what is empty, 0 or false."""
    return other if value is None or (truth(also_empty) and not truth(value)) else value


def _length(value: object) -> object:
    """Characters of a text, items of a list or mapping."""
    return len(value) if isinstance(value, str | list | tuple | Mapping) else None


def _round(value: object, places: object = 0) -> object:
    """A number rounded, a half away from zero, to 0 to 10 decimal places."""
    known, count = number_in(value), _places(places)
    if known is None or count is None:
        return None
    near = rounded(known, count)
    return int(near) if near == int(near) else float(near)


def _places(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10 else None


def _int(value: object) -> object:
    """A number without what follows its point; a text that spells a number is read."""
    known = number_in(value)
    return None if known is None else int(known)


def _join(value: object, separator: object = "") -> object:
    """The items of a list as one text, with a separator between them; of what is no list its own text."""
    if not isinstance(value, list | tuple):
        return text(value)
    return concat(list(value[:LIST_LIMIT]), text(separator))


FILTERS = {
    "digits": Filter(_digits),
    "spell": Filter(_spell),
    "number": Filter(_number, most=1),
    "money": Filter(_money, most=1),
    "date": Filter(_date, most=1),
    "time": Filter(_time),
    "phone": Filter(_phone),
    "upper": Filter(lambda value: text(value).upper()[:TEXT_LIMIT]),
    "lower": Filter(lambda value: text(value).lower()[:TEXT_LIMIT]),
    "trim": Filter(lambda value: text(value).strip()),
    "default": Filter(_default, most=2),
    "length": Filter(_length),
    "round": Filter(_round, most=1),
    "int": Filter(_int),
    "join": Filter(_join, most=1),
}
"""Every filter by its name."""
