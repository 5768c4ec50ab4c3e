"""Options that go without a verb: "For sales, press 1. Support, 2. Billing, 3." """

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text.source import Span
from .reader import Reader

_WORDS = 4  # a label without "for" is as short as a sign at a door; a longer one is a sentence
_ENDS = re.compile(r"\s*(?:[.;!?…]|$)")
_LAST = ("0", "9", "*", "#")


def elliptic(spoken: str, at: int, end: int, key: str, reader: Reader) -> list[tuple[str, Span]]:
    """The options that follow one which ended at `at` and is pressed with `key`; the next verb stands at `end`.

    Little tells them from a number in a sentence, so they count only where the keys go on by one (an operator's may be
    last, and after "for support," there may be a gap), the last one ends its sentence, and there are two of them or
    one is said as those before it are ("for support, 2").
    """
    items = list(_items(spoken, at, end, key, reader))
    while items and not _closed(spoken, items[-1].end(), end, reader):
        items.pop()
    if len(items) == 1 and not _like_the_first(items[0]):
        return []
    return [(reader.key_of(each.group("key")), Span(*each.span("key"))) for each in items]


def _items(spoken: str, at: int, end: int, key: str, reader: Reader) -> Iterator[re.Match[str]]:
    while (found := reader.item.match(spoken, at)) is not None and found.end() <= end:
        after = reader.key_of(found.group("key"))
        if not _goes_on(key, after, gap=_said_in_full(found)) or reader.no_label.fullmatch(found.group("label")):
            return
        if not found.group("intro") and found.group("label").count(" ") >= _WORDS:
            return
        yield found
        key, at = after, found.end()


def _goes_on(key: str, after: str, *, gap: bool) -> bool:
    """Whether a key may come after another in a list."""
    if after in _LAST or not key.isdigit() or not after.isdigit():
        return after in _LAST and after != key
    return int(after) == int(key) + 1 or (gap and len(after) == 1 and after > key)


def _said_in_full(item: re.Match[str]) -> bool:
    """Whether a pause parts "for support" from its key."""
    return bool(item.group("intro")) and any(sign in item.group("tie") for sign in ",:–—-")


def _closed(spoken: str, at: int, end: int, reader: Reader) -> bool:
    """Whether the sentence ends behind a key, or goes on with "or press"; it may belong to what follows otherwise."""
    if _ENDS.match(spoken, at) is not None:
        return True
    joined = reader.joined.match(spoken, at)
    return joined is not None and joined.end() == end < len(spoken)


def _like_the_first(item: re.Match[str]) -> bool:
    tied = not item.group("tie").isspace()
    return bool(item.group("intro")) and (tied or ("." not in item.group("sep") and item.group("label").count(" ") < 3))
