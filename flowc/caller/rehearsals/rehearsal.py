"""A rehearsed call: what its caller does and is to hear, as its author wrote it, typed."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from typing import NamedTuple

from ...text.document import Document, Place
from ..platform.application import Call
from ..platform.script import Act
from .given import Given
from .pattern import Pattern

USUAL_CHANCE = 0.5
"""What `random` is in a call that does not say it."""


class Words(NamedTuple):
    """What is to be heard: words that are a part of it, all of it (`whole`), or what fits a pattern.

    `by` is who hears it: `caller` or `callee`. `language` is the one it is to be said in, where that matters.
    """

    text: str
    whole: bool = False
    pattern: Pattern | None = None
    by: str = "caller"
    language: str | None = None

    def fits(self, said: str) -> bool:
        """Whether this is what is said. Spaces and line breaks make no difference."""
        spoken = " ".join(said.split())
        if self.pattern is not None:
            return self.pattern.search(spoken)
        wanted = " ".join(self.text.split())
        return wanted == spoken if self.whole else wanted in spoken


class Reaches(NamedTuple):
    """Whom a `connects` or a `joins` is to lead to: the callee, or the room; any, where `name` is empty.

    `part` is how the caller is to be in a room (see `rooms`).
    """

    what: str
    name: str
    part: tuple[tuple[str, str, bool], ...] = ()


class Ended(NamedTuple):
    """The call is to be over by now."""


class Notified(NamedTuple):
    """An application is to have been notified by now."""

    url: str | None
    payload: Mapping[str, object]


class Took(NamedTuple):
    """The call is to have lasted less, or more, than so many seconds."""

    less: float | None
    more: float | None


Expected = Words | Reaches | Ended | Notified | Took


class Step(NamedTuple):
    """One line of a call: what is done, or expected, or both. `written` is the line as its author would type it."""

    place: Place
    written: str
    act: Act | None = None
    expected: Expected | None = None


class Rehearsed(NamedTuple):
    """One call. `only` says that nothing else may be heard than what a step names.

    `given` has what servers answer in this call, then what they answer in all.
    """

    name: str
    place: Place
    call: Call
    given: ChainMap[str, Given]
    only: bool
    chance: float
    steps: tuple[Step, ...]


class Rehearsals(NamedTuple):
    """All calls of a file, and the flow that they are of."""

    document: Document
    flow: str
    flow_place: Place
    params: Mapping[str, object]
    calls: tuple[Rehearsed, ...]
