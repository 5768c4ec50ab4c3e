"""Rounds in which a call makes the same choice, or asks a server the same, again and again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..program.chains import ways_on
from ..program.program import Document
from .registry import Check, Said, check
from .ways import Ways

ROUNDS: list[Check] = []
"""Checks of a flow whose ways are known."""

_AT_ONCE = frozenset({"notify"})
"""Actions that take no time: a call is at once behind them."""

_PLAYED = frozenset({"talk", "stream", "wait", "record"})
"""Actions behind which a call surely goes on."""


@check("W320", "silent-round", ROUNDS)
def silent_round(ways: Ways) -> Iterator[Said]:
    """A round in which nothing changes

    These steps lead back to one another. With nothing asked of the caller in between, the same choice is made each
    time. Where a server is asked in the round, and nothing is heard or waited for, it is asked the same at full speed,
    and to the caller the line is dead. Such a round is left after a while, and the caller hears `failure`.

    Before a server is asked once more, wait or say something: `wait: 2`. To try but a few times, count them with `set`
    and leave by a `branch`. A round of choices has to ask something, or to end.
    """
    documents = {name: ways.linked.program.documents[name] for name in ways.after if name in ways.reached}
    for name in _first(ways, _choosing(documents)):
        message = "the same choice is made again and again: nothing is asked in between"
        yield Said(ways.linked.places[name], message, "ask something in the round, or lead out of it")
    for name in _first(ways, _asking(documents)):
        message = "the same is asked again and again, with nothing heard in between"
        yield Said(ways.linked.places[name], message, "wait in the round, or say something: `wait: 2`")


def _first(ways: Ways, rounds: Iterator[list[str]]) -> Iterator[str]:
    """Of each round the document that stands first."""
    for names in rounds:
        yield min(names, key=lambda name: ways.linked.places[name].span)


def _choosing(documents: Mapping[str, Document]) -> Iterator[list[str]]:
    """The documents that choose, of each round of choices in which nothing is remembered."""
    after = {
        name: to
        for name, each in documents.items()
        if each.requests is None and _all_in(_PLAYED, each) and (to := tuple(ways_on(each)))
    }
    for names in _rounds(after):
        choosing = [name for name in names if documents[name].chooses]
        if choosing and not any(documents[name].sets for name in names):
            yield choosing


def _asking(documents: Mapping[str, Document]) -> Iterator[list[str]]:
    """The documents that ask the outside, of each round in which nothing is heard."""
    if not any(each.requests for each in documents.values()):
        return
    after = {name: to for name, each in documents.items() if _all_in(_AT_ONCE, each) and (to := tuple(ways_on(each)))}
    for names in _rounds(after):
        asking = [name for name in names if documents[name].requests is not None]
        if asking and not _changes([documents[name] for name in names]):
            yield asking


def _all_in(names: frozenset[str], document: Document) -> bool:
    return all(each["action"] in names for each in document.actions)


def _changes(round_: Sequence[Document]) -> bool:
    """Whether the next time round may be another one, as far as the call itself decides it.

    A counter is set from itself, and what is asked may follow from the last answer.
    """
    made = {("vars", *path) for each in round_ for path, _ in each.sets}
    asking = [each.requests for each in round_ if each.requests is not None]
    read = {path for each in round_ for _, value in each.sets for path in value.names}
    saved = made | {("vars", *each.save) for each in asking if each.save}
    asked = {path for each in asking for fill in each.fills for path in fill.template.names}
    return _meet(made, read) or _meet(saved, asked)


def _meet(made: set[tuple[str, ...]], read: set[tuple[str, ...]]) -> bool:
    """Whether something that was made is read, in whole or in part."""
    return any(one[: len(other)] == other or other[: len(one)] == one for one in made for other in read)


def _rounds(after: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """All that lead to each other, also one that leads to itself: the strongly connected parts, as Tarjan finds them.

    The stack is one of its own, so that no length of a way can end the process.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    held: dict[str, None] = {}
    for start in after:
        path = [start] if start not in number else []
        left: list[Iterator[str]] = []
        while path:
            name = path[-1]
            if len(left) < len(path):
                number[name] = lowest[name] = len(number)
                held[name] = None
                left.append(iter(after[name]))
            further = None
            for each in left[-1]:
                if each in held:
                    lowest[name] = min(lowest[name], number[each])
                elif each in after and each not in number:
                    further = each
                    break
            if further is not None:
                path.append(further)
                continue
            path.pop()
            left.pop()
            if path:
                lowest[path[-1]] = min(lowest[path[-1]], lowest[name])
            if lowest[name] == number[name]:
                together = _from(held, name)
                if len(together) > 1 or name in after[name]:
                    yield together


def _from(held: dict[str, None], name: str) -> list[str]:
    """What was put behind a name, and the name, which are taken away."""
    taken = []
    while name in held:
        taken.append(held.popitem()[0])
    return taken
