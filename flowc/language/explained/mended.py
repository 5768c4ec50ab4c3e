"""What of a flow can be looked at although something at its top is wrong: misspelt keys under their right names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ...text.document import Container, Document, Marks
from ...text.nearest import nearest
from ...text.source import Span
from ..expressions.variables import members
from ..schema import gate
from ..schema.schemas import bundled
from ..schema.shape import Unsound, is_step
from .left import Left
from .misspelt import SAVES, listed
from .reshaped import named_in

_MOST_KEYS = 100
"""Keys at the top of a flow that are looked at: a file with more is another kind of file."""

_WORDS = ("key-not-announced", "nothing-to-say", "unused-prompt")
_HUSHED = {
    "params": ("unknown-param", "undeclared-param"),
    "prompts": ("unknown-prompt", *_WORDS),
    "hours": ("unknown-calendar", "missing-time-zone"),
    "timezone": ("missing-time-zone",),
    "use": ("unknown-use",),
    "voice": ("unknown-language", "not-translated", "never-the-value", "options-in-english", "unknown-name"),
    "input": ("missing-otherwise",),
}
"""What follows from a part that is left out, by its key: it is said once, at the part."""

_BY_NAME = frozenset({"params", "prompts", "hours", "use"})
"""Keys whose parts stand by themselves, so that only the wrong ones are left out."""


def mended(document: Document) -> Left | None:
    """What is left of a flow of which more than actions is wrong. None for nothing: it has no steps."""
    if not isinstance(document.data, dict):
        return None
    data, names = _renamed(document.data)
    steps = data.get("steps")
    if not isinstance(steps, dict) or not steps or len(document.data) > _MOST_KEYS:
        return None
    sound, wrong, out = _sound(data)
    made = Document(document.source, sound, _Moved(document.marks, document.data, sound, names))
    found = frozenset(id(each) for each in _actions(steps) if not is_step([each]))
    hushed = frozenset(name for key in wrong for name in _HUSHED.get(key, ())).union(_WORDS if out else ())
    return Left(made, found, hushed, meant(steps, found) | out)


def _renamed(data: dict[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """The keys at the top of a flow under their right names, and the names under which those stand that had others."""
    root = bundled("flow")
    known = root["properties"]
    made = {key: value for key, value in data.items() if key in known}
    names = {}
    for key in data.keys() - made.keys() if len(data) <= _MOST_KEYS else ():
        meant = listed(root, key) or nearest(key, known)
        if meant in known and meant not in made:
            made[str(meant)] = data[key]
            names[str(meant)] = key
    return made, names


def _sound(data: dict[str, object]) -> tuple[dict[str, object], set[str], set[str]]:
    """The parts of a flow that are as they should be, the keys of those that are not, and the names left out."""
    sound: dict[str, object] = {"flow": "flow", "steps": data["steps"]}
    wrong, out = set(), set()
    for key, value in data.items():
        if key == "steps":
            continue
        if _passes(key, value):
            sound[key] = value
        elif key in _BY_NAME and isinstance(value, dict):
            kept = {name: each for name, each in value.items() if _passes(key, {name: each})}
            sound[key] = kept
            out |= value.keys() - kept.keys()
        else:
            wrong.add(key)
    return sound, wrong, out


def _passes(key: str, value: object) -> bool:
    return gate.flow({"flow": "a", "steps": {"a": {"hangup": ""}}, key: value})


def meant(steps: object, unsound: Unsound) -> frozenset[str]:
    """The variables that actions were meant to make whose shape is wrong."""
    return frozenset(_makes([each for each in _actions(steps) if id(each) in unsound]))


def _actions(steps: object) -> Iterator[object]:
    for block in steps.values() if isinstance(steps, dict) else ():
        yield from block if isinstance(block, list) else [block]


def _makes(actions: list[object]) -> Iterator[str]:
    for key, value in members(actions):
        if key == "set":
            yield from named_in(value)
        elif key in SAVES and isinstance(value, str):
            yield value


class _Moved:
    """The places of a flow whose top was made anew; all below it is as it was written."""

    def __init__(self, marks: Marks, old: dict[str, object], new: dict[str, object], names: Mapping[str, str]) -> None:
        self._marks = marks
        self._old = old
        self._new = new
        self._names = names
        self._parts = {id(new[key]): old[names.get(key, key)] for key in _BY_NAME & new.keys()}

    def key(self, owner: Container, key: str | int) -> Span:
        """The key; of the list's item, the item."""
        return self._at(owner, key, self._marks.key)

    def value(self, owner: Container, key: str | int) -> Span:
        """The value at a key or index."""
        return self._at(owner, key, self._marks.value)

    def whole(self) -> Span:
        """All of the data."""
        return self._marks.whole()

    def inside(self, owner: Container, key: str | int, start: int, end: int) -> Span:
        """A part of a text."""
        return self._at(owner, key, lambda there, name: self._marks.inside(there, name, start, end))

    def _at(self, owner: Container, key: str | int, look: Callable[[Container, str | int], Span]) -> Span:
        if owner is self._new:
            name = self._names.get(str(key), str(key))
            return look(self._old, name) if name in self._old else self.whole()
        written = self._parts.get(id(owner), owner)
        return look(written, key) if isinstance(written, dict | list) else self.whole()
