"""`flowc render --data`: one document for each row of a table."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from ...language.reading.params import UNDECLARED_PARAM
from ...text.diagnostics import Diagnostic, errors
from ...text.source import Source
from ...workspace import disk
from ...workspace.blank import Blank
from ...workspace.campaign import Campaign, Outcome
from ...workspace.file import load
from ...workspace.given import undeclared
from ...workspace.outlet import Outlet
from ...workspace.tables import Opened, Wanted, opened
from .. import CLEAN, ERRORS
from ..output import print_text, report
from .asked import Asked, Manner
from .documents import documents, is_file
from .hosting import Hosting, Typed, hosting
from .outlets import obstacle, outlet
from .progress import EVERY, Progress


class Rows(Progress):
    """A line that says how far a campaign is, where a person is watching. `size`: the bytes of the table, if known."""

    def __init__(self, size: int | None) -> None:
        super().__init__()
        self.size = size

    def __call__(self, done: int, of: int) -> None:
        """Bring the line up to date, if it is time: so many rows, and so many bytes of the table."""
        now = time.monotonic()
        if now >= self.next:
            self.next = now + EVERY
            self._write(f"{done:,} rows" + (f", {of * 100 // self.size} % of the table" if self.size else ""))


def campaign(what: str, typed: Typed, asked: Asked, out: str | None, manner: Manner) -> int:
    """Fill one open document for each row of a table."""
    found: list[Diagnostic] = []
    asked.kind()
    if is_file(what) and typed.site is None:
        typed = typed._replace(target=typed.target or "static")
    place = hosting(typed, [what] if is_file(what) else [], found, base_url=False)
    blank = _blank(what, place, found) if place is not None and not errors(found) else None
    if blank is not None and not errors(found):
        found += [trouble] if (trouble := obstacle(what, asked, out)) else []
    outcome = _table(blank, asked, out, found) if blank is not None and not errors(found) else None
    if found:
        files = dict.fromkeys(each.source.name for each in found)
        report(list(dict.fromkeys(found)), list(files), form=manner.form, color=manner.color, aside=True)
    if outcome is not None and manner.form == "text":
        print_text(f"{_summary(outcome, out, skips=asked.skips)}\n", aside=True)
    return ERRORS if errors(found) else CLEAN


def _blank(what: str, place: Hosting, found: list[Diagnostic]) -> Blank | None:
    """The one open document that is meant. Raises UsageError where a flow has several."""
    every = documents(what, place, found)
    if len(every) > 1:
        files = "\n".join(f"  flowc render {each.path} --data …" for each in every)
        raise click.UsageError(f"`{what}` has {len(every)} open documents, and a row fills one: name it\n{files}")
    source = load(Path(every[0].path)) if every and not errors(found) else None
    if not isinstance(source, Source):
        found += [source] if source else []
        return None
    made = every[0].made
    line = None if made is None or is_file(what) else made.line(every[0].name)
    blank = Blank(source, made.params if made else None, place.layers, line)
    found += blank.faults()
    typed = [layer for layer in place.layers if layer[0] == "`--param`"]
    for origin, name, message, hint in undeclared(made.params if made else blank.params(), typed):
        found.append(Diagnostic(UNDECLARED_PARAM, *place.whence(origin, name), message, hint))
    return blank


def _table(blank: Blank, asked: Asked, out: str | None, found: list[Diagnostic]) -> Outcome | None:
    params = blank.params()
    unread = [name for name in blank.declared or () if name not in params]
    wanted = Wanted({name: param.type for name, param in params.items()}, unread, asked.key, asked.ignored)
    with _file(asked, found) as file:
        table = opened(asked.name, file, asked.kind(), wanted, found) if file is not None else None
        if table is None or errors(found):
            return None
        if asked.key is not None and asked.key not in table.columns:
            raise click.UsageError(f"--key {asked.key}: there is no such column in {asked.name}")
        found += blank.unbound(params, table.columns)
        return None if errors(found) else _run(blank, table, asked, out, found)


def _run(blank: Blank, table: Opened, asked: Asked, out: str | None, found: list[Diagnostic]) -> Outcome | None:
    """Render the rows. What was written stays if it is all that was asked for."""
    progress = Rows(_size(asked)) if sys.stderr.isatty() else None
    into: Outlet | None = None
    done = False
    try:
        into = outlet(out)
        outcome = Campaign(blank, table, asked.name, into, asked.key, skips=asked.skips).run(progress)
        found += outcome.found
        if asked.skips or not errors(found):
            into.commit()
            done = True
        return outcome
    except BrokenPipeError:
        raise
    except OSError as error:
        found.append(disk.refusal(error, out or asked.name))
        return None
    finally:
        if progress:
            progress.end()
        if into is not None and not done:
            into.abort()


@contextmanager
def _file(asked: Asked, found: list[Diagnostic]) -> Iterator[BinaryIO | None]:
    """The table, open; None where it cannot be read, which is added to `found`."""
    with ExitStack() as open_files:
        file: BinaryIO | None = sys.stdin.buffer
        if asked.data != "-":
            try:
                file = open_files.enter_context(Path(str(asked.data)).open("rb"))
            except (OSError, ValueError):
                refused = load(Path(str(asked.data)))
                found += [refused] if isinstance(refused, Diagnostic) else []
                file = None
        yield file


def _size(asked: Asked) -> int | None:
    return os.path.getsize(str(asked.data)) if asked.data != "-" and os.path.isfile(str(asked.data)) else None


def _summary(outcome: Outcome, out: str | None, *, skips: bool) -> str:
    rows = f"{outcome.rows:,} row{'' if outcome.rows == 1 else 's'}"
    if outcome.skipped and not skips:
        kept = f"nothing is written to {out}" if out else "what came before it is printed"
        return f"stopped at row {outcome.rows:,}: {kept}; --bad-rows skip leaves such rows out"
    left = f", {outcome.skipped:,} left out" if outcome.skipped else ""
    return f"{rows}{left}{f', in {out}' if out else ''}"
