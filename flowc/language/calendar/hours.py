"""Opening hours: from what a flow says of them to calendars."""

from __future__ import annotations

from datetime import date

from ...program.calendar import Calendar
from ...text.document import Document, Place
from ..explained.wording import shown
from . import hours_rules as rules
from .countries import days_off
from .opening import Data, Report, Says, opened
from .spans import day_of, is_dated
from .zones import unknown

_ANYWHERE = "UTC"
"""Stands for a zone about which something has been said."""


def time_zone(document: Document, report: Report) -> str | None:
    """The time zone of a flow whose shape has been checked; None where it names none, `UTC` where it is unknown."""
    return _zone(document, document.data, report) if isinstance(document.data, dict) else None


def hours(document: Document, zone: str | None, today: date, report: Report) -> dict[str, Calendar]:
    """The calendars of a flow whose shape has been checked, by name; also those with mistakes, as far as they go.

    `zone` is the flow's, for those that name none. The holidays of countries are those of the year of `today` and the
    nine that follow.
    """
    named = document.data.get("hours") if isinstance(document.data, dict) else None
    forms = {name: form for name, form in named.items() if isinstance(form, dict)} if isinstance(named, dict) else {}
    bare = next((name for name, form in forms.items() if "timezone" not in form), None)
    if zone is None and bare is not None and isinstance(named, dict):
        message = f"`{bare}` has no time zone: its hours are another moment in every country"
        hint = "add `timezone: Europe/London` at the top of the flow, with a zone of yours"
        report(rules.MISSING_ZONE.at(document.key(named, bare), message, hint))
    return {name: _calendar(document, form, zone, today, report) for name, form in forms.items()}


def _calendar(document: Document, form: Data, zone: str | None, today: date, report: Report) -> Calendar:
    """One calendar."""
    own = _zone(document, form, report) or zone or _ANYWHERE
    says = Says(report)
    week, dates = opened(document, form["open"] if isinstance(form["open"], dict) else {}, says)
    if not says.said and not any(week) and not any(dates.values()):
        hint = "write when it is open, such as `mon-fri: 09:00-17:30`"
        report(rules.NEVER_OPEN.at(document.key(form, "open"), "all these days are closed: it never opens", hint))
    holidays, horizon = _holidays(document, form, today, says)
    return Calendar(own, week, dates, holidays, horizon)


def _holidays(document: Document, form: Data, today: date, says: Says) -> tuple[frozenset[date], date | None]:
    """All holidays, and the last day for which those of countries are known."""
    listed = form.get("holidays")
    days = [(str(day), document.value(listed, at)) for at, day in enumerate(listed)] if isinstance(listed, list) else []
    own = [_date(text, place, says) for text, place in days if is_dated(text)]
    countries = [_country(text, place, today, says) for text, place in days if not is_dated(text)]
    dates = {day for day in own if day is not None}
    if dates and len(own) == len(days) and not says.said and max(dates) < today:
        message = f"all these holidays are over: the last was {max(dates)}"
        hint = "write those to come, or a country such as `GB`"
        says.report(rules.PAST_DATES.at(document.value(form, "holidays"), message, hint))
    ends = [date(max(known).year, 12, 31) for known in countries if known]
    return frozenset(dates.union(*countries)), min(ends, default=None)


def _date(text: str, place: Place, says: Says) -> date | None:
    return says.fit(rules.BAD_DATE, place, text, day_of(text))


def _country(code: str, place: Place, today: date, says: Says) -> frozenset[date]:
    return says.fit(rules.UNKNOWN_HOLIDAYS, place, code, days_off(code, today.year)) or frozenset()


def _zone(document: Document, owner: Data, report: Report) -> str | None:
    """The zone that a flow or a calendar names."""
    name = owner.get("timezone")
    why = unknown(name) if isinstance(name, str) else None
    if why is not None:
        report(rules.UNKNOWN_ZONE.at(document.value(owner, "timezone"), f"{shown(name)} {why.why}", why.hint))
        return _ANYWHERE
    return name if isinstance(name, str) else None
