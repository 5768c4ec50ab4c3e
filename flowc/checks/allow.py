"""Warnings an author is at peace with: `allow:` in a flow, by path in the project file, and `--allow`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..text.diagnostics import Diagnostic, Rule, errors
from ..text.document import Document, Place
from ..text.nearest import HINTS, nearest

UNKNOWN_ALLOW = Rule(
    "W610",
    "unknown-allow",
    """An `allow` names a rule that does not exist.

It quiets nothing: the warning it was meant for still comes, or will come back with the next change.

Write the rule's name as it stands in the report, after the code. `flowc explain` lists all names.""",
)
UNUSED_ALLOW = Rule(
    "W611",
    "unused-allow",
    """An `allow` names a warning that is not there.

What is allowed without need stays allowed: when the mistake is made one day, a caller hears it before its author does.

Take the name out.""",
)
ALLOWED_ERROR = Rule(
    "W612",
    "allowed-error",
    """An `allow` names an error. Only warnings can be allowed.

An error is what cannot be compiled, what the platform refuses, or what leaves a caller without an answer for certain.
Not to hear of it changes nothing for the caller.

Take the name out, and mend the error where it is said.""",
)


_LISTED = "`flowc explain` lists all names"

Rules = Callable[[], Mapping[str, Rule]]
"""Gives every rule by its name. Asked only about names that quiet nothing, for it imports every room."""


class Allow(NamedTuple):
    """A name that was allowed, and the place where it is written."""

    name: str
    place: Place


def allowed(found: Sequence[Diagnostic], allows: Sequence[Allow], rules: Rules) -> list[Diagnostic]:
    """The findings without the warnings that are allowed, and what is wrong with the allows themselves."""
    if not allows:
        return list(found)
    names = {allow.name for allow in allows}
    # After an error later checks have not looked, so nobody knows what there would be to quiet.
    said = idle(found, allows, rules, looked=not errors(list(found)))
    return [*quieted(found, names), *quieted(list(said), names)]


def quieted(found: Sequence[Diagnostic], names: Collection[str]) -> list[Diagnostic]:
    """The findings without the warnings of these names."""
    return [each for each in found if each.rule.name not in names or each.rule.severity == "error"]


def idle(found: Sequence[Diagnostic], allows: Sequence[Allow], rules: Rules, *, looked: bool) -> Iterator[Diagnostic]:
    """What is wrong with the allows that quiet nothing. `looked` says that `found` is all there could be."""
    warned = {each.rule.name for each in found if each.rule.severity == "warning"}
    useless = [allow for allow in allows if allow.name not in warned]
    known = rules() if useless else {}
    unknown = 0
    for name, place in useless:
        if name not in known:
            coded = _coded(name, known)
            if coded is not None and coded.severity == "error":
                message = f"`{name}` is `{coded.name}`, an error; only warnings can be allowed"
                yield ALLOWED_ERROR.at(place, message, "take it out")
                continue
            unknown += 1
            hint = _meant(name, known) if unknown <= HINTS else _LISTED
            yield UNKNOWN_ALLOW.at(place, f"there is no rule `{name}`", hint)
        elif known[name].severity == "error":
            yield ALLOWED_ERROR.at(place, f"`{name}` is an error; only warnings can be allowed", "take the name out")
        elif known[name].code.startswith("W4") and not place.document.source.name.endswith(".calls.yml"):
            hint = f"write `allow: [{name}]` at the top of the `.calls.yml`"
            yield UNUSED_ALLOW.at(place, f"`{name}` is said of calls, not here", hint)
        elif looked:
            yield UNUSED_ALLOW.at(place, f"there is no `{name}` to allow", "take the name out")


def written(document: Document) -> list[Allow]:
    """The names in the `allow` of a flow, each at its place; what is no name is left for the shape to say."""
    flow = document.data
    if not isinstance(flow, dict) or "allow" not in flow:
        return []
    names = flow["allow"]
    if isinstance(names, str):
        return [Allow(names, document.value(flow, "allow"))]
    if not isinstance(names, list):
        return []
    return [Allow(name, document.value(names, index)) for index, name in enumerate(names) if isinstance(name, str)]


def _coded(name: str, known: Mapping[str, Rule]) -> Rule | None:
    """The rule whose code was written in place of its name."""
    return next((rule for rule in known.values() if rule.code == name.upper()), None)


def _meant(name: str, known: Mapping[str, Rule]) -> str | None:
    coded = _coded(name, known)
    warnings = [each for each, rule in known.items() if rule.severity == "warning"]
    meant = coded.name if coded is not None else nearest(name, warnings)
    return f"did you mean `{meant}`?" if meant else _LISTED
