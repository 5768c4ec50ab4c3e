"""Did you mean: the word of a list that a mistyped word most likely stands for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

HINTS = 20
"""Unknown names of one text for which the nearest one is looked up: each is a look at all names."""

_MOST = 2_000  # a word that is meant stands among so many, or nobody knows them all
_DENIALS = ("a", "un", "in", "non", "dis", "not", "no")
_LONGEST = 64  # a longer word is no typing mistake, and comparing costs its square


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The nearest of `words`, or None where none is near. Of equally near ones the first.

    Upper and lower case, `_` and `-` count for nothing; otherwise one slip (a letter wrong, missing, doubled or two
    swapped) is near in a word of up to five letters, two in a longer one.
    """
    plain = _plain(word)
    limit = 1 if len(plain) <= 5 else 2
    best: tuple[int, str] | None = None
    for candidate in islice(words, _MOST):
        if _opposite(plain, _plain(candidate)):
            continue
        slips = _slips(plain, _plain(candidate), limit if best is None else best[0] - 1)
        if slips is not None:
            best = (slips, candidate)
            if slips == 0:
                break
    return best[1] if best else None


def _opposite(one: str, other: str) -> bool:
    """Whether one word denies the other: who writes `asynchronous` does not mean `synchronous`."""
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and long.endswith(short) and long.removesuffix(short) in _DENIALS


def _plain(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "")


def _slips(one: str, other: str, limit: int) -> int | None:
    """The slips between two words, or None where there are more than `limit` or nothing in common."""
    if one == other:
        return 0 if one and limit >= 0 else None
    shorter = min(len(one), len(other))
    if abs(len(one) - len(other)) > limit or shorter <= limit or shorter > _LONGEST:
        return None
    slips = _distance(one, other)
    return slips if slips <= limit else None


def _distance(one: str, other: str) -> int:
    """Insertions, deletions, changes and swaps of neighbours that make one word the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
