"""Numbers that a field takes, for one that it does not take."""

from __future__ import annotations

from .case import Case
from .instead import seconds, within
from .wording import nested, span_of, typed


def taken_at(case: Case, way: list[str], value: object) -> str:
    """A setting at its place, with the nearest value that is taken there."""
    schema = case.field(*way)
    schema = schema.get("anyOf", [schema])[0]  # the other way is a text with values in it
    given = seconds(value, whole=True) if isinstance(value, str) and "maximum" in schema else value
    if isinstance(given, bool) or not isinstance(given, int | float):
        return f"write {typed(*nested(way, value), raw=case.raw)}"
    fit = within(given, schema)
    written = f"write {typed(*nested(way, fit), raw=case.raw)}"
    if fit == given or fit * 1000 == given:
        return written
    if (*case.path[:-1], *way)[-2:] == ("dtmf", "timeOut") and fit < given:
        return f"{written} and give more `attempts`, for no NCCO waits longer for a key"
    return f"{written}: it takes {span_of(schema)}"


def out_of_range(case: Case, path: str, value: float) -> bool:
    """Whether a field would not take a number."""
    schema = case.field(path)
    return not isinstance(value, bool) and within(value, schema.get("anyOf", [schema])[0]) != value


def is_time(value: object) -> bool:
    """Whether a value is a number, or one with a unit of time."""
    return isinstance(value, int | float) or (isinstance(value, str) and seconds(value, whole=True) is not None)
