"""What a call does next: pure functions from a webhook to the document that answers it."""

from __future__ import annotations

from typing import NamedTuple

from .program import Program, Wait


class Event(NamedTuple):
    """What a webhook says of a call: the keys that were pressed, the status of a leg; empty where it says nothing."""

    digits: str = ""
    status: str = ""


SILENCE = Event()
"""No key, no status: what is also made of a webhook that cannot be read."""


def step(program: Program, wait: str, attempt: int, event: Event) -> str | None:
    """The name of the document that answers an event at a wait's attempt (from 1).

    None where there is none: a status that leads nowhere, a wait or an attempt that the program has not. The answer is
    then an NCCO without actions, `[]`.
    """
    here = program.waits.get(wait)
    if here is None:
        return None
    if here.on == "outcome":
        return here.exits.get(event.status) if attempt == 1 else None
    return _answered(here, attempt, event.digits)


def event_of(body: object) -> Event:
    """The event in the JSON body of a webhook; what is missing, null or of another kind says nothing.

    Keys come as `{"dtmf": {"digits": "1"}}`, in the old form as `{"dtmf": "1"}` (reference, input webhook).
    """
    if not isinstance(body, dict):
        return SILENCE
    dtmf = body.get("dtmf")
    return Event(_text(dtmf.get("digits") if isinstance(dtmf, dict) else dtmf), _text(body.get("status")))


def _answered(wait: Wait, attempt: int, digits: str) -> str | None:
    """The document that follows an attempt to answer a question."""
    if not 1 <= attempt <= len(wait.failures):
        return None
    failure = wait.failures[attempt - 1]
    if not digits:
        return failure.no_input
    return wait.exits.get(digits) or wait.answered or failure.no_match


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
