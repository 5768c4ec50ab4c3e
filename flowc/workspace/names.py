"""Which paths can be files on every disk a site may be unpacked on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST = 255
"""Bytes in a name of a file or folder: the limit of ext4, APFS and NTFS alike."""
ENDING = ".ncco.tmpl.json"
"""How the names of open documents end."""

_KEPT = re.compile(r"/(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)[./\n]")
"""A name that Windows keeps for itself, with any ending, between two signs that end a name."""
_PLAIN = re.compile(r"[a-z0-9_~./\n-]*")
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


def unfit(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each path that is no file name everywhere, and why."""
    every = list(paths)
    if not _all_plain(every):
        for path in every:
            why = fault(path)
            if why is not None:
                yield path, why


def _all_plain(paths: list[str]) -> bool:
    """Whether all paths are fit at a glance: a flow has a hundred, and hardly ever one that is not."""
    text = "/" + "\n/".join(paths).lower() + "\n"
    if _PLAIN.fullmatch(text) is None or _KEPT.search(text) or max(map(len, paths), default=0) > LONGEST:
        return False
    return not ("//" in text or "/." in text or "./" in text or ".\n" in text or text.count("\n") > len(paths))


def fault(path: str) -> str | None:
    """Why a path (with `/` between its parts) cannot be a file everywhere, or None."""
    return next((why for part in path.split("/") if (why := _part_fault(part))), None)


def _part_fault(part: str) -> str | None:
    if len(part.encode("utf-8", "surrogatepass")) > LONGEST:
        return f"`{part[:20]}…` is longer than {LONGEST} bytes"
    if part in ("", ".", ".."):
        return "a part of the path is empty or leads out of its folder"
    if _FORBIDDEN.search(part):
        return f"`{part!r}` holds a character that no Windows file name may hold"
    if part[-1] in ". ":
        return f"`{part}` ends in a dot or a space, which Windows takes away"
    if _KEPT.match(f"/{part.lower()}/"):
        return f"`{part}` is a name that Windows keeps for itself"
    return None


def folded(path: str) -> str:
    """A path as a case-blind disk sees it: paths with the same folded form are one file there."""
    return (
        path.lower() if path.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
    )


def collisions(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different paths that are one file on a case-blind disk."""
    seen: dict[str, str] = {}
    for path in paths:
        first = seen.setdefault(folded(path), path)
        if first != path:
            yield first, path
