"""Documents as they are made in a call: what is played is collected, what is chosen and gone to is followed at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .evaluate import evaluate
from .files import MOST_ACTIONS
from .filling import UnusableError, filled
from .kinds import truth
from .known import Known
from .program import Action, Document, Program, Request
from .understand import Event
from .unfit import Unfit
from .values import fill

BUDGET = 4.0
"""Seconds that the requests of one webhook may take together: the platform waits 5 s for its answer (reference,
webhook timeouts). What would take longer comes back for them with a `notify`."""

MOST_RETURNS = 5
"""How many times in a row a call comes back for requests with nothing heard in between. More are a round of requests
that never ends: nothing would slow it down."""

_LEAST_SPENT = BUDGET / 10
"""Seconds that a request counts for at least: there are ten of them in one webhook at most."""

NOTHING: Action = {"action": "wait", "timeout": 0.1}
"""What stands where nothing is to be heard: an empty NCCO may count as no answer."""

_MOST_DOCUMENTS = 1000
"""Documents that one webhook goes through. More are a round of choices that never ends."""


class Position(NamedTuple):
    """Where a webhook belongs: a wait and its attempt (from 1), or, after a `notify`, the document to go on with.

    The attempt is then how many times in a row the call has come back with nothing heard in between.
    """

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


NOTHING_KNOWN = State()
"""What a call remembers at its begin."""


class Unusable(NamedTuple):
    """A document or a wait that was cut short or passed over, since a value did not fit its field: its name, the field,
    what is read there, and why."""

    at: str
    field: str
    reads: str
    why: str


class Reply(NamedTuple):
    """An NCCO; it is never empty.

    `document` is the name of the one it begins with. Of the action that waits, the last of the question, `eventUrl` is
    for the host to write; `waits` is where its webhook belongs and `at` its index. `state` is to be carried there.
    `unusable` are documents and waits that were cut short or passed over, since a value did not fit its field,
    `endless` a document in a round of choices or requests that was left by the `failure`, for it would not end.
    """

    document: str
    actions: tuple[Action, ...]
    state: State
    waits: Position | None = None
    at: int | None = None
    unusable: tuple[Unusable, ...] = ()
    endless: str | None = None


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
    """How far a document has been made. `returns` is how many times in a row a call has come back for it unheard."""

    first: str
    name: str
    event: Event
    state: State
    actions: tuple[Action, ...] = ()
    spent: float = 0.0
    unusable: tuple[Unusable, ...] = ()
    returns: int = 0
    endless: str | None = None


def follow(program: Program, walk: Walk) -> Reply | Ask:
    """Make a document, from where a walk has come to."""
    for _ in range(_MOST_DOCUMENTS):
        document = program.documents[walk.name]
        try:
            walk = _played(program, document, walk)
        except UnusableError as error:
            return _fail(program, _before(program, document, walk, error))
        done = _on(program, document, walk)
        if not isinstance(done, Walk):
            return done
        walk = done
        if len(walk.actions) > MOST_ACTIONS:
            break
    return _fail(program, walk._replace(endless=walk.name))


def _played(program: Program, document: Document, walk: Walk) -> Walk:
    """What a document plays and remembers."""
    if not document.fills and not document.sets:
        return _on_with(walk, document.actions) if document.actions else walk
    if document.actions:
        known = Known(program, walk.state, walk.event)
        walk = _on_with(walk, filled(document.actions, document.fills, known))
    for path, value in document.sets:
        state = remember(walk.state, path, fill(value, Known(program, walk.state, walk.event)))
        walk = walk._replace(state=state)
    return walk


def _on_with(walk: Walk, actions: tuple[Action, ...]) -> Walk:
    """A walk with more actions: what `_replace` makes, which takes three times as long."""
    first, name, event, state, before, spent, unusable, returns, endless = walk
    return Walk(first, name, event, state, before + actions, spent, unusable, returns, endless)


def _before(program: Program, document: Document, walk: Walk, error: UnusableError) -> Walk:
    """What a document plays before the action for which a value does not fit."""
    end = error.action
    fills = [each for each in document.fills if int(each.path[0]) < end]
    played = filled(document.actions[:end], fills, Known(program, walk.state, walk.event))
    return _passed(walk._replace(actions=walk.actions + played), walk.name, error.unfit)


def _on(program: Program, document: Document, walk: Walk) -> Reply | Ask | Walk:
    """What follows a document: it is closed, or the walk goes on to another."""
    if document.requests is not None:
        return _asked(program, document.requests, walk)
    if document.fails is not None:
        return _wrong(program, document.fails, walk)
    to = _chosen(program, document, walk) if document.chooses else document.goes_on
    if to is not None:
        return walk._replace(name=to)
    return _question(program, document, walk) if document.asks else ended(walk)


def _wrong(program: Program, wait: str, walk: Walk) -> Reply | Walk:
    """The answer last given to a wait was a wrong one. Where its attempts were over, that can be so but once."""
    failures = program.waits[wait].failures
    attempt = max(walk.state.asked.get(wait, len(failures)), 1)
    if attempt > len(failures):
        return _fail(program, walk._replace(endless=walk.name))
    state = walk.state._replace(asked={**walk.state.asked, wait: attempt + 1})
    return walk._replace(name=failures[attempt - 1].no_match, state=state)


def _chosen(program: Program, document: Document, walk: Walk) -> str | None:
    """The document that follows a choice, if one does."""
    known = Known(program, walk.state, walk.event)
    return next((to for test, to in document.chooses if truth(evaluate(test, known))), document.goes_on)


def _asked(program: Program, request: Request, walk: Walk) -> Reply | Ask | Walk:
    """A request; where something is to be heard before it, or time is short, the call comes back for it."""
    takes = max(request.timeout, _LEAST_SPENT)
    if walk.actions or walk.spent + takes > BUDGET:
        return _coming_back(program, walk)
    known = Known(program, walk.state, walk.event, with_secrets=True)
    try:
        (data,) = filled((dict(request.data),), request.fills, known)
    except UnusableError as error:
        return _passed(walk, walk.name, error.unfit)._replace(name=request.otherwise)
    walk = walk._replace(spent=walk.spent + takes)
    return Ask(walk.name, request.method, data, request.timeout, request.expect, walk)


def _coming_back(program: Program, walk: Walk) -> Reply:
    """A reply behind which the call comes back for a request; the `failure` where it has done so too often."""
    returns = 1 if any(each["action"] != "notify" for each in walk.actions) else walk.returns + 1
    if returns > MOST_RETURNS:
        return _fail(program, walk._replace(endless=walk.name))
    notify: Action = {"action": "notify", "payload": {"step": walk.name}}
    return _waiting(program, walk, (notify,), Position(walk.name, returns))


def _question(program: Program, document: Document, walk: Walk) -> Reply | Walk:
    """The question in which a document ends. Where a value does not fit it, the call goes on as if it had failed."""
    assert document.asks is not None
    wait = program.waits[document.asks]
    try:
        asked = (
            filled(wait.question, wait.fills, Known(program, walk.state, walk.event)) if wait.fills else wait.question
        )
    except UnusableError as error:
        walk = _passed(walk, document.asks, error.unfit)
        other = wait.exits.get("failed") if wait.on == "outcome" else wait.failures[-1].no_input
        return _fail(program, walk) if other is None else walk._replace(name=other)
    return _waiting(program, walk, asked, Position(document.asks, document.attempt), alone=wait.on == "outcome")


def _waiting(
    program: Program, walk: Walk, asked: tuple[Action, ...], position: Position, *, alone: bool = False
) -> Reply:
    """An NCCO whose last action waits. Behind it, unless it has to stand alone, what follows if the host is silent."""
    actions = walk.actions + asked
    behind = () if alone else _actions_of_failure(program, walk.event, position.at)
    return Reply(walk.first, actions + behind, walk.state, position, len(actions) - 1, walk.unusable, walk.endless)


def ended(walk: Walk) -> Reply:
    return Reply(walk.first, walk.actions or (NOTHING,), walk.state, None, None, walk.unusable, walk.endless)


def _fail(program: Program, walk: Walk) -> Reply:
    """The `failure` of where a walk has come to, behind what has been made so far."""
    behind = () if walk.first in program.failing else _actions_of_failure(program, walk.event, walk.name)
    return ended(walk._replace(actions=walk.actions[: MOST_ACTIONS - len(behind)] + behind))


def _passed(walk: Walk, name: str, unfit: Unfit) -> Walk:
    """A walk on which a value did not fit something."""
    return walk._replace(unusable=(*walk.unusable, Unusable(name, *unfit)))


def _actions_of_failure(program: Program, event: Event, at: str) -> tuple[Action, ...]:
    reply = failed(program, event, at)
    return () if reply is None or reply.actions == (NOTHING,) else reply.actions


def failed(program: Program, event: Event, at: str = "") -> Reply | None:
    """What a caller hears when the host cannot answer at a document or a wait: the `failure` there, if there is one."""
    failure = program.failure_at(at)
    if failure is None:
        return None
    done = follow(program, Walk(failure, failure, event, NOTHING_KNOWN))
    return done if isinstance(done, Reply) else None


def remember(state: State, path: tuple[str, ...], value: object) -> State:
    """A state in which `vars` has a value at a path."""
    return State(state.call, _put(state.vars, path, value), state.asked, state.confidence) if path else state


def _put(owner: Mapping[str, object], path: tuple[str, ...], value: object) -> dict[str, object]:
    key, rest = path[0], path[1:]
    if not rest:
        return {**owner, key: value}
    inner = owner.get(key)
    return {**owner, key: _put(inner if isinstance(inner, Mapping) else {}, rest, value)}
