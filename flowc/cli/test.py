"""`flowc test`: plays rehearsed calls, and says what in them is not as it was to be."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from ..caller.coverage import Way, ways
from ..caller.coverage import counted as counting
from ..caller.platform.delivery import Hosted, Setup
from ..caller.platform.transcript import lines
from ..caller.rehearsal_parse import parse
from ..caller.rehearsal_shape import check
from ..caller.rehearse import Rehearsal, rehearse, rehearse_at, unused
from ..serve.expected import fits
from ..text import yaml
from ..text.diagnostics import Diagnostic, errors
from ..text.reports import FORMATS
from ..text.reports.display import safe
from ..text.source import Source
from ..workspace.file import load
from . import CLEAN, ERRORS
from .answering import answering
from .called import Called, called, files_of
from .covered import Wanted, covered, too_little, write_covered
from .output import COLOR, counted, print_text, report


class Tested(NamedTuple):
    """A file of calls: its name, the flow they are of, the calls that were played, and what is wrong with the file."""

    name: str
    flow: Called | None
    played: tuple[Rehearsal, ...]
    said: tuple[Diagnostic, ...]
    ways: tuple[Way, ...] = ()

    @property
    def found(self) -> list[Diagnostic]:
        """All that is to be said."""
        return [*self.said, *(found for each in self.played for found in each.found)]


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--url", metavar="URL", help="Call what is hosted under this answer URL, in place of the flow itself.")
@click.option("--method", type=click.Choice(["GET", "POST"]), default="GET", help="The method of the answer URL.")
@click.option("--event-url", metavar="URL", help="The event URL of what is called.")
@click.option("--fallback-url", metavar="URL", help="The fallback URL of what is called.")
@click.option(
    "--signed",
    is_flag=True,
    help="Sign webhooks: FLOWC_SIGNATURE_SECRET, FLOWC_API_KEY and FLOWC_APPLICATION_ID say how.",
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are written.")
@click.option("-k", "word", metavar="WORD", default="", help="Play only calls whose name holds this word.")
@click.option("--cover", is_flag=True, help="Print which ways of the flows no call took.")
@click.option("--cover-min", type=click.FloatRange(0, 100), metavar="PERCENT", help="Fail below this part of all ways.")
@click.option("--cover-html", metavar="FILE", help="Write the ways of the flows as a page.")
@click.option("--cover-xml", metavar="FILE", help="Write the ways of the flows as a Cobertura file.")
@click.option("--verbose", "-v", is_flag=True, help="Print what happened in each call.")
@COLOR
def test(
    paths: tuple[str, ...],
    url: str | None,
    method: str,
    event_url: str | None,
    fallback_url: str | None,
    signed: bool,
    form: str,
    word: str,
    cover: bool,
    cover_min: float | None,
    cover_html: str | None,
    cover_xml: str | None,
    verbose: bool,
    color: str,
) -> int:
    """Play rehearsed calls.

    A folder stands for its *.calls.yml; without any PATH, those of the project are played. Exits with 1 where a call is
    not as it was to be, with 0 where all are.
    """
    files = list(files_of(paths))
    if not files:
        raise click.UsageError("there are no rehearsed calls here: files that end in `.calls.yml`")
    setup = answering(url, method, event_url, fallback_url, signed=signed)
    tested = [_tested(file, setup, word.lower()) for file in files]
    if word and not any(each.played or each.said for each in tested):
        raise click.UsageError(f"-k {word}: there is no call whose name holds this")
    wanted = Wanted(cover, cover_min, cover_html, cover_xml)
    flows = covered([(each.flow, each.ways) for each in tested if each.flow is not None])
    short = list(too_little(flows, wanted.least))
    _write(tested, short, form=form, color=color, verbose=verbose)
    trouble = write_covered(flows, wanted)
    found = [*short, *trouble, *(each for file in tested for each in file.found)]
    return ERRORS if errors(found) else CLEAN


def _tested(path: Path, setup: Setup | None, word: str) -> Tested:
    """A file of calls, played as far as it is sound."""
    said: list[Diagnostic] = []
    source = load(path)
    if not isinstance(source, Source):
        return Tested(str(path), None, (), (source,))
    document = yaml.read(source, said.append)
    if document is not None:
        check(document, said.append)
    if document is None or errors(said):
        return Tested(source.name, None, (), tuple(said))
    rehearsals = parse(document, said.append)
    chosen = tuple(each for each in rehearsals.calls if word in each.name.lower())
    flow = None if errors(said) else called(path, rehearsals, said, needed=setup is None)
    if errors(said) or (flow is None and setup is None):
        return Tested(source.name, flow, (), tuple(said))
    rehearsals = rehearsals._replace(calls=chosen)
    if setup is not None or flow is None:
        hosted = Hosted(setup) if setup is not None else None
        played = tuple(rehearse_at(rehearsals, hosted, flow.text if flow else None, time.time())) if hosted else ()
        return Tested(source.name, None, played, tuple(said))
    program, visited = counting(flow.program)
    played = tuple(rehearse(rehearsals, program, flow.text, fits))
    said += unused(played) if not word else []
    taken = [each for call in played for each in call.taken]
    return Tested(source.name, flow, played, tuple(said), tuple(ways(program, flow.text, visited, taken)))


def _write(tested: Sequence[Tested], short: Sequence[Diagnostic], *, form: str, color: str, verbose: bool) -> None:
    """The report, what happened where it is wanted, and the line that counts."""
    found = list(dict.fromkeys([*(each for file in tested for each in file.found), *short]))
    if form == "junit":
        from ..caller.report import junit

        flows = [(each.source.name, (), (each,)) for each in short]
        print_text(junit([*((file.name, file.played, file.said) for file in tested), *flows]), exact=True)
    else:
        report(found, [file.name for file in tested], form=form, color=color)
    for call in (each for file in tested for each in file.played):
        _tell(call, verbose=verbose)
    click.echo(_summary(tested), err=True)


def _tell(call: Rehearsal, *, verbose: bool) -> None:
    """What happened in a call where it is wanted; of one that failed, at least what its outcome rests on."""
    failed, transcript = bool(errors(list(call.found))), call.transcript
    if verbose:
        click.echo(f"{'failed' if failed else 'ok'}: {safe(call.rehearsed.name)}", err=True)
        for line in lines(transcript) if transcript else ():
            click.echo(f"  {safe(line)}", err=True)
    elif failed and transcript is not None:
        for remark in transcript.remarks:
            click.echo(f"`{safe(call.rehearsed.name)}` rests on: {remark}", err=True)


def _summary(tested: Sequence[Tested]) -> str:
    """`12 calls, 1 failed`."""
    played = [each for file in tested for each in file.played]
    failed = sum(bool(errors(list(each.found))) for each in played)
    broken = sum(bool(errors(list(file.said))) for file in tested)
    parts = [counted(len(played), "call"), f"{failed} failed" if failed else "all as they are to be" if played else ""]
    parts += [f"{counted(broken, 'file')} with mistakes"] if broken else []
    return ", ".join(filter(None, parts))
