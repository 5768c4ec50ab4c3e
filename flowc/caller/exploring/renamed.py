"""Steps that have another name in a new version and are otherwise as they were."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .met import Aspects

Places = Mapping[str, Aspects]

_QUOTED = re.compile(r"`([^`]*)`")
_MASK = "\0"


def renamed(before: Places, after: Places) -> dict[str, str]:
    """The new names of steps, by their old ones: what is met there is the same, up to names that came or went."""
    gone = [name for name in _steps(before) if name not in _steps(after)]
    come = [name for name in _steps(after) if name not in _steps(before)]
    masked = {*gone, *come}
    ours = {name: _told(before, name, masked) for name in gone}
    theirs: dict[object, list[str]] = {}
    for name in come:
        theirs.setdefault(_told(after, name, masked), []).append(name)
    return {name: theirs[told].pop(0) for name, told in ours.items() if theirs.get(told)}


def with_names(places: Places, names: Mapping[str, str]) -> Places:
    """Places with other names of steps, also where they are named in what is met."""
    if not names:
        return places

    def told(text: str) -> str:
        return _QUOTED.sub(lambda found: f"`{_other(found[1], names)}`", text)

    return {
        _other(place, names): {told(key): told(value) for key, value in aspects.items()}
        for place, aspects in places.items()
    }


def _steps(places: Places) -> dict[str, None]:
    """The names of steps that have places."""
    return dict.fromkeys(_step(each) for each in places if each != "the flow")


def _step(place: str) -> str:
    """The step of a place: `sales` of `sales.2 (call)`, `sales~2-noInput` and `fr-FR/sales`."""
    return re.split(r"[.~ ]", place, maxsplit=1)[0]


def _told(places: Places, step: str, masked: set[str]) -> object:
    """All that is met at a step, with nothing in the place of names that came or went."""
    names = dict.fromkeys(masked, _MASK)
    own = {place: aspects for place, aspects in places.items() if _step(place) == step}
    return tuple((place, tuple(aspects.items())) for place, aspects in with_names(own, names).items())


def _other(name: str, names: Mapping[str, str]) -> str:
    step = _step(name)
    return names[step] + name[len(step) :] if step in names else name
