"""A fault with what is needed to speak of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ..schema.fault import Fault, Where
from ..schema.schemas import Schema, flat
from .wording import Path

Check = Callable[[Schema, object], Iterable[Fault]]
"""The faults of a value against a piece of the schema."""


def by_owner(found: Iterable[Fault]) -> dict[Path, list[Fault]]:
    """Faults by the path of the fields that they are of."""
    made: dict[Path, list[Fault]] = {}
    for fault in found:
        made.setdefault(fault.path[:-1] if fault.kind == "unknown" else fault.path, []).append(fault)
    return made


class Case(NamedTuple):
    """One fault of a document. `around` has all faults by the path of the fields that they are of."""

    fault: Fault
    around: dict[Path, list[Fault]]
    where: Where
    root: Schema
    check: Check

    @property
    def raw(self) -> bool:
        """Whether its author wrote an NCCO."""
        return self.where.raw

    @property
    def path(self) -> Path:
        """Where the fault is."""
        return self.fault.path

    def beside(self, path: Path, kind: str) -> list[Fault]:
        """The faults of a kind in the fields at a path."""
        return [each for each in self.around.get(path, ()) if each.kind == kind]

    @property
    def facts(self) -> Schema:
        """What `x-flowc` says of the place."""
        facts: Schema = self.fault.schema.get("x-flowc", {})
        return facts

    @property
    def value(self) -> Any:
        """The value that the fault is in."""
        return self.fault.value

    @property
    def name(self) -> str:
        """The name of the field; of a list's item, the list's."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "this")

    def field(self, *path: str) -> Schema:
        """The schema of a field of the fields that the fault is in."""
        found = self.fault.schema
        for name in path:
            found = flat(flat(found, self.root).get("properties", {}).get(name, {}), self.root)
        return found

    def fields_of(self, path: Path) -> str:
        """What fields at a path belong to, as it is called in a message."""
        if isinstance(self.value, dict):
            if self.raw and len(path) == 1 and isinstance(self.value.get("action"), str):
                return f"`{self.value['action']}`"
            if path[-2:-1] == ("endpoint",) and isinstance(self.value.get("type"), str):
                return f"a `{self.value['type']}` endpoint"
        names = [part for part in path if isinstance(part, str)]
        return f"`{names[-1]}`" if names else "this action" if self.raw else "a flow"
