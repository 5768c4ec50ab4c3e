"""A question: how keys and words are collected, when it is over, and the webhook that tells (reference, input)."""

from __future__ import annotations

from typing import NamedTuple

from . import undecided
from .line import Line, Over
from .ncco import Input, Keys, Ncco, Words
from .pace import CALLER_HANGS_UP
from .script import HangsUp, Presses, Says, Waits, keys_of
from .single_keys import REACTION
from .spoken import spoken
from .transcript import Why
from .webhook import input_data, part

__all__ = ["REACTION", "Heard", "ask"]

OLD_MOST = 10.0
"""The longest `startTimeout` by the older of the sources that disagree, in seconds."""

OFF: dict[str, object] = {"error": "Speech was not enabled"}
OVERRIDDEN: dict[str, object] = {"error": "Speech overridden by DTMF"}


class Heard(NamedTuple):
    """What a question has heard: keys, or words, or neither (None: it did not listen for that)."""

    digits: str | None
    timed_out: bool
    speech: dict[str, object] = OFF


def ask(line: Line, action: Input) -> Ncco | None:
    """Ask the caller, and tell the application."""
    if action.asynchronous:
        line.listens = action.hook
        if action.words is not None:
            line.rests(undecided.TOGETHER)
        line.barge_in = False
        return None
    kinds = [name for name, on in (("keys", action.keys), ("words", action.words)) if on]
    line.note("asks", " or ".join(kinds))
    heard = _listen(line, action)
    line.barge_in = line.caller.deaf = False
    line.caller.under_way = line.caller.under_way if isinstance(line.caller.under_way, Presses) else None
    if action.old:
        line.rests(undecided.OLD_INPUT)
        old = {"uuid": line.call.uuid, "conversation_uuid": line.call.conversation, "timed_out": heard.timed_out}
        return line.ask("input", action.hook, {**old, "dtmf": heard.digits})
    said = input_data(heard.digits, timed_out=heard.timed_out, speech=heard.speech)
    said.update(line.identity())
    return line.ask("input", action.hook, said)


def _listen(line: Line, action: Input) -> Heard:
    """What the caller does with a question, until it is over."""
    keys, words = action.keys, action.words
    act = line.caller.goes_on()
    if act is None:
        act = _begins(line, _window(line, keys, words))
    if isinstance(act, Presses) and keys is not None:
        return _keys(line, act, keys, words)
    if isinstance(act, Says) and words is not None:
        return _words(line, act, words)
    if isinstance(act, Presses | Says):  # in vain: nobody listens for it
        line.note("presses" if isinstance(act, Presses) else "says", act[0])
        line.loses(Why.WORDS_ASKED if isinstance(act, Presses) else Why.KEYS_ASKED, keys_of(act))
        line.passes(_window(line, keys, words))
    return _silence(line, keys, words)


def _window(line: Line, keys: Keys | None, words: Words | None) -> float:
    """How long a silent caller is waited for, in seconds."""
    if words is None:
        return keys.timeout if keys is not None else 3600.0
    start = min(words.start, OLD_MOST) if undecided.LATE_START in line.supposed else words.start
    if keys is None:
        return start
    return max(keys.timeout, start) if undecided.SILENCE in line.supposed else min(keys.timeout, start)


def _begins(line: Line, window: float) -> Presses | Says | None:
    """What the caller begins with in time; None after all of the time has gone by in silence."""
    began = line.now
    act = line.caller.next_act()
    if isinstance(act, Waits):
        line.did()
        if act.seconds is None:
            return _passed(line, began, window)
        line.caller.ready = began + act.seconds
        act = line.caller.next_act()
    at = max(began + REACTION, line.caller.ready)
    if at >= began + window and line.caller.ready <= began:
        at = began + window / 2  # one who is to answer at once makes it, however short the time
    if at >= began + window:
        return _passed(line, began, window)
    match act:
        case None | HangsUp():
            line.passes(max(line.caller.ready - began, 0.0))
            if act is not None:
                line.did()
            raise Over(CALLER_HANGS_UP)
        case Presses() | Says():
            deaf = line.caller.deaf and not line.caller.asking
            line.did()
            if act.early and deaf and not line.rests(undecided.LOST):
                _too_early(line, act, window)
                return None
            line.passes(at - began)
            return act
    return _passed(line, began, window)


def _too_early(line: Line, act: Presses | Says, window: float) -> None:
    """An answer during a prompt that cannot be cut short: the caller waits for what it does, which is nothing."""
    line.note("presses" if isinstance(act, Presses) else "says", act[0])
    line.loses(Why.TOO_EARLY, keys_of(act))
    line.passes(window)


def _passed(line: Line, began: float, window: float) -> Presses | Says | None:
    """Nothing, after all of the time."""
    line.passes(began + window - line.now)
    return None


def _silence(line: Line, keys: Keys | None, words: Words | None) -> Heard:
    """A question that nobody answered. All of its time has gone by."""
    line.note("silent")
    if keys and line.barge_in:
        line.rests(undecided.FROM_PROMPT)
    if keys and words:
        line.rests(undecided.SILENCE)
    if words and words.start > OLD_MOST and not keys:
        line.rests(undecided.LATE_START)
    digits = None if keys is None or line.rests(undecided.NO_KEY) else ""
    nothing: dict[str, object] = {"results": [], "timeout_reason": "start_timeout"} if words else OFF
    return Heard(digits, bool(keys), nothing)


def _keys(line: Line, act: Presses, keys: Keys, words: Words | None) -> Heard:
    """Keys, until there are enough of them, a hash submits them, or no further one comes in time."""
    digits, timed_out = "", True
    for number, key in enumerate(act.keys):
        if number:
            if act.pause >= keys.timeout:
                line.caller.goes_on_with(act._replace(keys=act.keys[number:]))
                break
            line.passes(act.pause)
        if key == "#" and keys.submit:
            timed_out = False
        else:
            if key != "#" or not line.rests(undecided.HASH):
                digits += key
            timed_out = len(digits) < keys.most
        if not timed_out:
            rest = act.keys[number + 1 :]
            line.caller.goes_on_with(act._replace(keys=rest) if rest else None)
            break
    line.note("presses", digits + ("" if timed_out or len(digits) >= keys.most else "#"))
    line.passes(keys.timeout if timed_out else 0.0)
    return Heard(digits, timed_out, OVERRIDDEN if words else OFF)


def _words(line: Line, act: Says, words: Words) -> Heard:
    """Words, until silence follows them or they have lasted too long."""
    lasts = spoken(act.words)
    line.note("says", act.words, min(lasts, words.longest))
    reason = "max_duration" if lasts >= words.longest else "end_on_silence_timeout"
    line.passes(0.0 if lasts >= words.longest else words.silence)
    results = [{"confidence": f"{act.confidence:g}", "text": act.words}]
    speech: dict[str, object] = {"timeout_reason": reason, "results": results}
    if words.save:
        line.others.recordings += 1
        speech["recording_url"] = (
            f"https://api.nexmo.com/v1/files/{part(line.call.uuid, 'dddd', line.others.recordings)}"
        )
    return Heard(None, False, speech)
