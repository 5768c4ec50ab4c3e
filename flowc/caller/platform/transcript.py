"""What happened in a call, in order, with the times of its own clock."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Literal, NamedTuple

from .options import told as rests_on
from .webhook import Webhook

What = Literal[
    "hears",
    "plays",
    "sends",
    "asks",
    "presses",
    "says",
    "silent",
    "recorded",
    "records",
    "connects",
    "outcome",
    "callee hears",
    "talks",
    "joins",
    "holds",
    "meets",
    "waits",
    "webhook",
    "event",
    "transferred",
    "ended",
]
"""The kinds of things that happen; `WORDS` says what each is."""

WORDS: dict[str, str] = {
    "hears": "caller hears: ",
    "plays": "caller hears the recording ",
    "sends": "the callee is sent the keys ",
    "asks": "caller is asked for ",
    "presses": "caller presses ",
    "says": "caller says: ",
    "silent": "caller says nothing",
    "recorded": "caller is recorded ",
    "records": "recording ended: ",
    "connects": "caller is being connected to ",
    "outcome": "the call to them is ",
    "callee hears": "callee hears: ",
    "talks": "they talk",
    "joins": "caller is in the conversation ",
    "holds": "caller waits for the moderator ",
    "meets": "in the conversation: ",
    "waits": "nothing is heard",
    "webhook": "webhook ",
    "event": "event ",
    "transferred": "caller is moved to the conversation ",
    "ended": "the call ends: ",
}
"""How each kind of happening begins in words."""


class Happened(NamedTuple):
    """One thing that happened: `at` so many seconds after the call was answered, for `seconds`.

    `document` and `action` say where the platform was: the name of the NCCO as its application knows it, and the number
    of its action from 0 (-1: before the first). `cut`, the caller did not let it come to its end. `language` is that of
    words that are heard, and `times` how often in a row (0: for ever).
    """

    at: float
    what: What
    said: str = ""
    seconds: float = 0.0
    document: str = ""
    action: int = -1
    cut: bool = False
    webhook: Webhook | None = None
    language: str = ""
    times: int = 1


class Why(Enum):
    """Why something is lost that a caller does."""

    TOO_EARLY = "the prompt cannot be cut short"
    PROMPT_FOLLOWS = "a prompt follows that cannot be cut short"
    WORDS_ASKED = "words are asked for"
    KEYS_ASKED = "keys are asked for"
    OTHER_KEY = "the recording ends with `{}`"
    NO_KEY = "no key ends the recording"
    NO_QUESTION = "nothing more is asked"
    NO_DETECTION = "nothing detects a machine in this call"
    NEVER_LOST = "a call to `{}` is never `disconnected`"
    NO_TONE = "nothing waits for the tone of a machine in this call"
    RINGS_OUT = "it rings for {} s and no longer"


OF_OUTCOMES = (Why.NO_DETECTION, Why.NEVER_LOST, Why.NO_TONE, Why.RINGS_OUT)
"""Why something cannot become of a call to somebody else."""


class Loss(NamedTuple):
    """What is lost of a caller's act of that number: these keys (empty: words), and why.

    `wanted` is the key that would not have been. Of an outcome that cannot be it is what else `why` has to say.
    """

    act: int
    why: Why
    keys: str = ""
    wanted: str = ""

    @property
    def told(self) -> str:
        """It, in words."""
        if self.why in OF_OUTCOMES:
            return self.why.value.format(self.wanted)
        several = len(self.keys) != 1
        lost = f"the key{'s' * several} `{self.keys}`" if self.keys else "the words"
        return f"{lost} {'are' if several else 'is'} lost: {self.why.value.format(self.wanted)}"


class Transcript(NamedTuple):
    """A call from its first second to its last.

    `ended` says why it ended. `acts` has, for each act of the script that came about, how many things had happened
    before it; `remarks` what the outcome rests on that the platform's documents do not settle; `trouble` which webhooks
    that wanted an NCCO failed, and why, each with how many things had happened by then; `losses` what a caller did in
    vain.
    """

    happened: tuple[Happened, ...]
    acts: tuple[int, ...]
    remarks: tuple[str, ...]
    ended: str
    seconds: float
    trouble: tuple[tuple[int, str], ...] = ()
    losses: tuple[Loss, ...] = ()


def lines(transcript: Transcript) -> Iterator[str]:
    """The call as a person reads it: a line for each thing, then what it rests on."""
    yield from map(line, transcript.happened)
    for remark in transcript.remarks:
        yield f"rests on: {rests_on(remark)}"


def line(happened: Happened) -> str:
    """One thing that happened, and when."""
    return f"{happened.at:7.1f}  {told(happened)}"


def told(happened: Happened) -> str:
    """One thing that happened."""
    cut = " (cut short)" if happened.cut else ""
    lasts = [f"{happened.seconds:.1f} s"] if happened.seconds >= 0.05 and happened.what != "event" else []
    if happened.times != 1:
        lasts = [f"{happened.times} times" if happened.times else "again and again", *lasts]
    how = f" ({', '.join(lasts)})" if lasts else ""
    return f"{WORDS[happened.what]}{happened.said}{how}{cut}"
