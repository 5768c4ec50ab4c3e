"""What a caller of a rehearsed call does in vain: keys and words that nobody listens for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...text.diagnostics import Diagnostic
from ..platform.script import Act, Presses, Records, Says
from ..platform.transcript import Transcript
from .rehearsal import Rehearsed
from .rules import LOST_ANSWER

_HEARD_OUT = "take `early` out, for the caller hears the prompt to its end"


def lost(rehearsed: Rehearsed, transcript: Transcript, amiss: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """What is lost of what the caller of a call does, at its steps; not behind the step that is `amiss`.

    There the call is another one than its author thinks, and what is lost mostly is so for the same reason.
    """
    last = next(
        (at for at, step in enumerate(rehearsed.steps) if any(step.place.span == it.span for it in amiss)), None
    )
    sound = rehearsed.steps if last is None else rehearsed.steps[: last + 1]
    steps = [each for each in sound if each.act is not None]
    for number, why in transcript.lost:
        if 0 <= number < len(steps):
            step = steps[number]
            yield LOST_ANSWER.at(step.place, why, _hint(step.act, why), (rehearsed.place, "in this call"))


def _hint(act: Act | None, why: str) -> str | None:
    match act:
        case Presses(keys, early):
            if early and "the prompt cannot" in why:
                return _HEARD_OUT
            gone = why.partition("`")[2].partition("`")[0]
            heard = keys.removesuffix(gone)
            if heard and heard != keys:
                return f'write `presses: "{heard}"`'
            return "write `says: …`" if "words are asked for" in why else "take it out"
        case Says():
            early = "the prompt cannot" in why
            return _HEARD_OUT if early else "write `presses: …`"
        case Records():
            return "take `key` out, or give the key that ends it"
    return None
