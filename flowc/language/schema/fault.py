"""One thing that a schema does not take, before it is put into words."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from ...text.document import Document, Place, child
from ..explained.wording import Path
from ..linking.origin import Origin
from .schemas import Schema


class Fault(NamedTuple):
    """What is wrong (`kind`: a keyword of the schema or a rule of `x-flowc`), where, and with which value.

    `schema` is what was asked for at that place, and `detail` what the kind needs to be told: a field, a rule.
    """

    kind: str
    path: Path
    schema: Schema
    value: object
    detail: Any = None


class Where(Protocol):
    """From paths of the data to places in what an author wrote. `raw`: it was written as an NCCO."""

    @property
    def raw(self) -> bool: ...

    def value(self, path: Path) -> Place:
        """The value at a path."""

    def key(self, path: Path) -> Place:
        """The key at a path."""

    def owner(self, path: Path) -> Place:
        """Where it is said that the fields at a path lack something."""


class Written(NamedTuple):
    """The places of a document as it was written."""

    document: Document
    raw: bool

    def value(self, path: Path) -> Place:
        """The value at a path."""
        return self._at(path, "value")

    def key(self, path: Path) -> Place:
        """The key at a path."""
        return self._at(path, "key")

    def owner(self, path: Path) -> Place:
        """The key of the fields; in an NCCO, what says which action or endpoint they are of."""
        fields = self._find(path)
        for name in ("action", "type"):
            if self.raw and isinstance(fields, dict) and isinstance(fields.get(name), str):
                return self.document.value(fields, name)
        return self._at(path, "key")

    def _find(self, path: Path) -> object:
        found: Any = self.document.data
        for part in path:
            found = child(found, part)
        return found

    def _at(self, path: Path, part: str) -> Place:
        if not path:
            return self.document.whole()
        owner: Any = self._find(path[:-1])
        return Place(self.document, owner, path[-1], part)


class Lowered(NamedTuple):
    """The places of actions that a flow was compiled to."""

    origins: list[Origin]
    raw: bool = False

    def value(self, path: Path) -> Place:
        """The value at a path."""
        return self.origins[int(path[0])].at(*path[1:])

    def key(self, path: Path) -> Place:
        """The key at a path."""
        return self.origins[int(path[0])].key(*path[1:]) if path[1:] else self.owner(path)

    def owner(self, path: Path) -> Place:
        """The key of the fields."""
        origin = self.origins[int(path[0])]
        return origin.key(*path[1:]) if path[1:] else origin.whole()
