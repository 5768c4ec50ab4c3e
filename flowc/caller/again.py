"""A rehearsed call that is done again in a call by hand, for as long as the flow comes to the same."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from ..language.explained.wording import shown
from ..text.reports.display import safe
from .platform.script import Act
from .platform.transcript import Happened
from .rehearsals.amiss import heard_by, in_language
from .rehearsals.rehearsal import Ended, Reaches, Step, Words

_BY_HAND = "so go on by hand"
_NOT_HERE = f"the call that is done again does something else here, {_BY_HAND}"


class Again:
    """The steps that are left to be done again, compared with what happens.

    Times and notifications are not: nobody waits while a call is done again, and no caller hears of an application.
    """

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self.left = deque(steps)
        self.at = 0
        """The first of the things that happened that has not been compared."""

    def __bool__(self) -> bool:
        return bool(self.left)

    def next_act(self, happened: Sequence[Happened]) -> Act | None:
        """What is done next, if all has been heard that is to be heard before; otherwise None."""
        while self.left and self.left[0].act is None:
            expected = self.left[0].expected
            if isinstance(expected, Ended) or (isinstance(expected, Words) and not self._hears(expected, happened)):
                return None
            self.left.popleft()
        if not self.left or self._leads_elsewhere(happened):
            return None
        return self.left[0].act

    def _hears(self, words: Words, happened: Sequence[Happened]) -> bool:
        """Whether words are among what has happened since."""
        while self.at < len(happened):
            each = happened[self.at]
            self.at += 1
            if heard_by(words.by, each) and words.fits(each.said) and in_language(words, each):
                return True
        return False

    def _leads_elsewhere(self, happened: Sequence[Happened]) -> bool:
        """Whether the caller has been led to another callee, or into another room, than the next step is to lead to."""
        wanted = self.left[0].expected
        if not isinstance(wanted, Reaches) or not wanted.name:
            return False
        found = next((each for each in reversed(happened) if each.what == wanted.what), None)
        return found is not None and found.said != wanted.name and not found.said.startswith(f"{wanted.name} (")

    def does(self, happened: Sequence[Happened]) -> None:
        """The next step is done here."""
        self.left.popleft()
        self.at = len(happened)

    def ends(self, happened: Sequence[Happened]) -> str:
        """Nothing more is done again; in words, why. Empty where all of it has been."""
        self.next_act(happened)
        step = self.left[0] if self.left else None
        elsewhere = step is not None and self._leads_elsewhere(happened)
        self.left.clear()
        if step is None:
            return ""
        match step.expected:
            case Words(text, pattern=pattern, by=by):
                said = text if pattern is None else f"/{text.strip('/')}/"
                return f"in the call that is done again the {by} hears {safe(shown(said))} first, {_BY_HAND}"
            case Ended():
                return f"the call that is done again ends here, {_BY_HAND}"
            case Reaches(name=name) if elsewhere:
                return f"the call that is done again leads to {safe(shown(name))} here, {_BY_HAND}"
        return _NOT_HERE
