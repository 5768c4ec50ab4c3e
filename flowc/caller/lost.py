"""What a caller of a rehearsed call does in vain: keys and words that nobody listens for."""

from __future__ import annotations

from collections.abc import Iterator

from ..text.diagnostics import Diagnostic, Rule
from .platform.script import Act, Presses, Records, Says
from .platform.transcript import Transcript
from .rehearsal import Rehearsed

LOST_ANSWER = Rule(
    "W423",
    "lost-answer",
    """A caller answers, and nobody listens

The keys or words are lost: they come during a prompt that cannot be cut short, they are more than the question takes,
or it asks for something else. The call goes on as if the caller had done nothing, so it does not show what its author
thinks. Correct the call, or the flow if callers are to be heard there; `allow: [lost-answer]` if it is meant so.""",
)


def lost(rehearsed: Rehearsed, transcript: Transcript) -> Iterator[Diagnostic]:
    """What is lost of what the caller of a call does, at its steps."""
    steps = [each for each in rehearsed.steps if each.act is not None]
    for number, why in transcript.lost:
        if 0 <= number < len(steps):
            step = steps[number]
            yield LOST_ANSWER.at(step.place, why, _hint(step.act, why), (rehearsed.place, "in this call"))


def _hint(act: Act | None, why: str) -> str | None:
    match act:
        case Presses(keys, early):
            if early and "the prompt cannot" in why:
                return "take `early` out, or write `bargeIn: true` at the prompt"
            gone = why.partition("`")[2].partition("`")[0]
            heard = keys.removesuffix(gone)
            return f'write `presses: "{heard}"`' if heard and heard != keys else "write `says: …` if words are meant"
        case Says():
            early = "the prompt cannot" in why
            return "take `early` out, or write `bargeIn: true` at the prompt" if early else "write `presses: …`"
        case Records():
            return "take `key` out, or give the key that ends it"
    return None
