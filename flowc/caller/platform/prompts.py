"""What is played to a caller, and when a caller cuts it short (reference, talk and stream)."""

from __future__ import annotations

import math

from . import undecided
from .line import Line, Over
from .ncco import Notify, Stream, Talk, Transfer
from .pace import CALLER_HANGS_UP
from .script import HangsUp, Presses, Says, keys_of
from .single_keys import Taken, meanwhile, single_keys
from .spoken import plain
from .transcript import Why

CUT_AFTER = 1.0
"""How much of a prompt a caller hears who answers early, in seconds: an assumption of ours."""


def prompt(line: Line, action: Talk | Stream) -> None:
    """Words or audio are heard."""
    line.barge_in = line.barge_in or action.barge_in
    if line.caller.under_way is not None and (line.barge_in or line.listens is None):
        if line.barge_in:
            return  # what the caller began goes on: nothing is heard until the question
        if not line.rests(undecided.LOST):
            rest = line.caller.goes_on()
            line.loses(Why.PROMPT_FOLLOWS, keys_of(rest) if rest is not None else "")
    seconds = action.seconds * (action.loop or 1)
    if isinstance(action, Talk):
        line.note("hears", plain(action.text), seconds, action.language, action.loop)
    else:
        line.note("plays", action.url, seconds, "", action.loop)
    line.caller.deaf = not line.barge_in
    if not action.loop or ((line.barge_in or line.listens) and not line.caller.asking):
        _cut(line, action, seconds)


def _cut(line: Line, action: Talk | Stream, seconds: float) -> None:
    """What a caller does while a prompt is heard that may be cut short, or that does not end."""
    endless, heard = not action.loop, len(line.happened) - 1
    pressed = _pressed(line, heard, endless=endless) if line.listens is not None else 0
    act = line.caller.next_act() if endless or not pressed else None
    if line.barge_in and isinstance(act, Presses | Says) and (act.early or endless):
        line.did()
        line.caller.goes_on_with(act._replace(early=False))
        cut = min(seconds, CUT_AFTER)
        line.now -= seconds - cut
        line.happened[heard] = line.happened[heard]._replace(seconds=cut, cut=True)
    elif endless and (act is None or isinstance(act, HangsUp)):
        if act is not None:
            line.did()
        raise Over(CALLER_HANGS_UP)
    elif endless:
        line.passes(line.pace.longest)


def _pressed(line: Line, heard: int, *, endless: bool) -> int:
    """How many times the caller presses keys that are sent one by one while a prompt is heard."""
    if line.caller.asking:
        return single_keys(line)
    last, began = endless or is_last(line), line.happened[heard].at
    ends, most = (math.inf if endless else line.now), (math.inf if last else 1)
    try:
        times = meanwhile(line, ends, most, began=began, last=last)
    except Taken:
        line.happened[heard] = line.happened[heard]._replace(seconds=line.now - began, cut=True)
        raise
    line.now = max(line.now, line.happened[-1].at)
    return times


def is_last(line: Line) -> bool:
    """Whether nothing follows in which keys could be pressed."""
    return all(isinstance(each, Notify | Transfer) for each in line.ncco.actions[line.number + 1 :])
