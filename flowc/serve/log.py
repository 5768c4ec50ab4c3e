"""What the server writes down: one JSON object a line, and nothing in it that a caller has keyed in.

Of a phone number the last four digits are left, of a conversation all: it is its name at the platform as well.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Mapping
from functools import lru_cache
from secrets import token_hex

LOGGER = logging.getLogger("flowc.serve")

_NUMBER = re.compile(r"[0-9]{5,}")
_MOST = 200
_OURS = frozenset({"flow", "at", "document", "step", "id", "seconds"})
"""Fields whose words are a program's or our own; those of `conversation` are the platform's."""

_encode = json.JSONEncoder(ensure_ascii=False, default=str, check_circular=False).encode


class Lines(logging.Formatter):
    """A record as a line of JSON: time (UTC), level, what happened, and its fields."""

    def format(self, record: logging.LogRecord) -> str:
        when = f"{_second(int(record.created))}.{int(record.msecs):03d}Z"
        line = {"time": when, "level": _LEVELS.get(record.levelno, "info"), "event": record.msg}
        return _encode({**line, **getattr(record, "fields", {})})


_LEVELS = {logging.INFO: "info", logging.WARNING: "warning", logging.ERROR: "error"}


def to_stderr(level: str) -> None:
    """Write the server's log, from a level on, to standard error, where nobody has said otherwise."""
    if LOGGER.handlers or logging.getLogger().handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    LOGGER.addHandler(handler)
    LOGGER.setLevel(level.upper())
    LOGGER.propagate = False


def tells() -> bool:
    """Whether what happens as it should is written down."""
    return LOGGER.isEnabledFor(logging.INFO)


def info(event: str, **fields: object) -> None:
    """Something that happened as it should."""
    if tells():
        _write(logging.INFO, event, fields)


def warning(event: str, **fields: object) -> None:
    """Something that somebody should look at; the call goes on."""
    if LOGGER.isEnabledFor(logging.WARNING):
        _write(logging.WARNING, event, fields)


def failure(event: str, fault: BaseException | None = None, **fields: object) -> str:
    """Something that went wrong, with the places that an exception came through; the id that stands in its line."""
    name = token_hex(4)
    _write(logging.ERROR, event, {"id": name, **fields, "fault": traced(fault) if fault is not None else None})
    return name


def masked(number: str) -> str:
    """A phone number of which the last four digits are left."""
    return f"…{number[-4:]}" if len(number) > 4 else "…"


def traced(fault: BaseException) -> list[str]:
    """Where an exception came from, without its words and without values: they may hold what a caller has said."""
    places = [type(fault).__name__]
    trace = fault.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[:1] + places[1:][-12:]


def _write(level: int, event: str, fields: Mapping[str, object]) -> None:
    """Hand a record to whoever listens. It is made here: looking for the line that asked for it would cost the most."""
    record = logging.LogRecord(LOGGER.name, level, __file__, 0, event, None, None)
    record.fields = {name: _clean(name, value) for name, value in fields.items() if value not in (None, "")}
    LOGGER.handle(record)


def _clean(name: str, value: object) -> object:
    """A field as it may be written: no line breaks, no lengths, no phone numbers."""
    if not isinstance(value, str) or name in _OURS:
        return value
    text = value[:_MOST]
    if not text.isprintable():
        text = "".join([each if each.isprintable() else "?" for each in text])
    return text if name == "conversation" else _NUMBER.sub(lambda found: masked(found[0]), text)


@lru_cache(4)
def _second(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
