"""The rule of tests that come out the same in every call."""

from __future__ import annotations

from ...text.diagnostics import Rule

ALWAYS_THE_SAME = Rule(
    "W272",
    "always-the-same",
    """A test that comes out the same in every call

A text counts as true unless it is empty, and this one never is: `hours.office` is `open`, `closed` or `holiday`, so as
a test by itself it is true at night as well, and every caller goes this way. And `now` begins with the year, so beside
a time or a day of the week it is the same in summer and winter, by day and by night. `random` and `confidence` are
numbers from 0 to 1.

Compare it with what it can be: `hours.office == 'open'`, `(now | time) < '18:00'`.""",
)
