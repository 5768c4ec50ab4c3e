"""What may be supposed of the platform in place of what is usually taken: where its documents leave something open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from . import undecided


class Option(NamedTuple):
    """What is usually taken, and what is taken if the option is supposed."""

    usual: str
    other: str


OPTIONS: Mapping[str, Option] = {
    "long-calls": Option(undecided.LONGEST, "a call may last for 24 hours"),
    "extra-refused": Option(undecided.EXTRA, "a field that an action has not makes the NCCO invalid"),
    "range-refused": Option(
        undecided.RANGE, "a value outside of its range, or not of its form, makes the NCCO invalid"
    ),
    "together-refused": Option(undecided.TOGETHER, "fields that do not go together make the NCCO invalid"),
    "several-refused": Option(undecided.SEVERAL, "several things where one is taken make the NCCO invalid"),
    "untyped-refused": Option(undecided.UNTYPED, "a question without `type` makes the NCCO invalid"),
    "keys-kept": Option(
        undecided.LOST,
        "keys that are pressed during a prompt that cannot be cut short are taken at the next question",
    ),
    "null-digits": Option(
        undecided.NO_KEY, "where no key was pressed, the webhook says `digits` as null, not as an empty text"
    ),
    "hash-dropped": Option(undecided.HASH, "a hash that does not submit is dropped"),
    "silence-to-last": Option(
        undecided.SILENCE, "where keys and words are asked for, silence ends at the last of the two times"
    ),
    "start-capped": Option(undecided.LATE_START, "a `startTimeout` of more than 10 s counts as 10 s"),
    "single-answered": Option(undecided.SINGLE_ANSWER, "an NCCO that comes back for a single key is played"),
    "time-alone-behind": Option(
        undecided.TIME_ALONE, "a recording with nothing but `timeOut` goes on behind what follows"
    ),
    "room-ends-call": Option(undecided.ROOM, "what stands behind a `conversation` is never played"),
    "wait-narrow": Option(undecided.WAIT, "a `wait` may last from 2 s to 60 s"),
    "connect-waits": Option(
        undecided.PLAIN, "what stands behind a plain `connect` is not played after a call that was answered"
    ),
    "failed-ends": Option(undecided.FAILED, "a plain `connect` that nobody answers ends the call"),
    "behind-played": Option(
        undecided.BEHIND, "what stands behind a synchronous `connect` is played after the callee has hung up"
    ),
    "failover-ends": Option(
        undecided.BY_ANALOGY, "a synchronous `connect` that failed, and whose webhook brings no NCCO, ends the call"
    ),
    "machine-ends": Option(undecided.MACHINE, "a `connect` that ended at a machine ends the call"),
    "any-status-played": Option(
        undecided.NOT_PLAYED, "an NCCO for a call that was answered, or is not decided yet, is played"
    ),
    "no-content-goes-on": Option(
        undecided.NO_CONTENT, "a status of 201 to 299 lets the call go on, as an empty body does"
    ),
    "empty-list-ends": Option(undecided.EMPTY_LIST, "an NCCO without actions ends the call"),
    "other-json-goes-on": Option(
        undecided.OTHER_JSON, "what is neither an NCCO nor empty lets a call that has begun go on"
    ),
    "failure-ends": Option(
        undecided.GOES_ON,
        "after an answer that is no NCCO, such as an error, and no fallback that helps, the call ends",
    ),
    "redirect-followed": Option(
        undecided.REDIRECT, "a redirect is followed, five of them in a row at the most, by a GET after 301, 302 and 303"
    ),
    "json-alone": Option(undecided.MEDIA, "an NCCO comes as `application/json` alone"),
}
"""The options, by their names."""

Supposed = Mapping[str, str]
"""What is taken otherwise: for what is usually taken, what is taken in its place."""


@lru_cache
def supposed(names: Iterable[str]) -> Supposed:
    """What is taken otherwise with these options. KeyError for a name that there is none of."""
    return {OPTIONS[name].usual: OPTIONS[name].other for name in names}


_NAMES = {each.usual: name for name, each in OPTIONS.items()}


def told(remark: str) -> str:
    """What an outcome rests on, with the option that takes it otherwise, where there is one."""
    return f"{remark} (otherwise with `--suppose {_NAMES[remark]}`)" if remark in _NAMES else remark
