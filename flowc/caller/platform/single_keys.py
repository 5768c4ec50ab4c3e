"""Keys that are sent one by one, whatever goes on meanwhile, after a question that does not wait (reference, input)."""

from __future__ import annotations

import math

from . import undecided
from .line import Line
from .ncco import Hook, Ncco
from .script import Presses


class Taken(Exception):  # noqa: N818 - no error: how another NCCO comes in the middle of an action
    """Another NCCO takes the place of the one that is played."""

    def __init__(self, ncco: Ncco) -> None:
        super().__init__()
        self.ncco = ncco


REACTION = 1.0
"""How long a caller takes to begin an answer, in seconds: an assumption of ours."""


def meanwhile(
    line: Line, ends: float, most: float = math.inf, *, began: float | None = None, last: bool = False
) -> int:
    """What the caller presses while something else goes on up to a moment: how many times, at `most`.

    Each key is sent when it is pressed. What there is no time for is left to what follows; nothing does behind the
    `last`. It has `began` before and ends now, or else it begins now, and the clock goes to the last key.
    """
    if line.listens is None or line.caller.asking:
        return 0
    kept = line.now
    times, now = 0, kept if began is None else began
    while times < most and (at := _pressed_at(line, now, ends, first=not times, last=last)) is not None:
        now = _one_by_one(line, at, ends, last=last)
        times += 1
    line.now = now if began is None else kept
    return times


def _pressed_at(line: Line, now: float, ends: float, *, first: bool, last: bool) -> float | None:
    """When the next keys are pressed; None if none are before something ends."""
    caller = line.caller
    if caller.under_way is not None:
        at = max(now, caller.ready)
        return at if first and at <= ends and isinstance(caller.under_way, Presses) else None
    if not isinstance(caller.next_act(), Presses):
        return None
    at = max(now + REACTION, caller.ready)
    if at <= ends:
        return at
    # who is to press at once makes it, however short the time
    return now + (ends - now) / 2 if first or last else None


def _one_by_one(line: Line, at: float, ends: float, *, last: bool) -> float:
    """Keys are pressed from a moment on, up to another one; the moment of the last. Further ones go on behind it."""
    act: object = line.caller.goes_on()
    if act is None:
        act = line.caller.next_act()
        line.did()
    assert isinstance(act, Presses)
    pause = act.pause
    if last and pause == Presses("").pause:  # of which nothing was said: they are as fast as they have to be
        pause = min(pause, (ends - at) / max(len(act.keys), 1))
    for number, key in enumerate(act.keys):
        if number and at + pause > ends:
            line.caller.goes_on_with(act._replace(keys=act.keys[number:]))
            line.caller.ready = at + pause
            break
        at += pause if number else 0.0
        line.now = at
        _sends(line, key)
    return at


def single_keys(line: Line, most: float = math.inf) -> int:
    """What the caller presses while something else goes on, each key sent at once; how many times, at `most`."""
    times = 0
    while line.listens is not None and times < most and isinstance(act := line.caller.next_act(), Presses):
        line.did()
        times += 1
        for key in act.keys:
            _sends(line, key)
    return times


def _sends(line: Line, key: str) -> None:
    """A key is pressed, and sent. Raises Taken where an NCCO comes back that is supposed to be played."""
    assert line.listens is not None
    line.note("presses", key)
    line.rests(undecided.SINGLE)
    _single(line, line.listens, {"dtmf": {"digits": key, "timed_out": False}, **line.identity()})


def _single(line: Line, hook: Hook, said: dict[str, object]) -> None:
    """Send a single key. Raises Taken where an NCCO comes back that is supposed to be played."""
    if undecided.SINGLE_ANSWER not in line.supposed:
        line.tell("input", hook, said)
        return
    ncco = line.ask("input", hook, said)
    if ncco is not None:
        line.rests(undecided.SINGLE_ANSWER)
        raise Taken(ncco)
