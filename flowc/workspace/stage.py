"""The staging folder: a build's outputs, written beside the site and on its disk before any of them counts."""

from __future__ import annotations

import contextlib
import os
from typing import NamedTuple

NAME = ".flowc-stage"
"""The staging folder's name inside the output folder, where a rename is sure to stay on one file system."""

STAMP = ".flowc-stamp"
"""The file in the output folder that names what stands there: a folder that was removed or restored is built again."""


class Unit(NamedTuple):
    """What is exchanged by one rename: a flow's folder, or a single file. `new` is false for what only goes away."""

    path: str
    new: bool
    folder: bool


class Stage(NamedTuple):
    """A staging folder of an output folder; `made` holds the folders that are there already."""

    out: str
    folder: str
    made: set[str]

    def new(self, path: str) -> str:
        """Where a new file or folder of the site is kept until the exchange."""
        return f"{self.folder}/new/{path}"


def begin(out: str) -> Stage:
    """Make an empty staging folder, and the output folder where it is missing. Raises OSError."""
    os.makedirs(out, exist_ok=True)
    stage = Stage(out, os.path.join(out, NAME), set())
    os.mkdir(stage.folder)
    os.mkdir(os.path.join(stage.folder, "new"))
    os.mkdir(os.path.join(stage.folder, "old"))
    return stage


def put(stage: Stage, path: str, data: bytes) -> None:
    """Write one output into the staging folder. Raises OSError, also where the disk takes only a part."""
    whole = stage.new(path)
    folder = whole[: whole.rindex("/")]
    if folder not in stage.made:
        os.makedirs(folder, exist_ok=True)
        stage.made.add(folder)
    descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        written = os.write(descriptor, data)
        while written < len(data):  # a disk that is nearly full takes a part
            written += os.write(descriptor, data[written:])
    finally:
        os.close(descriptor)


def carry(stage: Stage, unit: str, written: set[str]) -> bool:
    """Bring what others have put into a flow's folder over into its new one; whether there was anything.

    `written` are the paths (below the output folder) that flowc wrote in it, now or earlier. Raises OSError.
    """
    carried = False
    folder = os.path.join(stage.out, unit)
    if os.path.isdir(folder):
        for each in os.scandir(folder):
            path = f"{unit}/{each.name}"
            if each.is_dir(follow_symlinks=False):
                carried |= carry(stage, path, written)
            elif path not in written and not os.path.lexists(stage.new(path)):
                _bring(each.path, stage.new(path))
                carried = True
    return carried


def _bring(old: str, new: str) -> None:
    os.makedirs(os.path.dirname(new), exist_ok=True)
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:  # a disk without hard links, or too many of them
        import shutil

        shutil.copy2(old, new, follow_symlinks=False)


def discard(out: str) -> None:
    """Remove the staging folder with all that is in it."""
    import shutil

    shutil.rmtree(os.path.join(out, NAME), ignore_errors=True)


def missing(folder: str) -> list[str]:
    """The folders that have to be made for a folder to be there, the innermost first."""
    folders = []
    while folder and not os.path.lexists(folder):
        folders.append(folder)
        folder = os.path.dirname(folder)
    return folders


def withdraw(made: list[str]) -> None:
    """Remove folders that were made and are still empty, the innermost first."""
    for folder in made:
        with contextlib.suppress(OSError):
            os.rmdir(folder)


def unit_of(path: str, flow: str) -> str:
    """The unit an output of a flow belongs to: the flow's folder where it is in one, else the file itself."""
    for folder in _folders(flow):
        if path.startswith(f"{folder}/"):
            return folder
    return path


def is_folder(unit: str, flow: str) -> bool:
    """Whether a unit of a flow is a folder of its own."""
    return unit in _folders(flow)


def _folders(flow: str) -> tuple[str, str]:
    return f"public/{flow}", f"program/{flow}"
