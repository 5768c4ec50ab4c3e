"""The ways of a flow: from which of its documents a call can get to which."""

from __future__ import annotations

from typing import NamedTuple

from ..language.linking.link import Linked
from ..language.linking.taken import reached
from ..program.chains import ways_on
from ..program.program import Wait


class Ways(NamedTuple):
    """A linked flow as a graph. A question that is asked again is one with its first attempt.

    `after` leads from each document to those that can follow it; `reached` are those a call can get to, from its start
    or from the failure of the host, if its params were others; from `leaving` some way leads to the end of the call.
    """

    linked: Linked
    after: dict[str, tuple[str, ...]]
    reached: set[str]
    leaving: set[str]


def ways(linked: Linked) -> Ways:
    """The graph of a flow."""
    program = linked.program
    again = {name for name, document in program.documents.items() if document.attempt > 1}
    exits = {
        name: tuple(dict.fromkeys(each for each in _exits(wait) if each not in again))
        for name, wait in program.waits.items()
    }
    after: dict[str, tuple[str, ...]] = {}
    ends: list[str] = []
    for name, document in program.documents.items():
        if document.attempt > 1:
            continue
        if document.asks is not None:
            after[name] = exits[document.asks]
            if program.waits[document.asks].on == "outcome":  # it may always be a good one
                ends.append(name)
        elif document.fails is not None:  # the question again, or what follows its last attempt
            after[name] = exits[document.fails]
        elif document.chooses or document.requests is not None:
            after[name] = tuple(ways_on(document))
            if document.goes_on is None:
                ends.append(name)
        elif document.goes_on is not None:
            after[name] = (document.goes_on,)
        else:
            after[name] = ()
            ends.append(name)
    starts = [program.start, *program.failing, *linked.untaken]
    before = _reversed(after)
    reachable = reached(starts, lambda name: after.get(name, ()))
    return Ways(linked, after, reachable, reached(ends, lambda name: before.get(name, ())))


def _exits(wait: Wait) -> list[str]:
    """Every document that a wait can lead to."""
    found = [*wait.exits.values()]
    if wait.answered is not None:
        found.append(wait.answered)
    for failure in wait.failures:
        found += failure
    return found


def _reversed(after: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    before: dict[str, list[str]] = {}
    for name, others in after.items():
        for each in others:
            before.setdefault(each, []).append(name)
    return {name: tuple(others) for name, others in before.items()}
