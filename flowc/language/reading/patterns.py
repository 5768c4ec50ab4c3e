"""Patterns of good answers: regular expressions that are sure to be quick, whatever a caller says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...text.diagnostics import Rule

BAD_PATTERN = Rule(
    "E273",
    "bad-pattern",
    """A pattern that cannot be used

`pattern` is a regular expression for the whole of an answer. It is looked at while a caller waits, so what may take any
time is refused: repetitions and choices inside repetitions without an end, more than three of these, references to
groups, and looking ahead or behind. One that describes only answers of more keys than are collected fits nothing, and
no `{{ … }}` is filled in it: it is looked at by itself.

Describe the answer plainly, such as `\\d{8}` or `[1-5]`.""",
)

_LONGEST = 200
"""Characters of a pattern, and of an answer."""

_MOST_WAYS = (_LONGEST + 1) ** 3
"""Ways to share an answer out among the parts of a pattern: about all that are tried where it does not fit."""

_PLAINLY = "describe the answer plainly, such as `\\d{8}`"
_REFUSED = {
    "GROUPREF": "a reference to a group",
    "GROUPREF_EXISTS": "a reference to a group",
    "ASSERT": "looking ahead or behind",
    "ASSERT_NOT": "looking ahead or behind",
}
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


class _RefusedError(Exception):
    """A part of a pattern that may take any time."""


def fault(pattern: str) -> tuple[str, str] | None:
    """What is wrong with a pattern, and what to do; None where it is good."""
    if "{{" in pattern:
        why = "no value is put into a pattern: `{{` is a part of it as it stands"
        return why, "write the answers out, such as `[1-5]`, or take any and look at it with `branch`"
    if len(pattern) > _LONGEST:
        return f"this pattern has {len(pattern)} characters, more than {_LONGEST}", "describe the answer more shortly"
    try:
        count = _ways(parsed(pattern))
    except _RefusedError as error:
        return f"this pattern uses {error}, which may take any time", _PLAINLY
    except (re.error, RecursionError, OverflowError) as error:
        why = error.msg if isinstance(error, re.error) else "too large"
        return f"this is no regular expression: {why}", "such as `\\d{8}` for eight digits"
    if slashed := re.fullmatch(r"/\^?(.+?)\$?/[a-z]*", pattern):
        return "the slashes are part of this pattern, and no caller keys them", f"write `{slashed[1]}`"
    if count > _MOST_WAYS:
        return "this pattern fits an answer in so many ways that it may take any time", _PLAINLY
    return None


def unkeyable(pattern: str) -> tuple[str, str] | None:
    """What is wrong with a pattern whose answers nobody can key in, and what to do; None where they can be."""
    strange = next((chr(value) for value in _letters(parsed(pattern)) if chr(value) not in _KEYS), None)
    if strange is None:
        return None
    plain = re.fullmatch(r"d((?:\{\d+(?:,\d*)?\}|[+*])?)|([XNZ]{1,20})", pattern)
    meant = f"\\d{plain[1]}" if plain and plain[2] is None else f"\\d{{{len(plain[2])}}}" if plain else r"\d{4}"
    return f"no key is `{strange}`, so no answer is ever right", f"write `{meant}`" if plain else f"such as `{meant}`"


_KEYS = "0123456789*#"


def _letters(parsed: Any) -> Iterator[int]:
    """The characters that every answer has."""
    for code, argument in parsed:
        if str(code) == "LITERAL":
            yield int(argument)
        elif str(code) == "IN":
            yield from _none_of_the_keys(argument)
        elif str(code) in _REPEATS and argument[0]:
            yield from _letters(argument[2])
        elif str(code) == "SUBPATTERN":
            yield from _letters(argument[-1])


def _none_of_the_keys(among: Any) -> Iterator[int]:
    """The first character of a set, where no key is in it."""
    spans = []
    for kind, value in among:
        if str(kind) not in ("LITERAL", "RANGE"):
            return
        spans.append((value, value) if str(kind) == "LITERAL" else value)
    if not any(low <= ord(key) <= high for low, high in spans for key in _KEYS):
        yield int(spans[0][0])


def digits(pattern: str) -> int | None:
    """How many keys the longest answer has that a pattern describes; None where it describes the empty one alone."""
    return int(parsed(pattern).getwidth()[1]) or None


def parsed(pattern: str) -> Any:
    """A pattern as Python's engine reads it. Raises what that raises for one that is none."""
    from re import _parser  # type: ignore[attr-defined]

    re.compile(pattern)
    return _parser.parse(pattern)


def _ways(parsed: Any) -> int:
    """In how many ways an answer may be shared out among the parts of a pattern, at most; counted to a limit."""
    count = 1
    for code, argument in parsed:
        count = min(count * _ways_of(str(code), argument), _MOST_WAYS + 1)
    return count


def _ways_of(name: str, argument: Any) -> int:
    if name in _REFUSED:
        raise _RefusedError(_REFUSED[name])
    if name in _REPEATS:
        least, most, inner = int(argument[0]), min(int(argument[1]), _LONGEST), argument[2]
        each: int = _ways(inner) ** most
        return max(most - least + 1, 1) * each
    if name == "BRANCH":
        return sum(map(_ways, argument[1]))
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _ways(argument[-1] if name == "SUBPATTERN" else argument)
    return 1


RULES = (BAD_PATTERN,)
