"""What a call does next: pure functions from a webhook to the NCCO that answers it.

A document is made by following the program from where the caller stands: what is to be played is collected; what is
remembered, chosen and gone to is followed at once. It is closed by the first thing that waits for a webhook.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .filling import UnusableError, filled, names
from .kinds import truth
from .program import Action, Document, Program, Request, Wait
from .understand import Event, good, heard
from .values import evaluate, fill

BUDGET = 4.0
"""Seconds that the requests of one webhook may take together: the platform waits 5 s for its answer (reference,
webhook timeouts). What would take longer comes back for them with a `notify`."""

CONFIDENCE = "confidence"
"""What a program keeps, beside parts of the call, if it reads how sure the words of an answer were."""

_MOST_DOCUMENTS = 1000
"""Documents that one webhook goes through. More are a round of choices that never ends."""


class Position(NamedTuple):
    """Where a webhook belongs: a wait and its attempt (from 1), or, after a `notify`, the document to go on with."""

    at: str
    attempt: int = 1


class State(NamedTuple):
    """What a call remembers from one webhook to the next, as JSON data.

    `call` has what the program reads of the call, `vars` what it remembers, `asked` the attempts of waits to which a
    caller may be sent back, `confidence` how sure the words of the last answer were.
    """

    call: Mapping[str, object] = {}
    vars: Mapping[str, object] = {}
    asked: Mapping[str, int] = {}
    confidence: float | None = None


_NOTHING = State()


class Reply(NamedTuple):
    """An NCCO.

    `document` is the name of the one it begins with. Of the action that waits, the last of the question, `eventUrl` is
    for the host to write; `waits` is where its webhook belongs and `at` its index. `state` is to be carried there.
    `unusable` names documents of which something was left out or passed over, since no value fitted.
    """

    document: str
    actions: tuple[Action, ...]
    state: State
    waits: Position | None = None
    at: int | None = None
    unusable: tuple[str, ...] = ()


class Ask(NamedTuple):
    """A request that has to be answered before an NCCO can be made. `step` is the document that asks.

    `data` holds `url`, `headers` and, where something is sent, `json`. `walk` is for `resume`.
    """

    step: str
    method: str
    data: Mapping[str, object]
    timeout: float
    expect: object
    walk: Walk


class Response(NamedTuple):
    """What came of a request: its status, None where no answer came in time.

    `body` is the JSON of the answer, and `sound` says that it is JSON and as expected.
    """

    status: int | None
    body: object = None
    sound: bool = True


class Walk(NamedTuple):
    """How far a document has been made."""

    first: str
    name: str
    event: Event
    state: State
    actions: tuple[Action, ...] = ()
    spent: float = 0.0
    unusable: tuple[str, ...] = ()


def begin(program: Program, call: Mapping[str, object], event: Event) -> Reply | Ask:
    """The first NCCO of a call, or what has to be asked before it."""
    kept = {key: call[key] for key in program.keeps if key in call}
    return _follow(program, Walk(program.start, program.start, event, State(kept)))


def step(program: Program, position: Position, state: State, event: Event) -> Reply | Ask | None:
    """What answers a webhook.

    None where nothing does: a status that leads nowhere, a wait or an attempt that the program has not. The answer is
    then an NCCO without actions, `[]`.
    """
    found: str | None = position.at
    if position.at in program.waits:
        found, state = answered(program, position, event, state)
    elif position.at not in program.documents or program.documents[position.at].requests is None:
        return None
    return None if found is None else _follow(program, Walk(found, found, event, state))


def answered(program: Program, position: Position, event: Event, state: State = _NOTHING) -> tuple[str | None, State]:
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
    good_one = response.status is not None and 200 <= response.status < 300 and response.sound
    to = request.when.get(str(response.status))
    if to is None and good_one and document.goes_on is not None:
        to = document.goes_on
        walk = walk._replace(state=_remember(walk.state, request.save, response.body))
    elif good_one and document.goes_on is None and to is None:
        return _ended(program, walk)
    return _follow(program, walk._replace(name=to or request.otherwise))


def failed(program: Program, event: Event) -> Reply | None:
    """What a caller hears when the host cannot answer: the flow's `failure`, if it has one."""
    if program.failure is None:
        return None
    done = _follow(program, Walk(program.failure, program.failure, event, _NOTHING))
    return done if isinstance(done, Reply) else None


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
    return wait.answered, _remember(state, wait.save, answer.text)


def _follow(program: Program, walk: Walk) -> Reply | Ask:
    """Make a document, from where a walk has come to."""
    for _ in range(_MOST_DOCUMENTS):
        document = program.documents[walk.name]
        walk = _played(program, document, walk)
        if document.requests is not None:
            return _asked(program, document.requests, walk)
        to = _way_on(program, document, walk)
        if to is None:
            return _question(program, document, walk) if document.asks else _ended(program, walk)
        walk = walk._replace(name=to)
    walk = walk._replace(unusable=(*walk.unusable, walk.name))
    return _fail(program, walk)


def _played(program: Program, document: Document, walk: Walk) -> Walk:
    """What a document plays and remembers."""
    if not document.fills and not document.sets:
        return walk._replace(actions=walk.actions + document.actions) if document.actions else walk
    known = names(program, walk.state, walk.event)
    try:
        actions = filled(document.actions, document.fills, known)
    except UnusableError:
        actions, walk = (), walk._replace(unusable=(*walk.unusable, walk.name))
    walk = walk._replace(actions=walk.actions + actions)
    for path, value in document.sets:
        known = names(program, walk.state, walk.event)
        walk = walk._replace(state=_remember(walk.state, path, fill(value, known)))
    return walk


def _way_on(program: Program, document: Document, walk: Walk) -> str | None:
    """The document that follows at once, if one does."""
    if document.fails is not None:
        wait = program.waits[document.fails]
        attempt = walk.state.asked.get(document.fails, len(wait.failures))
        return wait.failures[min(max(attempt, 1), len(wait.failures)) - 1].no_match
    if document.chooses:
        known = names(program, walk.state, walk.event)
        for test, to in document.chooses:
            if truth(evaluate(test, known)):
                return to
    return document.goes_on


def _asked(program: Program, request: Request, walk: Walk) -> Reply | Ask:
    """A request; where something is to be heard before it, or time is short, the call comes back for it."""
    if walk.actions or walk.spent + request.timeout > BUDGET:
        notify: Action = {"action": "notify", "payload": {"step": walk.name}}
        at = len(walk.actions)
        waits = Position(walk.name)
        return Reply(walk.first, (*walk.actions, notify), walk.state, waits, at, walk.unusable)
    known = names(program, walk.state, walk.event, with_secrets=True)
    try:
        (data,) = filled((dict(request.data),), request.fills, known)
    except UnusableError:
        return _follow(program, walk._replace(name=request.otherwise))
    walk = walk._replace(spent=walk.spent + request.timeout)
    return Ask(walk.name, request.method, data, request.timeout, request.expect, walk)


def _question(program: Program, document: Document, walk: Walk) -> Reply | Ask:
    """The question in which a document ends; behind one that takes an answer, what follows if the host gives none."""
    assert document.asks is not None
    wait = program.waits[document.asks]
    try:
        asked = wait.question
        if wait.fills:
            asked = filled(asked, wait.fills, names(program, walk.state, walk.event))
    except UnusableError:
        walk = walk._replace(unusable=(*walk.unusable, document.asks))
        other = wait.exits.get("failed")
        return _fail(program, walk) if other is None else _follow(program, walk._replace(name=other))
    actions = walk.actions + asked
    at = len(actions) - 1
    if wait.on == "answer" and program.failure is not None:
        actions += _actions_of_failure(program, walk.event)
    return Reply(walk.first, actions, walk.state, Position(document.asks, document.attempt), at, walk.unusable)


def _ended(program: Program, walk: Walk) -> Reply:
    return Reply(walk.first, walk.actions, walk.state, unusable=walk.unusable)


def _fail(program: Program, walk: Walk) -> Reply:
    """The flow's `failure` behind what has been made so far."""
    actions = walk.actions + _actions_of_failure(program, walk.event)
    return Reply(walk.first, actions, walk.state, unusable=walk.unusable)


def _actions_of_failure(program: Program, event: Event) -> tuple[Action, ...]:
    reply = failed(program, event)
    return reply.actions if reply is not None else ()


def _remember(state: State, path: tuple[str, ...], value: object) -> State:
    """A state in which `vars` has a value at a path."""
    return state._replace(vars=_put(state.vars, path, value)) if path else state


def _put(owner: Mapping[str, object], path: tuple[str, ...], value: object) -> dict[str, object]:
    key, *rest = path
    if not rest:
        return {**owner, key: value}
    inner = owner.get(key)
    return {**owner, key: _put(inner if isinstance(inner, Mapping) else {}, tuple(rest), value)}
