"""What changes the calendars of a flow though no file does: the day, and the package that knows of holidays.

It stands in the record among the files that were read, under names that no file below the workspace can have.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..program.program import Program

if TYPE_CHECKING:
    from ..program.calendar import Calendar

_HOLIDAYS = "/holidays"
_UNTIL = "/until "


def rests_on(program: Program) -> Iterator[list[str]]:
    """What the calendars of a program rest on, each with how it stands now."""
    for name in dict.fromkeys(name for each in program.hours.values() for name in _names(each)):
        yield [name, state(name)]


def is_moving(name: str) -> bool:
    """Whether a name in the record is none of a file."""
    return name[:1] == "/"


def state(name: str) -> str:
    """How something stands now; what is not known stands nowhere."""
    if name == _HOLIDAYS:
        from ..language.calendar.countries import edition  # few flows have calendars

        return f"{edition()} from {date.today().year}"
    last = name.removeprefix(_UNTIL)
    return "over" if last < date.today().isoformat() else "to come"


def _names(calendar: Calendar) -> Iterator[str]:
    """The holidays of countries are worked out for years from this one; of dates it is said when the last is over."""
    if calendar.horizon is not None:
        yield _HOLIDAYS
    elif calendar.holidays:
        yield f"{_UNTIL}{max(calendar.holidays)}"
