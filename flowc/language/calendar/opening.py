"""What `open` of opening hours says: the spans of days and of dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import NamedTuple, TypeVar

from ...program.calendar import Span
from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Container, Document, Place, child
from ..explained.wording import shown
from ..reading.bindings import Unfit
from . import hours_rules as rules
from .spans import DAYS, day_of, days, is_dated, ranges, span, written

Report = Callable[[Diagnostic], None]
Data = dict[str, object]
Spans = tuple[Span, ...]
Read = TypeVar("Read")


class Opened(NamedTuple):
    """The spans of the week's days, Monday first, and of dates."""

    week: tuple[Spans, ...]
    dates: dict[date, Spans]


class Placed(NamedTuple):
    """A span and where it is written."""

    span: Span
    place: Place


class Says:
    """Reports, and remembers whether it did."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.said = False

    def say(self, diagnostic: Diagnostic) -> None:
        """Report a mistake."""
        self.said = True
        self.report(diagnostic)

    def fit(self, rule: Rule, place: Place, text: object, read: Read | Unfit) -> Read | None:
        """What was read, or None after saying why it is nothing."""
        if not isinstance(read, Unfit):
            return read
        self.say(rule.at(place, f"{shown(text)} {read.why}", read.hint))
        return None


def opened(document: Document, entries: Data, says: Says) -> Opened:
    """The spans of all entries. A mistake is said, and what it stands for left out."""
    dates: dict[date, Spans] = {}
    week: dict[int, Spans] = {}
    keys: dict[int, str] = {}
    for key in entries:
        spans, place = _spans(document, entries, key, says), document.key(entries, key)
        if is_dated(key):
            day = says.fit(rules.BAD_DATE, place, key, day_of(key))
            dates |= {day: spans} if day else {}
            continue
        found = says.fit(rules.UNKNOWN_DAY, place, key, days(key)) or ()
        twice = next((day for day in found if day in keys), None)
        if twice is not None:
            first = (document.key(entries, keys[twice]), "the first")
            says.say(rules.DAY_TWICE.at(place, *_twice(twice, keys, key, found), first))
        keys |= dict.fromkeys(found, key)
        week |= dict.fromkeys(found, spans)
    return Opened(tuple([week.get(day, ()) for day in range(len(DAYS))]), dates)


def _twice(day: int, keys: dict[int, str], key: str, found: tuple[int, ...]) -> tuple[str, str]:
    """What to say of a day that two entries have, and the fix: the wider one without the days of the other."""
    first = keys[day]
    held = {each for each, by in keys.items() if by == first}
    message = f"{ranges([day])} has two entries, `{first}` and `{key}`"
    for rest, of in ((held - {*found}, first), ({*found} - held, key)):
        if rest:
            return message, f"write {ranges(rest)} instead of `{of}`"
    return message, "write one of them, with a list of its spans: `[09:00-12:00, 13:00-17:30]`"


def _spans(document: Document, entries: Data, key: str, says: Says) -> Spans:
    """The spans of a day or date, in order; none where it is closed."""
    value = entries[key]
    if value == "closed":
        return ()
    owner: Container = value if isinstance(value, list) else entries
    at: list[str | int] = [*range(len(value))] if isinstance(value, list) else [key]
    placed = [each for index in at if (each := _placed(document, owner, index, says))]
    placed.sort(key=lambda each: each.span)
    for before, after in pairwise(placed):
        if after.span[0] < before.span[1]:
            says.say(_overlap(before, after))
    return tuple([each.span for each in placed])


def _placed(document: Document, owner: Container, key: str | int, says: Says) -> Placed | None:
    text, place = child(owner, key), document.value(owner, key)
    fitted = says.fit(rules.BAD_SPAN, place, text, span(str(text)))
    return Placed(fitted, place) if fitted else None


def _overlap(before: Placed, after: Placed) -> Diagnostic:
    """Say that two spans overlap, at the one that is written later."""
    first, second = sorted((before, after), key=lambda each: each.place.span)
    message = f"`{written(second.span)}` overlaps `{written(first.span)}`"
    whole = (before.span[0], max(before.span[1], after.span[1]))
    hint = f"correct the times, or write one span: `{written(whole)}`"
    return rules.OVERLAPPING_SPANS.at(second.place, message, hint, (first.place, "the other"))
