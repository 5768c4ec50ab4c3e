"""Putting a staged site in the place of the old one, by renames that a killed build's successor finishes or undoes.

The journal is the turning point: before it is there, the old site is whole and the staging folder is rubbish; from then
on the new one is to come. It names the units in the order of their renames; what is done of it can be seen from what is
still in the staging folder, so every step can be taken twice. It guards against a killed process, not a power cut.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ..text.diagnostics import Diagnostic
from . import disk, names, stage
from .stage import Stage, Unit

Step = Callable[[str], None]
"""Told before each change to the disk, by name: a test ends the process there."""


class Journal(NamedTuple):
    """What an exchange is to do: its units in order, the folders it makes first, and the record that goes with it."""

    units: tuple[Unit, ...]
    made: tuple[str, ...]
    record: str


def unnoticed(_name: str) -> None:
    """Let a step pass."""


def hindrance(out: str, units: Iterable[Unit]) -> Diagnostic | None:
    """What keeps the units from being exchanged: a link, or a file where a folder has to be, or the other way round."""
    there: dict[str, bool] = {}  # the folders around units; in one that is not there, nothing is in the way
    for unit in units:
        around = True
        for parent in [unit.path[:at] for at, letter in enumerate(unit.path) if letter == "/"]:
            if around and parent not in there:
                if (said := _in_place(out, parent, folder=True)) is not None:
                    return said
                there[parent] = os.path.isdir(os.path.join(out, parent))
            around = around and there[parent]
        if around and (said := _in_place(out, unit.path, folder=unit.folder)) is not None:
            return said
    return None


def _in_place(out: str, path: str, *, folder: bool) -> Diagnostic | None:
    whole = os.path.join(out, path)
    if os.path.islink(whole):
        return disk.told(disk.LINK_IN_OUT, whole, f"`{whole}` is a link to `{os.readlink(whole)}`", "remove the link")
    if os.path.lexists(whole) and os.path.isdir(whole) != folder:
        is_now, to_be = ("file", "folder") if folder else ("folder", "file")
        return disk.told(
            disk.IN_THE_WAY, whole, f"`{whole}` is a {is_now}, and a {to_be} has to be there", "move it away"
        )
    return None


def exchange(staged: Stage, units: Iterable[Unit], record: str, step: Step = unnoticed) -> None:
    """Put the staged units in place, then the record (its next version stands in `record`.next).

    All or nothing: where the disk refuses a rename, what was done is undone. Raises OSError.
    """
    journal = Journal(tuple(units), tuple(_missing_folders(staged.out, units)), os.path.abspath(record))
    step("write the journal")
    _write_journal(staged.folder, journal)
    try:
        _forward(staged.out, journal, record, step)
    except OSError:
        _back(staged.out, journal)
        raise
    _settle(staged.out, journal, step)


def recover(out: str, record: str, step: Step = unnoticed) -> Diagnostic | None:
    """Finish the exchange of a build that was killed, or clear away what it staged.

    What to say if it can be neither finished nor undone.
    """
    folder = os.path.join(out, stage.NAME)
    if not os.path.lexists(folder):
        return None
    if os.path.islink(folder):
        return disk.told(disk.LINK_IN_OUT, folder, f"`{folder}` is a link", "remove the link")
    journal = _read_journal(folder)
    try:
        _recovered(out, journal, record, step)
    except OSError as error:
        message = f"an interrupted build can neither be finished nor undone: {disk.reason(error)}"
        return disk.told(disk.STUCK_EXCHANGE, error.filename or out, message, "flowc explain stuck-exchange")
    return None


def _recovered(out: str, journal: Journal | None, record: str, step: Step) -> None:
    if journal is None:
        step("discard what was staged")
        stage.discard(out)
        return
    try:
        _forward(out, journal, record, step)
    except OSError:
        _back(out, journal)
        stage.discard(out)
    else:
        _settle(out, journal, step)


def _forward(out: str, journal: Journal, record: str, step: Step) -> None:
    for folder in journal.made:
        step(f"make {folder}")
        with contextlib.suppress(FileExistsError):
            os.mkdir(os.path.join(out, folder))
    for number, unit in enumerate(journal.units):
        _put_in_place(out, number, unit, step)
    step("install the record")
    if journal.record == os.path.abspath(record) and os.path.exists(f"{record}.next"):
        os.replace(f"{record}.next", record)


def _put_in_place(out: str, number: int, unit: Unit, step: Step) -> None:
    final, new, old = _places(out, number, unit)
    if (os.path.lexists(new) or not unit.new) and os.path.lexists(final) and not os.path.lexists(old):
        step(f"set {unit.path} aside")
        _set_aside(final, old, keep=unit.new)
    if unit.new and os.path.lexists(new):
        step(f"put {unit.path} in place")
        os.replace(new, final)


def _set_aside(final: str, old: str, *, keep: bool) -> None:
    """Move the old version away; that of a file stays in its place as well until the new one replaces it."""
    if keep and not os.path.isdir(final):
        with contextlib.suppress(OSError):
            os.link(final, old, follow_symlinks=False)
            return
    os.rename(final, old)


def _back(out: str, journal: Journal) -> None:
    for number, unit in reversed(list(enumerate(journal.units))):
        final, new, old = _places(out, number, unit)
        if unit.new and not os.path.lexists(new) and os.path.lexists(final):
            os.rename(final, new)
        if os.path.lexists(old):
            _take_back(old, final)
    for folder in reversed(journal.made):
        with contextlib.suppress(OSError):
            os.rmdir(os.path.join(out, folder))
    os.unlink(os.path.join(out, stage.NAME, "journal"))


def _take_back(old: str, final: str) -> None:
    if not os.path.lexists(final):
        os.rename(old, final)
    elif not os.path.samestat(os.lstat(old), os.lstat(final)):  # another's, made while no build ran
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), final)


def _settle(out: str, journal: Journal, step: Step) -> None:
    """The site is in place, and so is its record: clear away what was replaced."""
    for unit in journal.units:
        if not unit.new:
            _remove_empty(out, os.path.dirname(unit.path))
    step("remove the journal")
    os.unlink(os.path.join(out, stage.NAME, "journal"))
    step("discard what was replaced")
    stage.discard(out)


def _remove_empty(out: str, folder: str) -> None:
    while folder:
        try:
            os.rmdir(os.path.join(out, folder))
        except OSError:
            return
        folder = os.path.dirname(folder)


def _places(out: str, number: int, unit: Unit) -> tuple[str, str, str]:
    staging = os.path.join(out, stage.NAME)
    return os.path.join(out, unit.path), f"{staging}/new/{unit.path}", f"{staging}/old/{number}"


def _missing_folders(out: str, units: Iterable[Unit]) -> list[str]:
    parents = {unit.path[:at] for unit in units if unit.new for at, letter in enumerate(unit.path) if letter == "/"}
    return sorted(each for each in parents if not os.path.isdir(os.path.join(out, each)))


def _write_journal(folder: str, journal: Journal) -> None:
    path = os.path.join(folder, "journal")
    with open(f"{path}.part", "w", encoding="utf-8") as file:
        json.dump(journal, file)
        file.flush()
        os.fsync(file.fileno())
    os.rename(f"{path}.part", path)


def _read_journal(folder: str) -> Journal | None:
    """The journal of a killed build; None where there is none, or it is damaged or leads out of the output folder."""
    try:
        with open(os.path.join(folder, "journal"), encoding="utf-8") as file:
            units, made, record = json.load(file)
        journal = Journal(
            tuple(Unit(str(path), bool(new), bool(folder)) for path, new, folder in units),
            tuple(map(str, made)),
            str(record),
        )
    except (OSError, ValueError, TypeError):
        return None
    paths = [*(unit.path for unit in journal.units), *journal.made]
    return None if any(True for _ in names.unfit(paths)) else journal
