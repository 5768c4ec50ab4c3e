"""What is played to a caller, and when a caller cuts it short (reference, talk and stream)."""

from __future__ import annotations

from . import undecided
from .line import Line, Over
from .listening import named
from .ncco import Stream, Talk
from .script import HangsUp, Presses, Says
from .spoken import plain
from .transcript import What

CUT_AFTER = 1.0
"""How much of a prompt a caller hears who answers early, in seconds: an assumption of ours."""


def talk(line: Line, action: Talk) -> None:
    """Words are heard."""
    _plays(line, action, "hears", plain(action.text), action.language)


def stream(line: Line, action: Stream) -> None:
    """Audio is heard."""
    _plays(line, action, "plays", action.url, "")


def _plays(line: Line, action: Talk | Stream, what: What, said: str, language: str) -> None:
    line.barge_in = line.barge_in or action.barge_in
    if line.under_way is not None:
        if line.barge_in:
            return  # what the caller began goes on: nothing is heard until the question
        line.rests(undecided.LOST)
        line.loses(f"{named(line.under_way)} lost: a prompt follows that cannot be cut short")
        line.under_way = None
    once = action.seconds
    seconds = once * (action.loop or 1)
    line.note(what, said, seconds, language)
    line.deaf = not line.barge_in
    if not action.loop or ((line.barge_in or line.listens) and not line.asking):
        _cut(line, action, seconds)


def _cut(line: Line, action: Talk | Stream, seconds: float) -> None:
    """What a caller does while a prompt is heard that may be cut short, or that does not end."""
    act = line.next_act()
    if line.listens and isinstance(act, Presses):
        line.did()
        for key in act.keys:
            _single(line, key)
        act = None
    endless = not action.loop
    if line.barge_in and isinstance(act, Presses | Says) and (act.early or endless):
        line.did()
        line.under_way = act._replace(early=False)
        cut = min(seconds, CUT_AFTER)
        line.now -= seconds - cut
        line.happened[-1] = line.happened[-1]._replace(seconds=cut, cut=True)
    elif endless and (act is None or isinstance(act, HangsUp)):
        if act is not None:
            line.did()
        raise Over("the caller hangs up")
    elif endless:
        line.passes(line.longest)


def _single(line: Line, key: str) -> None:
    """A key that is sent at once."""
    line.note("presses", key)
    line.rests(undecided.SINGLE)
    assert line.listens is not None
    line.tell("input", line.listens, {"dtmf": {"digits": key, "timed_out": False}, **line.identity()})
