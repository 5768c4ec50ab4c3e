"""Inputs that do not fit the keys which their prompts ask for."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.linking.origin import Placed
from ..text.document import Place
from .announced import announced, asks_for_more, hash_ends
from .moment import Moment, fields, part, typed, voice, words, yes
from .registry import Check, Said, check

ASKS: list[Check] = []
"""Checks of an `input` at its moment."""


@check("W340", "hash-does-not-submit", ASKS)
def hash_does_not_submit(moment: Moment) -> Iterator[Said]:
    """The hash key is asked for, and `submitOnHash` is not set

    The prompt asks callers to end with the hash key, but only `submitOnHash: true` makes `#` end the answer: without
    it they wait until no key has come for `timeOut` seconds, and the reference does not say whether the `#` counts as
    a digit. Set it, or take the words out.
    """
    if not _takes_keys(moment) or yes(_setting(moment, "submitOnHash")):
        return
    for placed in reversed(moment.played_before):
        found = hash_ends(words(placed), voice(placed.action)[0])
        if found is not None:
            label = (_within(placed, *found), "callers are asked to end with it here")
            message = "`#` does not end this answer: `submitOnHash` is not set"
            yield Said(moment.origin.at("dtmf", "submitOnHash"), message, _add(moment, "submitOnHash: true"), (label,))
            return


@check("W341", "one-key-of-four", ASKS)
def one_key_of_four(moment: Moment) -> Iterator[Said]:
    """One key is asked for, and four are collected

    Where `maxDigits` is left out an `input` collects four digits: a caller who has pressed the one key of the menu
    waits until no further key has come for `timeOut` seconds, and a second press makes it another answer. Set
    `maxDigits: 1`.
    """
    if not _takes_keys(moment) or _setting(moment, "maxDigits") is not None or yes(_setting(moment, "submitOnHash")):
        return
    said = [placed for placed in moment.played_before if words(placed)]
    heard = [(placed, announced(words(placed), voice(placed.action)[0])) for placed in said]
    longest = max((len(key) for _, keys in heard for key in keys), default=0)
    if longest == 1 and not any(_more(placed) for placed in said):
        placed, keys = next((placed, keys) for placed, keys in heard if keys)
        label = (_within(placed, *next(iter(keys.values()))), "one key is asked for here")
        message = "this collects up to four digits, so each caller waits after the one key"
        yield Said(moment.origin.at("dtmf"), message, _add(moment, "maxDigits: 1"), (label,))


def _takes_keys(moment: Moment) -> bool:
    """Whether the answer is a number of keys: not words alone, and not each key by itself."""
    kinds = moment.action.get("type", "dtmf")
    return moment.action.get("mode") != "asynchronous" and isinstance(kinds, (str, list)) and "dtmf" in kinds


def _setting(moment: Moment, key: str) -> object:
    """A setting for keys; in a raw document also where it stood until 2020, beside the `type`."""
    return fields(moment.action.get("dtmf")).get(key, moment.action.get(key))


def _add(moment: Moment, setting: str) -> str:
    """What to add, as text to type: JSON in an NCCO, YAML in a flow."""
    inner = typed(setting, raw=moment.sequence.raw)
    if "dtmf" in moment.action:
        return f"add `{inner}` to `dtmf`"
    return f"add `{typed(f'dtmf: {{{inner}}}', raw=moment.sequence.raw)}`"


def _more(placed: Placed) -> bool:
    language = voice(placed.action)[0]
    return hash_ends(words(placed), language) is not None or asks_for_more(words(placed), language)


def _within(placed: Placed, start: int, end: int) -> Place:
    return part(placed.origin.at("text"), words(placed), start, end)
