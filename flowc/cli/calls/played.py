"""What `flowc test` prints of the calls that it played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import click

from ...caller.platform.options import told as rests_on
from ...caller.platform.transcript import lines
from ...caller.rehearsals.rehearse import Played
from ...checks.allow import allowed
from ...text.diagnostics import Diagnostic, Rule, errors
from ...text.reports.display import safe
from ...workspace.unread import Reread
from ..output import counted, print_text, report
from .tested import Tested
from .typed import allows


class Manner(NamedTuple):
    """How a report is written, and the names of rules whose warnings are quiet in it."""

    form: str
    color: str
    verbose: bool
    allow: Sequence[str]


def say(tested: Sequence[Tested], short: Sequence[Diagnostic], notes: Iterable[str], manner: Manner) -> None:
    """The report, what happened where it is wanted, notes on what is hosted, and the line that counts."""
    found = list(dict.fromkeys([*(each for file in tested for each in file.found), *short]))
    found = allowed(found, allows(manner.allow), _rules)
    if manner.form == "junit":
        from ...caller.rehearsals.report import junit

        kept, of_files = set(found), {each for file in tested for each in file.found}
        others = [(each.source.name, (), (each,)) for each in Reread([one for one in found if one not in of_files])]
        print_text(junit([*(_without(file, kept) for file in tested), *others]), exact=True)
    else:
        report(found, [file.name for file in tested], form=manner.form, color=manner.color)
    for call in (each for file in tested for each in file.played):
        _tell(call, verbose=manner.verbose)
    for line in (*notes, *_idle(tested)):
        click.echo(f"--url: {safe(line)}", err=True)
    click.echo(_summary(tested), err=True)


def _without(file: Tested, kept: Container[Diagnostic]) -> tuple[str, Sequence[Played], Sequence[Diagnostic]]:
    """A file with its calls, without the findings that are quiet, and as these may be shown."""

    def shown(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        return tuple(Reread([each for each in found if each in kept]))

    return file.name, [each._replace(found=shown(each.found)) for each in file.played], shown(file.said)


def _rules() -> Mapping[str, Rule]:
    from ...rules import by_name

    return by_name()


def _tell(call: Played, *, verbose: bool) -> None:
    """What happened in a call where it is wanted; of one that failed, at least what its outcome rests on."""
    failed, transcript = bool(errors(list(call.found))), call.transcript
    if verbose:
        click.echo(f"{'failed' if failed else 'ok'}: {safe(call.name)}", err=True)
        for line in lines(transcript) if transcript else ():
            click.echo(f"  {safe(line)}", err=True)
    elif failed and transcript is not None:
        for remark in transcript.remarks:
            click.echo(f"`{safe(call.name)}` rests on: {rests_on(remark)}", err=True)


def _idle(tested: Sequence[Tested]) -> Iterator[str]:
    """What of calls counts for nothing where they were played, with the number of these calls."""
    times = Counter(name for file in tested for call in file.played for name in call.idle)
    for name, count in times.items():
        yield f"`{name}` is not used ({counted(count, 'call')}): {_INSTEAD[name]}"


_INSTEAD = {
    "given": "the program asks its own servers, unless --given-at is one of them",
    "at": "the program looks at its own clock",
    "random": "the program draws its own numbers",
    "params": "the program has its own",
}


def _summary(tested: Sequence[Tested]) -> str:
    """`12 calls, 1 failed`."""
    played = [each for file in tested for each in file.played]
    failed = sum(bool(errors(list(each.found))) for each in played)
    broken = sum(bool(errors(list(file.said))) for file in tested)
    parts = [counted(len(played), "call"), f"{failed} failed" if failed else "all as they are to be" if played else ""]
    parts += [f"{counted(broken, 'file')} with mistakes"] if broken else []
    return ", ".join(filter(None, parts))
