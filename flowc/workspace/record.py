"""What a build remembers: for each flow all that it was made from, and what was written.

One file for each output folder, in `.flowc/`: the outputs of each flow (text lines), then an index of all flows (JSON),
then where the index stands. A build in which nothing changed reads the index alone. A damaged file, or one of another
format, is as good as none. It is JSON and not `marshal` because a project may come from a stranger.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import struct
from collections.abc import Iterable
from typing import IO, NamedTuple

FORMAT = b"flowc 1\n"
_FOOTER = struct.Struct(">QQ16s8s")
"""Where the index begins and how long it is, its digest, and the format once more."""

Said = list[object]
"""A warning as `flowc.workspace.again` has it."""


class Output(NamedTuple):
    """A file that was written: its path below the output folder, its bytes counted, its digest."""

    path: str
    size: int
    digest: str


class Entry(NamedTuple):
    """One flow. Paths are relative to the workspace, with `/`.

    `reads` holds the other files that were read, each with its digest, and what else it rests on
    (`flowc.workspace.moving`). `params` holds each declared param, whether it is secret, and the value that was given
    (of a secret only whether one was). `at` is where the flow's name stands in its file, `outputs` where the lines of
    its outputs stand in the record and how many bytes they are.
    """

    path: str
    digest: str
    flow: str
    reads: list[list[str]]
    params: list[list[object]]
    start: str
    failure: str | None
    open: list[list[object]]
    warnings: list[Said]
    at: list[int]
    outputs: list[int]


class Record(NamedTuple):
    """The record of one output folder. `settings` is all that every flow was built with; `stamp` names the outputs."""

    path: str
    settings: str
    entries: dict[str, Entry]
    site: list[int]
    stamp: str


def digest(data: bytes) -> str:
    """The digest by which the record knows a file that was read."""
    return hashlib.sha256(data).hexdigest()


def output(path: str, data: bytes) -> Output:
    """The record of an output: 128 bits of SHA-256 are plenty to see a difference, and there may be a million."""
    return Output(path, len(data), hashlib.sha256(data).hexdigest()[:32])


def none(path: str) -> Record:
    """The record before the first build."""
    return Record(path, "", {}, [0, 0], "")


def load(path: str) -> Record:
    """The record of an earlier build; an empty one where there is none or it is damaged."""
    try:
        with open(path, "rb") as file:
            settings, rows, site, stamp = json.loads(_index(file))
        entries = {row[0]: Entry._make(row) for row in rows}
        return Record(path, str(settings), entries, list(site), str(stamp))
    except (OSError, ValueError, TypeError, LookupError, struct.error):
        return none(path)


def _index(file: IO[bytes]) -> bytes:
    file.seek(-_FOOTER.size, os.SEEK_END)
    at, length, check, ending = _FOOTER.unpack(file.read())
    file.seek(at)
    index = file.read(length)
    if ending != FORMAT or hashlib.sha256(index).digest()[:16] != check:
        raise ValueError("damaged")
    return index


def outputs(record: Record, where: list[int]) -> list[Output]:
    """The outputs whose lines stand at a place of the record."""
    return parsed(lines(record, where))


def lines(record: Record, where: list[int]) -> bytes:
    """The lines at a place of the record, as written; nothing for an empty place."""
    at, length = where
    if not length:
        return b""
    with open(record.path, "rb") as file:
        return os.pread(file.fileno(), length, at)


def formed(written: Iterable[Output]) -> bytes:
    """Outputs as lines of the record, in the order of their paths."""
    return "".join(f"{each.path}\t{each.size}\t{each.digest}\n" for each in sorted(written)).encode()


def parsed(text: bytes) -> list[Output]:
    """The outputs in lines of the record. A line that is none is left out."""
    parts = (line.split("\t") for line in text.decode("utf-8", "replace").splitlines())
    return [Output(each[0], int(each[1]), each[2]) for each in parts if len(each) == 3 and each[1].isdigit()]


class Writer:
    """Writes the next version of a record beside it (`.next`), flow by flow, so that memory does not grow with it."""

    def __init__(self, path: str) -> None:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        self.path = path
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{path}.next")  # never through a link that a stranger's project brought along
        self._file = io.BufferedWriter(io.FileIO(f"{path}.next", "x"))
        self._file.write(FORMAT)
        self._sum = hashlib.sha256()
        self._rows: list[Entry] = []

    def add(self, entry: Entry, written: bytes) -> None:
        """Add a flow and its outputs' lines. Raises OSError."""
        self._rows.append(entry._replace(outputs=self.place(written)))

    def place(self, written: bytes) -> list[int]:
        """Write lines and return where they stand. Raises OSError."""
        at = self._file.tell()
        self._file.write(written)
        self._sum.update(written)
        return [at, len(written)]

    def finish(self, settings: str, site: bytes) -> str:
        """Write the index; the stamp that names all outputs. Raises OSError."""
        where = self.place(site)
        stamp = self._sum.hexdigest()
        index = json.dumps([settings, self._rows, where, stamp], separators=(",", ":")).encode()
        at = self._file.tell()
        self._file.write(index)
        self._file.write(_FOOTER.pack(at, len(index), hashlib.sha256(index).digest()[:16], FORMAT))
        self._file.close()
        return stamp

    def drop(self) -> None:
        """Forget what was written."""
        with contextlib.suppress(OSError):  # what a full disk did not take would be written once more here
            self._file.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{self.path}.next")
