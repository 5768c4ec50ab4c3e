"""Files of a git revision, as git keeps them: no filter, no hook and no other program is run for them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from threading import Timer
from typing import NamedTuple

from ..text.characters import LARGEST

MOST = 10_000
"""Files of one revision that are read. A limit of ours."""

_SECONDS = 60
_CHUNK = 1 << 20
_MANY = 200
_QUIET = {"GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
_FILES = (b"100644", b"100755")


class GitError(ValueError):
    """What git cannot be asked for; says why."""


class Blob(NamedTuple):
    """A file of a revision: its path from here, its identity, and its size in bytes."""

    name: str
    identity: str
    size: int


def commit(revision: str) -> str | None:
    """The commit that a name stands for; None where git knows none. Raises GitError."""
    if revision.startswith("-") or not revision or "\0" in revision:
        return None
    command = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return _output(command).decode("ascii", "replace").strip() or None


def prefix() -> str:
    """The path of this folder from the root of its repository; nothing at the root itself. Raises GitError."""
    return os.fsdecode(_output(("rev-parse", "--show-prefix"))).rstrip("\n")


def listed(commit: str, path: str, endings: tuple[str, ...]) -> list[Blob]:
    """The files of a commit in and under a path whose names end so. Raises GitError."""
    found: list[Blob] = []
    wanted = tuple(os.fsencode(each) for each in endings)
    for entry in _entries(("ls-tree", "-r", "-l", "-z", commit, "--", path or ".")):
        head, _, name = entry.partition(b"\t")
        words = head.split()
        if name.endswith(wanted) and len(words) == 4 and words[0] in _FILES:
            found.append(Blob(os.fsdecode(name), words[2].decode("ascii"), int(words[3])))
            if len(found) > MOST:
                raise GitError(f"this revision has more than {MOST:,} flows: name a folder, REVISION:PATH")
    return found


def contents(blobs: Sequence[Blob]) -> Iterator[bytes]:
    """What is in files, in order; of one that is too large for a flow, a little more than the largest. Raises GitError.

    All are asked of few processes.
    """
    for begun in range(0, len(blobs), _MANY):
        some = blobs[begun : begun + _MANY]
        asked = "".join(f"{each.identity}\n" for each in some if each.size <= LARGEST)
        rest = memoryview(_output(("cat-file", "--batch"), asked.encode()))
        for each in some:
            if each.size > LARGEST:
                yield b" " * (LARGEST + 1)
                continue
            start = len(f"{each.identity} blob {each.size}\n")
            if bytes(rest[:start]) != f"{each.identity} blob {each.size}\n".encode():
                raise GitError(f"git has lost {each.name}")
            yield bytes(rest[start : start + each.size])
            rest = rest[start + each.size + 1 :]


def content(commit: str, name: str) -> bytes | None:
    """What is in a file of a commit, by its path from here; None where there is none. Raises GitError."""
    size = _output(("cat-file", "-s", f"{commit}:./{name}")).strip()
    if not size.isdigit():
        return None
    return _output(("cat-file", "blob", f"{commit}:./{name}")) if int(size) <= LARGEST else b" " * (LARGEST + 1)


def _entries(command: Sequence[str]) -> Iterator[bytes]:
    """What git prints, entry by entry, without all of it in memory at once."""
    rest = b""
    for chunk in _chunks(command):
        *entries, rest = (rest + chunk).split(b"\0")
        yield from entries


def _output(command: Sequence[str], given: bytes = b"") -> bytes:
    """All that git prints; nothing where it fails."""
    try:
        done = subprocess.run(
            ["git", *command], input=given, capture_output=True, timeout=_SECONDS, check=False, env=_environment()
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise GitError("git cannot be asked for a revision here") from None
    return done.stdout if done.returncode == 0 else b""


def _chunks(command: Sequence[str]) -> Iterator[bytes]:
    try:
        git = subprocess.Popen(
            ["git", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
    except (OSError, ValueError):
        raise GitError("git cannot be asked for a revision here") from None
    assert git.stdout is not None
    watch = Timer(_SECONDS, git.kill)
    watch.start()
    try:
        while chunk := git.stdout.read(_CHUNK):
            yield chunk
        if git.wait() < 0:
            raise GitError(f"git took more than {_SECONDS} s to list the files of this revision")
    finally:
        watch.cancel()
        git.kill()
        git.stdout.close()
        git.wait()


def _environment() -> dict[str, str]:
    return {**os.environ, **_QUIET}
