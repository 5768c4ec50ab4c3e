"""`flowc call`: a call in the terminal."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from textwrap import indent

import click

from ..caller.exploring.calls_through import Explored
from ..caller.exploring.tried import Start
from ..caller.live import Live
from ..caller.platform.application import Application, Call, of_its_own
from ..caller.platform.delivery import Hosted, Setup
from ..caller.platform.inside import Inside, OpenError
from ..caller.platform.line import Line
from ..caller.platform.play import NO_NCCO, run
from ..caller.platform.script import HangsUp
from ..caller.platform.transcript import Happened, Transcript
from ..caller.platform.transcript import line as told
from ..caller.rehearsals.given import Answering
from ..caller.rehearsals.moment import MomentError, moment
from ..caller.rehearsals.rehearsal import USUAL_CHANCE
from ..caller.rehearsals.said_where import Flow, place_of
from ..program.expected import fits
from ..program.machine import Ask, Response
from ..text.diagnostics import Diagnostic
from ..text.document import Place
from ..text.reports.display import safe
from ..text.reports.places import start
from . import CLEAN, ERRORS
from .builds.hosting import assignments
from .calls.answering import hosted
from .calls.called import Called, flow_file, flow_of
from .calls.replayed import Replay, replayed
from .calls.saved import check, goal
from .calls.saved import save as saved
from .output import report

_PROMPTS = ("hears", "plays")
_PLACED = (*_PROMPTS, "asks", "connects", "recorded", "joins")


@click.command()
@click.argument("flow", required=False)
@hosted
@click.option("--from", "number", metavar="NUMBER", help="The number that calls.")
@click.option("--to", metavar="NUMBER", help="The number that is called.")
@click.option("--at", metavar="MOMENT", help="When the call comes: 2026-03-02T10:00+00:00. Without it, now.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param of the flow.")
@click.option("--save", metavar="FILE", help="Write the call into a file of rehearsed calls, behind those in it.")
@click.option("--replay", metavar="FILE[:NAME]", help="Do first what a rehearsed call does; the first, without a NAME.")
def call(
    flow: str | None,
    setup: Setup | None,
    number: str | None,
    to: str | None,
    at: str | None,
    params: tuple[str, ...],
    save: str | None,
    replay: str | None,
) -> int:
    """Call a FLOW in the terminal: read what the caller hears, type what the caller presses or says.

    FLOW is the path of a flow, or its name in the project. Nothing is spoken and nobody waits: the seconds are those of
    a clock of its own. Each line says where in the flow it comes from.
    """
    if (flow is None) == (setup is None):
        raise click.UsageError("name a FLOW, or with --url what is hosted")
    first = replayed(replay) if replay is not None else Replay()
    into = goal(Path(save)) if save is not None else None
    bound = {**(into.params if into is not None else {}), **first.params, **assignments(params)}
    if into is not None and flow is not None:
        check(into, flow_file(flow), bound)
    found: list[Diagnostic] = []
    called = flow_of(flow, bound, found) if flow is not None else None
    if called is None and setup is None:
        report(found, list(dict.fromkeys(each.source.name for each in found)))
        return ERRORS
    begins = first.rehearsed.call if first.rehearsed is not None else Call(started=float(int(time.time())))
    started = begins.started if at is None else _moment(at)
    for option, each in (("--from", number), ("--to", to)):
        if each is not None and not (each.isascii() and each.isdigit()):
            raise click.UsageError(f"{option} {each}: write a number as the platform tells it: 447700900123")
    begins = begins._replace(caller=number or begins.caller, to=to or begins.to, started=started)
    person = _Typing()
    made = _called(called, setup, begins, first, person)
    if made.transcript.ended.startswith(NO_NCCO):
        return ERRORS
    code = saved(into, called, made, bound) if into is not None else CLEAN
    if person.is_interrupted:
        raise KeyboardInterrupt
    return code


def _called(called: Called | None, setup: Setup | None, begins: Call, first: Replay, typing: _Typing) -> Explored:
    """The call from its beginning to its end, and what it rests on."""
    person: Live
    chance = first.rehearsed.chance if first.rehearsed is not None else USUAL_CHANCE
    application: Application
    if setup is not None or called is None:
        assert setup is not None
        application = Hosted(setup)
    else:
        program, flow = called.program, called.text
        given = Answering(first.given)
        application = Inside(program, lambda request: _answered(person, request, given, flow), chance)
    text = called.text if called is not None else None
    acts = [each.act for each in first.rehearsed.steps if each.act is not None] if first.rehearsed is not None else []
    line = Line(application, begins if called is not None else of_its_own(begins), ())
    person = Live(line, typing.ask, lambda each: click.echo(safe(_line(each, text))), acts)
    try:
        transcript = _to_its_end(line, person, typing)
    except OpenError as wanted:
        raise click.UsageError(f"bind {', '.join(f'--param {name}=…' for name in wanted.args)}: it is open") from None
    person.catch_up()
    _summed_up(transcript)
    return Explored(Start(begins, chance), tuple(person.done), transcript)


def _to_its_end(line: Line, person: Live, typing: _Typing) -> Transcript:
    """What happens in the call. Ctrl-C ends it as hanging up does: what has been said and done is not lost."""
    try:
        return run(line)
    except KeyboardInterrupt:
        typing.is_interrupted = typing.is_over = True
        click.echo()
        line.acts.append(len(line.happened))
        person.done.append(HangsUp())
        happened = (*line.happened, Happened(line.now, "ended", _HUNG_UP))
        return Transcript(happened, tuple(line.acts), tuple(line.remarks), _HUNG_UP, line.now)


_HUNG_UP = "the caller hangs up"


def _answered(person: Live, request: Ask, given: Answering, flow: Flow) -> Response:
    """What a server answers; what the flow does not expect is said to be none."""
    place = flow.places.get(request.step)
    response = person.answer(request, given, _where(flow.written.request(place)) if place is not None else "")
    if response.body is None or fits(request.expect, response.body):
        return response
    click.echo("         this is not as the flow expects it, so it counts as no good answer")
    return response._replace(sound=False)


def _moment(written: str) -> float:
    """A moment in seconds since 1970. Raises UsageError."""
    try:
        return moment(written)
    except MomentError as error:
        raise click.UsageError(f"--at: {error.message}: {error.meant}") from None


def _summed_up(transcript: Transcript) -> None:
    """How long the caller was spoken to, what the caller did in vain, and what the outcome rests on."""
    spoken = sum(each.seconds for each in transcript.happened if each.what in _PROMPTS)
    click.echo(f"{transcript.seconds:.1f} s, of which prompts take {spoken:.1f} s by estimate", err=True)
    for _, why in transcript.lost:
        click.echo(safe(why), err=True)
    for remark in transcript.remarks:
        click.echo(f"rests on: {remark}", err=True)


def _line(happened: Happened, flow: Flow | None) -> str:
    """Something that happened, and where in the flow that is written."""
    place = place_of(flow, happened) if flow is not None and happened.what in _PLACED else None
    return told(happened) + (_where(place) if place is not None else "")


def _where(place: Place) -> str:
    """Where in the flow something is written."""
    return f"  [{place.document.source.name}:{start(place.document.source, place.span)[0]}]"


class _Typing:
    """A person at a terminal, who is gone at the end of the input, or with Ctrl-C."""

    def __init__(self) -> None:
        self.is_over = self.is_interrupted = False

    def ask(self, question: str) -> str | None:
        """What the person types, shown where no terminal does that; None when nobody is there any more."""
        if self.is_over:
            return None
        try:
            typed = input(f"{indent(question, ' ' * 9)}> ")
        except (EOFError, KeyboardInterrupt) as end:
            self.is_over, self.is_interrupted = True, isinstance(end, KeyboardInterrupt)
            click.echo()
            return None
        if not sys.stdin.isatty():
            click.echo(safe(typed))
        return typed
