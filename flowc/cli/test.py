"""`flowc test`: plays rehearsed calls, and says what in them is not as it was to be."""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from ..caller.platform.delivery import Setup
from ..text.diagnostics import errors
from ..text.reports import FORMATS
from ..text.reports.display import safe
from ..workspace.workers import results
from . import CLEAN, ERRORS
from .calls.answering import SUPPOSE, hosted
from .calls.call_files import series
from .calls.called import FLOW_SUFFIXES, files_of
from .calls.covered import Wanted, covered, too_little, write_covered
from .calls.hosted import USUAL_JOBS, address, tested_hosted
from .calls.played import Manner, say
from .calls.tested import Tested, Wish, tested
from .calls.writing import calls_beside, write_missing
from .complete import warnings
from .output import COLOR
from .watching import again_and_again


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@hosted
@SUPPOSE
@click.option(
    "--given-at", metavar="[HOST:]PORT", help="Answer there what calls have as given, for what is hosted to ask."
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 100),
    metavar="N",
    help=(
        f"How many calls are under way at once at a --url ({USUAL_JOBS}; with --given-at 1), but those of one `from` "
        "one after the other; without a --url, how many processes share the files."
    ),
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are written.")
@click.option(
    "--allow", "names", multiple=True, metavar="NAME", shell_complete=warnings, help="Quiet the warnings of a rule."
)
@click.option("-k", "word", metavar="WORD", default="", help="Play only calls whose name holds this word.")
@click.option("--cover", is_flag=True, help="Print which ways of the flows no call took.")
@click.option("--cover-min", type=click.FloatRange(0, 100), metavar="PERCENT", help="Fail below this part of all ways.")
@click.option("--cover-html", metavar="FILE", help="Write the ways of the flows as a page.")
@click.option("--cover-xml", metavar="FILE", help="Write the ways of the flows as a Cobertura file.")
@click.option("--write", is_flag=True, help="Write a call for each way that none takes, behind those that there are.")
@click.option("--watch", is_flag=True, help="Play again whenever a flow or a file of calls changes.")
@click.option("--verbose", "-v", is_flag=True, help="Print what happened in each call.")
@COLOR
def test(
    paths: tuple[str, ...],
    setup: Setup | None,
    suppose: tuple[str, ...],
    given_at: str | None,
    jobs: int | None,
    form: str,
    names: tuple[str, ...],
    word: str,
    cover: bool,
    cover_min: float | None,
    cover_html: str | None,
    cover_xml: str | None,
    write: bool,
    watch: bool,
    verbose: bool,
    color: str,
) -> int:
    """Play rehearsed calls.

    A folder stands for its *.calls.yml, a flow for its NAME.calls.yml; without any PATH, those of the project are
    played. Exits with 1 where a call is not as it was to be, with 0 where all are.
    """
    if write and (word or setup is not None):
        raise click.UsageError("--write goes neither with -k nor with --url: it needs to know all that is taken")
    if setup is not None and (cover or cover_min is not None or cover_html or cover_xml):
        raise click.UsageError("--cover… goes not with --url: nobody sees which ways a program takes that is hosted")
    if given_at is not None and setup is None:
        raise click.UsageError("--given-at goes with --url: else what is given is answered without a server")
    where = address(given_at) if given_at is not None else None
    supposed = frozenset(suppose)
    setup = setup._replace(supposed=supposed) if setup is not None else None
    wish = Wish(setup, word.lower(), verbose or form == "junit", where, jobs, supposed)
    wanted = Wanted(cover, cover_min, cover_html, cover_xml)
    run = partial(_run, paths, wish, wanted, Manner(form, color, verbose, names), write=write)
    if not watch:
        return run()
    again_and_again(paths, run)
    return CLEAN


def _run(paths: Sequence[str], wish: Wish, wanted: Wanted, manner: Manner, *, write: bool) -> int:
    """Play everything once."""
    files, new = _files(paths)
    if new and not write:
        raise click.UsageError(f"{new[0]}: there are no rehearsed calls of it yet; --write makes the first")
    if not files and not new:
        raise click.UsageError("there are no rehearsed calls here: files that end in `.calls.yml`")
    trouble, notes = list[str](), list[str]()
    if wish.hosted is not None:
        done, notes = tested_hosted(files, wish)
    else:
        files, done = _played(files, _whole(paths, files) if write or any(wanted) else files, wish)
    if write:
        before = _stamps(_whole(paths, files))
        trouble = write_missing(list(zip(files, done, strict=True)), new)
        for each in trouble:
            click.echo(safe(each), err=True)
        files, _ = _files(paths)
        if _stamps(_whole(paths, files)) != before:
            _, done = _played(files, _whole(paths, files), wish)
    if wish.word and not any(each.played or each.said for each in done):
        raise click.UsageError(f"-k {wish.word}: there is no call whose name holds this")
    return ERRORS if _told(done, notes, wanted, manner) or trouble else CLEAN


def _stamps(files: Sequence[Path]) -> dict[Path, int]:
    """When each file was written last."""
    return {each: each.stat().st_mtime_ns for each in files if each.exists()}


def _files(paths: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The files of calls of paths, and the flows among these that have none beside them."""
    flows = [Path(each) for each in paths if each.endswith(FLOW_SUFFIXES) and Path(each).is_file()]
    beside = [calls_beside(each) for each in flows]
    asked = [each for each in paths if Path(each) not in flows] + [str(file) for found in beside for file in found]
    new = [flow for flow, found in zip(flows, beside, strict=True) if not found]
    return (list(files_of(asked)) if asked or not paths else []), new


def _whole(paths: Sequence[str], files: Sequence[Path]) -> list[Path]:
    """Files of calls, and those beside the ones that are paths among which calls of one flow are, by their names."""
    named = {Path(each) for each in paths}
    beside = [str(other) for each in files if each in named for other in series(each)]
    return [*files_of([*map(str, files), *beside])] if beside else [*files]


def _played(asked: Sequence[Path], files: Sequence[Path], wish: Wish) -> tuple[list[Path], list[Tested]]:
    """Files of calls, played: those that are asked for, and of further ones those that are of the same flows."""
    done = _all(files, wish)
    own = {*asked}
    flows = {each.flow for file, each in zip(files, done, strict=True) if file in own}
    kept = [at for at, each in enumerate(done) if files[at] in own or each.flow in flows or not each.flow]
    return [files[at] for at in kept], [done[at] for at in kept]


def _all(files: Sequence[Path], wish: Wish) -> list[Tested]:
    """All files of calls, played; many at a time, where there are many."""
    most = None if wish.jobs is None else min(wish.jobs, len(files) - 1) if hasattr(os, "fork") else 1
    return [pickle.loads(each) for each in results(files, partial(_packed, wish), most)]


def _packed(wish: Wish, path: Path) -> bytes:
    return pickle.dumps(tested(path, wish))


def _told(done: Sequence[Tested], notes: Sequence[str], wanted: Wanted, manner: Manner) -> bool:
    """Say everything; whether something is not as it is to be."""
    flows = covered([(each.flow, each.ways) for each in done if each.flow])
    short = list(too_little(flows, wanted.least))
    say(done, short, notes, manner)
    trouble = write_covered(flows, wanted, manner.form)
    return bool(errors([*short, *trouble, *(each for file in done for each in file.found)]))
