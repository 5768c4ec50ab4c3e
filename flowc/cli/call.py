"""`flowc call`: a call in the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

import click

from ..caller.calls_through import Explored
from ..caller.live import Live
from ..caller.platform.application import Application, Call, of_its_own
from ..caller.platform.delivery import Hosted, Setup
from ..caller.platform.inside import Inside, OpenError
from ..caller.platform.line import Line
from ..caller.platform.play import run
from ..caller.platform.transcript import Happened, Transcript
from ..caller.platform.transcript import line as told
from ..caller.rehearsal import USUAL_CHANCE, Rehearsed
from ..caller.said_where import Flow, place_of
from ..caller.tried import Start
from ..program.expected import fits
from ..program.machine import Ask, Response
from ..text.diagnostics import Diagnostic
from ..text.document import Place
from ..text.reports.display import safe
from ..text.reports.places import start
from . import CLEAN, ERRORS
from .answering import answering
from .called import Called, flow_file, flow_of
from .hosting import assignments
from .output import report
from .saved import check, goal
from .saved import save as saved
from .tested import read

_PROMPTS = ("hears", "plays")
_PLACED = (*_PROMPTS, "asks", "connects", "recorded", "joins")


class _Replay(NamedTuple):
    """A rehearsed call that is done first; `given` is what servers answer in it."""

    rehearsed: Rehearsed | None = None
    params: Mapping[str, object] = {}

    @property
    def given(self) -> dict[str, Response]:
        return {key: each.response for key, each in self.rehearsed.given.items()} if self.rehearsed else {}


@click.command()
@click.argument("flow", required=False)
@click.option("--url", metavar="URL", help="Call what is hosted under this answer URL, in place of a flow.")
@click.option("--method", type=click.Choice(["GET", "POST"]), default="GET", help="The method of the answer URL.")
@click.option("--event-url", metavar="URL", help="The event URL of what is called.")
@click.option("--fallback-url", metavar="URL", help="The fallback URL of what is called.")
@click.option("--signed", is_flag=True, help="Sign webhooks, as `flowc test --signed` does.")
@click.option("--from", "number", metavar="NUMBER", help="The number that calls.")
@click.option("--to", metavar="NUMBER", help="The number that is called.")
@click.option("--at", metavar="MOMENT", help="When the call comes: 2026-03-02T10:00+00:00. Without it, now.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param of the flow.")
@click.option("--save", metavar="FILE", help="Write the call into a file of rehearsed calls, behind those in it.")
@click.option("--replay", metavar="FILE[:NAME]", help="Do first what a rehearsed call does; the first, without a NAME.")
def call(
    flow: str | None,
    url: str | None,
    method: str,
    event_url: str | None,
    fallback_url: str | None,
    signed: bool,
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
    if (flow is None) == (url is None):
        raise click.UsageError("name a FLOW, or with --url what is hosted")
    setup = answering(url, method, event_url, fallback_url, signed=signed)
    first = _replayed(replay) if replay is not None else _Replay()
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
    begins = begins._replace(caller=number or begins.caller, to=to or begins.to, started=started)
    made = _called(called, setup, begins, first)
    return saved(into, called, made, bound) if into is not None else CLEAN


def _called(called: Called | None, setup: Setup | None, begins: Call, first: _Replay) -> Explored:
    """The call from its beginning to its end, and what it rests on."""
    person: Live
    chance = first.rehearsed.chance if first.rehearsed is not None else USUAL_CHANCE
    application: Application
    if setup is not None or called is None:
        assert setup is not None
        application = Hosted(setup)
    else:
        program, flow = called.program, called.text
        application = Inside(program, lambda request: _answered(person, request, first.given, flow), chance)
    text = called.text if called is not None else None
    acts = [each.act for each in first.rehearsed.steps if each.act is not None] if first.rehearsed is not None else []
    line = Line(application, begins if called is not None else of_its_own(begins), ())
    person = Live(line, _ask, lambda each: click.echo(safe(_line(each, text))), acts)
    try:
        transcript = run(line)
    except OpenError as wanted:
        raise click.UsageError(f"bind {', '.join(f'--param {name}=…' for name in wanted.args)}: it is open") from None
    person.catch_up()
    _summed_up(transcript)
    return Explored(Start(begins, chance), tuple(person.done), transcript)


def _answered(person: Live, request: Ask, given: Mapping[str, Response], flow: Flow) -> Response:
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
        at = datetime.fromisoformat(written)
    except ValueError:
        raise click.UsageError(f"--at {written}: write a moment such as 2026-03-02T10:00+00:00") from None
    if at.tzinfo is None:
        raise click.UsageError(f"--at {written}: say its difference to UTC, such as {written}+00:00")
    return at.timestamp()


def _summed_up(transcript: Transcript) -> None:
    """How long the caller was spoken to, and what the outcome rests on."""
    spoken = sum(each.seconds for each in transcript.happened if each.what in _PROMPTS)
    click.echo(f"{transcript.seconds:.1f} s, of which prompts take {spoken:.1f} s by estimate", err=True)
    for remark in transcript.remarks:
        click.echo(f"rests on: {remark}", err=True)


def _line(happened: Happened, flow: Flow | None) -> str:
    """Something that happened, and where in the flow that is written."""
    place = place_of(flow, happened) if flow is not None and happened.what in _PLACED else None
    return told(happened) + (_where(place) if place is not None else "")


def _where(place: Place) -> str:
    """Where in the flow something is written."""
    return f"  [{place.document.source.name}:{start(place.document.source, place.span)[0]}]"


def _replayed(wanted: str) -> _Replay:
    """The rehearsed call of `FILE` or `FILE:NAME`."""
    file, _, name = (wanted, "", "") if Path(wanted).is_file() else wanted.rpartition(":")
    said: list[Diagnostic] = []
    _, rehearsals = read(Path(file), said) if file else ("", None)
    if rehearsals is None:
        why = said[0].message if said else "there is no such file"
        raise click.UsageError(f"--replay {wanted}: {why}")
    found = next((each for each in rehearsals.calls if name in ("", each.name)), None)
    if found is None:
        raise click.UsageError(f"--replay {wanted}: there is no call of this name")
    return _Replay(found, rehearsals.params)


def _ask(question: str) -> str | None:
    """What a person types, shown where no terminal does that; None at the end of the input."""
    try:
        typed = input(f"{indent(question, ' ' * 9)}> ")
    except EOFError:
        click.echo()
        return None
    if not sys.stdin.isatty():
        click.echo(safe(typed))
    return typed
