"""`flowc call`: a call in the terminal."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ..caller.exploring.calls_through import Explored
from ..caller.exploring.tried import Start
from ..caller.live import Live
from ..caller.platform.application import Application, Call, Custom, custom, of_its_own
from ..caller.platform.delivery import Hosted, Setup
from ..caller.platform.inside import Inside, OpenError
from ..caller.platform.options import told as rests_on
from ..caller.platform.pace import CALLER_HANGS_UP
from ..caller.platform.play import NO_NCCO, run
from ..caller.platform.script import HangsUp
from ..caller.platform.transcript import Happened, Transcript
from ..caller.rehearsals.given import Answering
from ..caller.rehearsals.impossible import no_number
from ..caller.rehearsals.moment import MomentError, moment
from ..caller.rehearsals.rehearsal import USUAL_CHANCE
from ..caller.rehearsals.said_where import Flow
from ..program.expected import fits
from ..program.machine import Ask, Response
from ..text.diagnostics import Diagnostic
from ..text.reports.display import safe
from . import CLEAN, ERRORS
from .builds.hosting import assignments
from .calls import terminal
from .calls.answering import SUPPOSE, hosted
from .calls.called import Called, flow_file, flow_of
from .calls.person import Person
from .calls.replayed import Replay, replayed
from .calls.rows import INDENT, broken
from .calls.saved import check, goal
from .calls.saved import save as saved
from .calls.told import where
from .output import report


@click.command()
@click.argument("flow", required=False)
@hosted
@SUPPOSE
@click.option("--from", "number", metavar="NUMBER", help="The number that calls.")
@click.option("--to", metavar="NUMBER", help="The number that is called.")
@click.option("--data", metavar="DATA", help="The custom data of a call from the app: a text, or a JSON object.")
@click.option("--at", metavar="MOMENT", help="When the call comes: 2026-03-02T10:00+00:00. Without it, now.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param of the flow.")
@click.option(
    "--real-time", is_flag=True, help="At a terminal, let what is heard take its seconds: keys may come early."
)
@click.option("--save", metavar="FILE", help="Write the call into a file of rehearsed calls, behind those in it.")
@click.option("--replay", metavar="FILE[:NAME]", help="Do first what a rehearsed call does; the first, without a NAME.")
def call(
    flow: str | None,
    setup: Setup | None,
    suppose: tuple[str, ...],
    number: str | None,
    to: str | None,
    data: str | None,
    at: str | None,
    params: tuple[str, ...],
    save: str | None,
    replay: str | None,
    *,
    real_time: bool,
) -> int:
    """Call a FLOW in the terminal: read what the caller hears, type what the caller presses or says.

    FLOW is the path of a flow, or its name in the project. Each line says where in the flow it comes from. At a
    terminal a question waits as long as it does on the phone, and Enter skips the silence; prompts are there to be read
    at once. Through a pipe nothing waits, and each line is an answer.
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
        if each is not None and no_number(option.removeprefix("--"), each) is not None:
            raise click.UsageError(f"{option} {each}: write a number as the platform tells it: 447700900123")
    begins = begins if data is None else begins._replace(custom=_custom(data), endpoint="app")
    supposed = frozenset(suppose)
    begins = begins._replace(caller=number or begins.caller, to=to or begins.to, started=started, supposed=supposed)
    setup = setup._replace(supposed=supposed) if setup is not None else None
    with _calling(called.text if called is not None else None, real_time=real_time) as person:
        made = _called(called, setup, begins, first, person)
    _summed_up(made.transcript)
    if made.transcript.ended.startswith(NO_NCCO):
        return ERRORS
    code = saved(into, called, made, bound) if into is not None else CLEAN
    if person.is_interrupted:
        raise KeyboardInterrupt
    return code


_SKIPS = "Enter skips the rest of what is heard; h and Enter hang up"


@contextmanager
def _calling(flow: Flow | None, *, real_time: bool) -> Iterator[Person]:
    """The person who calls."""
    if not terminal.is_there():
        yield Person(flow)
        return
    with terminal.opened() as there:
        if real_time:
            there.write(there.aside(broken(f"{INDENT}{_SKIPS}\n", there.width)))
        yield Person(flow, there, takes_time=real_time)


def _called(called: Called | None, setup: Setup | None, begins: Call, first: Replay, person: Person) -> Explored:
    """The call from its beginning to its end, and what it rests on."""
    live: Live
    chance = first.rehearsed.chance if first.rehearsed is not None else USUAL_CHANCE
    application: Application
    if setup is not None or called is None:
        assert setup is not None
        application = Hosted(setup)
    else:
        program, flow = called.program, called.text
        given = Answering(first.given)
        application = Inside(program, lambda request: _answered(live, request, given, flow), chance)
    steps = first.rehearsed.steps if first.rehearsed is not None else ()
    live = Live(application, begins if called is not None else of_its_own(begins), person, steps)
    try:
        transcript = _to_its_end(live, person)
    except OpenError as wanted:
        raise click.UsageError(f"bind {', '.join(f'--param {name}=…' for name in wanted.args)}: it is open") from None
    live.catch_up()
    told = begins if called is not None else begins._replace(started=Call().started)  # what is hosted has its own clock
    return Explored(Start(told, chance), tuple(live.done), transcript)


def _to_its_end(live: Live, person: Person) -> Transcript:
    """What happens in the call. Ctrl-C ends it as hanging up does: what has been said and done is not lost."""
    line = live.line
    try:
        return run(line)
    except KeyboardInterrupt:
        person.is_interrupted = person.is_over = True
        click.echo()
        line.acts.append(len(line.happened))
        live.done.append(HangsUp())
        line.happened.append(Happened(line.now, "ended", CALLER_HANGS_UP))
        return Transcript(tuple(line.happened), tuple(line.acts), tuple(line.remarks), CALLER_HANGS_UP, line.now)


def _answered(live: Live, request: Ask, given: Answering, flow: Flow) -> Response:
    """What a server answers; what the flow does not expect is said to be none."""
    place = flow.places.get(request.step)
    response = live.answer(request, given, where(flow.written.request(place)) if place is not None else "")
    if response.body is None or fits(request.expect, response.body):
        return response
    live.person.says("this is not as the flow expects it, so it counts as no good answer")
    return response._replace(sound=False)


def _custom(written: str) -> str | Custom:
    """Custom data: what begins as a JSON object does is one. Raises UsageError where it is none."""
    if not written.lstrip().startswith("{"):
        return written
    try:
        return custom(json.loads(written))
    except ValueError:
        raise click.UsageError(f'--data {written}: write JSON: {{"agent": "447700900100"}}') from None


def _moment(written: str) -> float:
    """A moment in seconds since 1970. Raises UsageError."""
    try:
        return moment(written)
    except MomentError as error:
        raise click.UsageError(f"--at: {error.message}: {error.meant}") from None


def _summed_up(transcript: Transcript) -> None:
    """How long the caller was spoken to, what the caller did in vain, and what the outcome rests on."""
    spoken = sum(each.seconds for each in transcript.happened if each.what in ("hears", "plays"))
    click.echo(f"{transcript.seconds:.1f} s, of which prompts take {spoken:.1f} s by estimate", err=True)
    rests = [f"rests on: {rests_on(each)}" for each in transcript.remarks]
    for each in (*(loss.told for loss in transcript.losses), *rests):
        click.echo(broken(safe(each), terminal.columns(sys.stderr)), err=True)
