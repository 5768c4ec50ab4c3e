"""Which flowc this is, to the letter: a build by another one has to be done again, whatever its version says."""

from __future__ import annotations

import hashlib
import os
from functools import cache

from .. import __version__

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_BESIDE = frozenset({"caller", "cli", "serve"})
"""Rooms on which nothing that is built depends."""
_FACTS = (os.path.join(_PACKAGE, "schemas"), os.path.join(os.path.dirname(_PACKAGE), "schemas"))


@cache
def edition() -> str:
    """The version, and what tells this code from other code of the same version.

    An installed package has a list of its files with their digests. Where there is none, as in a checkout, it is the
    sizes and times of the files, by which Python itself knows code that changed.
    """
    try:
        with open(os.path.join(os.path.dirname(_PACKAGE), f"flowc-{__version__}.dist-info", "RECORD"), "rb") as file:
            known = file.read()
    except OSError:
        known = "\n".join(sorted(each for folder in (_PACKAGE, *_FACTS) for each in _files(folder))).encode()
    return f"{__version__} {hashlib.sha256(known).hexdigest()[:16]}"


def _files(folder: str) -> list[str]:
    """The files of code and data in a folder and those in it, each with its size and time."""
    found: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    found += _files(entry.path) if entry.name not in _BESIDE else ()
                elif entry.name.endswith((".py", ".json")):
                    state = entry.stat()
                    found.append(f"{entry.path} {state.st_size} {state.st_mtime_ns}")
    except OSError:
        return found
    return found
