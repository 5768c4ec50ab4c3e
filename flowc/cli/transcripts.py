"""`flowc transcripts`: every way through a flow, as a person reads it or as rehearsed calls."""

from __future__ import annotations

import click

from ..caller.explore import explore
from ..caller.platform.application import Call
from ..caller.platform.inside import OpenError
from ..caller.platform.transcript import lines
from ..caller.written_calls import written
from ..serve.expected import fits
from ..text.diagnostics import Diagnostic
from ..text.reports.display import safe
from . import CLEAN, ERRORS
from .called import flow_of
from .hosting import assignments
from .output import print_text, report


@click.command()
@click.argument("flow")
@click.option("--calls", "as_calls", is_flag=True, help="Write rehearsed calls (NAME.calls.yml), for `flowc test`.")
@click.option("--most", type=click.IntRange(1), default=200, show_default=True, help="Print at most so many calls.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param of the flow.")
def transcripts(flow: str, as_calls: bool, most: int, params: tuple[str, ...]) -> int:
    """Print what callers of a FLOW hear, on every way through it.

    FLOW is the path of a flow, or its name in the project. At each question each answer is given once, and each call to
    somebody else comes out in each way that leads on; servers that the flow asks do not answer.
    """
    found: list[Diagnostic] = []
    called = flow_of(flow, assignments(params), found)
    if called is None:
        report(found, list(dict.fromkeys(each.source.name for each in found)))
        return ERRORS
    try:
        calls = list(explore(called.program, Call(), most, fits))
    except OpenError as wanted:
        raise click.UsageError(f"bind {', '.join(f'--param {name}=…' for name in wanted.args)}: it is open") from None
    if as_calls:
        print_text(written(called.program.flow, calls), exact=True)
        return CLEAN
    for number, each in enumerate(calls, 1):
        print_text("".join(f"{safe(line)}\n" for line in [f"call {number}", *lines(each.transcript), ""]))
    return CLEAN
