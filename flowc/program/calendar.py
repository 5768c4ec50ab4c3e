"""Opening hours: whether a calendar is open, closed or on holiday at a moment, by the clock on the wall."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

State = Literal["open", "closed", "holiday"]

Span = tuple[int, int]
"""From when until when, in minutes after midnight on the clock of the zone; past the next midnight, over 1440."""

DAY = 24 * 60
_YEAR = timedelta(days=365)


class Calendar(NamedTuple):
    """When somebody is there.

    `zone` names a time zone of the IANA database. `week` has the spans of each day, Monday first. `dates` has those of
    single dates, which count instead of the weekday's; none at all is a date that is closed. `horizon` is the last day
    for which all `holidays` are known, or None where the author wrote them as dates.
    """

    zone: str
    week: tuple[tuple[Span, ...], ...]
    dates: Mapping[date, tuple[Span, ...]]
    holidays: frozenset[date]
    horizon: date | None = None


def state(calendar: Calendar, now: float) -> State:
    """The state at a moment, in seconds since 1970 (UTC), of the years 2 to 9998.

    Whenever the clock on the wall shows a time within a span it is open: a span in an hour that is skipped has no
    moment, one in an hour that comes twice is open twice. A span belongs to the day it begins on: what was opened
    before midnight stays open into a holiday. Holidays have no spans but those of their own date.
    """
    local = datetime.fromtimestamp(now, zone(calendar.zone))
    today, minute = local.date(), local.hour * 60 + local.minute
    for opens, closes in _spans(calendar, today):
        if opens <= minute < closes:
            return "open"
    for _, closes in _spans(calendar, _day_before(today, calendar.zone)):
        if minute < closes - DAY:
            return "open"
    return "holiday" if today in calendar.holidays else "closed"


def ends(calendar: Calendar, now: float) -> date | None:
    """The last day for which the holidays are known, if that is less than a year ahead: build anew before it."""
    if calendar.horizon is None:
        return None
    today = datetime.fromtimestamp(now, zone(calendar.zone)).date()
    return calendar.horizon if calendar.horizon - today < _YEAR else None


@cache
def zone(name: str) -> ZoneInfo:
    """A time zone by its name. Raises ValueError, with a sentence, where this machine knows none of that name."""
    from zoneinfo import ZoneInfo  # most flows have no hours

    try:
        return ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        raise ValueError(
            f"this machine has no data for the time zone `{name}`: `pip install tzdata` brings all there are"
        ) from None


def _spans(calendar: Calendar, day: date) -> tuple[Span, ...]:
    """The spans that begin on a day."""
    dated = calendar.dates.get(day)
    if dated is not None:
        return dated
    return () if day in calendar.holidays else calendar.week[day.weekday()]


@lru_cache(maxsize=256)
def _day_before(day: date, name: str) -> date:
    """The day that went before in a zone: an island that crosses the date line has days that never were."""
    before = day - timedelta(days=1)
    noon = datetime.combine(before, time(12), zone(name))
    there = datetime.fromtimestamp(noon.timestamp(), zone(name)).date() == before
    return before if there else before - timedelta(days=1)
