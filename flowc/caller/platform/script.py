"""What a caller does in a call, and what becomes of those who are called: the acts of a script."""

from __future__ import annotations

from typing import NamedTuple


class Presses(NamedTuple):
    """Keys, `pause` seconds apart; `early`, they cut a prompt short that may be cut."""

    keys: str
    early: bool = False
    pause: float = 0.5


class Says(NamedTuple):
    """Words that are recognised so, with `confidence` from 0 to 1; `early`, they cut a prompt short that may be cut."""

    words: str
    confidence: float = 0.9
    early: bool = False


def keys_of(answer: Presses | Says) -> str:
    """The keys of an answer; none of one that is said."""
    return answer.keys if isinstance(answer, Presses) else ""


class Waits(NamedTuple):
    """Silence from the next question on, for so many seconds; None: until that question is over."""

    seconds: float | None = None


class HangsUp(NamedTuple):
    """The caller hangs up, where the caller is asked next or has to wait."""


RINGING = "ringing"
"""What becomes of a call to somebody else while which the caller hangs up."""


class Connects(NamedTuple):
    """What becomes of the next call to somebody else.

    `outcome` is a status of the leg: answered, or one of `flowc.caller.platform.connecting.FAILURES`. `detail` goes
    with some of them; of a machine it is its `sub_state`. Once answered, they talk for `seconds`, until the `callee` or
    the `caller` hangs up (`by`). Where it is ringing, it does so for `seconds`, and then the caller hangs up.
    """

    outcome: str = "answered"
    detail: str = ""
    seconds: float = 60.0
    by: str = "callee"


class Records(NamedTuple):
    """What the caller leaves on a recording: `seconds` of words, then a key, or silence."""

    seconds: float = 5.0
    key: str = ""


class Member(NamedTuple):
    """Somebody else in a conversation, who `comes` and `leaves` so many seconds after the caller came.

    Who comes after 0 seconds is there already; without `leaves`, they stay. `starts` and `ends` are what the platform
    calls `startOnEnter` and `endOnExit`: the conversation begins with their coming, and ends with their leaving.
    """

    who: str
    comes: float = 0.0
    leaves: float | None = None
    starts: bool = True
    ends: bool = False


class Joins(NamedTuple):
    """What goes on in the next conversation: `seconds` after it has begun it is over for the caller.

    `ends`, it then ends for all, and the call goes on behind it; otherwise the caller hangs up. `others` are the other
    members; `hold` is short for one of them, who begins it then.
    """

    seconds: float = 60.0
    hold: float = 0.0
    ends: bool = False
    others: tuple[Member, ...] = ()


Act = Presses | Says | Waits | HangsUp | Connects | Records | Joins
