"""What a program has beside documents and waits: its clock, its calendars, what it keeps of a call, its secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ...program.folding import paths
from ...program.needs import live
from ...program.program import Document, Program
from ...text.diagnostics import Diagnostic
from ...text.document import Document as Written
from ..reading.params import Param

if TYPE_CHECKING:
    from ...program.calendar import Calendar


class Hours(NamedTuple):
    """The time zone of a flow, and its calendars by name."""

    zone: str = "UTC"
    calendars: Mapping[str, Calendar] = {}

    def with_more(self, calendars: Mapping[str, Calendar]) -> Hours:
        """The same, with the calendars of used flows."""
        return self._replace(calendars={**self.calendars, **calendars}) if calendars else self


def calendars(document: Written, report: Callable[[Diagnostic], None]) -> Hours:
    """The clock of a flow. Few flows have one, and what reads it is imported for those."""
    if not isinstance(document.data, dict) or document.data.keys().isdisjoint(("hours", "timezone")):
        return Hours()
    from ..calendar.hours import hours, time_zone

    zone = time_zone(document, report)
    return Hours(zone or "UTC", hours(document, zone, date.today(), report))


def calendar_names(data: Mapping[str, object]) -> Iterator[str]:
    """The names of a flow's calendars."""
    hours = data.get("hours")
    yield from hours if isinstance(hours, dict) else ()


def completed(program: Program, hours: Hours, params: Mapping[str, Param]) -> Program:
    """A linked program with what it has beside documents and waits."""
    read = frozenset(reads(program))
    keeps = sorted({path[1] for path in read if path[0] == "call" and len(path) > 1})
    keeps += ["confidence"] if ("confidence",) in read else []
    secrets = [name for name, each in params.items() if each.type == "secret" and ("params", name) in read]
    if not (read or hours.calendars or hours.zone != "UTC"):
        return program
    return program._replace(timezone=hours.zone, hours=hours.calendars, keeps=tuple(keeps), secrets=tuple(secrets))


def reads(program: Program) -> Iterator[tuple[str, ...]]:
    """The paths that a program reads in a call."""
    for wait in program.waits.values():
        for fill in wait.fills:
            yield from fill.template.names
    for _, document in live(program):
        yield from read_by(document)


def read_by(document: Document) -> Iterator[tuple[str, ...]]:
    """The paths that a document reads in a call."""
    fills = (*document.fills, *(document.requests.fills if document.requests is not None else ()))
    for fill in fills:
        yield from fill.template.names
    for each in document.sets:
        yield from each.value.names
    for way in document.chooses:
        yield from paths(way.test)
