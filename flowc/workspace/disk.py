"""What the disk can refuse a build, each refusal said once and in an author's words."""

from __future__ import annotations

import errno
import os

from ..text.diagnostics import Diagnostic, Rule
from ..text.source import Source, Span

MISSING_OUT_PARENT = Rule(
    "E630",
    "missing-out-parent",
    """The folder that is to hold the output folder does not exist.

flowc makes the last folder of `--out` and no more: a whole path that does not exist is more often a slip of the
keyboard than a wish, and a site built beside the one that is served is never heard by a caller.
The default output folder, `build/SITE`, is always made.

Make the folder, or correct the path.""",
)
OUT_NOT_A_FOLDER = Rule(
    "E631",
    "out-not-a-folder",
    """What `--out` names is there, and is no folder.

A build writes many files; there is nowhere to put them, and flowc does not replace a file it did not write.

Name another folder, or move the file away.""",
)
UNWRITABLE = Rule(
    "E632",
    "unwritable",
    """A file or folder may not be written or read by whoever runs the build.

Callers go on hearing the last version that could be written, so a change seems to have had no effect.

Correct the owner or the permissions, or build as the user who owns the folder.""",
)
DISK_FULL = Rule(
    "E633",
    "disk-full",
    """There is no room left on the disk, or no more is allowed to this user.

A document cut off in the middle is one that callers do not hear. flowc writes everything beside the site first, so the
site is what it was before, and what was written has been taken away again.

Make room and build again.""",
)
DISK_FAULT = Rule(
    "E634",
    "disk-fault",
    """The operating system refused to read or write a file, for a reason of its own that the message repeats.

The site is what it was before the build.

Put right what the message names, and build again.""",
)
LINK_IN_OUT = Rule(
    "E635",
    "link-in-out",
    """A folder or file inside the output folder, where flowc would write, is a link.

Writing through a link changes files outside the output folder, perhaps another site's, or something that is no site
at all. `--out` itself may be a link.

Remove the link, or name the place it leads to with `--out`.""",
)
IN_THE_WAY = Rule(
    "E636",
    "in-the-way",
    """A file stands where flowc would make a folder, or a folder where it would write a file.

flowc removes only what it wrote itself; without the place, the flow's documents cannot be where the platform will ask
for them.

Move it away, or give the flow another name.""",
)
UNFIT_FILE_NAME = Rule(
    "E637",
    "unfit-file-name",
    """A flow or step has a name of which some computer cannot make a file.

Names become files and folders. Windows keeps some for itself (`con`, `nul`, `aux`, `com1` …), everywhere a name is at
most 255 bytes long, and on many disks names that differ only in the case of their letters are one. A site that cannot
be unpacked on the machine that serves it answers no call.

Give the flow or step another name.""",
)
STUCK_EXCHANGE = Rule(
    "E639",
    "stuck-exchange",
    """An earlier build was killed while it put the new site in place, and this build can neither finish nor undo that.

A part of the site may be old and another part new. What is missing is kept in `.flowc-stage` in the output folder.

Put right what the message names (a full disk, permissions), and build again; or remove the output folder and build.""",
)

NOTHING_OPEN = Rule(
    "E648",
    "nothing-open",
    """There is no open document of a flow to fill.

Either there is no flow of this name, or it was not built into this output folder, or all its params are bound: then its
documents are in `public` as they are (for `server`, they are made when a call asks for them).

Correct the name, or build the flow for this site first.""",
)

UNHOSTABLE = Rule(
    "E642",
    "unhostable",
    """Something cannot be written into the files of the host: a URL, a path or a name.

A server that is given a file it cannot read does not start again, and answers no call.

The message says what it is. Give it a plainer one.""",
)


def told(rule: Rule, path: str | os.PathLike[str], message: str, hint: str | None = None) -> Diagnostic:
    """A finding about a file or folder as a whole, rather than about a place in a text."""
    return Diagnostic(rule, Source(os.fspath(path), ""), Span(0, 0), message, hint)


def refusal(error: OSError, around: str) -> Diagnostic:
    """What the operating system refused, as one finding; `around` is named where the error names no file."""
    path = str(error.filename2 or error.filename or around)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return told(DISK_FULL, around, "the disk is full: nothing was changed", "make room, then build again")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return told(UNWRITABLE, around, f"`{path}` may not be written")
    if error.errno == errno.ENAMETOOLONG:
        return told(UNFIT_FILE_NAME, around, f"`{path}` is too long for a file name on this disk")
    return told(DISK_FAULT, around, f"`{path}` could not be written: {reason(error)}")


def reason(error: OSError) -> str:
    """The system's own words for an error, as the end of a sentence."""
    words = os.strerror(error.errno) if error.errno else str(error)
    return words[:1].lower() + words[1:]


def obstacle(out: str, default: bool) -> Diagnostic | None:
    """Why nothing can be built into a folder: it is a file, or has no parent. None where it can be tried."""
    if os.path.isdir(out):
        return None
    if os.path.lexists(out):
        return told(OUT_NOT_A_FOLDER, out, f"`{out}` is there, and is no folder", "name another folder with `--out`")
    return None if default else parentless(out)


def parentless(out: str) -> Diagnostic | None:
    """What to say where the folder that is to hold a file or folder does not exist."""
    parent = os.path.dirname(os.path.abspath(out))
    if os.path.isdir(parent):
        return None
    return told(MISSING_OUT_PARENT, out, f"there is no folder `{parent}` to put it in", f"mkdir -p {parent}")
