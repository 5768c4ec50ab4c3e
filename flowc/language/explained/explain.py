"""What is wrong with the shape of a document, in its author's words: faults of its actions and their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...text.diagnostics import Diagnostic
from ...text.nearest import nearest
from ..schema import facts, faults, faults_raw
from ..schema.fault import Fault, Where
from ..schema.schemas import Schema
from .case import Case, Check, by_owner
from .elsewhere import meant
from .explain_fields import excludes, missing, needs, none_of, not_one, unknown, without
from .explain_values import bad_name, empty, length, one_of, pattern, range_, too_many, wrong_type
from .meant_action import action_hint, field_of, is_said_beside
from .wording import is_a, typed


def diagnostics(found: list[Fault], where: Where, root: Schema, check: Check) -> list[Diagnostic]:
    """What is to be said of faults, in the order of the text."""
    around = by_owner(found)
    cases = [Case(fault, around, where, root, check) for fault in found]
    said = [each for case in cases for each in _SAY[case.fault.kind](case)]
    return sorted(dict.fromkeys(said), key=lambda each: each.span)


def _type(case: Case) -> Iterator[Diagnostic]:
    """A value of the wrong type, where it is a whole NCCO, a block or an action; else that of a field."""
    of = case.facts.get("of")
    if case.raw and not case.path:
        yield _not_an_array(case)
    elif (case.raw and len(case.path) == 1) or of in ("action", "actions"):
        yield _not_an_action(case)
    elif of == "block":
        message = f"`{case.name}` is {is_a(case.value, raw=case.raw)}, it takes {case.facts['takes']}"
        yield faults.NOT_AN_ACTION.at(case.where.value(case.path), message, _named(case))
    else:
        yield from wrong_type(case)


def _not_an_array(case: Case) -> Diagnostic:
    what = "a single action" if isinstance(case.value, dict) and "action" in case.value else is_a(case.value, raw=True)
    hint = "put it in brackets: `[{…}]`" if isinstance(case.value, dict) else None
    if isinstance(case.value, dict) and "action" not in case.value:
        inside = next((name for name, value in case.value.items() if isinstance(value, list)), None)
        hint = f"take the list out of `{inside}`: `[…]`" if inside else hint
    return faults.NOT_AN_ARRAY.at(case.where.value(()), f"an NCCO is an array of actions, this is {what}", hint)


def _not_an_action(case: Case) -> Diagnostic:
    shape = "an object with an `action`" if case.raw else "a mapping with one key, its name"
    message = f"this is {is_a(case.value, raw=case.raw)}, an action is {shape}"
    return faults.NOT_AN_ACTION.at(case.where.value(case.path), message, None if case.raw else _named(case))


def _as_action(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return f"write `{value}: {{}}`" if value in facts.ACTIONS else f"write `talk: {value}` to say it"


def _named(case: Case) -> str | None:
    """What to write for a text where an action should be: a step that is led to, or words."""
    flow = case.where.value(()).document.data
    steps = flow.get("steps") if isinstance(flow, dict) else None
    if isinstance(case.value, str) and isinstance(steps, dict) and case.value in steps:
        return f"write `goto: {case.value}`"
    if case.value == "hangup":
        return "write `hangup:`"
    return _as_action(case.value) or "write one, such as `talk: …`"


def _required(case: Case) -> Iterator[Diagnostic]:
    if case.fault.detail == "action" and case.raw and len(case.path) == 1:
        place = case.where.owner(case.path)
        hint = f"add {typed('action', _guess(case.value), raw=True)}"
        yield faults.ACTION_WITHOUT_NAME.at(place, "this object does not say which action it is", hint)
    else:
        yield from missing(case)


def _guess(fields: dict[str, Any]) -> str:
    """The action whose fields these most likely are."""
    return max(facts.ACTIONS, key=lambda name: len(facts.action(name)["properties"].keys() & fields.keys()))


def _tag(case: Case) -> Iterator[Diagnostic]:
    """An action or an endpoint that does not exist."""
    tag = case.value[case.path[-1]]
    if not isinstance(tag, str):
        yield from wrong_type(case._replace(fault=case.fault._replace(value=tag, schema={"type": "string"})))
    elif case.path[-1] == "action":
        yield _unknown_action(case, tag, case.fault.detail)
    elif case.path[-3:-2] == ("endpoint",):
        yield _unknown_endpoint(case, tag)
    else:
        yield from one_of(case._replace(fault=case.fault._replace(value=tag, schema={"enum": case.fault.detail})))


def _unknown_action(case: Case, name: str, known: list[str]) -> Diagnostic:
    place = case.where.value(case.path) if case.raw else case.where.key(case.path)
    withdrawn = facts.withdrawn().get(name)
    if withdrawn and not withdrawn.get("never"):
        rule = faults_raw.WITHDRAWN_ACTION if case.raw else faults.ACTION_WITHDRAWN
        return rule.at(place, f"the platform has withdrawn the action `{name}`", withdrawn["instead"])
    if withdrawn or not case.raw:
        hint = withdrawn["instead"] if withdrawn else action_hint(case, name, known)
    else:
        near = nearest(name, known)
        hint = meant(name, raw=True) or (f"did you mean `{near}`?" if near else field_of(name))
    return faults.UNKNOWN_ACTION.at(place, f"there is no action `{name}`", hint)


def _unknown_endpoint(case: Case, name: str) -> Diagnostic:
    place = case.where.value(case.path)
    new = facts.retired_endpoints().get(name)
    if new and case.raw:
        return faults_raw.RETIRED_ENDPOINT.at(place, f"the endpoint `{name}` is now called `{new}`", f"write `{new}`")
    near = nearest(name, case.fault.detail)
    known = ", ".join(f"`{each}`" for each in case.fault.detail)
    hint = f"did you mean `{near}`?" if near else f"there are {known}"
    return faults.UNKNOWN_ENDPOINT.at(place, f"there is no endpoint `{name}`", hint)


def _unknown(case: Case) -> Iterator[Diagnostic]:
    if case.facts.get("of") in ("action", "option"):
        if not is_said_beside(case, case.fault.detail):
            yield _unknown_action(case, case.fault.detail, list(case.fault.schema["properties"]))
    else:
        yield from unknown(case)


def _several(case: Case) -> Iterator[Diagnostic]:
    """Several keys where an action has one."""
    known = [name for name in case.value if name in case.fault.schema["properties"]]
    if case.fault.kind == "single":
        known = [name for name in case.fault.detail if name in known]
        if not known:
            return
        known += [
            name for name in case.value if name not in case.fault.detail and not case.facts["single"].get("mixed")
        ]
    if len(known) < 2:  # the others are unknown, and said to be
        return
    place = case.where.key((*case.path, known[1]))
    first = (case.where.key((*case.path, known[0])), "the first")
    message = f"`{known[0]}` and `{known[1]}` are two actions in one"
    fields = facts.action(known[0])["properties"] if known[0] in facts.ACTIONS else {}
    within = f"if it is a field of `{known[0]}`, indent it below; else " if known[1] in fields else ""
    hint = f"{within}write `- {known[1]}:`, an item of its own"
    if case.path and isinstance(case.path[-1], str) and not within and not case.raw:
        items: object = [{name: case.value[name]} for name in known]
        items = {"goto": items} if case.path[-1] in ("noInput", "noMatch") else items
        hint = f"make it a list: {typed(case.path[-1], items, raw=False)}"
    yield faults.SEVERAL_ACTIONS.at(place, message, hint, first)


def _nothing(case: Case) -> Iterator[Diagnostic]:
    if case.facts.get("of") in ("action", "prompt", "option"):
        place = case.where.value(case.path)
        yield faults.ACTION_WITHOUT_NAME.at(place, "this action has no name", "write one, such as `talk: …`")
    else:
        yield from empty(case)


_SAY: dict[str, Callable[[Case], Iterator[Diagnostic]]] = {
    "type": _type,
    "required": _required,
    "tag": _tag,
    "unknown": _unknown,
    "maxProperties": _several,
    "single": _several,
    "minProperties": _nothing,
    "minItems": empty,
    "maxItems": too_many,
    "enum": one_of,
    "const": one_of,
    "minimum": range_,
    "maximum": range_,
    "minLength": length,
    "maxLength": length,
    "pattern": pattern,
    "name": bad_name,
    "excludes": excludes,
    "needs": needs,
    "without": without,
    "any": none_of,
    "one": not_one,
}
