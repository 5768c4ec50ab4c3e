"""All ways through a regular expression at once, character by character: the work grows with the text alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from .work import TooMuchError, Work

MOST_STATES = 5000
"""States of a pattern. A repetition with an end has some for each time."""

_MOST_HELD = 50_000
"""States in all that is kept of steps that were gone."""

DEEPEST = 50


class UnusableError(Exception):
    """A pattern that cannot be looked at in time that is bounded; its text says what of it."""


class _State(NamedTuple):
    """A place in a pattern: what it takes of a text, or asks of a place in it, and where it leads then."""

    to: tuple[int, ...]
    takes: Callable[[str], object] | None = None
    asks: int | None = None


def states(parsed: Any, depth: int = 0) -> int:
    """How many states a pattern has. Raises UnusableError."""
    if depth > DEEPEST:
        raise UnusableError(f"more than {DEEPEST} groups in each other")
    return sum([_states_of(str(code), argument, depth + 1) for code, argument in parsed])


def _states_of(name: str, argument: Any, depth: int) -> int:
    match name:
        case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN" | "AT":
            return 1
        case "BRANCH":
            return 1 + sum([states(each, depth) for each in argument[1]])
        case "SUBPATTERN":
            return states(argument[-1], depth)
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, inner = int(argument[0]), int(argument[1]), states(argument[2], depth)
            return (least + 1) * inner + 1 if argument[1] is _endless() else most * inner + most - least
    raise UnusableError(UNUSABLE.get(name, "a form that is not known here"))


_Step = tuple[frozenset[int], tuple[bool, ...], str, bool]
"""The states that are gone from, what is so of `^` and such, the character, and whether all of the text is meant."""


class Machine:
    """All ways through a pattern. It begins in `start` and ends in the state 0; `asked` are its `^`, `$` and such."""

    def __init__(self, parsed: Any) -> None:
        """Raises UnusableError, TooMuchError."""
        self.states: list[_State] = [_State(())]
        self.asked: list[re.Pattern[str]] = []
        if states(parsed) > MOST_STATES:
            raise TooMuchError
        self.start = self._block(parsed, 0, parsed.state.flags)
        self._only_at_the_ends = not any(_changes_amid(each) for each in self.asked)
        self._known: dict[_Step, tuple[frozenset[int], bool]] = {}
        self._held = 0

    def runs(self, text: str, work: Work, *, whole: bool) -> bool:
        """Whether the pattern describes a text, or some of it. Raises TooMuchError."""
        work.spend(1 + (len(text) >> 1))
        first = frozenset((self.start,))
        here, end, known, amid = first, len(text), self._known, (False,) * len(self.asked)
        for at in range(end + 1):
            is_amid = self._only_at_the_ends and 0 < at < end - 1
            holds = amid if is_amid else tuple([each.match(text, at) is not None for each in self.asked])
            step = (here, holds, text[at : at + 1], whole)
            here, ended = known.get(step) or self._step(step, work)
            if ended and (at == end or not whole):
                return True
            if not here:
                return False
        return False

    def _step(self, step: _Step, work: Work) -> tuple[frozenset[int], bool]:
        """The states behind a character, and whether the pattern ends before it."""
        here, holds, character, whole = step
        seen, pending = set(here), list(here)
        while pending:
            state = self.states[pending.pop()]
            if state.takes is None and (state.asks is None or holds[state.asks]):
                pending += [each for each in state.to if each not in seen]
                seen.update(state.to)
        work.spend(len(seen))
        after = [each for at in seen if (each := self._taken(at, character)) is not None]
        made = frozenset(after if whole else (*after, self.start)), 0 in seen
        self._keep(step, made)
        return made

    def _taken(self, at: int, character: str) -> int | None:
        state = self.states[at]
        return state.to[0] if state.takes is not None and character and state.takes(character) else None

    def _keep(self, step: _Step, made: tuple[frozenset[int], bool]) -> None:
        self._held += len(step[0]) + len(made[0]) + 1
        if self._held > _MOST_HELD:
            self._known.clear()
            self._held = 0
        self._known[step] = made

    # Building, from the end

    def _add(self, state: _State) -> int:
        self.states.append(state)
        return len(self.states) - 1

    def _block(self, parsed: Iterable[Any], to: int, flags: int) -> int:
        for code, argument in reversed(list(parsed)):
            to = self._part(str(code), argument, to, flags)
        return to

    def _part(self, name: str, argument: Any, to: int, flags: int) -> int:
        match name:
            case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN":
                return self._add(_State((to,), re.compile(_written(name, argument), flags & _OF_A_SIGN).match))
            case "AT":
                asked = re.compile(_AT[str(argument)], flags & (re.MULTILINE | re.ASCII))
                if asked not in self.asked:
                    self.asked.append(asked)
                return self._add(_State((to,), asks=self.asked.index(asked)))
            case "BRANCH":
                return self._add(_State(tuple([self._block(each, to, flags) for each in argument[1]])))
            case "SUBPATTERN":
                _, more, less, inner = argument
                return self._block(inner, to, (flags | more) & ~less)
        return self._repeated(argument, to, flags)

    def _repeated(self, argument: Any, to: int, flags: int) -> int:
        least, most, inner = int(argument[0]), int(argument[1]), argument[2]
        end = to
        if argument[1] is _endless():
            to = self._add(_State(()))
            self.states[to] = _State((self._block(inner, to, flags), end))
            most = least
        for time in range(most):
            begin = self._block(inner, to, flags)
            if begin == to:  # nothing, however often
                break
            to = begin if time >= most - least else self._add(_State((begin, end)))
        return to


def _endless() -> object:
    from re import _constants  # type: ignore[attr-defined]

    return _constants.MAXREPEAT


def _changes_amid(asked: re.Pattern[str]) -> bool:
    """Whether what is asked of a place may be so within a text."""
    return asked.pattern in (_AT["AT_BOUNDARY"], _AT["AT_NON_BOUNDARY"]) or bool(asked.flags & re.MULTILINE)


_OF_A_SIGN = re.IGNORECASE | re.DOTALL | re.ASCII
_AT = {
    "AT_BEGINNING": "^",
    "AT_BEGINNING_STRING": r"\A",
    "AT_END": "$",
    "AT_END_STRING": r"\Z",
    "AT_BOUNDARY": r"\b",
    "AT_NON_BOUNDARY": r"\B",
}
_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
UNUSABLE = {
    "GROUPREF": "a reference to a group",
    "GROUPREF_EXISTS": "a reference to a group",
    "ASSERT": "looking ahead or behind",
    "ASSERT_NOT": "looking ahead or behind",
    "FAILURE": "looking ahead or behind",
    "ATOMIC_GROUP": "a group that is not gone back into",
    "POSSESSIVE_REPEAT": "a repetition that gives nothing back",
}


def _written(name: str, argument: Any) -> str:
    """What one character is, as a pattern of its own."""
    if name == "ANY":
        return "."
    if name == "IN":
        return f"[{''.join([_member(str(code), each) for code, each in argument])}]"
    return f"[{'^' if name == 'NOT_LITERAL' else ''}{_sign(argument)}]"


def _member(name: str, argument: Any) -> str:
    match name:
        case "NEGATE":
            return "^"
        case "RANGE":
            return f"{_sign(argument[0])}-{_sign(argument[1])}"
        case "CATEGORY":
            return _CATEGORIES[str(argument)]
    return _sign(argument)


def _sign(code: int) -> str:
    return f"\\U{code:08x}"
