"""A mapping of settings in the project file: its values by type, and what is wrong with them said at their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..text.diagnostics import Diagnostic, Rule
from ..text.document import Document, Place
from ..text.nearest import nearest

UNKNOWN_SETTING = Rule(
    "E613",
    "unknown-setting",
    """The project file holds a setting that does not exist.

It does nothing: the flows, the host or the number it was meant for stay as they were, and callers notice first.

Write the setting that the hint names; `flowc schema project` lists them all.""",
)
WRONG_SETTING = Rule(
    "E614",
    "wrong-setting",
    """A setting of the project file has a value of the wrong kind, such as a list where one text belongs.

flowc cannot tell what is meant, so nothing is built from it.

Write the kind of value that the report asks for; `flowc schema project` describes each.""",
)
MISSING_SETTING = Rule(
    "E615",
    "missing-setting",
    """A site of the project file lacks its `target` or its `base_url`.

Without the host flowc does not know what to build, without the URL the platform cannot ask for it, and a call that
waits for its answer ends.

Add the setting to the site.""",
)


class Settings(NamedTuple):
    """The settings of one mapping. What has the wrong type is said once and counts as not there."""

    document: Document
    owner: dict[str, object]
    report: Callable[[Diagnostic], None]

    @classmethod
    def of(cls, document: Document, report: Callable[[Diagnostic], None]) -> Settings:
        """The settings of a whole document; an empty one has none."""
        if isinstance(document.data, dict):
            return cls(document, document.data, report)
        if document.data is not None:
            report(
                WRONG_SETTING.at(document.whole(), "a project file is a mapping of settings", "flows: flows/*.flow.yml")
            )
        return cls(document, {}, report)

    def only(self, *known: str) -> None:
        """Say the settings that are none of the known ones."""
        for key in self.owner:
            if key not in known:
                meant = nearest(key, known)
                hint = f"did you mean `{meant}`?" if meant else f"there are {_listed(known)}"
                self.report(UNKNOWN_SETTING.at(self.key(key), f"there is no setting `{key}`", hint))

    def key(self, key: str) -> Place:
        """Where a setting's name stands."""
        return self.document.key(self.owner, key)

    def value(self, key: str) -> Place:
        """Where a setting's value stands."""
        return self.document.value(self.owner, key)

    def get(self, key: str) -> object:
        """The value as read; none where there is none."""
        return self.owner.get(key)

    def inner(self, key: str) -> Settings:
        """The settings under a setting; none where there are none."""
        found = self.get(key)
        if found is not None and not isinstance(found, dict):
            self.wrong(self.value(key), f"`{key}` is a mapping, not {_kind(found)}")
        return Settings(self.document, found if isinstance(found, dict) else {}, self.report)

    def text(self, key: str) -> str | None:
        """A text, or nothing."""
        found = self.get(key)
        if found is None or isinstance(found, str):
            return found
        self.wrong(self.value(key), f"`{key}` is a text, not {_kind(found)}")
        return None

    def texts(self, key: str) -> Iterator[tuple[str, Place]]:
        """A text or a list of texts, each with its place."""
        found = self.get(key)
        written = (
            [(found, self.value(key))]
            if not isinstance(found, list)
            else [(each, self.document.value(found, index)) for index, each in enumerate(found)]
        )
        for value, place in written:
            if isinstance(value, str):
                yield value, place
            elif value is not None or isinstance(found, list):
                self.wrong(place, f"`{key}` is a text or a list of texts; this is {_kind(value)}")

    def wrong(self, place: Place, message: str, hint: str | None = None) -> None:
        """Say that a value is of the wrong kind."""
        self.report(WRONG_SETTING.at(place, message, hint))


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case dict():
            return "a mapping"
    return "nothing"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
