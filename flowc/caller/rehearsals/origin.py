"""Which document, or which question, of a program something came from that happened in a call."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...program.chains import ways_on
from ...program.program import Action, Document, Fill, Program
from ..platform.spoken import plain
from ..platform.transcript import Happened

ACTIONS: Mapping[str, str] = {
    "hears": "talk",
    "plays": "stream",
    "asks": "input",
    "connects": "connect",
    "callee hears": "connect",
    "recorded": "record",
    "joins": "conversation",
}
"""The action of an NCCO that each kind of happening is of."""

_MOST = 2_000
"""Documents that are looked at for one happening, which may be reached after different numbers of actions."""


class Origin(NamedTuple):
    """A document or, `asked`, a wait; and how many actions of the same kind stand before the one that was played."""

    name: str
    asked: bool
    before: int


def origin(program: Program, happened: Happened) -> Origin | None:
    """Where something came from, which is played as an action of that number behind the document that began."""
    number = happened.action
    if happened.what not in ACTIONS or happened.document not in program.documents:
        return None
    waiting, seen = deque([(happened.document, 0)]), {(happened.document, 0)}
    while waiting and len(seen) < _MOST:
        name, before = waiting.popleft()
        document = program.documents[name]
        found = _among(document.actions, document.fills, number - before, happened)
        if found is not None:
            return Origin(name, asked=False, before=found)
        behind = before + len(document.actions)
        wait = program.waits.get(document.asks or "")
        found = _among(wait.question, wait.fills, number - behind, happened) if wait is not None else None
        if found is not None:
            return Origin(str(document.asks), asked=True, before=found)
        following = [(each, behind) for each in _follow(program, document)] if behind <= number else []
        waiting.extend(each for each in dict.fromkeys(following) if each not in seen)
        seen.update(following)
    return None


def _follow(program: Program, document: Document) -> Iterator[str]:
    """The documents that may be played right behind one."""
    yield from ways_on(document)
    wait = program.waits.get(document.fails or "")
    yield from [each.no_match for each in wait.failures] if wait is not None else ()


def _among(actions: tuple[Action, ...], fills: tuple[Fill, ...], number: int, happened: Happened) -> int | None:
    """How many actions of its kind stand before the one of that number; None if that is not what happened."""
    kind = ACTIONS[happened.what]
    if not 0 <= number < len(actions) or actions[number].get("action") != kind:
        return None
    text = actions[number].get("text")
    made = any(each.path[0] == number for each in fills)
    if happened.what == "hears" and not made and "{{" not in str(text) and spaced(str(text)) != spaced(happened.said):
        return None
    return sum(each.get("action") == kind for each in actions[:number])


def spaced(text: str) -> str:
    """A text as it is heard, whatever its spaces and its tags."""
    return " ".join(plain(text).split())
