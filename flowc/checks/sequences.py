"""All checks of what callers hear, each asked only about the actions it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..language.linking.origin import FlowOrigin, Placed, Sequence
from ..language.reading.prompts import suspicious
from ..program.program import Action
from ..text.diagnostics import Diagnostic
from ..text.document import child
from . import joined, keys, messages, numbers, order, secrets, sizes, speech, urls, voices
from .moment import PLAYED, Moment, name, words
from .registry import Check, run

AROUND: dict[str, list[Check]] = {
    "talk": order.PLAYS,
    "stream": order.PLAYS,
    "record": messages.RECORDS,
    "connect": joined.CONNECTS,
    "input": [*order.LISTENS, *keys.ASKS],
    "conversation": order.STAYS,
    "transfer": order.LEAVES,
}
"""Checks of an action at its moment, by its name."""

INSIDE: dict[str, list[Check]] = {
    "stream": [*urls.REACHES, *secrets.HOLDS, *sizes.PLAYS],
    "record": [*voices.UNDERSTANDS, *urls.REACHES, *secrets.HOLDS],
    "connect": [*numbers.CALLS, *sizes.CALLS, *urls.REACHES, *secrets.HOLDS],
    "input": [*voices.UNDERSTANDS, *urls.REACHES, *secrets.HOLDS, *sizes.ASKS],
    "conversation": [*voices.UNDERSTANDS, *urls.REACHES, *secrets.HOLDS],
    "notify": [*urls.REACHES, *secrets.HOLDS],
}
"""Checks of an action by itself, by its name. A `talk` has books of its own."""

_BARE = frozenset({"action", "type", "dtmf"})  # what an `input` for keys alone has: nothing to look for inside
_PLAIN = 1000  # a text of so many characters, without markup, is neither too long nor malformed


def look(sequences: Iterable[Sequence], *, whole: bool = True) -> Iterator[Diagnostic]:
    """What all checks say of the sequences of one program; an action that stands in several is looked into once.

    Where actions are missing from them (not `whole`), nothing is said of their order.
    """
    looked: dict[int, Placed] = {}
    voices_known: set[str] = set()
    for sequence in sequences:
        plain = _asks_in_the_end(sequence)
        for at, placed in enumerate(sequence.actions[: sequence.fresh]):
            kind = name(placed)
            if whole and kind in AROUND and not (kind in PLAYED and _in_order(placed.action, plain)):
                yield from run(AROUND[kind], Moment(sequence, at, placed.action, placed.origin))
            if id(placed) not in looked:
                looked[id(placed)] = placed  # kept, so that no other action gets its identity
                if kind == "talk":
                    yield from _talk(placed, voices_known)
                elif not _BARE.issuperset(placed.action):
                    yield from run(INSIDE.get(kind, ()), placed)


def _unfilled(origin: FlowOrigin) -> Iterator[Diagnostic]:
    """What is said of a text as it is written; what params put into it is nobody's placeholder."""
    from ..language.linking.unfilled import address, unfilled  # few texts are suspicious

    place = origin.at("text")
    if place.part == "value" and place.owner is not None and place.key is not None:
        written = child(place.owner, place.key)
        if isinstance(written, str):
            yield from (*unfilled(written, place), *address(written, place))


def _asks_in_the_end(sequence: Sequence) -> bool:
    """Whether it is words and then an `input`, as by far the most are."""
    actions = sequence.actions
    if actions and name(actions[-1]) == "input":
        actions = actions[:-1]
    elif sequence.closed:
        return False
    return all(name(each) in PLAYED for each in actions)


def _in_order(action: Action, plain: bool) -> bool:
    """Whether a `talk` or `stream` surely does what it says: it has no say in order, or can be cut by an `input`."""
    return order.CONCERNS.isdisjoint(action) or (plain and action.get("bargeIn") is True and "loop" not in action)


def _talk(placed: Placed, voices_known: set[str]) -> Iterator[Diagnostic]:
    """What is said of a `talk`. A voice that nothing is said of is known, and not looked into again."""
    action = placed.action
    text = words(placed)
    if suspicious(text) and isinstance(placed.origin, FlowOrigin):
        yield from _unfilled(placed.origin)
    marked = "<" in text or "&" in text
    if marked or not 0 < len(text) < _PLAIN or text.isspace():
        yield from run([*speech.SPEAKS, *speech.MARKS_UP] if marked else speech.SPEAKS, placed)
    if secrets.may_be_said(text):
        yield from run(secrets.SAYS, placed)
    spoken = (
        f"{action.get('language')} {action.get('style')} {action.get('premium')} {action.get('voiceName')} {marked}"
    )
    if spoken not in voices_known:
        found = list(run(voices.SPEAKS, placed))
        yield from found
        if not found:
            voices_known.add(spoken)
