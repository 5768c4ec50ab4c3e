"""How opening hours are written: days, dates and spans, each read from its text or told why it is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ...program.calendar import DAY, Span
from ...text.nearest import nearest
from ..reading.bindings import Unfit

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OTHERS = {"daily": "mon-sun", "everyday": "mon-sun", "all": "mon-sun", "weekdays": "mon-fri", "weekend": "sat-sun"}
_LONGEST = 64  # a longer text is no typing mistake
_DASHES = r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*"
_DATE = "write year, month and day: `2026-12-24`"
_TIME = r"([0-9]{1,2})(?:[:.h]?([0-9]{2}))?\s*(am|pm)?"


def days(text: str) -> tuple[int, ...] | Unfit:
    """The days of `fri` or `sat-mon`, Monday being 0; the second one wraps around."""
    first, dash, last = text.partition("-")
    if first not in DAYS or (dash and last not in DAYS):
        return Unfit("is no day", _meant_day(text))
    begin, end = DAYS.index(first), DAYS.index(last or first)
    if dash and begin == end:
        return Unfit("is a range of one day", f"write `{first}`, or `mon-sun` for the whole week")
    return tuple([day % 7 for day in range(begin, begin + (end - begin) % 7 + 1)])


def ranges(which: Iterable[int]) -> str:
    """Days as they are written, neighbours as a range: "`mon-tue`, `thu`"."""
    runs: list[list[int]] = []
    for day in sorted(which):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"`{DAYS[run[0]]}{f'-{DAYS[run[-1]]}' if len(run) > 1 else ''}`" for run in runs)


def day_of(text: str) -> date | Unfit:
    """The date of `2026-12-24`."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return Unfit("is no date", _meant_date(text))
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Unfit("is a date that does not exist", _last_of_month(text) or _DATE)


def is_dated(text: str) -> bool:
    """Whether a text is meant to be a date."""
    return text[:1].isdecimal()


def span(text: str) -> Span | Unfit:
    """The span of `09:00-17:30`; one that ends before it begins goes on past midnight."""
    found = re.fullmatch(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})", text)
    times = [int(each) for each in found.groups()] if found else _loosely(text)
    made = _span(*times) if times else None
    if made is None:
        shut = text.lower() in ("closed", "shut", "off", "none")
        return Unfit("is no span of hours", "write `closed` alone" if shut else "such as `09:00-17:30`")
    if made[0] == made[1]:
        return Unfit("opens and closes at the same time", "write `00:00-24:00` for a whole day, `closed` for none")
    return made if found else Unfit("is no span of hours", f"write `{written(made)}`")


def written(of: Span) -> str:
    """A span as it is written."""
    opens, closes = of
    return f"{_clock(opens)}-{_clock(closes if closes <= DAY else closes - DAY)}"


def _span(hour: int, minute: int, last_hour: int, last_minute: int) -> Span | None:
    opens, closes = hour * 60 + minute, last_hour * 60 + last_minute
    if max(minute, last_minute) > 59 or opens >= DAY or closes > DAY:
        return None
    return opens, closes + DAY if closes < opens else closes


def _loosely(text: str) -> list[int] | None:
    """The hours and minutes of a span that is written otherwise: `9-17`, `9.00 – 17.30`, `9am-5pm`."""
    found = re.fullmatch(f"{_TIME}{_DASHES}{_TIME}", text[:_LONGEST].strip().lower())
    if found is None:
        return None
    hour, minute, half, last_hour, last_minute, last_half = found.groups()
    times = [_of_day(hour, half), int(minute or 0), _of_day(last_hour, last_half), int(last_minute or 0)]
    sure = last_half or times[0] < times[2]  # `9-5` may be meant as 17:00
    return times if sure else None


def _of_day(hour: str, half: str | None) -> int:
    """The hour of a day of 24 hours."""
    return int(hour) if half is None else int(hour) % 12 + (12 if half == "pm" else 0)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _meant_day(text: str) -> str:
    """The day or range that a text most likely means."""
    word = text[:_LONGEST].strip().lower()
    if word in _OTHERS:
        return f"write `{_OTHERS[word]}`"
    parts = [_near_day(each) for each in re.split(_DASHES, word)]
    if len(parts) <= 2 and all(parts):
        return f"did you mean `{'-'.join(filter(None, parts))}`?"
    if re.search("[, ]", word):
        return "give each day a line of its own, or write a range such as `mon-fri`"
    return "write a day such as `mon`, a range such as `mon-fri`, or a date such as `2026-12-24`"


def _near_day(word: str) -> str | None:
    """A day by its beginning or a typing mistake in it."""
    begun = [day for day, name in zip(DAYS, _NAMES, strict=True) if len(word) > 1 and name.startswith(word)]
    near = nearest(word, _NAMES) if len(word) > 3 else nearest(word, DAYS)
    return begun[0] if begun else near[:3] if near else None


def _meant_date(text: str) -> str:
    """The date that a text most likely means, where its parts are in no doubt."""
    found = re.fullmatch(r"([0-9]{4})[-./ ]?([0-9]{1,2})[-./ ]?([0-9]{1,2})", text)
    parts = [int(each) for each in found.groups()] if found else []
    try:
        return f"write `{date(*parts)}`" if parts else _DATE
    except ValueError:
        return _DATE


def _last_of_month(text: str) -> str | None:
    """The last day of the month, where a day is beyond it."""
    year, month = int(text[:4]), int(text[5:7])
    for last in range(31, 27, -1):
        try:
            return f"the last day of that month is `{date(year, month, last)}`"
        except ValueError:
            continue
    return None
