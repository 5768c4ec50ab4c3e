"""Opening hours as they are written: what is read, and what is said of a mistake, at its place."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowc.language.calendar.hours import hours, time_zone
from flowc.language.calendar.hours_rules import RULES
from flowc.language.calendar.spans import DAYS, day_of, days, is_dated, span, written
from flowc.language.calendar.zones import unknown
from flowc.language.reading.bindings import Unfit
from flowc.language.schema.shape import flow as shape
from flowc.program.calendar import DAY, Calendar
from flowc.text import yaml
from flowc.text.diagnostics import Diagnostic
from flowc.text.source import Source

TODAY = date(2026, 11, 25)
LONDON = "timezone: Europe/London\n"
needs_holidays = pytest.mark.skipif(importlib.util.find_spec("holidays") is None, reason="`holidays` is not installed")


def read(text: str) -> tuple[dict[str, Calendar], list[Diagnostic]]:
    said: list[Diagnostic] = []
    document = yaml.read(Source("f.flow.yml", "flow: a\nsteps: {main: {talk: Hi.}}\n" + text), said.append)
    assert document is not None
    shape(document, said.append)
    assert said == []
    return hours(document, time_zone(document, said.append), TODAY, said.append), said


def office(fields: str) -> tuple[Calendar, list[Diagnostic]]:
    found, said = read(f"{LONDON}hours: {{office: {{{fields}}}}}\n")
    return found["office"], said


def seen(diagnostic: Diagnostic) -> tuple[str, str, str, str | None]:
    """Code, the characters it points at, message and hint."""
    start, end = diagnostic.span
    return diagnostic.rule.code, diagnostic.source.text[start:end], diagnostic.message, diagnostic.hint


def test_a_calendar_is_read() -> None:
    calendar, said = office(
        "open: {mon-fri: 09:00-17:30, sat: [13:00-14:00, 10:00-12:00], 2026-12-24: 09:00-12:00, 2026-12-31: closed,"
        " 2027-01-02: []}, holidays: [2026-12-25, 2026-12-26]"
    )
    assert said == []
    assert calendar == Calendar(
        "Europe/London",
        (*[((540, 1050),)] * 5, ((600, 720), (780, 840)), ()),
        {date(2026, 12, 24): ((540, 720),), date(2026, 12, 31): (), date(2027, 1, 2): ()},
        frozenset([date(2026, 12, 25), date(2026, 12, 26)]),
    )


def test_a_calendar_has_the_zone_of_the_flow_or_its_own() -> None:
    here = "a: {open: {mon: 09:00-17:00}}"
    there = "b: {open: {mon: 09:00-17:00}, timezone: Asia/Kolkata}"
    found, said = read(f"{LONDON}hours: {{{here}, {there}}}\n")
    assert ({name: each.zone for name, each in found.items()}, said) == (
        {"a": "Europe/London", "b": "Asia/Kolkata"},
        [],
    )
    assert read(f"hours: {{{there}}}\n")[1] == []
    assert read(LONDON) == ({}, [])
    assert read("") == ({}, [])


def test_the_zone_of_a_flow_is_told_also_without_hours() -> None:
    said: list[Diagnostic] = []
    for text, zone in ((LONDON, "Europe/London"), ("timezone: Nowhere\n", "UTC"), ("title: a\n", None)):
        document = yaml.read(Source("f.flow.yml", text), said.append)
        assert document is not None
        assert time_zone(document, said.append) == zone
    assert [each.rule.name for each in said] == ["unknown-time-zone"]


WRONG = [
    (
        "timezone: Europe/Lundon",
        ("E260", "Europe/Lundon", "`Europe/Lundon` is no time zone", "did you mean `Europe/London`?"),
    ),
    (
        "hours: {office: {open: {mon: 09:00-17:00}, timezone: London}}",
        ("E260", "London", "`London` is no time zone", "did you mean `Europe/London`?"),
    ),
    (
        "hours: {office: {open: {mon: 09:00-17:00}}, b: {open: {mon: 09:00-17:00}}}",
        (
            "E261",
            "office",
            "`office` has no time zone: its hours are another moment in every country",
            "add `timezone: Europe/London` at the top of the flow, with a zone of yours",
        ),
    ),
    ("open: {Mon-Fri: 09:00-17:00}", ("E262", "Mon-Fri", "`Mon-Fri` is no day", "did you mean `mon-fri`?")),
    (
        "open: {mon: 09:00-17:00, thr: 09:00-17:00}",
        ("E262", "thr", "`thr` is no day", "did you mean `thu`?"),
    ),
    ("open: {mon: 9-17}", ("E263", "9-17", "`9-17` is no span of hours", "write `09:00-17:00`")),
    ("open: {mon: 9}", ("E263", "9", "`9` is no span of hours", "such as `09:00-17:30`")),
    (
        "open: {mon: [09:00-12:00, 13.00-17.00]}",
        ("E263", "13.00-17.00", "`13.00-17.00` is no span of hours", "write `13:00-17:00`"),
    ),
    ("open: {mon: [closed]}", ("E263", "closed", "`closed` is no span of hours", "write `closed` alone")),
    (
        "open: {mon: 09:00-09:00}",
        (
            "E263",
            "09:00-09:00",
            "`09:00-09:00` opens and closes at the same time",
            "write `00:00-24:00` for a whole day, `closed` for none",
        ),
    ),
    (
        "open: {mon: [13:00-17:00, 09:00-14:00]}",
        (
            "E264",
            "09:00-14:00",
            "`09:00-14:00` overlaps `13:00-17:00`",
            "correct the times, or write one span: `09:00-17:00`",
        ),
    ),
    (
        "open: {mon: [20:00-02:00, 23:00-01:00]}",
        (
            "E264",
            "23:00-01:00",
            "`23:00-01:00` overlaps `20:00-02:00`",
            "correct the times, or write one span: `20:00-02:00`",
        ),
    ),
    (
        "open: {mon: 09:00-17:00}, holidays: [2026-12-25, 2027-02-30]",
        (
            "E265",
            "2027-02-30",
            "`2027-02-30` is a date that does not exist",
            "the last day of that month is `2027-02-28`",
        ),
    ),
    (
        "open: {mon: 09:00-17:00, 24.12.2026: closed}",
        ("E265", "24.12.2026", "`24.12.2026` is no date", "write year, month and day: `2026-12-24`"),
    ),
    (
        "open: {mon: 09:00-17:00}, holidays: [20261225]",
        ("E265", "20261225", "`20261225` is no date", "write `2026-12-25`"),
    ),
    (
        "open: {mon-fri: 09:00-17:00, fri: 09:00-15:00}",
        ("E266", "fri", "`fri` has two entries, `mon-fri` and `fri`", "write `mon-thu` instead of `mon-fri`"),
    ),
    (
        "open: {wed: 09:00-15:00, mon-fri: 09:00-17:00}",
        (
            "E266",
            "mon-fri",
            "`wed` has two entries, `wed` and `mon-fri`",
            "write `mon-tue`, `thu-fri` instead of `mon-fri`",
        ),
    ),
    (
        "open: {mon-sun: 09:00-12:00, tue-mon: 13:00-17:00}",
        (
            "E266",
            "tue-mon",
            "`tue` has two entries, `mon-sun` and `tue-mon`",
            "write one of them, with a list of its spans: `[09:00-12:00, 13:00-17:30]`",
        ),
    ),
    pytest.param(
        "open: {mon: 09:00-17:00}, holidays: [2026-12-25, Germany]",
        ("E267", "Germany", "`Germany` is no country whose holidays are known", "did you mean `DE`?"),
        marks=needs_holidays,
    ),
    pytest.param(
        "open: {mon: 09:00-17:00}, holidays: [2026-12-25, Scottland]",
        ("E267", "Scottland", "`Scottland` is no country whose holidays are known", "did you mean `GB-SCT`?"),
        marks=needs_holidays,
    ),
    pytest.param(
        "open: {mon: 09:00-17:00}, holidays: [2026-12-25, T0UE]",
        ("E267", "T0UE", "`T0UE` is no country whose holidays are known", "such as `GB`"),
        marks=needs_holidays,
    ),
    pytest.param(
        "open: {mon: 09:00-17:00}, holidays: [GB-eng]",
        ("E267", "GB-eng", "`GB-eng` is no part of `GB` that has holidays of its own", "did you mean `GB-ENG`?"),
        marks=needs_holidays,
    ),
    (
        "open: {mon-fri: closed, 2026-12-24: []}",
        (
            "E268",
            "open",
            "all these days are closed: it never opens",
            "write when it is open, such as `mon-fri: 09:00-17:30`",
        ),
    ),
    (
        "open: {mon: 09:00-17:00}, holidays: [2025-12-25, 2026-01-01]",
        (
            "W260",
            "[2025-12-25, 2026-01-01]",
            "all these holidays are over: the last was 2026-01-01",
            "write those to come, or a country such as `GB`",
        ),
    ),
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_a_mistake_is_said_once_at_its_place(text: str, expected: tuple[str, str, str, str]) -> None:
    whole = text if text.startswith(("timezone", "hours")) else f"{LONDON}hours: {{office: {{{text}}}}}"
    assert [seen(each) for each in read(f"{whole}\n")[1]] == [expected]


def test_every_rule_has_a_mistake_here() -> None:
    shown = {getattr(each, "values", each)[1][0] for each in WRONG}
    assert shown == {rule.code for rule in RULES}


@pytest.mark.parametrize(
    "fields",
    [
        "open: {mon: 09:00-17:00}, holidays: []",
        "open: {mon: 09:00-17:00}, holidays: [2025-12-25, 2026-12-25]",
        "open: {mon: 09:00-17:00}, holidays: [2026-11-25]",  # today
        "open: {2020-01-01: 09:00-17:00}",
        "open: {mon: [09:00-12:00, 12:00-17:00]}",
        "open: {mon: [22:00-02:00, 01:00-03:00]}",  # the second is on the morning before
        "open: {fri: 20:00-04:00, sat: 00:00-24:00}",
        "open: {mon-thu: 09:00-17:00, fri-sun: closed}",
    ],
)
def test_what_is_no_mistake_is_not_said(fields: str) -> None:
    assert office(fields)[1] == []


def test_a_calendar_with_mistakes_is_there_as_far_as_it_goes() -> None:
    found, said = read("hours: {a: {open: {mon: 9-17, tue: 09:00-17:00}}, b: {open: {never: 1}}}\n")
    assert [each.rule.code for each in said] == ["E261", "E263", "E263", "E262"]
    assert found["a"].week[:2] == ((), ((540, 1020),))
    assert found.keys() == {"a", "b"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((day, (index,)) for index, day in enumerate(DAYS)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("sat-mon", (5, 6, 0)),
        ("tue-mon", (1, 2, 3, 4, 5, 6, 0)),
        ("sun-sun", Unfit("is a range of one day", "write `sun`, or `mon-sun` for the whole week")),
        ("Mon", Unfit("is no day", "did you mean `mon`?")),
        ("monday", Unfit("is no day", "did you mean `mon`?")),
        ("wendesday", Unfit("is no day", "did you mean `wed`?")),
        ("mo-fr", Unfit("is no day", "did you mean `mon-fri`?")),
        ("Monday to Friday", Unfit("is no day", "did you mean `mon-fri`?")),
        ("mon – fri", Unfit("is no day", "did you mean `mon-fri`?")),
        ("weekdays", Unfit("is no day", "write `mon-fri`")),
        ("Weekend", Unfit("is no day", "write `sat-sun`")),
        (
            "mon, tue",
            Unfit("is no day", "give each day a line of its own, or write a range such as `mon-fri`"),
        ),
        *(
            (
                text,
                Unfit(
                    "is no day",
                    "write a day such as `mon`, a range such as `mon-fri`, or a date such as `2026-12-24`",
                ),
            )
            for text in ("", "-", "mon-", "mon-wed-fri", "holiday", " " * 100_000)
        ),
    ],
)
def test_days(text: str, expected: object) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:00-17:30", (540, 1050)),
        ("00:00-24:00", (0, 1440)),
        ("22:00-02:00", (1320, 1560)),
        ("22:00-00:00", (1320, 1440)),
        ("23:59-24:00", (1439, 1440)),
        ("00:01-00:00", (1, 1440)),
        ("9:00-17:30", Unfit("is no span of hours", "write `09:00-17:30`")),
        ("0900-1730", Unfit("is no span of hours", "write `09:00-17:30`")),
        ("9am - 5pm", Unfit("is no span of hours", "write `09:00-17:00`")),
        ("12am-12pm", Unfit("is no span of hours", "write `00:00-12:00`")),
        ("9.30–12", Unfit("is no span of hours", "write `09:30-12:00`")),
        ("09:00 to 17:30", Unfit("is no span of hours", "write `09:00-17:30`")),
        *(
            (text, Unfit("is no span of hours", "such as `09:00-17:30`"))
            for text in (
                *(
                    "",
                    "-",
                    "9-5",
                    "09:00",
                    "24:00-25:00",
                    "09:60-10:00",
                    "25:00-26:00",
                    "09:00-24:01",
                    "9-99",
                    "9-10-11",
                ),
                *("٠٩:00-17:30", "09:00-17:30\n", "9" + " " * 100_000),
            )
        ),
    ],
)
def test_spans(text: str, expected: object) -> None:
    assert span(text) == (expected if text != "09:00-17:30\n" else Unfit("is no span of hours", "write `09:00-17:30`"))


@given(st.integers(0, DAY - 1), st.integers(1, DAY))
def test_a_span_that_is_written_is_read_again(opens: int, length: int) -> None:
    if length == DAY and opens:
        return  # a whole day that does not begin at midnight cannot be written
    assert span(written((opens, opens + length))) == (opens, opens + length)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-24", date(2026, 12, 24)),
        ("2028-02-29", date(2028, 2, 29)),
        ("2026-02-29", Unfit("is a date that does not exist", "the last day of that month is `2026-02-28`")),
        ("2026-13-01", Unfit("is a date that does not exist", "write year, month and day: `2026-12-24`")),
        ("0000-01-01", Unfit("is a date that does not exist", "write year, month and day: `2026-12-24`")),
        ("2026-1-2", Unfit("is no date", "write `2026-01-02`")),
        ("2026/12/25", Unfit("is no date", "write `2026-12-25`")),
        ("12-25", Unfit("is no date", "write year, month and day: `2026-12-24`")),
        ("20261399", Unfit("is no date", "write year, month and day: `2026-12-24`")),
        ("2026-12-24T00:00", Unfit("is no date", "write year, month and day: `2026-12-24`")),
    ],
)
def test_dates(text: str, expected: object) -> None:
    assert is_dated(text)
    assert day_of(text) == expected


@given(st.text(max_size=30) | st.from_regex(r"[a-z0-9:. -]{0,12}", fullmatch=True))
def test_any_text_is_read_or_told_why_not(text: str) -> None:
    for found in (days(text), span(text), day_of(text)):
        assert found is not None
        assert not isinstance(found, Unfit) or found.hint


WORDS = st.sampled_from(["mon", "mon-fri", "9-17", "09:00-17:00", "22:00-02:00", "closed", "2026-12-24", "GB", "DE-X"])
ANY = WORDS | st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)


@settings(deadline=None)  # the first one may import `holidays`
@given(st.dictionaries(ANY, ANY | st.lists(ANY, max_size=3), min_size=1, max_size=4), st.lists(ANY, max_size=3), ANY)
def test_whatever_stands_there_is_read_or_told_at_its_place(
    opened: dict[str, object], holidays: list[str], zone: str
) -> None:
    form = json.dumps({"open": opened, "holidays": holidays, "timezone": zone or "UTC"})
    found, said = read(f"hours: {{office: {form}}}\n")
    assert len(found["office"].week) == 7
    for each in said:
        start, end = each.span
        assert each.source.text.find(form) <= start < end
        assert each.rule in RULES and each.hint


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("europe/london", "did you mean `Europe/London`?"),
        ("London", "did you mean `Europe/London`?"),
        ("New York", "did you mean `America/New_York`?"),
        ("Europe/New_York", "did you mean `America/New_York`?"),
        ("Asia/Kolkatta", "did you mean `Asia/Kolkata`?"),
        ("utc", "did you mean `UTC`?"),
        # What is near to these is somewhere else: `Etc/GMT+1` is west of Greenwich.
        *(
            (name, "such as `Europe/London`")
            for name in ("PST", "BST", "GMT+1", "+01:00", "Z", "", "{{ params.zone }}")
        ),
        # What a machine may have beside the database, and what is no name at all.
        *(
            (name, "such as `Europe/London`")
            for name in ("localtime", "posixrules", "../UTC", "/UTC", "UTC/", "x" * 5000)
        ),
    ],
)
def test_a_zone_that_is_none_is_told_with_the_nearest(name: str, hint: str) -> None:
    assert unknown(name) == Unfit("is no time zone", hint)


@pytest.mark.parametrize(
    "name",
    ["Europe/London", "UTC", "Etc/GMT+1", "America/Argentina/Buenos_Aires", "America/Port-au-Prince", "Asia/Kolkata"],
)
def test_a_zone_of_the_database_is_known(name: str) -> None:
    assert unknown(name) is None


def alone(code: str, *options: str, **environment: str) -> str:
    """What Python prints of a piece of code in a process of its own."""
    root = str(Path(__file__).parents[1])
    whole = {**os.environ, "PYTHONPATH": root, **environment}
    return subprocess.run([sys.executable, *options, "-c", code], env=whole, capture_output=True, text=True).stdout


def test_a_machine_without_time_zones_is_told_what_to_install() -> None:
    code = (
        "import sys; sys.modules['tzdata'] = None\n"  # as if it were not installed
        "from flowc.language.calendar.zones import unknown; print(*unknown('Europe/London'))"
    )
    said = "is not known here: this machine has no data about time zones `pip install tzdata`\n"
    assert alone(code, PYTHONTZPATH="") == said


def test_countries_without_the_package_are_told_what_to_install() -> None:
    code = "from flowc.language.calendar.countries import days_off; print(*days_off('GB', 2026))"
    said = "stands for holidays that the package `holidays` knows `pip install 'flowc[holidays]'`\n"
    assert alone(code, "-S") == said  # without the site's packages


@needs_holidays
def test_the_holidays_of_countries_reach_ten_years() -> None:
    calendar, said = office("open: {mon-fri: 09:00-17:30}, holidays: [GB-ENG, 2026-12-24]")
    assert said == []
    assert calendar.horizon == date(2035, 12, 31)
    assert {day.year for day in calendar.holidays} == {*range(2026, 2036)}
    listed = {date(2026, 4, 6), date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28), date(2035, 12, 25)}
    assert listed <= calendar.holidays
    assert date(2026, 11, 30) not in calendar.holidays  # Saint Andrew's Day, in Scotland


@needs_holidays
def test_several_countries_come_together() -> None:
    both, _ = office("open: {mon-fri: 09:00-17:30}, holidays: [GB-SCT, DE-BY]")
    assert {date(2026, 11, 30), date(2026, 10, 3), date(2026, 1, 6)} <= both.holidays


@needs_holidays
@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("gb", "did you mean `GB`?"),
        ("GBR", "did you mean `GB`?"),
        ("United Kingdom", "did you mean `GB`?"),
        ("Gemrany", "did you mean `DE`?"),
        ("XX", "such as `GB`"),
        ("HolidayBase", "such as `GB`"),
        ("NYSE", "such as `GB`"),
        ("", "such as `GB`"),
        ("{{ params.country }}", "such as `GB`"),
        ("GB-", "one of `GB-ENG`, `GB-NIR`, `GB-SCT`, `GB-WLS`"),
        ("GB-XX", "one of `GB-ENG`, `GB-NIR`, `GB-SCT`, `GB-WLS`"),
        ("AF-X", "write `AF`"),
    ],
)
def test_a_country_that_is_none_is_told_with_the_nearest(code: str, hint: str) -> None:
    _, said = office(f"open: {{mon-fri: 09:00-17:30}}, holidays: ['{code}']")
    assert [(each.rule.code, each.hint) for each in said] == [("E267", hint)]
