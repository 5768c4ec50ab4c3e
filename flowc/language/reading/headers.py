"""Headers as an author writes them, of a request or of a call by SIP: a word, and one line."""

from __future__ import annotations

import re

from ...text.diagnostics import Rule

BAD_HEADER = Rule(
    "E283",
    "bad-header",
    """A header that cannot be sent, or that flowc writes

The name of a header, of a request or of a call by SIP, is one word of letters, digits and signs such as `-`, and its
value is one line. With any other, no server is asked, and every caller is led to `otherwise`; in a call by SIP, another
header could begin behind a line break. The headers that say how a request is sent, and to which host, follow from it
and are written by flowc: of two that differ, a server may take either.

Correct it, or take the header out.""",
)

NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
"""What is a name of a header."""

ONE_LINE = "a header is one line, without control characters"

_NO_LINE = r"[\x00-\x08\x0a-\x1f\x7f]"


def named(text: str) -> str:
    """The name that is meant by what is none; nothing where no letter of one is in it."""
    return re.sub("[^!#$%&'*+.^_`|~0-9A-Za-z]+", "-", text).strip("-")


def is_broken(text: str) -> bool:
    """Whether what an author wrote, beside the values in it, is no line."""
    return re.search(_NO_LINE, re.sub(r"(?s)\{\{.*?\}\}", "", text)) is not None


def in_one_line(text: str) -> str:
    """The same in one line."""
    return " ".join(re.sub(_NO_LINE, " ", text).split())


RULES = (BAD_HEADER,)
