"""Where the documents of many rows go: a file of lines, a folder of files, or a stream. All of it, or nothing."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TextIO

from ..text.diagnostics import Rule
from .names import fault, folded
from .rows import Fault

UNFIT_KEY = Rule(
    "E652",
    "unfit-key",
    """A row has no value in the column of the key, one of which no file name can be made, or that of another row.

The document would be filed under a name that nobody looks for, outside its folder, or over the document of another
person, who would then get a call that is meant for somebody else.

Give each row a key of its own, of letters, digits, `-` and `_`.""",
)


class Outlet(Protocol):
    """Takes documents: whole lines, and where each has a name of its own, one by one."""

    def write(self, text: str) -> object: ...

    def put(self, key: str, text: str) -> Fault | None: ...

    def commit(self) -> None: ...

    def abort(self) -> None: ...


class Stream:
    """A stream that others read: what is written cannot be taken back."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.write = stream, stream.write

    def put(self, key: str, text: str) -> Fault | None:
        """Write a line; the key stands in it."""
        self.write(text)
        return None

    def commit(self) -> None:
        """Bring everything out."""
        self.stream.flush()

    def abort(self) -> None:
        """Bring out what came before the mistake."""
        self.stream.flush()


class File(Stream):
    """A file of lines, written beside its place and moved there in the end; a device is written as it is."""

    def __init__(self, path: str) -> None:
        self.path = os.path.realpath(path)
        device = os.path.exists(path) and not os.path.isfile(path)
        self.part = None if device else f"{self.path}.{os.getpid()}.part"
        if self.part:
            Path(self.part).unlink(missing_ok=True)  # of a run that was killed, and had the same number
        how = os.O_WRONLY if device else os.O_WRONLY | os.O_CREAT | os.O_EXCL
        super().__init__(os.fdopen(os.open(self.part or path, how, 0o666), "w", encoding="utf-8", newline=""))

    def commit(self) -> None:
        """Put the file in its place."""
        self.stream.close()
        if self.part:
            os.replace(self.part, self.path)

    def abort(self) -> None:
        """Take away what was written."""
        with suppress(OSError):  # a full disk is full once more
            self.stream.close()
        if self.part:
            Path(self.part).unlink(missing_ok=True)


class Folder:
    """A folder with a file for each key, written beside its place and moved there in the end.

    Which names are taken is asked of the disk, so that nothing is held of them. For names in which letters are not as
    a case-blind disk has them, an empty file in a folder of its own says so.
    """

    def __init__(self, path: str) -> None:
        self.path = os.path.realpath(path)
        self.part = f"{self.path}.{os.getpid()}.part"
        self.names = os.path.join(self.part, ".names")
        shutil.rmtree(self.part, ignore_errors=True)  # of a run that was killed, and had the same number
        os.mkdir(self.part)
        os.mkdir(self.names)

    def write(self, text: str) -> object:
        """A folder takes documents by their keys alone."""
        raise TypeError("a folder takes one document at a time")

    def put(self, key: str, text: str) -> Fault | None:
        """Write the document of a key, or say why there can be no file of that name."""
        name = f"{key}.json"
        why = "it holds a `/`" if "/" in key else fault(name)
        if why is not None:
            return Fault(f"its key makes no file name: {why}", "use letters, digits, `-` and `_`")
        try:
            if self._taken(name):
                return Fault(
                    f"`{name}` is also the file of another row, on a disk that is blind to case", "use another key"
                )
            with open(os.path.join(self.part, name), "x", encoding="utf-8", newline="") as file:
                file.write(text)
        except FileExistsError:
            return Fault(f"the key `{key}` is also that of another row", "give each row a key of its own")
        return None

    def _taken(self, name: str) -> bool:
        plain = folded(name)
        if plain == name:
            return os.path.exists(os.path.join(self.names, name))
        mark = os.path.join(self.names, plain)
        if os.path.exists(os.path.join(self.part, plain)) or (
            os.path.exists(mark) and Path(mark).read_text(encoding="utf-8") != name
        ):
            return True
        Path(mark).write_text(name, encoding="utf-8")
        return False

    def commit(self) -> None:
        """Put the folder in its place."""
        shutil.rmtree(self.names)
        if os.path.isdir(self.path):
            os.rmdir(self.path)
        os.rename(self.part, self.path)

    def abort(self) -> None:
        """Take away what was written."""
        shutil.rmtree(self.part, ignore_errors=True)
