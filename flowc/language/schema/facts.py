"""The facts of the platform: what `ncco.schema.json` says, ready to ask.

No fact stands in code. Everything is read once, at first use.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

Schema = dict[str, Any]

ACTIONS = ("talk", "stream", "input", "record", "conversation", "connect", "notify", "wait", "transfer")
"""The actions of an NCCO, in the order of the schema, by name so that knowing them costs no reading."""


class Voice(NamedTuple):
    """A language of the voice table and the numbers of its styles."""

    language: str
    standard: frozenset[int]
    premium: frozenset[int]
    without_ssml: frozenset[int]

    @property
    def styles(self) -> frozenset[int]:
        """Every style, standard or premium."""
        return self.standard | self.premium


@lru_cache
def schema(name: str) -> Schema:
    """A schema (`ncco`, `flow`, `calls`, `project`, `program`) as it stands in its file. Shared: not to be changed."""
    data: Schema = json.loads((_folder() / f"{name}.schema.json").read_text(encoding="utf-8"))
    return data


def action(name: str) -> Schema:
    """The definition of an action's fields (without `action`); KeyError where there is no such action."""
    if name not in ACTIONS:
        raise KeyError(name)
    return definition(name)


@lru_cache
def endpoints() -> tuple[str, ...]:
    """The endpoint types of `connect`."""
    return tuple(_tags(definition("endpoint"), "type"))


def definition(name: str) -> Schema:
    """A definition of the schema by its name: an action, an endpoint type, or an object inside one."""
    found: Schema = schema("ncco")["$defs"][name]
    return found


def field(name: str, *path: str | int) -> Schema:
    """The schema of a field: `field("input", "dtmf", "timeOut")`, `field("connect", "endpoint", "phone", "number")`.

    `name` is an action, an endpoint type or another definition; an index steps into a list, and may be left out.
    What a reference leads to is merged in. KeyError where there is no such field.
    """
    return _field(name, tuple(step for step in path if isinstance(step, str)))


@lru_cache
def voices() -> dict[str, Voice]:
    """The voice table: code to styles. Codes that it does not hold may exist: see `later_voices`."""
    return {
        code: Voice(row["language"], *(frozenset(row[kind]) for kind in ("standard", "premium", "withoutSsml")))
        for code, row in known("voices").items()
    }


@lru_cache
def later_voices() -> frozenset[str]:
    """Codes of voices that are newer than the table, so that nothing is known of their styles."""
    return frozenset(known("laterVoices"))


@lru_cache
def voice_names() -> dict[str, tuple[tuple[str, int], ...]]:
    """The old `voiceName` values: name to each language and style that it may have been."""
    return {name: tuple((code, style) for code, style in found) for name, found in known("voiceNames").items()}


@lru_cache
def asr_languages() -> frozenset[str]:
    """The codes that speech recognition and transcription know, their aliases too."""
    table = known("asrLanguages")
    return frozenset(table["codes"]) | frozenset(table["aliases"])


def ssml() -> Schema:
    """The SSML tags: tag to `attributes` (name to `enum` and `pattern`, either of which may fit) and `note`."""
    tags: Schema = known("ssml")
    return tags


def withdrawn() -> Schema:
    """Actions that do not exist, or no longer: name to `description` and what to do `instead`."""
    actions: Schema = known("withdrawn")
    return actions


def retired_endpoints() -> dict[str, str]:
    """Endpoint types that were renamed, with their names of today."""
    names: dict[str, str] = known("retiredEndpoints")
    return names


def limit(name: str) -> float:
    """A limit that is no field's own, by its name in the schema, such as `spokenText`; KeyError if none is known."""
    value: float = known("limits")[name]["value"]
    return value


def known(table: str) -> Any:
    """One of the tables that stand at the root of the schema; KeyError where there is no such table."""
    return schema("ncco")["x-flowc"][table]


def resolved(part: Schema) -> Schema:
    """A part of the schema with what it refers to merged in; what it says itself has precedence."""
    if "$ref" not in part:
        return part
    target = resolved(definition(part["$ref"].rsplit("/", 1)[1]))
    own = {key: value for key, value in part.items() if key != "$ref"}
    both: Schema = {key: {**target.get(key, {}), **own[key]} for key in ("properties", "x-flowc") if key in own}
    return {**target, **own, **both}


@lru_cache
def _folder() -> Path:
    """The schemas of an installed package lie inside it, those of a checkout beside it."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parent / "schemas"


@lru_cache(maxsize=1024)
def _field(name: str, path: tuple[str, ...]) -> Schema:
    part = resolved(definition(name))
    for step in path:
        part = resolved(_inside(part, step))
    return part


def _inside(part: Schema, step: str) -> Schema:
    """One step down; the type of an endpoint is a step of its own."""
    if "items" in part:
        part = resolved(part["items"])
    for kind in ("action", "type"):
        if step in (tags := _tags(part, kind)):
            return tags[step]
    for branch in (part, *part.get("oneOf", ())):
        if step in branch.get("properties", {}):
            found: Schema = branch["properties"][step]
            return found
    raise KeyError(step)


def _tags(part: Schema, key: str) -> dict[str, Schema]:
    """The branches of a `oneOf`, by the constant that tells them apart."""
    branches = [branch for branch in part.get("oneOf", ()) if key in branch.get("properties", {})]
    return {branch["properties"][key]["const"]: branch for branch in branches if "$ref" in branch}
