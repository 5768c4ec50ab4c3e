"""Patterns for paths, as in `flows/**/*.flow.yml`: `*`, `?` and `[…]` stay within a name, `**` crosses folders."""

from __future__ import annotations

from fnmatch import fnmatchcase


def is_pattern(text: str) -> bool:
    """Whether the text has wildcards; without, it names one path."""
    return any(sign in text for sign in "*?[")


def matches(pattern: str, path: str) -> bool:
    """Whether a path is one of a pattern, both relative to the same folder and written with `/`.

    A pattern without wildcards also stands for what is under it as a folder.
    """
    names = path.split("/")
    reached = {0}
    for piece in pattern.removeprefix("./").rstrip("/").split("/"):
        if piece == "**":
            reached = set(range(min(reached, default=len(names) + 1), len(names) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(names) and fnmatchcase(names[at], piece)}
    return len(names) in reached or (bool(reached) and not is_pattern(pattern))
