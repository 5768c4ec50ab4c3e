"""`flowc call`: a call in the terminal."""

from __future__ import annotations

import time

import click

from ..caller.live import Live, answer
from ..caller.platform.application import Application, Call
from ..caller.platform.delivery import Hosted, Setup
from ..caller.platform.inside import Inside, OpenError
from ..caller.platform.line import Line
from ..caller.platform.play import run
from ..text.diagnostics import Diagnostic
from ..text.reports.display import safe
from . import CLEAN, ERRORS
from .called import flow_of
from .hosting import assignments
from .output import report


@click.command()
@click.argument("flow", required=False)
@click.option("--url", metavar="URL", help="Call what is hosted under this answer URL, in place of a flow.")
@click.option("--event-url", metavar="URL", help="The event URL of what is called.")
@click.option("--from", "number", metavar="NUMBER", help="The number that calls.")
@click.option("--to", metavar="NUMBER", help="The number that is called.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param of the flow.")
def call(
    flow: str | None,
    url: str | None,
    event_url: str | None,
    number: str | None,
    to: str | None,
    params: tuple[str, ...],
) -> int:
    """Call a FLOW in the terminal: read what the caller hears, type what the caller presses or says.

    FLOW is the path of a flow, or its name in the project. Nothing is spoken and nobody waits: the seconds are those of
    a clock of its own.
    """
    if (flow is None) == (url is None):
        raise click.UsageError("name a FLOW, or with --url what is hosted")
    application: Application
    if url is not None:
        application = Hosted(Setup(url, event_url=event_url))
    else:
        found: list[Diagnostic] = []
        called = flow_of(str(flow), assignments(params), found)
        if called is None:
            report(found, list(dict.fromkeys(each.source.name for each in found)))
            return ERRORS
        application = Inside(called.program, lambda request: answer(_ask, request))
    known = Call(started=time.time())
    return _called(Line(application, known._replace(caller=number or known.caller, to=to or known.to), ()))


def _called(line: Line) -> int:
    """The call from its beginning to its end, and what it rests on."""
    person = Live(line, _ask, lambda told: click.echo(safe(told)))
    try:
        transcript = run(line)
    except OpenError as wanted:
        raise click.UsageError(f"bind {', '.join(f'--param {name}=…' for name in wanted.args)}: it is open") from None
    person.catch_up()
    for remark in transcript.remarks:
        click.echo(f"rests on: {remark}", err=True)
    return CLEAN


def _ask(question: str) -> str | None:
    """What a person types; None at the end of the input."""
    try:
        return input(f"         {question}> ")
    except EOFError:
        return None
