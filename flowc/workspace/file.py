"""One file of an author, read. What cannot be read gives one diagnostic, never an exception."""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path

from ..text.characters import FILE_TOO_LARGE, LARGEST
from ..text.diagnostics import Diagnostic, Rule
from ..text.source import Source, Span

NO_SUCH_FILE = Rule(
    "E600",
    "no-such-file",
    """There is no file of this name, or it is a link that leads to nothing.

What it was to hold is not checked and not built, so callers keep hearing an earlier version, or nothing.

Check the spelling, and the folder in which flowc is started.""",
)
UNREADABLE_FILE = Rule(
    "E601",
    "unreadable-file",
    """The system does not let flowc read this file or folder.

What it holds is not checked and not built.

Give yourself the right to read it (`chmod u+r FILE`), or take it out of the project.""",
)
NOT_A_FILE = Rule(
    "E602",
    "not-a-file",
    """What stands under this name is no plain file: a folder, a pipe, a socket or a device.

A flow is read more than once, which only a plain file allows.

Name a file; to check what a program prints, give it to `flowc check -`.""",
)
NOT_UTF8 = Rule(
    "E604",
    "not-utf-8",
    """The text is not written in UTF-8.

Read in a wrong encoding, letters such as `é` turn into others, and the caller hears them so.

Save the file as UTF-8: most editors offer it under "save with encoding", and `iconv -t utf-8` does it too.""",
)
BINARY_FILE = Rule(
    "E605",
    "binary-file",
    """The file is no text: it holds bytes with the value zero.

It is a picture, a sound, an archive or a damaged file, and no flow.

Name the right file, or restore it from a copy.""",
)
OUTSIDE_PROJECT = Rule(
    "E606",
    "outside-project",
    """A path or a link leads out of the project's folder.

What lies outside is not under the same review as the project, differs between machines, and may hold what nobody meant
to publish to callers.

Copy the file into the project's folder.""",
)
LINK_LOOP = Rule(
    "E607",
    "link-loop",
    """A link leads back to itself, directly or through other links.

There is no file at its end, so nothing is checked and nothing built.

Remove the link, or let it lead to a file.""",
)


def load(path: Path, root: Path | None = None) -> Source | Diagnostic:
    """The text of a file under its name as typed, or why it cannot be had.

    With the root of a project, a path within it that leads out of it over a link is refused.
    """
    name = shown(path)
    if root is not None and leaves(path, root):
        return _refusal(OUTSIDE_PROJECT, name, "this link leads out of the project's folder", "copy the file into it")
    try:
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):
            return _no_file(path, name, mode)
        with open(path, "rb", buffering=0) as file:
            return decode(name, file.read(LARGEST + 1))
    except (OSError, ValueError) as error:
        return _unreadable(path, name, error)


def decode(name: str, data: bytes) -> Source | Diagnostic:
    """The text of a file's bytes, or why they are none. A byte order mark of UTF-8 is no part of the text."""
    if len(data) > LARGEST:
        return _refusal(FILE_TOO_LARGE, name, "the file is larger than 1 MiB", "split it")
    if wide := _wide(data):
        return _refusal(NOT_UTF8, name, f"this text is written in {wide}", "save the file as UTF-8")
    if b"\0" in data:
        return _refusal(BINARY_FILE, name, "this file is no text: it holds bytes with the value zero")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Source(name, data.decode())
    except UnicodeDecodeError as error:
        return _not_utf8(name, data, error.start)


def shown(path: Path | str) -> str:
    """A path as it can be printed: bytes of a file name that are no text become replacement characters."""
    name = str(path)
    return name if name.isascii() else name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def leaves(path: Path, root: Path) -> bool:
    """Whether a path that is written as one inside the root is over links one outside it."""
    return within(os.path.abspath(path), os.path.abspath(root)) and not within(
        os.path.realpath(path), os.path.realpath(root)
    )


def within(path: str, folder: str) -> bool:
    """Whether an absolute path is the folder or stands under it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _refusal(rule: Rule, name: str, message: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic(rule, Source(name, ""), Span(0, 0), message, hint)


def _unreadable(path: Path, name: str, error: OSError | ValueError) -> Diagnostic:
    code = error.errno if isinstance(error, OSError) else errno.ENOENT
    if code == errno.ELOOP:
        return _refusal(LINK_LOOP, name, "this link leads back to itself")
    if code in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL):
        dangling = os.path.islink(path) if isinstance(error, OSError) else False
        what = (
            f"this link leads to `{shown(os.readlink(path))}`, which is not there"
            if dangling
            else "there is no such file"
        )
        return _refusal(NO_SUCH_FILE, name, what)
    reason = os.strerror(code or errno.EIO)
    return _refusal(UNREADABLE_FILE, name, f"this file cannot be read: {reason[:1].lower()}{reason[1:]}")


def _no_file(path: Path, name: str, mode: int) -> Diagnostic:
    if stat.S_ISDIR(mode) and not os.access(path, os.R_OK | os.X_OK):
        return _refusal(UNREADABLE_FILE, name, "this folder cannot be read: permission denied")
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return _refusal(NOT_A_FILE, name, f"this is {kinds.get(stat.S_IFMT(mode), 'a device')}, not a file")


def _wide(data: bytes) -> str | None:
    """The name of an encoding with two or four bytes a character, told by its mark or by where its zeros stand."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    head = data[:512]
    zeros = sorted((head[0::2].count(0), head[1::2].count(0)))
    return "UTF-16" if zeros[0] == 0 and zeros[1] * 4 > len(head) else None


def _not_utf8(name: str, data: bytes, at: int) -> Diagnostic:
    start = len(data[:at].decode())
    legacy = data[at : at + 1].decode("cp1252", "replace")
    hint = (
        f"save the file as UTF-8; in Windows-1252 this byte would be `{legacy}`"
        if legacy != "�"
        else "save the file as UTF-8"
    )
    source = Source(name, data.decode("utf-8", "replace"))
    return Diagnostic(NOT_UTF8, source, Span(start, start + 1), f"the byte {data[at]:02X} is not UTF-8 here", hint)
