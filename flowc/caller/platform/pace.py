"""How long a call may go on, and how fast: limits by which each comes to its end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ...language.schema import facts

MOST_ACTIONS = 10_000
"""How many actions of one call are played. A limit of ours, for programs that lead round and round."""

MOST_AT_ONCE, AT_ONCE = 50, 10.0
"""How many webhooks of a call may bring an NCCO in so many of its seconds. A limit of ours: a program that leads round
and round without a pause would otherwise be asked thousands of times."""


LONGEST = 86_400.0
"""The longest that a call may be let last, in seconds, by the newest of the sources (reference, REST)."""


CALLER_HANGS_UP, CALLEE_HANGS_UP = "the caller hangs up", "the callee hangs up"
"""Why a call is over, where others ask."""


class Over(Exception):  # noqa: N818 - no error: how calls end
    """The call is over, and why."""


@cache
def longest_call() -> float:
    """How many seconds a call may last."""
    return facts.limit("callLength")


@dataclass(slots=True)
class Pace:
    """What was played and asked so far."""

    longest: float
    played: int = 0
    asked: int = 0
    since: float = 0.0
    """Since which moment, not long ago, webhooks are counted."""

    def copy(self) -> Pace:
        """The same, which goes on apart."""
        return Pace(self.longest, self.played, self.asked, self.since)

    def plays(self, number: int) -> None:
        """An action is played, of that number in its NCCO. Raises Over where there are too many."""
        self.played += 1
        if self.played > MOST_ACTIONS:
            what = "it goes round and round" if number < MOST_ACTIONS else "its NCCO is too long"
            raise Over(f"{what}: {MOST_ACTIONS} actions were played")

    def asks(self, now: float) -> None:
        """A webhook may bring an NCCO. Raises Over where there are too many while hardly any time goes by."""
        self.asked += 1
        if self.asked > MOST_AT_ONCE:
            if now - self.since < AT_ONCE:
                raise Over(f"it goes round and round: {MOST_AT_ONCE} webhooks in {now - self.since:g} s")
            self.asked, self.since = 0, now
