"""Patterns of what is heard: regular expressions that take time as the text is long, whatever they are."""

from __future__ import annotations

from ...program import regular
from ...program.work import Work

LONGEST = 1_000
"""Characters of a pattern."""

_ALL = 1 << 62
"""Steps of work for a text: nobody waits for it but the author of its pattern."""


_NONE = "it is no regular expression: "
"""What is said of one by all who look at it."""


class PatternError(ValueError):
    """A pattern that is none, or that cannot be used; says why."""


class Pattern:
    """A pattern that can be looked for in texts. Raises PatternError for one that cannot be used."""

    def __init__(self, written: str) -> None:
        if len(written) > LONGEST:
            raise PatternError(f"it has {len(written):,} characters, more than {LONGEST:,}")
        why = regular.fault(written)
        if why is not None:
            raise PatternError(f"it {why}".removeprefix(_NONE))
        self._pattern = regular.compiled(written)

    def search(self, text: str) -> bool:
        """Whether some part of a text is as the pattern says."""
        return self._pattern.search(text, Work(_ALL))
