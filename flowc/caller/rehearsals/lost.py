"""What a caller of a rehearsed call does in vain: keys and words that nobody listens for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...text.diagnostics import Diagnostic
from ..platform.script import Act, Presses, Records, Says
from ..platform.transcript import OF_OUTCOMES, Loss, Transcript, Why
from .rehearsal import Rehearsed
from .rules import IMPOSSIBLE_STEP, LOST_ANSWER

_INSTEAD = {
    Why.NO_DETECTION: "write `answered`, or let the flow listen for one: `machineDetection: continue`",
    Why.NEVER_LOST: "write what does become of it, such as `answered` or `failed`",
    Why.NO_TONE: "take `detail` out, or let the flow wait for it: `advancedMachineDetection: {{mode: detect_beep}}`",
    Why.RINGS_OUT: "write less than `seconds: {}`, or `and: unanswered` and no `hangs up`",
}

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
    for each in transcript.losses:
        if 0 <= each.act < len(steps):
            step = steps[each.act]
            rule, hint = (
                (IMPOSSIBLE_STEP, _INSTEAD[each.why].format(each.wanted))
                if each.why in OF_OUTCOMES
                else (LOST_ANSWER, _hint(step.act, each))
            )
            yield rule.at(step.place, each.told, hint, (rehearsed.place, "in this call"))


def _hint(act: Act | None, loss: Loss) -> str | None:
    if loss.why is Why.TOO_EARLY:
        return _HEARD_OUT
    match act:
        case Presses(keys):
            heard = keys.removesuffix(loss.keys)
            if heard and heard != keys:
                return f'write `presses: "{heard}"`'
            return "write `says: …`" if loss.why is Why.WORDS_ASKED else "take it out"
        case Says():
            return "write `presses: …`" if loss.why is Why.KEYS_ASKED else "take it out"
        case Records():
            return f'write `key: "{loss.wanted}"`' if loss.wanted else "take `key` out"
    return None
