"""The moment at which a call comes, as it is written: a date, a time, and the difference to UTC."""

from __future__ import annotations

import re
from datetime import datetime

_EXAMPLE = "2026-03-02T10:00+00:00"
_WRITTEN = re.compile(r"(\d{4}-?\d\d-?\d\d)(?:[T ]?(\d\d:\d\d(?::\d\d)?))?\s*(Z|[+-]\d\d:?\d\d)?")
_NOON = "12:00"


class MomentError(Exception):
    """What is written is no moment: `message` says what it is, `meant` is what is most likely meant, as a fix."""

    def __init__(self, message: str, meant: str, *, utc: bool = False) -> None:
        super().__init__(message)
        self.message, self.meant = message, f"write `{meant}`{' for UTC' if utc else ''}"


def moment(written: str) -> float:
    """A moment in seconds since 1970. Raises MomentError."""
    found = _WRITTEN.fullmatch(written.strip())
    day, time, zone = found.groups() if found else ("", None, None)
    day = re.sub(r"(\d{4})-?(\d\d)-?", r"\1-\2-", day)
    meant = f"{day}T{time or _NOON}{zone or '+00:00'}"
    at = _read(written)
    if found and time is None and _read(meant) is not None:
        raise MomentError(f"`{written}` is a day without a time", meant, utc=zone is None)
    if at is None:
        raise MomentError(f"`{written}` is no moment", meant if _read(meant) is not None else _EXAMPLE)
    if at.tzinfo is None:
        likely = meant if found else _EXAMPLE
        raise MomentError(f"`{written}` does not say its difference to UTC", likely, utc=bool(found))
    return at.timestamp()


def _read(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
