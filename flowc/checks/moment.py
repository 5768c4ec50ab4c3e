"""An action at its moment of a call: what was heard before it, what comes after it, and how its values are read."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..language.linking.origin import Origin, Placed, Sequence
from ..language.schema import facts
from ..program.program import Action
from ..text.document import Place, child

PLAYED = ("talk", "stream")
DEFAULT_LANGUAGE = "en-US"

_PLACEHOLDER = (
    r"\{\{|\$\{|\$[A-Za-z_]|<\s*\w[^>]*>|%\w+%|process\.env|\.\.\.|…"
    r"|^[A-Z][A-Z0-9]*(?:[_-][A-Za-z0-9]+)+$|(?i:\byour\b|your[_-]|[_-]here\b|\bxxx)"
)
"""Compiled at first use, as are all patterns here that most documents never need."""


class Moment(NamedTuple):
    """The action at position `at` of a sequence, and its origin."""

    sequence: Sequence
    at: int
    action: Action
    origin: Origin

    @property
    def next(self) -> Placed | None:
        """The action that follows, where one does."""
        actions = self.sequence.actions
        return actions[self.at + 1] if self.at + 1 < len(actions) else None

    @property
    def after(self) -> tuple[Placed, ...]:
        """All that follows."""
        return self.sequence.actions[self.at + 1 :]

    @property
    def after_playing(self) -> Placed | None:
        """The first action that follows and is neither talk nor stream."""
        actions = self.sequence.actions
        for at in range(self.at + 1, len(actions)):
            if actions[at].action.get("action") not in PLAYED:
                return actions[at]
        return None

    @property
    def played_before(self) -> tuple[Placed, ...]:
        """What is played right before this action, with nothing but talk and stream in between."""
        start = self.at
        while start and name(self.sequence.actions[start - 1]) in PLAYED:
            start -= 1
        return self.sequence.actions[start : self.at]

    @property
    def ends_call(self) -> bool:
        """Whether the call is known to end when this action is done."""
        return self.sequence.closed and self.next is None


def name(placed: Placed) -> str:
    """The name of an action; nothing where it has none."""
    given = placed.action.get("action")
    return given if isinstance(given, str) else ""


def yes(value: object) -> bool:
    """Whether a value means true; a raw document may say so in a text, which the platform takes."""
    return value is True or (isinstance(value, str) and value.lower() == "true")


def no(value: object) -> bool:
    """Whether a value means false, as `yes` reads it."""
    return value is False or (isinstance(value, str) and value.lower() == "false")


def count(value: object) -> int | None:
    """A whole number, or the one that a text spells; None for all else."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def fields(value: object) -> dict[str, object]:
    """A value that should be a mapping; an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def words(placed: Placed) -> str:
    """The text of a `talk`; nothing for all else."""
    text = placed.action.get("text") if name(placed) == "talk" else None
    return text if isinstance(text, str) else ""


def voice(action: Action) -> tuple[str, int | None]:
    """The language and the style in which a `talk` speaks, also where it still says so by `voiceName`.

    A style is None where it is not known.
    """
    language, style = action.get("language"), action.get("style", 0)
    named = action.get("voiceName")
    if not isinstance(language, str) and isinstance(named, str):
        known = facts.voice_names().get(named)
        return known[0] if known else (DEFAULT_LANGUAGE, None)
    return (language if isinstance(language, str) else DEFAULT_LANGUAGE), count(style)


def is_placeholder(text: str) -> bool:
    """Whether a text stands for a value that is put in later: `{{ … }}`, `$VAR`, `<number>`, `YOUR_NUMBER`."""
    return re.search(_PLACEHOLDER, text) is not None


def typed(setting: str, *, raw: bool) -> str:
    """A setting as it is typed: `loop: 1` in a flow, `"loop": 1` in an NCCO."""
    name, _, value = setting.partition(": ")
    return f'"{name}": {value}' if raw else setting


def part(place: Place, text: str, start: int, end: int) -> Place:
    """A stretch of a text at the place it came from; the whole place, where the author wrote the text otherwise."""
    if place.part != "value" or place.owner is None or place.key is None or place.inner is not None:
        return place
    written = child(place.owner, place.key)
    return place.within(start, end) if written == text else place
