"""Which name was meant, told for the first few unknown ones of a flow: each is a look at all names."""

from __future__ import annotations

from collections.abc import Iterable

from ...text.nearest import HINTS, nearest


class Hints:
    """The nearest names of unknown ones. The same name always has the same answer."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, str], str | None] = {}

    def near(self, name: str, names: Iterable[str], among: object = None) -> str | None:
        """The nearest of some names; `among` says which names these are, where there are several sets of them."""
        key = among, name
        if key not in self.known:
            self.known[key] = nearest(name, names) if len(self.known) < HINTS else None
        return self.known[key]
