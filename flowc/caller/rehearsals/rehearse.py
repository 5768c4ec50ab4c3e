"""Plays rehearsed calls, and says what in them is not as it was to be."""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ...language.explained.wording import LONG, shown
from ...program.machine import Ask, Response
from ...program.program import Program
from ...text.diagnostics import Diagnostic, errors
from ...text.nearest import nearest
from ..platform.inside import Inside, OpenError, Taken
from ..platform.play import play
from ..platform.script import Act
from ..platform.transcript import Transcript
from .given import BY_BODY, Answering, Given
from .judge import judge
from .lost import lost
from .rehearsal import Rehearsals, Rehearsed
from .rules import OPEN_IN_CALL, UNEXPECTED_REQUEST, UNUSED_ANSWER
from .said_where import Flow


class Rehearsal(NamedTuple):
    """A call that was played: what happened, what is wrong with it, and the ways that it took through the program.

    `asked` has the requests of which the call says what they are answered. `idle` is what of the call, such as `given`,
    counts for nothing where it was played.
    """

    rehearsed: Rehearsed
    transcript: Transcript | None
    found: tuple[Diagnostic, ...]
    taken: tuple[Taken, ...] = ()
    asked: frozenset[str] = frozenset()
    idle: tuple[str, ...] = ()


class Played(NamedTuple):
    """What is to be told of a call that was played: its name, what happened, what is wrong with it, what was idle."""

    name: str
    transcript: Transcript | None
    found: tuple[Diagnostic, ...]
    idle: tuple[str, ...] = ()


Fits = Callable[[object, object], bool]
"""Whether data is as a JSON Schema says."""


_MOST_COMPARED = 100
"""Requests that one which is not given is compared with."""


class _Answers:
    """What servers answer in one call, and what was asked of them."""

    def __init__(self, given: ChainMap[str, Given], fits: Fits) -> None:
        self.given, self.fits = given, fits
        self.answering = Answering(given)
        self.used: set[str] = set()
        self.unexpected: list[tuple[str, object, str]] = []

    def __call__(self, ask: Ask) -> Response:
        request = f"{ask.method} {ask.data.get('url')}"
        response = self.answering.answer(request, ask.data.get("json"))
        if response is None:
            self.unexpected.append((request, ask.data.get("json"), ask.step))
            return Response(None)
        self.used.add(request)
        return response._replace(sound=self.fits(ask.expect, response.body)) if response.body is not None else response


def rehearse(rehearsals: Rehearsals, program: Program, flow: Flow, fits: Fits) -> Iterator[Rehearsal]:
    """Each call of a file, played against a program. `fits` tells whether a server's answer is as the flow expects."""
    program = program._replace(params={**program.params, **rehearsals.params})
    inside = Inside(program)
    for each in rehearsals.calls:
        answers = _Answers(each.given, fits)
        inside.lookup, inside.chance, inside.taken = answers, each.chance, []
        try:
            transcript = play(inside, acts(each), each.call)
        except OpenError as error:
            yield Rehearsal(each, None, (_open(each, error.args),))
            continue
        amiss = [*judge(each, transcript, flow)]
        found = [*_unexpected(each, answers, flow), *amiss, *lost(each, transcript, amiss)]
        yield Rehearsal(each, transcript, tuple(found), tuple(inside.taken), frozenset(answers.used))


def acts(rehearsed: Rehearsed) -> Iterator[Act]:
    """What the caller of a call does, in order."""
    return (step.act for step in rehearsed.steps if step.act is not None)


def _open(rehearsed: Rehearsed, params: tuple[str, ...]) -> Diagnostic:
    """A call that meets a template."""
    names = ", ".join(f"`{each}`" for each in params)
    hint = f"bind it in this file: `params: {{{params[0]}: …}}`"
    return OPEN_IN_CALL.at(rehearsed.place, f"this call needs the param {names}, which nothing binds", hint)


def _unexpected(rehearsed: Rehearsed, answers: _Answers, flow: Flow) -> Iterator[Diagnostic]:
    """The requests whose answers the call does not say."""
    for request, body, step in answers.unexpected:
        place = flow.places.get(step)
        labels = [(flow.written.request(place), "asked here")] if place else []
        if request in answers.given:
            yield UNEXPECTED_REQUEST.at(rehearsed.place, *unfit("flow", request, body), *labels)
            continue
        near = nearest(request, answers.given) if len(answers.given) <= _MOST_COMPARED else None
        given = f'"{request}": {{…}}'
        add = f"add under its `given`: `{given}`" if answers.given.maps[0] else f"write `given: {{{given}}}`"
        hint = f"the call has `{near}`" if near else add
        yield UNEXPECTED_REQUEST.at(rehearsed.place, f"the flow asks `{request}`", hint, *labels)


def unfit(who: str, request: str, body: object) -> tuple[str, str]:
    """A request that is given, with a body that no answer is for: what is wrong, and the answer to add."""
    if body is None:
        message = f"the {who} asks `{request}` without a body, and each answer is for one"
        return message, f"write the answer itself, without `{BY_BODY}`"
    sent = json.dumps(body, ensure_ascii=False)
    message = f"the {who} asks `{request}` with a body that no answer is for: {shown(sent)}"
    return message, f"add under `{BY_BODY}`: `- {{body: {sent if len(sent) <= LONG else '{…}'}, answer: …}}`"


def unused(played: Sequence[Rehearsal]) -> Iterator[Diagnostic]:
    """The answers that no request asked for, in calls that are as they are to be."""
    if any(errors(list(each.found)) for each in played):
        return
    asked = {each.rehearsed.given[request].place.span for each in played for request in each.asked}
    maps = {id(each): each for call in played for each in call.rehearsed.given.maps}
    for each in maps.values():
        for request, given in each.items():
            if given.place.span not in asked:
                asked.add(given.place.span)
                yield UNUSED_ANSWER.at(given.place, f"nothing asks `{request}`", "take it out, or correct it")
