"""What has been remembered on every way to a document."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from heapq import heappop, heappush
from operator import or_
from typing import NamedTuple

Path = tuple[str, ...]


class Edge(NamedTuple):
    """A way from one document to another, the variables that are made on it, and those of which all is lost there."""

    to: str
    makes: tuple[Path, ...] = ()
    empties: tuple[Path, ...] = ()


class Facts(NamedTuple):
    """The variables that something makes, each a bit of a number.

    `own` is the bit of a path, `under` the bits of all paths that begin with one.
    """

    own: Mapping[Path, int]
    under: Mapping[Path, int]

    def made(self, paths: Iterable[Path]) -> int:
        """The bits of some variables."""
        return _all(self.own[path] for path in paths)

    def below(self, paths: Iterable[Path]) -> int:
        """The bits of some variables and of all that is in them."""
        return _all(self.under.get(path, 0) for path in paths)

    def could(self, path: Path) -> int:
        """The bits of which one is enough for a variable to be there: it, a part of it, or what it is a part of."""
        return _all(self.own.get(path[:end], 0) for end in range(1, len(path))) | self.under.get(path, 0)


def facts_of(edges: Mapping[str, Sequence[Edge]]) -> Facts:
    """All variables that the edges make."""
    paths = dict.fromkeys(path for ways in edges.values() for each in ways for path in each.makes)
    own = {path: 1 << number for number, path in enumerate(paths)}
    under: dict[Path, int] = {}
    for path, bit in own.items():
        for end in range(1, len(path) + 1):
            under[path[:end]] = under.get(path[:end], 0) | bit
    return Facts(own, under)


def known_at(starts: Sequence[str], edges: Mapping[str, Sequence[Edge]], facts: Facts) -> dict[str, int]:
    """For each document that a call can get to, what is made on every way to it.

    Documents are looked at in an order in which most come after all that lead to them, so few are looked at twice.
    """
    order = {name: number for number, name in enumerate(_ordered(starts, edges))}
    names = [*order]
    moves = {
        name: [(each.to, facts.made(each.makes), ~facts.below(each.empties)) for each in edges[name]] for name in order
    }
    known = dict.fromkeys(starts, 0)
    pending = sorted(order[name] for name in known)
    while pending:
        name = names[heappop(pending)]
        for to, makes, keeps in moves[name]:
            before = known.get(to)
            after = known[name] & keeps | makes
            after = after if before is None else before & after
            if after != before:
                known[to] = after
                heappush(pending, order[to])
    return known


def ways_without(
    starts: Sequence[str], edges: Mapping[str, Sequence[Edge]], facts: Facts, could: int
) -> Mapping[str, str | None]:
    """What is before each document on a shortest way to it on which none of some variables is made."""
    before: dict[str, str | None] = dict.fromkeys(starts)
    pending = deque(starts)
    while pending:
        name = pending.popleft()
        for each in edges[name]:
            if each.to not in before and not facts.made(each.makes) & could:
                before[each.to] = name
                pending.append(each.to)
    return before


def _ordered(starts: Sequence[str], edges: Mapping[str, Sequence[Edge]]) -> list[str]:
    """All that can be got to, each after what leads to it as far as there are no rounds."""
    found: list[str] = []
    seen = set(starts)
    path = [(name, iter(edges[name])) for name in starts]
    while path:
        name, ways = path[-1]
        following = next((each.to for each in ways if each.to not in seen), None)
        if following is None:
            path.pop()
            found.append(name)
        else:
            seen.add(following)
            path.append((following, iter(edges[following])))
    return found[::-1]


def _all(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)
