"""Plays rehearsed calls against a program that is hosted somewhere, and says what in them is not as it was to be.

What servers answer is up to them, unless the program asks ours. What a call says of a world that is not ours there is a
remark of its transcript, and a hint of what is wrong with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from threading import Event
from typing import NamedTuple

from ...text.diagnostics import Diagnostic
from ...text.nearest import nearest
from ..platform.application import Answer, of_its_own
from ..platform.delivery import Hosted, Setup
from ..platform.play import A_CALL, play
from ..platform.transcript import Transcript
from ..platform.webhook import Webhook
from .given_server import Asked, GivenServer
from .judge import judge
from .lost import lost
from .rehearsal import USUAL_CHANCE, Rehearsals, Rehearsed
from .rehearse import Rehearsal, acts, unfit
from .rules import BAD_ANSWER, UNEXPECTED_REQUEST
from .said_where import Flow
from .unanswered import Unanswered


class Made(NamedTuple):
    """A call that was made: what happened, and what was asked in it of the server of what is given."""

    transcript: Transcript
    asked: Asked | None


class Stopped(Exception):  # noqa: N818 - no error: how calls end that nobody waits for
    """No webhook is sent any more."""


class Host:
    """Where a program is hosted, and the server that it asks for what calls have as given. Calls may be made at once.

    Set `over` for calls that are under way to end at their next webhook.
    """

    def __init__(self, setup: Setup, server: GivenServer | None = None, clock: Callable[[], float] = time.time) -> None:
        self.setup, self.server, self.clock = setup, server, clock
        self.unanswered = Unanswered()
        self.over = Event()

    def call(self, rehearsed: Rehearsed) -> Made:
        """A call, with ids of its own; one that does not say when it begins does so now. May raise Stopped."""
        call = of_its_own(rehearsed.call)
        if call.started == A_CALL.started:
            call = call._replace(started=self.clock())
        application = _Stoppable(self.unanswered.hosted(self.setup, self.clock), self.over)
        asked = self.server.begins(rehearsed.given, call) if self.server is not None else None
        try:
            return Made(play(application, acts(rehearsed), call), asked)
        finally:
            if asked is not None:
                asked.over.set()


class _Stoppable:
    """An application that is asked and told no more once `over` is set."""

    events = True

    def __init__(self, hosted: Hosted, over: Event) -> None:
        self.hosted, self.over = hosted, over

    def ask(self, webhook: Webhook) -> Answer:
        if self.over.is_set():
            raise Stopped
        return self.hosted.ask(webhook)

    def tell(self, webhook: Webhook) -> Answer:
        if self.over.is_set():
            raise Stopped
        return self.hosted.tell(webhook)


def caller_of(rehearsed: Rehearsed) -> Hashable:
    """Who is on the phone, where the call says it: nobody makes two calls at once. None where it does not say."""
    fields = rehearsed.place.owner
    if not isinstance(fields, dict):
        return None
    if "user" in fields:
        return "user", str(fields["user"])
    number = "to" if rehearsed.call.outbound else "from"
    return ("number", str(fields[number])) if number in fields else None


def judged(rehearsals: Rehearsals, rehearsed: Rehearsed, made: Made, flow: Flow | None) -> Rehearsal:
    """A call that was made, with what is wrong with it."""
    idle = _idle(rehearsals, rehearsed, without=() if made.asked is None else ("given",))
    transcript = made.transcript
    transcript = transcript._replace(remarks=(*transcript.remarks, *(_IDLE[name] for name in idle)))
    amiss = [_with_hint(said, idle) for said in judge(rehearsed, transcript, flow)]
    found = [*amiss, *lost(rehearsed, transcript, amiss)]
    found[:0] = _not_given(rehearsed, made.asked) if made.asked is not None else ()
    return Rehearsal(rehearsed, transcript, tuple(found), idle=idle)


_IDLE: Mapping[str, str] = {
    "given": "what the program's own servers answer: with --url, `given` is not asked",
    "at": "the program's own clock: with --url, `at` does not set it",
    "random": "the program's own chance: with --url, `random` does not set it",
    "params": "the program's own params: with --url, `params` does not bind them",
}
"""What a call may say that a program which is hosted elsewhere does not hear of, and what counts in its place."""


def _idle(rehearsals: Rehearsals, rehearsed: Rehearsed, without: Sequence[str]) -> tuple[str, ...]:
    """What of a call, or of its file, counts for nothing in a program that is hosted elsewhere."""
    said = {
        "given": bool(rehearsed.given),
        "at": rehearsed.call.started != A_CALL.started,
        "random": rehearsed.chance != USUAL_CHANCE,
        "params": bool(rehearsals.params),
    }
    return tuple([name for name, is_said in said.items() if is_said and name not in without])


def _with_hint(found: Diagnostic, idle: Sequence[str]) -> Diagnostic:
    """What is wrong with a call, with what may be the reason."""
    if not idle:
        return found
    reason = f"with --url, {' and '.join(f'`{each}`' for each in idle)} of the calls {'do' if idle[1:] else 'does'} not"
    hint = f"{reason} reach the program: see whether that is why"
    return found._replace(hint=f"{found.hint}; {hint}" if found.hint else hint)


def _not_given(rehearsed: Rehearsed, asked: Asked) -> Iterator[Diagnostic]:
    """The requests of a program that is hosted whose answers the call does not say."""
    for first, second in dict.fromkeys(asked.alike):
        message = f"at the port of `--given-at`, `{second}` cannot be told from `{first}`: the first would win"
        yield BAD_ANSWER.at(rehearsed.given[second].place, message, "give one of them another path")
    for request, body in asked.unfit:
        yield UNEXPECTED_REQUEST.at(rehearsed.place, *unfit("program", request, body))
    for request in dict.fromkeys(asked.unexpected):
        near = nearest(request, (f"{each.partition(' ')[0]} {_path(each)}" for each in rehearsed.given))
        hint = f"the call has `{near}`" if near else "write under `given` what it answers"
        yield UNEXPECTED_REQUEST.at(rehearsed.place, f"the program asks `{request}`", hint)


def _path(request: str) -> str:
    return f"/{request.partition('://')[2].partition('/')[2]}"
