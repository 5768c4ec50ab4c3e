"""What is left of all combinations of choices, where of some it is known that they stand for many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

Cube = Mapping[int, Collection[int]]
"""Combinations that are as one: for each place that matters the choices there that do not differ."""

Chosen = Mapping[int, int]
"""The choice at some places."""

MOST_PLACES = 200
"""Places for which a gap is looked for at most: one within the other."""


class TooManyError(Exception):
    """It takes too long to tell whether there is a gap."""


def gap(sizes: Sequence[int], cubes: Sequence[Cube], most: int) -> Chosen | None:
    """A combination that is in none of the cubes, by the places that matter for it; None where there is none.

    `sizes` has for each place how many choices there are. Raises TooManyError after `most` steps.
    """
    if len(sizes) > MOST_PLACES:
        raise TooManyError
    return _gap(sizes, cubes, {}, [most])


def _gap(sizes: Sequence[int], cubes: Sequence[Cube], chosen: Chosen, left: list[int]) -> Chosen | None:
    """Likewise, of the combinations in which something is chosen already; the cubes are those that it fits."""
    if any(each.keys() <= chosen.keys() for each in cubes):
        return None
    if not cubes:
        return chosen
    left[0] -= 1
    if left[0] < 0:
        raise TooManyError
    narrow = min(cubes, key=lambda each: len(each.keys() - chosen.keys()))
    place = min(narrow.keys() - chosen.keys())
    for choice in range(sizes[place]):
        fits = [each for each in cubes if place not in each or choice in each[place]]
        found = _gap(sizes, fits, {**chosen, place: choice}, left)
        if found is not None:
            return found
    return None
