"""Whether a document has the shape of rehearsed calls, and if not, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from ..language.explain import diagnostics
from ..language.fault import Fault, Written
from ..language.schemas import Schema, bundled, flat, takes
from ..language.shape import MOST, faults
from ..language.wording import either, example, shown, typed
from ..text.diagnostics import Diagnostic
from ..text.document import Document
from ..text.nearest import nearest
from .rehearsal_rules import BAD_ANSWER, MISSING_CALL_KEY, SEVERAL_CALL_STEPS, UNKNOWN_CALL_KEY, UNKNOWN_CALL_STEP

NAME = "calls"
"""The schema of rehearsed calls."""

Report = Callable[[Diagnostic], None]


def check(document: Document, report: Report) -> None:
    """Report what is wrong with the shape of rehearsed calls, in the order of the text."""
    where = Written(document, raw=False)
    found = list(islice(faults(NAME, document.data), MOST))
    own = [said for fault in found for said in _own(fault, where)]
    rest = [fault for fault in found if not _is_own(fault)]
    for each in sorted([*own, *diagnostics(rest, where, bundled(NAME), _against)], key=lambda each: each.span):
        report(each)


def _against(schema: Schema, value: object) -> Iterator[Fault]:
    """Whether a value is of a type that a piece of the schema takes."""
    if not takes(schema, bundled(NAME), value):
        yield Fault("type", (), schema, value)


def _is_step(path: tuple[str | int, ...]) -> bool:
    return len(path) == 4 and path[2] == "steps"


def _is_own(fault: Fault) -> bool:
    """Whether a fault has words of its own: keys of the file and of calls, and which step it is."""
    if fault.kind in ("unknown", "required", "name"):
        return True
    return _is_step(fault.path) and fault.kind in ("enum", "maxProperties", "minProperties", "type")


def _own(fault: Fault, where: Written) -> Iterator[Diagnostic]:
    if not _is_own(fault):
        return
    if fault.kind == "required":
        yield _missing(fault, where)
    elif fault.kind == "name":
        hint = "write `GET https://…` or `POST https://…`, with what it answers behind it"
        yield BAD_ANSWER.at(where.key(fault.path), f"{shown(str(fault.path[-1]))} is no request", hint)
    elif fault.kind == "unknown":
        yield _unknown(fault, where)
    elif fault.kind == "maxProperties":
        yield _several(fault, where)
    else:
        yield _no_step(fault, where)


def _unknown(fault: Fault, where: Written) -> Diagnostic:
    name, known = str(fault.detail), list(fault.schema["properties"])
    near = nearest(name, known)
    if _is_step(fault.path[:-1]):
        hint = f"did you mean `{near}`?" if near else f"there are {either(f'`{each}`' for each in known)}"
        return UNKNOWN_CALL_STEP.at(where.key(fault.path), f"there is no step `{name}` of a call", hint)
    hint = f"did you mean `{near}`?" if near and near != name else f"there are {either(f'`{each}`' for each in known)}"
    return UNKNOWN_CALL_KEY.at(where.key(fault.path), f"{_owner(fault.path[:-1])} has no `{name}`", hint)


def _missing(fault: Fault, where: Written) -> Diagnostic:
    name = str(fault.detail)
    field = flat(fault.schema["properties"][name], bundled(NAME))
    value = field["examples"][0] if "examples" in field else example(field)
    hint = f"add {typed(name, value, raw=False)}"
    return MISSING_CALL_KEY.at(where.value(fault.path), f"{_owner(fault.path)} has no `{name}`", hint)


def _owner(path: tuple[str | int, ...]) -> str:
    """What keys at a path belong to."""
    if not path:
        return "a file of calls"
    return "a call" if len(path) == 2 else f"`{next(each for each in reversed(path) if isinstance(each, str))}`"


def _several(fault: Fault, where: Written) -> Diagnostic:
    first, second = list(fault.value)[:2] if isinstance(fault.value, dict) else ("", "")
    place, cause = where.key((*fault.path, second)), (where.key((*fault.path, first)), "the first")
    hint = f"write `- {second}: …`, an item of its own"
    return SEVERAL_CALL_STEPS.at(place, f"`{first}` and `{second}` are two steps in one", hint, cause)


def _no_step(fault: Fault, where: Written) -> Diagnostic:
    """Something that is no step: a word that is none, nothing, a number."""
    words: list[Any] = ["hangs up", "waits", "ended"]
    value = fault.value
    place = where.value(fault.path)
    if not isinstance(value, str):
        return UNKNOWN_CALL_STEP.at(place, "this is no step of a call", "write one, such as `hears: …`")
    near = nearest(value, [*words, *flat({"$ref": "#/$defs/fields"}, bundled(NAME))["properties"]])
    if near is None:
        hint = f"write `hears: {value}` for what is to be heard"
    else:
        hint = f"did you mean `{near}`?" if near in words else f"write `{near}: …`"
    return UNKNOWN_CALL_STEP.at(place, f"{shown(value)} is no step of a call", hint)
