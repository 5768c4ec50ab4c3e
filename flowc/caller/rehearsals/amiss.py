"""What is amiss in a call, in an author's words, with what happened instead."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from ...language.explained.wording import shown
from ...text.diagnostics import Rule
from ..platform.script import Act, Connects, Joins, Presses, Records, Says, Waits
from ..platform.transcript import WORDS, Happened
from .heard_step import heard_step
from .rehearsal import Step, Words
from .rules import NOT_DONE, NOT_HEARD

_HEARD = {"caller": ("hears", "plays"), "callee": ("callee hears",)}
_UNTOLD = ("webhook", "event")
_MOST_TOLD = 3
"""How many happenings a message tells of."""

_LIKE = 0.3
"""How much of what was heard has to be like what was to be heard, of 1, to be taken for a change of it."""

_MOST_COMPARED, _LONGEST = 50, 300
"""How many things that were heard are compared with what was to be, and how many characters of each."""


class Amiss(NamedTuple):
    """Something that is not as it was to be, and what was heard instead, if that is the point."""

    rule: Rule
    message: str
    hint: str | None = None
    heard: Happened | None = None


class Moment(NamedTuple):
    """Where a call stands: what happened, from `at` on up to `limit`, and why the call ended at last."""

    happened: tuple[Happened, ...]
    at: int
    limit: int
    ended: str


def heard_by(who: str, happened: Happened) -> bool:
    """Whether this is something that the caller, or the callee, hears."""
    return happened.what in _HEARD[who]


def in_language(words: Words, happened: Happened) -> bool:
    """Whether something is said in the language that is asked for."""
    return words.language is None or happened.language.lower() == words.language.lower()


def not_heard(now: Moment, step: Step, words: Words) -> Amiss:
    """Words that were not heard, and what was heard instead."""
    who = f"the {words.by}"
    instead = [each for each in now.happened[now.at : now.limit] if heard_by(words.by, each)]
    foreign = next((each for each in instead if words.fits(each.said)), None)
    if foreign is not None:
        message = f"{who} hears this in `{foreign.language}`, not in `{words.language}`"
        return Amiss(NOT_HEARD, message, None, foreign)
    if not instead:
        return Amiss(NOT_HEARD, f"{who} does not hear this: {story(now)}", _elsewhere(now, words))
    said = {each.said[:_LONGEST]: each for each in reversed(instead[:_MOST_COMPARED])}
    close = get_close_matches(words.text[:_LONGEST], said, 1, _LIKE)
    heard = said[close[0]] if close else instead[0]
    name = step.written.strip("`").partition(":")[0]
    hint = _elsewhere(now, words) or _unclosed(words) or f"write `{heard_step(name, heard.said)}` if the flow is right"
    return Amiss(NOT_HEARD, f"{who} does not hear this, but {shown(heard.said)}", hint, heard)


def _unclosed(words: Words) -> str | None:
    """How words are written that look like a pattern and are none."""
    if words.pattern is not None or words.whole or not words.text.startswith("/"):
        return None
    pattern = re.sub(r"/[a-z]*$", "", words.text[1:])
    if not pattern:
        return None
    return f"for a pattern, write `/{pattern}/`: between slashes, and nothing behind the second"


def not_done(now: Moment, act: Act | None) -> Amiss:
    """Something that a caller could not do."""
    match act:
        case Connects():
            what = "nobody is called"
        case Records():
            what = "no recording is waited for here"
        case Joins():
            what = "the caller comes into no conversation"
        case _:
            what = "nobody asks the caller"
    last = next((each for each in reversed(now.happened) if heard_by("caller", each)), None)
    return Amiss(NOT_DONE, f"{what}: {story(now)}", _before(now, act), last)


def _before(now: Moment, act: Act | None) -> str | None:
    """The step that lacks before an act that did not come about: where the call waits first from here on."""
    waited = sum(each.what == "records" for each in now.happened[now.at :])
    for each in now.happened[now.at :]:
        if each.what == "recorded" and not waited:
            if isinstance(act, Records):
                return "take it out: this recording goes on behind what follows, and nothing waits for it"
            continue
        kind, step = _AWAITS.get(each.what, (None, ""))
        if kind is not None and not isinstance(act, kind):
            said = each.said.partition(" (")[0]
            return f"write `- {step.format(f'{chr(34)}{said}{chr(34)}')}` before it, if that is what the call waits for"
    return None


_AWAITS: dict[str, tuple[type[Act] | tuple[type[Act], ...], str]] = {
    "asks": ((Presses, Says, Waits), "presses: …"),
    "connects": (Connects, "connects: {{to: {}, and: …}}"),
    "recorded": (Records, "records: 5"),
    "joins": (Joins, "joins: {}"),
}
"""Where a call waits: the acts that go on with it, and how such a step is written."""


def story(now: Moment) -> str:
    """What happens from here on, in a few words."""
    told = [_told(each) for each in now.happened[now.at :] if each.what not in _UNTOLD]
    if len(told) > _MOST_TOLD:
        told = [*told[: _MOST_TOLD - 1], "…", told[-1]]
    return f"{', then '.join(told) or 'the call ends'} ({now.ended})"


def _elsewhere(now: Moment, words: Words) -> str | None:
    """Where else in the call words were heard."""
    for index, each in enumerate(now.happened):
        if heard_by(words.by, each) and words.fits(each.said):
            return f"it is heard {'earlier' if index < now.at else 'later'} in the call, at {each.at:.1f} s"
    return None


def _told(happened: Happened) -> str:
    """A happening as part of a sentence."""
    words = WORDS[happened.what].strip().removesuffix(":")
    if happened.what == "ended":
        return words
    words = f"the {words}" if words.startswith("calle") else words
    return f"{words} {shown(happened.said)}" if happened.said else words
