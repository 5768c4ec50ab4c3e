"""What happened in a call, in order, with the times of its own clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

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
    words that are heard.
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


class Transcript(NamedTuple):
    """A call from its first second to its last.

    `ended` says why it ended. `acts` has, for each act of the script that came about, how many things had happened
    before it; `remarks` what the outcome rests on that the platform's documents do not settle; `trouble` which webhooks
    that wanted an NCCO failed, and why, each with how many things had happened by then; `lost` what a caller did in
    vain: the number of the act, and why.
    """

    happened: tuple[Happened, ...]
    acts: tuple[int, ...]
    remarks: tuple[str, ...]
    ended: str
    seconds: float
    trouble: tuple[tuple[int, str], ...] = ()
    lost: tuple[tuple[int, str], ...] = ()


def lines(transcript: Transcript) -> Iterator[str]:
    """The call as a person reads it: a line for each thing, then what it rests on."""
    yield from map(line, transcript.happened)
    for remark in transcript.remarks:
        yield f"rests on: {remark}"


def line(happened: Happened) -> str:
    """One thing that happened, and when."""
    return f"{happened.at:7.1f}  {told(happened)}"


def told(happened: Happened) -> str:
    """One thing that happened."""
    cut = " (cut short)" if happened.cut else ""
    lasts = f" ({happened.seconds:.1f} s)" if happened.seconds >= 0.05 and happened.what != "event" else ""
    return f"{WORDS[happened.what]}{happened.said}{lasts}{cut}"
