"""What any text must be before it is read: not too large, and made of characters that can be seen."""

from __future__ import annotations

import re
from collections.abc import Callable

from .diagnostics import Diagnostic, Rule
from .source import Source, Span

Report = Callable[[Diagnostic], None]

LARGEST = 1 << 20
"""The largest file that is read, in bytes of UTF-8."""

MOST_PIECES = 200_000
"""The most keys, values, beginnings and ends of lists and mappings that are read: some 130 MB of memory."""

DEEPEST = 50
"""The most containers that may stand in one another."""

FILE_TOO_LARGE = Rule(
    "E001",
    "file-too-large",
    """The file is larger than 1 MiB, or holds more than 200,000 keys, values, lists and mappings.

A document of that size is none that answers a call while the caller waits, and a flow of that size is none that a
person keeps in order.

Split it into several flows.""",
)
CONTROL_CHARACTER = Rule(
    "E002",
    "control-character",
    """The file holds a character that cannot be seen: a NUL, another control character, or a line separator that is no
line break.

It comes from a damaged file, a binary one or from copying. Nobody who reads the file sees it, and a caller hears
something else than what is written.

Delete it. Where such a character is meant, write it as an escape in double quotes.""",
)
LONE_SURROGATE = Rule(
    "E003",
    "lone-surrogate",
    """The text holds one half of a character that is written in two halves: `\\ud83d` without its `\\ude00`.

Half a character cannot be sent, so the whole document could not answer a call.

Write the character itself; in JSON, both halves.""",
)
EMPTY_FILE = Rule(
    "E004",
    "empty-file",
    """There is nothing in the file, or nothing but comments.

A caller who is sent there hears nothing, and the call ends.

Write the flow, or delete the file.""",
)
TOO_DEEP = Rule(
    "E005",
    "nested-too-deep",
    """Lists and mappings stand in one another more than 50 levels deep.

No flow needs that: the file is damaged, or made to do harm.

Write blocks as steps of their own.""",
)
BIDI_CONTROL = Rule(
    "W001",
    "bidi-control",
    """The file holds a character that turns the direction of writing, such as U+202E.

It makes a line look different from what it says: a number, a key or a URL that a reader believes to see is not the one
a caller gets.

Delete it: texts in right-to-left scripts need none.""",
)

CONTROL_ESCAPE = Rule(
    "W002",
    "control-escape",
    """An escape such as `\\0` or `\\u0007` puts a control character into a text.

It cannot be spoken, dialled or opened, and some programs end the text at it. What the platform does with it is not
documented.

Delete it.""",
)

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def readable(source: Source, report: Report) -> bool:
    """Whether a text may be read at all; says so where not, and warns of characters that mislead a reader."""
    text = source.text
    if len(text) * 4 > LARGEST and len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        report(Diagnostic(FILE_TOO_LARGE, source, Span(0, 0), "the file is larger than 1 MiB", "split it"))
        return False
    if text.isascii():
        return True
    if bidi := _BIDI.search(text):
        report(_seen(BIDI_CONTROL, source, bidi, "turns the direction of writing, so that a line looks like another"))
    if half := _SURROGATE.search(text):
        report(_seen(LONE_SURROGATE, source, half, "is one half of a character"))
    return half is None


def unseen(source: Source, report: Report) -> bool:
    """Whether the text holds a character that YAML does not, behind its byte order mark; says the first."""
    # Compiled at first use: it takes as long as reading a file.
    found = re.compile(_UNSEEN).search(source.text, 1 if source.text.startswith("\ufeff") else 0)
    if found:
        report(_seen(CONTROL_CHARACTER, source, found, "cannot be seen and does not belong in a text"))
    return found is not None


def _seen(rule: Rule, source: Source, found: re.Match[str], what: str) -> Diagnostic:
    """A finding about a character, in the words by which it can be looked up."""
    code = f"U+{ord(found[0]):04X}"
    return Diagnostic(rule, source, Span(*found.span()), f"{code} {what}", f"delete {code}")
