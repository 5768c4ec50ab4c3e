"""What a call does next: pure functions from a webhook to the NCCO that answers it.

A document is made by following the program from where the caller stands: what is to be played is collected; what is
remembered, chosen and gone to is followed at once. It is closed by the first thing that waits for a webhook.
"""

from __future__ import annotations

from collections.abc import Mapping

from .program import Program, Wait
from .understand import Event, good, heard, kept
from .walking import (
    BUDGET,
    MOST_RETURNS,
    NOTHING,
    NOTHING_KNOWN,
    Ask,
    Position,
    Reply,
    Response,
    State,
    Walk,
    ended,
    failed,
    follow,
    remember,
)

__all__ = [
    "BUDGET",
    "CONFIDENCE",
    "MOST_RETURNS",
    "NOTHING",
    "Ask",
    "Position",
    "Reply",
    "Response",
    "State",
    "Walk",
    "answered",
    "begin",
    "failed",
    "played",
    "resume",
    "step",
]

CONFIDENCE = "confidence"
"""What a program keeps, beside parts of the call, if it reads how sure the words of an answer were."""


def begin(program: Program, call: Mapping[str, object], event: Event) -> Reply | Ask:
    """The first NCCO of a call, or what has to be asked before it."""
    state = State({key: kept(call[key]) for key in program.keeps if key in call})
    return follow(program, Walk(program.start, program.start, event, state))


def played(program: Program, name: str, state: State, event: Event) -> Reply | Ask:
    """A document by itself, such as what a callee hears of a call that remembers `state`."""
    return follow(program, Walk(name, name, event, state))


def step(program: Program, position: Position, state: State, event: Event) -> Reply | Ask | None:
    """What answers a webhook.

    None where nothing does: a status that leads nowhere, a wait or an attempt that the program has not. The answer is
    then an NCCO without actions, `[]`.
    """
    at = position.at
    if at not in program.waits:
        comes_back = at in program.documents and program.documents[at].requests is not None
        again = comes_back and 1 <= position.attempt <= MOST_RETURNS
        return follow(program, Walk(at, at, event, state, returns=position.attempt)) if again else None
    found, state = answered(program, position, event, state)
    return None if found is None else played(program, found, state, event)


def answered(
    program: Program, position: Position, event: Event, state: State = NOTHING_KNOWN
) -> tuple[str | None, State]:
    """The name of the document that answers an event at a wait, and what is remembered of the answer.

    None where there is none: a status that leads nowhere, a wait or an attempt that the program has not.
    """
    wait = program.waits.get(position.at)
    if wait is None:
        return None, state
    if wait.on == "answer":
        return _answered(program, wait, position, state, event)
    return wait.exits.get(event.status) if position.attempt == 1 else None, state


def resume(program: Program, ask: Ask, response: Response) -> Reply | Ask:
    """How a document goes on when its request has been answered."""
    walk = ask.walk
    document = program.documents[ask.step]
    request = document.requests
    assert request is not None
    is_good = response.status is not None and 200 <= response.status < 300 and response.sound
    if is_good:
        walk = walk._replace(state=remember(walk.state, request.save, kept(response.body)))
    to = request.when.get(str(response.status), document.goes_on if is_good else request.otherwise)
    return ended(walk) if to is None else follow(program, walk._replace(name=to))


def _answered(program: Program, wait: Wait, position: Position, state: State, event: Event) -> tuple[str | None, State]:
    """The document that follows an attempt to answer a question, and what is remembered of it."""
    if not 1 <= position.attempt <= len(wait.failures):
        return None, state
    failure = wait.failures[position.attempt - 1]
    if wait.retried:
        state = state._replace(asked={**state.asked, position.at: position.attempt})
    answer = heard(wait, event)
    if answer is None:
        return failure.no_input, state
    if CONFIDENCE in program.keeps:
        state = state._replace(confidence=answer.confidence)
    if answer.exit is not None:
        return wait.exits[answer.exit], state
    if wait.answered is None or not good(wait, answer.text):
        return failure.no_match, state
    return wait.answered, remember(state, wait.save, answer.text)
