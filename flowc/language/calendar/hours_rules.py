"""The rules of time zones and opening hours."""

from __future__ import annotations

from ...text.diagnostics import Rule

UNKNOWN_ZONE = Rule(
    "E260",
    "unknown-time-zone",
    """A time zone that does not exist

By it flowc knows what the clock says where somebody answers, in summer and in winter. With a wrong one callers are sent
away while people wait for them. A time zone is named as in the IANA database, after a city: `Europe/London`.

Write the name of the zone. Where this machine has no data about time zones, `pip install tzdata` brings it.""",
)
MISSING_ZONE = Rule(
    "E261",
    "missing-time-zone",
    """Opening hours without a time zone

`09:00` is another moment in every country, and the machine that answers a call may stand in any of them.

Write `timezone: Europe/London` at the top of the flow, or into the opening hours themselves.""",
)
UNKNOWN_DAY = Rule(
    "E262",
    "unknown-day",
    """A day that does not exist

`open` has days (`mon`), ranges of days (`mon-fri`, `sat-mon`) and dates (`2026-12-24`). With another word nobody knows
when callers are let through.

Write the first three letters of the day, in lower case.""",
)
BAD_SPAN = Rule(
    "E263",
    "bad-span",
    """A span of hours that is none

A span is written with two digits for each hour and minute, `09:00-17:30`. One that ends before it begins goes on past
midnight (`22:00-02:00`), and `00:00-24:00` is the whole day. Anything else would let callers through at a time that
nobody meant.

Write the span in this form, several in a list, or `closed`.""",
)
OVERLAPPING_SPANS = Rule(
    "E264",
    "overlapping-spans",
    """Two spans of one day that overlap

One of the times is most likely mistyped: as it stands, callers are let through in a break, or before anybody is there.

Correct the times, or write one span where one is meant.""",
)
BAD_DATE = Rule(
    "E265",
    "bad-date",
    """A date that does not exist, or is not written as one

A date is written with its year: `2026-12-24`. A day that never comes would never close anything: callers would be let
through on the holiday that was meant.

Correct the date. For holidays whose dates change, name the country: `GB`.""",
)
DAY_TWICE = Rule(
    "E266",
    "day-twice",
    """A day with two entries

A day has one entry in `open`. With two, nobody can tell whether the second one comes on top or counts instead.

Take the day out of one of them: with hours of its own on Friday, the other entry is `mon-thu`. Several spans of a day
stand in one list.""",
)
UNKNOWN_HOLIDAYS = Rule(
    "E267",
    "unknown-holidays",
    """Holidays that are not known here

The holidays of a country come from the Python package `holidays`, which names it by the two letters of ISO 3166 (`GB`),
and a part that has holidays of its own with the letters behind them (`GB-ENG`). Where the package is not installed, or
does not know them, callers would be let through on a holiday.

Correct the code, install the package with `pip install 'flowc[holidays]'`, or write the holidays as dates.""",
)
NEVER_OPEN = Rule(
    "E268",
    "never-open",
    """Opening hours that never open

Every day is closed, so that no caller would ever be let through.

Write when it is open, or lead callers straight to where they would go when it is closed.""",
)
PAST_DATES = Rule(
    "W260",
    "past-dates",
    """Dates that are all over

Every holiday of these opening hours has gone by. On the next one callers will be let through, and nobody will answer.

Write the dates to come, name the country (`GB`), or take the list out.""",
)

RULES = (
    *(UNKNOWN_ZONE, MISSING_ZONE, UNKNOWN_DAY, BAD_SPAN, OVERLAPPING_SPANS, BAD_DATE, DAY_TWICE, UNKNOWN_HOLIDAYS),
    *(NEVER_OPEN, PAST_DATES),
)
