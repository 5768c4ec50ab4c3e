"""Answers of a server with which a flow goes on in each of its ways, found from what chooses the way behind it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...program.evaluate import evaluate
from ...program.folding import paths
from ...program.kinds import truth
from ...program.known import Known
from ...program.machine import State
from ...program.program import Document, Program
from ...program.understand import Event
from ..platform.application import Call
from .examples import LookedFor, Where, with_value
from .live_names import answers_of, successors
from .moments import CLOCK

MOST_TESTED = 20_000
"""Tests that are made to find the answers to one request. A limit of ours."""

_MOST_DOCUMENTS = 1_000
"""Documents behind one request in which it is looked what chooses the way. A limit of ours."""
_MOST_PATHS = 100
"""Values on which one way may rest: one is chosen within the other."""
_DEEPEST = 64

Condition = tuple[object, bool]
"""A test, and whether it is to hold."""


class TooLongError(Exception):
    """It takes too long to find the answers."""


class _Partly(NamedTuple):
    """An answer of which the values at some paths, those of `open`, are not chosen yet."""

    body: object
    open: frozenset[Where]


class Decisive:
    """Finds the answers to a request which `saved` holds, with these values at the paths that are looked for."""

    def __init__(self, program: Program, saved: Where, most: object, looked_for: LookedFor) -> None:
        self.program, self.saved, self.most = program, saved, most
        self.values = {(*saved, *path): values for path, values in looked_for}
        self.own = frozenset(self.values)
        self.handed = _handed_on(program, saved)
        self.choices: dict[str, tuple[object, ...]] = {}
        """The tests behind the request that rest on the answer, by the document that makes them."""
        self.left = MOST_TESTED

    def told_apart(self, found: Iterable[object], more: Iterable[object]) -> Iterator[object]:
        """Those of more answers that go on otherwise than each before; raises TooLongError if that takes too long."""
        seen = {self._leads(each) for each in found}
        for body in more:
            leads = self._leads(body)
            if leads not in seen:
                seen.add(leads)
                yield body

    def _leads(self, body: object) -> tuple[str, ...]:
        """What of an answer chooses the way at each choice: the tests up to that which holds, else what they read."""
        known = self._known(body)
        found: list[str] = []
        for tests in self.choices.values():
            for test in tests:
                self._count()
                held = self._holds(test, known, frozenset())
                found.append(
                    str(held) if held is not None else repr([evaluate(("path", *each), known) for each in paths(test)])
                )
                if held:
                    break
        return tuple(found)

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooLongError

    def _known(self, body: object) -> Known:
        """What is known in a usual call that has this answer."""
        for key in reversed(self.saved[1:]):
            body = {key: body}
        return Known(self.program, State(vars=body if isinstance(body, dict) else {}), Event(now=Call().started))

    def bodies(self, begins: Sequence[str], sound: Callable[[object], bool]) -> Iterator[object]:
        """A sound answer for each way that none of those before it takes; raises TooLongError if that takes too long.

        `begins` are the documents that follow the request.
        """
        found: list[object] = [self.most]
        for goal in self._goals(begins):
            paths_ = list(dict.fromkeys(path for test, _ in goal for path in self._read(test)))
            if not paths_ or any(self._may(goal, _Partly(each, frozenset())) for each in found):
                continue
            if len(paths_) > _MOST_PATHS:
                raise TooLongError
            body = next(self._search(goal, _Partly(self.most, frozenset(paths_)), paths_, sound), None)
            if body is not None:
                found.append(body[0])
                yield body[0]

    def _search(
        self, goal: Sequence[Condition], partly: _Partly, paths_: Sequence[Where], sound: Callable[[object], bool]
    ) -> Iterator[tuple[object]]:
        """Sound answers for which all conditions may be met."""
        if not self._may(goal, partly):
            return
        if not paths_:
            yield from [(partly.body,)] if sound(partly.body) else []
            return
        path, *rest = paths_
        for value in self.values[path]:
            body = with_value(partly.body, path[len(self.saved) :], value)
            yield from self._search(goal, _Partly(body, partly.open - {path}), rest, sound)

    def _may(self, goal: Sequence[Condition], partly: _Partly) -> bool:
        """Whether all conditions may be met, for all that is known of an answer."""
        known = self._known(partly.body)
        for test, wanted in goal:
            self._count()
            if self._holds(test, known, partly.open) is (not wanted):
                return False
        return True

    def _holds(self, test: object, known: Known, is_open: frozenset[Where]) -> bool | None:
        """Whether a test holds; None where that rests on something else."""
        match test:
            case ["not", inner]:
                held = self._holds(inner, known, is_open)
                return None if held is None else not held
            case ["and" | "or" as word, *parts]:
                all_held = [self._holds(each, known, is_open) for each in parts]
                return (word == "or") if (word == "or") in all_held else None if None in all_held else word == "and"
        for path in paths(test):
            if path[0] not in CLOCK and path[0] != "params" and not _within(path, self.saved):
                return None
            if any(_touch(path, each) for each in is_open):
                return None
        return truth(evaluate(test, known))

    def _read(self, test: object) -> Iterator[Where]:
        """The paths with values that a test reads."""
        for path in paths(test):
            yield from [each for each in self.values if _touch(path, each)]

    def _goals(self, begins: Sequence[str]) -> Iterator[tuple[Condition, ...]]:
        """For each way out of each choice behind a request what has to hold in a call that takes it."""
        waiting: deque[tuple[str, tuple[Condition, ...]]] = deque([(each, ()) for each in begins])
        seen = set(begins)
        while waiting and len(seen) < _MOST_DOCUMENTS:
            name, before = waiting.popleft()
            document = self.program.documents.get(name)
            ways = list(self._ways(document)) if document is not None else []
            self.choices[name] = tuple({repr(test): test for _, more in ways for test, _ in more}.values())
            for to, more in ways:
                if more:
                    yield (*before, *more)
                if to not in seen:
                    seen.add(to)
                    waiting.append((to, (*before, *more)))

    def _ways(self, document: Document) -> Iterator[tuple[str, tuple[Condition, ...]]]:
        """Every document that follows, and what has to hold for it of the answer."""
        failed: tuple[Condition, ...] = ()
        for way in document.chooses:
            test = _put_in(way.test, self.handed)
            matters = any(True for _ in self._read(test))
            yield way.to, (*failed, (test, True)) if matters else failed
            failed = (*failed, (test, False)) if matters else failed
        if document.goes_on is not None:
            yield document.goes_on, failed
        chosen = {way.to for way in document.chooses} | {document.goes_on}
        waits = [self.program.waits[each] for each in (document.asks, document.fails) if each in self.program.waits]
        others = dict.fromkeys(
            [*successors(self.program, document), *(to for each in waits for to in answers_of(each))]
        )
        yield from [(each, ()) for each in others if each not in chosen]


def _handed_on(program: Program, saved: Where) -> Mapping[Where, object]:
    """What is remembered of an answer elsewhere: at which path, and the expression that it is."""
    found: dict[Where, object] = {}
    for _ in range(2):  # a value that is handed on twice is rare enough
        for each in [each for document in program.documents.values() for each in document.sets]:
            parts = [("lit", part) if isinstance(part, str) else part for part in each.value.parts]
            value = _put_in(parts[0] if each.value.whole else ("~", *parts), found)
            if any(_within(path, saved) for path in paths(value)):
                found["vars", *each.path] = value
    return found


def _put_in(tree: object, handed: Mapping[Where, object], depth: int = 0) -> object:
    """An expression with what is handed on read where it comes from."""
    if not handed or not isinstance(tree, list | tuple) or not tree or tree[0] == "lit" or depth > _DEEPEST:
        return tree
    if tree[0] == "path":
        return handed.get(tuple(map(str, tree[1:])), tree)
    return (tree[0], *(_put_in(each, handed, depth + 1) for each in tree[1:]))


def _within(path: Where, owner: Where) -> bool:
    return path[: len(owner)] == owner


def _touch(path: Where, other: Where) -> bool:
    """Whether one path leads to the other, or into it."""
    return all(one == two for one, two in zip(path, other, strict=False))
