"""Reads the steps of rehearsed calls whose shape is right: what is done, and what is expected with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..platform.script import RINGING, Connects, Presses, Records, Says, Waits
from .rehearsal import Notified, Reaches, Step, Took
from .rooms import joins

_TIME = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(s|seconds|min|minutes)?")


def read(name: str, step: Step, value: Any) -> Step:
    """A step of that name with its value."""
    return _READ[name](step, value)


def _presses(step: Step, value: Any) -> Step:
    if isinstance(value, dict):
        keys, early, pause = str(value["keys"]), bool(value.get("early")), float(value.get("pause", 0.5))
        return step._replace(act=Presses(keys, early, pause))
    return step._replace(act=Presses(str(value)))


def _says(step: Step, value: Any) -> Step:
    if isinstance(value, dict):
        sure, early = float(value.get("confidence", 0.9)), bool(value.get("early"))
        return step._replace(act=Says(str(value["words"]), sure, early))
    return step._replace(act=Says(str(value)))


def _waits(step: Step, value: Any) -> Step:
    return step._replace(act=Waits(float(value)))


def _connects(step: Step, value: Any) -> Step:
    if not isinstance(value, dict):
        return step._replace(act=Connects(str(value), seconds=_usual(str(value))))
    outcome, detail = str(value.get("and", "answered")), str(value.get("detail", ""))
    seconds = float(value.get("seconds", _usual(outcome)))
    act = Connects(outcome, detail, seconds, str(value.get("hangs up", "callee")))
    return step._replace(act=act, expected=Reaches("connects", str(value["to"])) if "to" in value else None)


def _usual(outcome: str) -> float:
    """How long what becomes of a call lasts where that is not said: a caller who hangs up does so at once."""
    return 0.0 if outcome == RINGING else Connects().seconds


def _records(step: Step, value: Any) -> Step:
    if not isinstance(value, dict):
        return step._replace(act=Records(float(value)))
    return step._replace(act=Records(float(value.get("seconds", 5)), str(value.get("key", ""))))


def _joins(step: Step, value: Any) -> Step:
    act, room, part = joins(value)
    return step._replace(act=act, expected=Reaches("joins", room, part))


def _notified(step: Step, value: Any) -> Step:
    return step._replace(expected=Notified(value.get("url"), value.get("payload", {})))


def _took(step: Step, value: Any) -> Step:
    return step._replace(expected=Took(_seconds(value.get("less than")), _seconds(value.get("more than"))))


def _seconds(value: Any) -> float | None:
    """A time in seconds; its form has been checked."""
    found = _TIME.fullmatch(str(value)) if value is not None else None
    return float(found[1]) * (60 if (found[2] or "s").startswith("min") else 1) if found else None


_READ: dict[str, Callable[[Step, Any], Step]] = {
    "presses": _presses,
    "says": _says,
    "waits": _waits,
    "connects": _connects,
    "records": _records,
    "joins": _joins,
    "notified": _notified,
    "took": _took,
}
