"""The files a flow is made from, and how the record knows them again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from ..text.characters import LARGEST
from ..text.diagnostics import Diagnostic
from . import record
from .file import load, within


class Flow(NamedTuple):
    """The file of a flow: its path from the working directory and from the root, and the digest of its bytes."""

    path: str
    name: str
    digest: str


class Reader:
    """Gives the compiler the texts of other files of the project, and remembers which they were."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.reads: dict[str, str] = {}

    def __call__(self, path: str) -> str:
        """The text of a file, its path from the working directory. Raises OSError where there is none to be had."""
        whole = os.path.abspath(path)
        if not within(os.path.realpath(whole), os.path.realpath(self.root)):
            raise PermissionError("it lies outside of the project")
        self.reads[os.path.relpath(whole, os.path.realpath(self.root)).replace(os.sep, "/")] = digest_of(whole) or ""
        source = load(Path(whole), Path(self.root))
        if isinstance(source, Diagnostic):
            raise FileNotFoundError(source.message)
        return source.text


def digest_of(path: str) -> str | None:
    """The digest of a file's bytes, as it is wanted for the record; None where it cannot be read.

    Always of the bytes themselves. Size and times would save a third of the time of a build in which nothing changed,
    and miss a change that keeps them: one within the same tick of the disk's clock, or by a tool that puts the times
    back. They also differ after every checkout, where the bytes do not.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        data = os.read(descriptor, _BLOCK)
        if len(data) < _BLOCK:
            return record.digest(data)
        # What is larger than a flow may be is not read to its end: it is not compiled either.
        return record.digest(data + os.read(descriptor, LARGEST))
    except OSError:
        return None
    finally:
        os.close(descriptor)


_BLOCK = 1 << 16
