"""Patterns of good answers: regular expressions that are sure to be quick, whatever a caller says."""

from __future__ import annotations

import re
from typing import Any

from ..text.diagnostics import Rule

BAD_PATTERN = Rule(
    "E273",
    "bad-pattern",
    """A pattern that cannot be used

`pattern` is a regular expression for the whole of an answer. It is looked at while a caller waits, so what may take any
time is refused: repetitions inside repetitions, references to groups, and looking ahead or behind.

Describe the answer plainly, such as `\\d{8}` or `[1-5]`.""",
)

_LONGEST = 200
_MOST_OPEN = 3
"""Repetitions without an end in one pattern: each multiplies the time by the length of the answer."""

_REFUSED = {
    "GROUPREF": "a reference to a group",
    "GROUPREF_EXISTS": "a reference to a group",
    "ASSERT": "looking ahead or behind",
    "ASSERT_NOT": "looking ahead or behind",
}
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def fault(pattern: str) -> tuple[str, str] | None:
    """What is wrong with a pattern, and what to do; None where it is good."""
    if len(pattern) > _LONGEST:
        return f"this pattern has {len(pattern)} characters, more than {_LONGEST}", "describe the answer more shortly"
    try:
        parsed = _parsed(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        why = error.msg if isinstance(error, re.error) else "too large"
        return f"this is no regular expression: {why}", "such as `\\d{8}` for eight digits"
    counted = _Counted()
    counted.look(parsed, 0)
    return (counted.fault, "describe the answer plainly, such as `\\d{8}`") if counted.fault else None


def digits(pattern: str) -> int | None:
    """How many keys the longest answer has that a pattern describes; None where there is no longest."""
    longest = int(_parsed(pattern).getwidth()[1])
    return longest if 0 < longest <= 20 else None


def _parsed(pattern: str) -> Any:
    from re import _parser  # type: ignore[attr-defined]

    re.compile(pattern)
    return _parser.parse(pattern)


class _Counted:
    """Looks through a parsed pattern for what may take any time."""

    def __init__(self) -> None:
        self.fault: str | None = None
        self.open = 0

    def look(self, parsed: Any, repeats: int) -> None:
        """One level of it, within so many repetitions."""
        for code, argument in parsed:
            name = str(code)
            if name in _REFUSED:
                self.fault = f"this pattern uses {_REFUSED[name]}, which may take any time"
            elif name in _REPEATS:
                self.repeat(argument, repeats)
            elif isinstance(argument, list | tuple):
                for inner in _inner(name, argument):
                    self.look(inner, repeats)

    def repeat(self, argument: Any, repeats: int) -> None:
        """A repetition."""
        _, most, inner = argument
        self.open += int(most) > 100
        if repeats and int(most) > 1:
            self.fault = "this pattern repeats a repetition, which may take any time"
        elif self.open > _MOST_OPEN:
            self.fault = f"this pattern has more than {_MOST_OPEN} repetitions without an end"
        self.look(inner, repeats + (int(most) > 1))


def _inner(name: str, argument: Any) -> list[Any]:
    """The patterns within a part of one."""
    if name == "SUBPATTERN":
        return [argument[-1]]
    if name == "BRANCH":
        return list(argument[1])
    return [argument] if name == "ATOMIC_GROUP" else []


RULES = (BAD_PATTERN,)
