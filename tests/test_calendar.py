"""Opening hours at a moment: by the clock on the wall, also where that clock is moved."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowc.program.calendar import DAY, Calendar, Span, ends, state
from flowc.program.calendar_codec import decode, encode

NOTHING: dict[date, tuple[Span, ...]] = {}
ZONES = (
    *("Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Antarctica/Troll"),
    *("America/Sao_Paulo", "Australia/Lord_Howe", "UTC"),
)


def daily(zone: str, *spans: str) -> Calendar:
    """A calendar with these spans on every day."""
    return Calendar(zone, (tuple(map(minutes, spans)),) * 7, NOTHING, frozenset())


def weekly(zone: str, **days: str) -> Calendar:
    """A calendar with one span on some days."""
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return Calendar(
        zone, tuple([(minutes(days[name]),) if name in days else () for name in names]), NOTHING, frozenset()
    )


def minutes(span: str) -> Span:
    opens, closes = (int(each[:2]) * 60 + int(each[3:]) for each in span.split("-"))
    return opens, closes if closes > opens else closes + DAY


def at(moment: str) -> float:
    """Seconds since 1970 of a moment in UTC."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()


OFFICE = weekly("Europe/London", mon="09:00-17:30", fri="09:00-17:30", sat="10:00-14:00")._replace(
    dates={date(2026, 12, 21): (minutes("10:00-12:00"), minutes("13:00-15:00")), date(2026, 12, 28): ()},
    holidays=frozenset([date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 21)]),
)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23 08:59:59", "closed"),
        ("2026-11-23 09:00:00", "open"),
        ("2026-11-23 17:29:59", "open"),
        ("2026-11-23 17:30:00", "closed"),
        ("2026-07-20 08:00:00", "open"),  # 09:00 in summer
        ("2026-07-20 16:30:00", "closed"),
        ("2026-11-24 12:00:00", "closed"),  # a Tuesday
        ("2026-11-28 10:00:00", "open"),  # a Saturday
        ("2026-11-28 09:59:59", "closed"),
        ("2026-12-25 12:00:00", "holiday"),  # a Friday
        ("2026-12-26 12:00:00", "holiday"),
        ("2026-12-26 23:59:59", "holiday"),
        ("2026-12-27 00:00:00", "closed"),
        ("2026-12-21 09:30:00", "holiday"),  # has hours of its own, and is a holiday outside of them
        ("2026-12-21 11:00:00", "open"),
        ("2026-12-21 12:00:00", "holiday"),
        ("2026-12-21 14:59:00", "open"),
        ("2026-12-28 12:00:00", "closed"),  # a Monday with none
    ],
)
def test_days_dates_and_holidays(moment: str, expected: str) -> None:
    assert state(OFFICE, at(moment)) == expected


LATE = weekly("Europe/London", fri="22:00-02:00", sat="00:00-24:00", sun="23:00-00:00")._replace(
    holidays=frozenset([date(2026, 12, 26), date(2027, 1, 1)])
)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-27 21:59", "closed"),
        ("2026-11-27 22:00", "open"),
        ("2026-11-28 00:00", "open"),
        ("2026-11-28 23:59", "open"),
        ("2026-11-29 00:00", "closed"),
        ("2026-11-29 23:59", "open"),
        ("2026-11-30 00:00", "closed"),
        ("2026-12-26 01:59", "open"),  # since the evening before, though this day is a holiday
        ("2026-12-26 02:00", "holiday"),
        ("2027-01-01 22:30", "holiday"),
        ("2027-01-02 00:30", "open"),  # by Saturday's own span
        ("2026-11-24 01:00", "closed"),
    ],
)
def test_spans_past_midnight_belong_to_the_day_they_begin_on(moment: str, expected: str) -> None:
    assert state(LATE, at(moment)) == expected


def test_the_evening_of_a_holiday_has_no_night_after_it() -> None:
    night = weekly("UTC", fri="22:00-02:00")
    assert state(night, at("2027-01-02 01:00")) == "open"
    assert state(night._replace(holidays=frozenset([date(2027, 1, 1)])), at("2027-01-02 01:00")) == "closed"


CHANGES = [
    # The hour from 01:00 is skipped on the night of 29 March 2026, and comes twice on that of 25 October.
    (daily("Europe/London", "00:30-01:30"), "2026-03-29", "00:29 closed, 00:30 open, 00:59 open, 01:00 closed"),
    (daily("Europe/London", "01:30-03:00"), "2026-03-29", "00:59 closed, 01:00 open, 01:59 open, 02:00 closed"),
    (daily("Europe/London", "01:00-02:00"), "2026-03-29", "00:59 closed, 01:00 closed, 02:00 closed"),
    (
        daily("Europe/London", "22:00-01:30"),
        "2026-03-29",
        "00:30 open, 00:59 open, 01:00 closed, 20:59 closed, 21:00 open",
    ),
    (
        daily("Europe/London", "01:00-02:00"),
        "2026-10-25",
        "23:59 closed, 00:00 open, 00:59 open, 01:00 open, 01:59 open, 02:00 closed",
    ),
    (
        daily("Europe/London", "00:00-01:30"),
        "2026-10-25",
        "00:29 open, 00:30 closed, 00:59 closed, 01:00 open, 01:30 closed",
    ),
    (
        weekly("Europe/London", sat="22:00-01:30"),
        "2026-10-25",
        "00:00 open, 00:30 closed, 01:00 open, 01:29 open, 01:30 closed",
    ),
    # 02:00 to 03:00 is skipped on 8 March 2026, and 01:00 to 02:00 comes twice on 1 November.
    (daily("America/New_York", "02:15-03:15"), "2026-03-08", "06:59 closed, 07:00 open, 07:14 open, 07:15 closed"),
    (weekly("America/New_York", sat="20:00-03:00"), "2026-03-08", "01:00 open, 06:59 open, 07:00 closed"),
    (weekly("America/New_York", sat="20:00-01:30"), "2026-11-01", "05:29 open, 05:30 closed, 06:00 open, 06:30 closed"),
    (daily("Asia/Kolkata", "09:00-17:30"), "2026-07-01", "03:29 closed, 03:30 open, 11:59 open, 12:00 closed"),
    # Two hours at once: 01:00 to 03:00 is skipped on 29 March 2026, and comes twice on 25 October.
    (daily("Antarctica/Troll", "02:00-04:00"), "2026-03-29", "00:59 closed, 01:00 open, 01:59 open, 02:00 closed"),
    (
        daily("Antarctica/Troll", "02:00-03:00"),
        "2026-10-25",
        "23:59 closed, 00:30 open, 01:00 closed, 02:00 open, 03:00 closed",
    ),
    # Midnight itself is skipped on 4 November 2018, and on 17 February 2018 the last hour of the day comes twice.
    (
        weekly("America/Sao_Paulo", sat="23:00-01:30", sun="00:00-00:30"),
        "2018-11-04",
        "02:59 open, 03:00 open, 03:30 closed",
    ),
    (
        weekly("America/Sao_Paulo", sat="23:00-00:30"),
        "2018-02-18",
        "00:59 closed, 01:00 open, 01:59 open, 02:30 open, 03:29 open, 03:30 closed",
    ),
    # Half an hour is skipped from 02:00 on 4 October 2026.
    (daily("Australia/Lord_Howe", "02:15-02:45"), "2026-10-03", "15:29 closed, 15:30 open, 15:44 open, 15:45 closed"),
]


@pytest.mark.parametrize(("calendar", "day", "moments"), CHANGES)
def test_spans_where_the_clock_is_moved(calendar: Calendar, day: str, moments: str) -> None:
    expected = [each.split(" ") for each in moments.split(", ")]
    nights = {clock: str(date.fromisoformat(day) - timedelta(days=clock.startswith("23"))) for clock, _ in expected}
    found = [[clock, state(calendar, at(f"{nights[clock]} {clock}"))] for clock, _ in expected]
    assert found == expected


@pytest.mark.parametrize(
    ("moment", "local", "expected"),
    [
        ("2011-12-30 07:59", "Thu 29 21:59", "closed"),
        ("2011-12-30 08:00", "Thu 29 22:00", "open"),
        ("2011-12-30 09:59", "Thu 29 23:59", "open"),
        ("2011-12-30 10:00", "Sat 31 00:00", "open"),
        ("2011-12-30 11:59", "Sat 31 01:59", "open"),
        ("2011-12-30 12:00", "Sat 31 02:00", "closed"),
    ],
)
def test_a_night_goes_on_over_a_day_that_never_was(moment: str, local: str, expected: str) -> None:
    apia = weekly("Pacific/Apia", thu="22:00-02:00", fri="20:00-04:00")
    assert datetime.fromtimestamp(at(moment), ZoneInfo("Pacific/Apia")).strftime("%a %d %H:%M") == local
    assert state(apia, at(moment)) == expected


SPANS = st.lists(
    st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)).map(lambda each: (each[0], each[0] + each[1])), max_size=3
).map(tuple)
DATES = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CALENDARS = st.builds(
    Calendar,
    st.sampled_from(ZONES),
    st.tuples(*[SPANS] * 7),
    st.dictionaries(DATES, SPANS, max_size=3),
    st.frozensets(DATES, max_size=3),
    st.none() | DATES,
)


@given(CALENDARS, st.integers(1_580_000_000, 1_920_000_000))
def test_open_is_when_the_wall_clock_shows_a_time_of_a_span(calendar: Calendar, now: int) -> None:
    wall = datetime.fromtimestamp(now, ZoneInfo(calendar.zone)).replace(tzinfo=None)
    found = False
    for day in (wall.date(), wall.date() - timedelta(days=1)):
        kept = () if day in calendar.holidays else calendar.week[day.weekday()]
        for opens, closes in calendar.dates.get(day, kept):
            midnight = datetime.combine(day, time())
            found |= midnight + timedelta(minutes=opens) <= wall < midnight + timedelta(minutes=closes)
    assert (state(calendar, now) == "open") is found
    assert found or (state(calendar, now) == "holiday") is (wall.date() in calendar.holidays)


@given(CALENDARS)
def test_a_calendar_comes_back_from_json(calendar: Calendar) -> None:
    assert decode(json.loads(json.dumps(encode(calendar)))) == calendar


def test_what_a_calendar_looks_like_in_json() -> None:
    calendar = OFFICE._replace(week=((), (minutes("22:00-02:00"),), *[()] * 5), horizon=date(2035, 12, 31))
    assert encode(calendar) == {
        "zone": "Europe/London",
        "week": [[], [[1320, 1560]], [], [], [], [], []],
        "dates": {"2026-12-21": [[600, 720], [780, 900]], "2026-12-28": []},
        "holidays": ["2026-12-21", "2026-12-25", "2026-12-26"],
        "horizon": "2035-12-31",
    }
    assert encode(daily("UTC")) == {"zone": "UTC", "week": [[]] * 7}


GOOD = {"zone": "UTC", "week": [[[540, 1050.0]], [], [], [], [], [], []]}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (None, "a part of it is no object"),
        ([], "a part of it is no object"),
        ({}, "a part of it is no array"),
        ({**GOOD, "week": [[]] * 6}, "its week has not seven days"),
        ({**GOOD, "week": [[]] * 8}, "its week has not seven days"),
        ({**GOOD, "week": [7] * 7}, "a part of it is no array"),
        ({**GOOD, "week": [[["9", "17"]]] * 7}, "a minute of it is no whole number"),
        ({**GOOD, "week": [[[True, 17]]] * 7}, "a minute of it is no whole number"),
        ({**GOOD, "week": [[[0.5, 17]]] * 7}, "a minute of it is no whole number"),
        ({**GOOD, "week": [[[0, float("nan")]]] * 7}, "a minute of it is no whole number"),
        ({**GOOD, "week": [[[0, float("inf")]]] * 7}, "a minute of it is no whole number"),
        ({**GOOD, "week": [[[9, 17, 18]]] * 7}, "a span of it is not two minutes of a day, the later one last"),
        ({**GOOD, "week": [[[17, 9]]] * 7}, "a span of it is not two minutes of a day, the later one last"),
        ({**GOOD, "week": [[[-1, 9]]] * 7}, "a span of it is not two minutes of a day, the later one last"),
        ({**GOOD, "week": [[[1440, 1500]]] * 7}, "a span of it is not two minutes of a day, the later one last"),
        ({**GOOD, "week": [[[10, 1451]]] * 7}, "a span of it is not two minutes of a day, the later one last"),
        ({**GOOD, "dates": {"2026-02-30": []}}, "a date of it is no date of the form YYYY-MM-DD"),
        ({**GOOD, "dates": {"20261225": []}}, "a date of it is no date of the form YYYY-MM-DD"),
        ({**GOOD, "holidays": [20261225]}, "a date of it is no date of the form YYYY-MM-DD"),
        ({**GOOD, "horizon": None}, "a date of it is no date of the form YYYY-MM-DD"),
        ({"week": GOOD["week"]}, "it does not name its time zone"),
        ({**GOOD, "zone": 1}, "it does not name its time zone"),
    ],
)
def test_what_is_no_calendar_is_refused_with_a_sentence(data: object, why: str) -> None:
    assert decode(GOOD).week[0] == ((540, 1050),)
    with pytest.raises(ValueError) as refused:
        decode(data)
    assert str(refused.value) == f"this is no calendar that flowc can read: {why}"


@pytest.mark.parametrize("name", ["Europe/Nowhere", "", "../../etc/passwd", "/etc/passwd", "a\0b", "x" * 5000])
def test_a_zone_that_this_machine_does_not_know_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(ValueError) as refused:
        decode({**GOOD, "zone": name})
    said = f"this machine has no data for the time zone `{name}`: `pip install tzdata` brings all there are"
    assert str(refused.value) == said


def test_a_machine_without_time_zones_is_told_what_to_install() -> None:
    code = (
        "import sys; sys.modules['tzdata'] = None\n"  # as if it were not installed
        "from flowc.program.calendar_codec import decode; decode({'zone': 'Europe/London', 'week': [[]] * 7})"
    )
    environment = {**os.environ, "PYTHONTZPATH": ""}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert "ValueError: this machine has no data for the time zone `Europe/London`: `pip install tzdata`" in done.stderr


@pytest.mark.parametrize(
    ("horizon", "moment", "expected"),
    [
        (None, "2035-06-01", None),
        (date(2035, 12, 31), "2034-12-31", None),
        (date(2035, 12, 31), "2035-01-01", date(2035, 12, 31)),
        (date(2035, 12, 31), "2036-06-01", date(2035, 12, 31)),
    ],
)
def test_holidays_end_a_year_ahead_of_their_horizon(horizon: date | None, moment: str, expected: date | None) -> None:
    assert ends(daily("UTC")._replace(horizon=horizon), at(moment)) == expected
