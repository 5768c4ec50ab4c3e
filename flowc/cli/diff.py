"""`flowc diff`: what two versions of flows are different in for callers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import click

from ..caller.exploring.difference import Change, differences
from ..caller.exploring.ways_written import Written
from ..text.diagnostics import Diagnostic
from ..text.reports.display import safe
from ..text.reports.places import start
from ..workspace.unread import Reread
from ..workspace.versions import Compiled, Version, VersionError
from . import CLEAN, ERRORS
from .builds.hosting import assignments
from .calls.differing import FORMS, Told
from .calls.versioned import Binding
from .output import print_text, report


@click.command()
@click.argument("old")
@click.argument("new", default=".")
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text", help="How it is told.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a param of both versions.")
@click.option("--site", metavar="NAME", help="Bind what this site binds; without it, what the only one does.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where there is a difference.")
def diff(old: str, new: str, form: str, params: tuple[str, ...], site: str | None, exit_code: bool) -> int:
    """Tell what is different for callers between an OLD and a NEW version of flows.

    A version is a flow's file, a folder of flows (NEW: this one), what a build wrote, or a git revision: HEAD~1,
    v1.0:flows/acme.flow.yml, whose path counts from this folder. Params have the values that the project of each
    version binds. Flows with mistakes are not compared; then it exits with 1.
    """
    bound, binding = assignments(params), Binding(site)
    try:
        before, after = (binding.version(each, bound) for each in (old, new))
    except VersionError as error:
        raise click.UsageError(str(error)) from None
    if site is not None and site not in binding.known:
        raise click.UsageError(f"--site {site}: there is no such site in either version")
    found = [*before.found, *after.found]
    if found:
        alone = before.flows.keys() ^ after.flows.keys()
        before, after = _shared(before, after), _shared(after, before)
        if not before.flows:
            report(found, list(dict.fromkeys(each.source.name for each in found)))
            return ERRORS
        for line in _left_out(found, sorted(alone)):
            click.echo(safe(line), err=True)
    numbers = _numbers(binding.numbers.get(old), binding.numbers.get(new), {*before.flows, *after.flows})
    changes = [*numbers, *_changes(before, after)]
    print_text(FORMS[form](changes), exact=form != "text")
    return ERRORS if found or (exit_code and changes) else CLEAN


def _shared(version: Version, other: Version) -> Version:
    """The flows that both versions have: where some cannot be read, which are new and which are gone is not known."""
    return Version({name: each for name, each in version.flows.items() if name in other.flows}, version.found)


def _left_out(found: Sequence[Diagnostic], alone: Sequence[str]) -> Iterator[str]:
    """What is not compared: each file with its first mistake, then flows of one version, by their names."""
    first: dict[str, str] = {}
    for each in Reread(found):
        first.setdefault(each.source.name, each.message)
    yield from [f"{name} is not compared: {message}" for name, message in first.items()]
    yield from [f"{name} is not compared: only one version has it, as far as they can be read" for name in alone]


def _numbers(old: Numbers, new: Numbers, flows: Collection[str]) -> Iterator[Told]:
    """The numbers that lead to another flow than before, where both versions are of a project."""
    if old is None or new is None:
        return
    for number in dict.fromkeys((*old, *new)):
        was, now = old.get(number), new.get(number)
        if was != now:
            sides = ((was, _LEADS, None), (now, None, _LEADS))
            for flow, before, after in sides:
                if flow in flows:
                    yield Told(Change(str(flow), "the flow", f"number {number}", before, after), "", "")


_LEADS = "leads here"
Numbers = Mapping[str, str] | None


def _changes(old: Version, new: Version) -> Iterator[Told]:
    if len(old.flows) == len(new.flows) == 1:  # a flow that was given another name is still that flow
        yield from _of(*old.flows.values(), *new.flows.values())
        return
    for name in dict.fromkeys((*old.flows, *new.flows)):
        yield from _of(old.flows.get(name), new.flows.get(name))


def _of(old: Compiled | None, new: Compiled | None) -> list[Told]:
    """The changes of a flow, in the order of its text; what is gone stands where it stood."""
    before, after = _Lines(old), _Lines(new)
    found = []
    for each in differences(old.program if old else None, new.program if new else None):
        was, now = before.at(each.was or each.place, each.key), after.at(each.place, each.key)
        stood, stands = "" if each.old is None else _spelt(was), "" if each.new is None else _spelt(now)
        found.append((now or was, Told(each, stood, stands)))
    places = {told.change.place: at for at, told in reversed(found)}
    return [
        told for _, told in sorted(found, key=lambda each: (_order(places[each[1].change.place]), each[1].change.place))
    ]


def _order(at: tuple[str, int] | None) -> tuple[int, str, int]:
    """What stands nowhere, such as the flow itself, comes first."""
    return (0, "", 0) if at is None else (1, at[0].rpartition(":")[2], at[1])


class _Lines:
    """Where the parts of a flow are written."""

    def __init__(self, compiled: Compiled | None) -> None:
        self.places = compiled.places if compiled is not None else {}
        self.lines: Mapping[str, tuple[str, int]] = compiled.lines if compiled is not None else {}
        self.written = Written(self.places)

    def at(self, place: str, key: str) -> tuple[str, int] | None:
        """The file and the line of a place, or of an answer there."""
        name, space, _ = place.partition(" (")
        name = f"wait:{name}" if space else name
        found = self.places.get(name)
        if found is None:
            return self.lines.get(name)
        found = self.written.answer(found, key) if key else found
        return found.document.source.name, start(found.document.source, found.span)[0]


def _spelt(at: tuple[str, int] | None) -> str:
    return f"{at[0]}:{at[1]}" if at is not None else ""
