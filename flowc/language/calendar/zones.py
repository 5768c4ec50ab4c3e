"""Time zones by the names of the IANA database, and what is meant by a name that is none."""

from __future__ import annotations

import re
from functools import cache

from ...program.calendar import zone
from ...text.nearest import nearest
from ..reading.bindings import Unfit


def unknown(name: str) -> Unfit | None:
    """Why a name is no time zone, to follow it; None if it is one."""
    # What a machine has beside the database, such as `localtime`, is in lower case and another thing elsewhere.
    if re.fullmatch(r"[A-Z][A-Za-z0-9_+-]*(/[A-Z][A-Za-z0-9_+-]*){0,2}", name):
        try:
            zone(name)
            return None
        except ValueError:
            pass
    if not _names():
        return Unfit("is not known here: this machine has no data about time zones", "`pip install tzdata`")
    near = _near(name.replace(" ", "_"))
    return Unfit("is no time zone", f"did you mean `{near}`?" if near else "such as `Europe/London`")


def _near(name: str) -> str | None:
    """The zone that a name most likely means: `europe/london`, `London`, `Europe/New_York`, `Europe/Lundon`."""
    whole = {each.casefold(): each for each in _names()}
    if name.casefold() in whole:
        return whole[name.casefold()]
    cities = {each.rsplit("/", 1)[1]: each for each in reversed(_names()) if _is_place(each)}
    near = nearest(name, cities.values()) if "/" in name else None
    city = name.rsplit("/", 1)[-1]
    if near is None and len(city) > 4:  # `PST`, `GMT+1`: what is near to them is somewhere else
        near = nearest(city, cities)
    return cities.get(near, near) if near else None


def _is_place(name: str) -> bool:
    return "/" in name and not name.startswith("Etc/")


@cache
def _names() -> tuple[str, ...]:
    import zoneinfo

    return tuple(sorted(name for name in zoneinfo.available_timezones() if name[0].isupper()))
