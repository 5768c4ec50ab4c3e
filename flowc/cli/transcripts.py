"""`flowc transcripts`: every way through a flow, as a text whose diff is read, or as rehearsed calls."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from ..caller.exploring.all_calls import all_calls
from ..caller.exploring.calls_through import Calls, decided, ends
from ..caller.exploring.explore import MOST_PLACES, explore
from ..caller.platform.application import Call
from ..caller.platform.inside import OpenError
from ..caller.rehearsals.written_calls import written
from ..program.expected import fits
from ..text.characters import LARGEST
from ..text.diagnostics import Diagnostic
from ..text.reports.display import safe
from ..workspace import disk
from . import CLEAN, ERRORS
from .builds.hosting import assignments
from .calls.called import Called, flow_of
from .calls.linewise import unified
from .output import print_text, report

_MOST_CALLS = 200


@click.command()
@click.argument("flow")
@click.option("--calls", "as_calls", is_flag=True, help="Write rehearsed calls (NAME.calls.yml), for `flowc test`.")
@click.option(
    "--most",
    type=click.IntRange(1),
    help=f"At most so many places ({MOST_PLACES}); with --calls, at most so many calls ({_MOST_CALLS}).",
)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param of the flow.")
@click.option("--out", metavar="FILE", help="Write it to a file.")
@click.option("--check", metavar="FILE", help="Print how a file differs from it, and exit with 1 if it does.")
def transcripts(
    flow: str, as_calls: bool, most: int | None, params: tuple[str, ...], out: str | None, check: str | None
) -> int:
    """Print what callers of a FLOW hear, on every way through it.

    FLOW is the path of a flow, or its name in the project. Each place of a call is told once, with what is heard there
    and where each thing leads that a caller can do, others can answer, or servers can say.
    """
    found: list[Diagnostic] = []
    bound = assignments(params)
    called = flow_of(flow, bound, found)
    if called is None:
        report(found, list(dict.fromkeys(each.source.name for each in found)))
        return ERRORS
    try:
        text = _calls(called, bound, most or _MOST_CALLS) if as_calls else _text(called, most or MOST_PLACES)
    except OpenError as wanted:
        raise click.UsageError(f"bind {', '.join(f'--param {name}=…' for name in wanted.args)}: it is open") from None
    return _delivered(text, out, check)


def _text(called: Called, most: int) -> str:
    graph = explore(called.program, Call(), fits, most)
    return "".join(f"{safe(line)}\n" for line in all_calls(called.program, graph, most, called.text.places))


def _calls(called: Called, params: dict[str, object], most: int) -> str:
    program = called.program
    graph = explore(program, Call(), fits)
    last = list(islice(ends(graph), most + 1))
    playing = Calls(program)
    calls = [playing.through(*decided(graph, each)) for each in last[:most]]
    bound = {name: params[name] for name in params if name not in program.secrets}
    text = written(program.flow, calls, bound)
    if len(last) > most:
        click.echo(f"there are more than {most} calls: --most says how many are written", err=True)
    while len(text.encode()) > LARGEST and calls:
        del calls[-max(len(calls) // 20, 1) :]
        text = written(program.flow, calls, bound)
        if len(text.encode()) <= LARGEST:
            click.echo(f"only {len(calls)} calls are written: a file of more than 1 MiB is not read", err=True)
    return text


def _delivered(text: str, out: str | None, check: str | None) -> int:
    """Write or compare a text as it is wanted, else print it."""
    if check is not None:
        try:
            old = Path(check).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise click.UsageError(f"--check {check}: {getattr(error, 'strerror', None) or error}") from None
        print_text("".join(unified(old, text, check, "this version")), exact=True)
    if out is not None:
        try:
            Path(out).write_text(text, encoding="utf-8")
        except OSError as error:
            click.echo(f"{out}: {disk.refusal(error, out).message}", err=True)
            return ERRORS
    if check is None and out is None:
        print_text(text, exact=True)
    return ERRORS if check is not None and old != text else CLEAN
