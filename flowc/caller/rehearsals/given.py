"""What servers answer in a rehearsed call: one answer for each request, several in turn, or one for each body sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from ...program.machine import Response
from ...text.document import Place

IN_TURN, BY_BODY = "in turn", "by body"
"""How several answers to one request are written: one after the other, or told apart by what is sent."""


class Given(NamedTuple):
    """What a server answers, and where that is written.

    `more` are the answers behind the first, of which the last one stays. `bodies` has an answer for each body of which
    a request sends at least these members; then the others count for nothing.
    """

    response: Response
    place: Place
    more: tuple[Response, ...] = ()
    bodies: tuple[tuple[object, Given], ...] = ()


class Answering:
    """What is given in one call, and how often each answer was asked for."""

    def __init__(self, given: Mapping[str, Given]) -> None:
        self.given = given
        self.times: Counter[tuple[str, int]] = Counter()

    def answer(self, request: str, body: object) -> Response | None:
        """What is answered to a request with a body; None where that is not given."""
        found, number = self.given.get(request), -1
        if found is not None and found.bodies:
            fitting = ((at, each) for at, (sent, each) in enumerate(found.bodies) if holds(body, sent))
            number, found = next(fitting, (-1, None))
        if found is None:
            return None
        count = self.times[request, number]
        self.times[request, number] += 1
        return (found.response, *found.more)[min(count, len(found.more))]


def holds(found: object, wanted: object) -> bool:
    """Whether JSON data holds other data: of an object at least these members."""
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        return all(key in found and holds(found[key], value) for key, value in wanted.items())
    return found == wanted
