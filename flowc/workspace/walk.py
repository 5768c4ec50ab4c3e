"""The files of a folder that a pattern names, found without looking into folders that cannot hold any."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from functools import cache

from .file import within
from .globs import is_pattern
from .stage import STAMP


def matching(root: str, pattern: str) -> list[str]:
    """The files under a folder that a pattern with wildcards names, by name: paths that begin with the folder.

    Hidden folders are left out, and so is what a build wrote. A link to a folder outside is among the files, and so is
    a folder that may not be read, for whoever reads it to say why.
    """
    parts = [part for part in pattern.removeprefix("./").split("/") if part not in ("", ".")]
    found = set(_matching(root, parts, os.path.realpath(root)))
    return sorted(found, key=lambda path: path.replace("/", "\0"))


def _matching(folder: str, parts: list[str], home: str) -> Iterator[str]:
    """What the parts of a pattern name in a folder."""
    first, *rest = parts
    if first == "**":
        yield from _anywhere(folder, rest or ["*"], home)
    elif not is_pattern(first):
        path = os.path.join(folder, first)
        if rest and os.path.isdir(path):
            yield from _matching(path, rest, home)
        elif not rest and os.path.lexists(path):
            yield path
        elif not os.access(folder, os.X_OK):  # what is in it, nobody can tell
            yield folder
    else:
        yield from _named(folder, _test(first), rest, home)


def _named(folder: str, fits: Callable[[str], object], rest: list[str], home: str) -> Iterator[str]:
    for entry in _entries(folder):
        if entry is None:
            yield folder
        elif not fits(entry.name):
            continue
        elif not rest and not _is_folder(entry):
            yield _under(folder, entry)
        elif rest and _is_folder(entry) and not entry.name.startswith("."):
            yield from _matching(_under(folder, entry), rest, home)


def _anywhere(folder: str, rest: list[str], home: str) -> Iterator[str]:
    """What the rest of a pattern names in a folder or in any folder under it, however deep."""
    fits = _test(rest[0]) if len(rest) == 1 and rest[0] != "**" else None
    waiting, seen = [folder], set[tuple[int, int]]()
    while waiting:
        here = waiting.pop()
        if _entered(here, seen):
            continue
        for entry in _entries(here):
            if entry is None:
                yield here
            elif not _is_folder(entry):
                if fits is not None and fits(entry.name):
                    yield _under(here, entry)
            elif not entry.name.startswith("."):
                path = _under(here, entry)
                outside = entry.is_symlink() and not within(os.path.realpath(path), home)
                yield from (path,) if outside else ()
                waiting += () if outside else (path,)
        if fits is None:
            yield from _matching(here, rest, home)


def _entries(folder: str) -> Iterator[os.DirEntry[str] | None]:
    """What is in a folder; nothing of what a build wrote; None where it may not be read."""
    try:
        with os.scandir(folder) as entries:
            every = list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        yield None
        return
    if not any(entry.name == STAMP for entry in every):
        yield from every


def _entered(folder: str, seen: set[tuple[int, int]]) -> bool:
    """Whether a folder was entered before, by a link perhaps; it is now."""
    try:
        info = os.stat(folder)
    except OSError:
        return False
    place = info.st_dev, info.st_ino
    if place in seen:
        return True
    seen.add(place)
    return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads back to itself
        return False


def _under(folder: str, entry: os.DirEntry[str]) -> str:
    return entry.name if folder == "." else f"{folder}/{entry.name}"


@cache
def _test(part: str) -> Callable[[str], object]:
    """Whether a name fits a part of a pattern."""
    return re.compile(translate(part)).match
