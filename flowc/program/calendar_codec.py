"""Calendars as JSON data, a part of a program, and back."""

from __future__ import annotations

import re
from datetime import date

from .calendar import DAY, Calendar, Span, zone

Data = dict[str, object]


def encode(calendar: Calendar) -> Data:
    """A calendar as JSON data: spans as pairs of minutes after midnight, the week from Monday, dates as YYYY-MM-DD."""
    data: Data = {"zone": calendar.zone, "week": [_pairs(spans) for spans in calendar.week]}
    if calendar.dates:
        data["dates"] = {str(day): _pairs(calendar.dates[day]) for day in sorted(calendar.dates)}
    if calendar.holidays:
        data["holidays"] = [str(day) for day in sorted(calendar.holidays)]
    if calendar.horizon is not None:
        data["horizon"] = str(calendar.horizon)
    return data


def decode(data: object) -> Calendar:
    """The calendar in JSON data. Raises ValueError, with a sentence, for what is none, or where its zone is unknown."""
    fields = _mapping(data)
    week = tuple([_spans(each) for each in _list(fields.get("week"))])
    if len(week) != 7:
        raise _unreadable("its week has not seven days")
    dates = {_date(key): _spans(each) for key, each in _mapping(fields.get("dates", {})).items()}
    holidays = frozenset([_date(each) for each in _list(fields.get("holidays", []))])
    horizon = _date(fields["horizon"]) if "horizon" in fields else None
    return Calendar(_zone(fields.get("zone")), week, dates, holidays, horizon)


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [list(span) for span in spans]


def _spans(data: object) -> tuple[Span, ...]:
    return tuple([_span(each) for each in _list(data)])


def _span(data: object) -> Span:
    pair = [_minute(each) for each in _list(data)]
    if len(pair) != 2 or not 0 <= pair[0] < DAY or not pair[0] < pair[1] <= pair[0] + DAY:
        raise _unreadable("a span of it is not two minutes of a day, the later one last")
    return pair[0], pair[1]


def _minute(value: object) -> int:
    """A whole number; in JSON `540.0` is one too."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1:
        return int(value)
    raise _unreadable("a minute of it is no whole number")


def _date(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _unreadable("a date of it is no date of the form YYYY-MM-DD")


def _zone(value: object) -> str:
    if not isinstance(value, str):
        raise _unreadable("it does not name its time zone")
    zone(value)  # a server finds out when it starts, not when somebody calls
    return value


def _mapping(value: object) -> Data:
    if isinstance(value, dict):
        return value
    raise _unreadable("a part of it is no object")


def _list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    raise _unreadable("a part of it is no array")


def _unreadable(why: str) -> ValueError:
    return ValueError(f"this is no calendar that flowc can read: {why}")
