"""What is wrong with the fields of an action: unknown ones, missing ones, and those that do not go together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ...text.diagnostics import Diagnostic, Rule
from ..schema import faults, faults_raw
from ..schema.fault import Fault
from ..schema.schemas import Schema
from .case import Case
from .fitting import taken_at
from .impossible import impossible, resembling
from .instead import kind_of
from .meant_field import (
    day,
    field_hint,
    holder,
    language_hint,
    old_voice,
    stands_for,
    supplies,
    there_are,
    voices_hint,
)
from .whole import SAMPLES
from .wording import either, example, nested, typed


def unknown(case: Case) -> Iterator[Diagnostic]:
    """A field that does not exist here."""
    name = case.fault.detail
    place = case.where.key(case.path)
    if name in case.facts.get("ours", {}):
        hint = f"take `{name}` out"
        if name == "type" and "speech" in str(case.value[name]) and "speech" not in case.value:
            hint = "write `speech: {}` instead"
        yield faults.WRITTEN_BY_FLOWC.at(place, case.facts["ours"][name], hint)
    elif name in case.facts.get("legacy", {}):
        yield from _legacy(case, name)
    elif (inner := holder(case, name)) is not None:
        yield from _inside(case, inner)
    elif (tongue := language_hint(case, name)) is not None:
        yield faults.UNKNOWN_FIELD.at(place, f"there is no language `{name}`", tongue)
    elif (voices := voices_hint(case)) is not None:
        if name == next(iter(case.value)):  # which is said once, for all of them
            yield faults.UNKNOWN_FIELD.at(place, "the voices of several languages are a list", voices)
    elif case.facts.get("of") == "prompt":
        message = f"a prompt plays `talk`, `stream` and `prompt`, it has no `{name}`"
        why = _why_not(case, name) or field_hint(case, name) or _why_not(case, name, resembling)
        yield faults.UNKNOWN_FIELD.at(place, message, why)
    elif case.raw and stands_for(case, name) in _missing(case):
        right = stands_for(case, name)
        message = f"{case.fields_of(case.path[:-1])} has no field `{name}`, and its `{right}` is missing"
        yield faults.MISSING_FIELD.at(place, message, f"write {typed(str(right), case.value[name], raw=True)}")
    elif case.raw:
        message = f"{case.fields_of(case.path[:-1])} has no field `{name}`; whether the platform ignores it is unknown"
        yield faults_raw.UNRECOGNISED_FIELD.at(place, message, field_hint(case, name))
    else:
        message = f"{case.fields_of(case.path[:-1])} has no field `{name}`"
        why = case.facts.get("elsewhere", {}).get(name) or _why_not(case, name)
        why = why or field_hint(case, name) or _why_not(case, name, resembling)
        yield faults.UNKNOWN_FIELD.at(place, message, why or there_are(case))


def _why_not(case: Case, name: str, asks: Callable[[str, str], str | None] = impossible) -> str | None:
    """Why there is no such field, where it asks for what no NCCO can do."""
    around = [str(each) for each in case.path[:-1] if isinstance(each, str)]
    return asks(name, around[-1] if around else "flow")


def _inside(case: Case, inner: str) -> Iterator[Diagnostic]:
    """Keys that belong under a field and stand beside it: said once for all of them."""
    around = case.beside(case.path[:-1], "unknown")
    names = [each.detail for each in around if holder(case._replace(fault=each), each.detail) == inner]
    if case.fault.detail == names[0]:
        values = {day(name) if inner == "open" else name: case.value[name] for name in names}
        message = f"{case.fields_of(case.path[:-1])} has no field `{names[0]}`"
        hint = f"it belongs under `{inner}`: write {typed(inner, values, raw=False)}"
        yield faults.UNKNOWN_FIELD.at(case.where.key(case.path), message, hint)


def _missing(case: Case) -> set[str]:
    """The fields that the fields around this one lack."""
    return {each.detail for each in case.beside(case.path[:-1], "required")}


def _legacy(case: Case, name: str) -> Iterator[Diagnostic]:
    """A field of old, or one that the sources disagree on, and what its value is in the field of today."""
    old = case.facts["legacy"][name]
    value = case.value[name]
    if name in ("voiceName", "voice_name"):
        hint = old_voice(value, raw=case.raw) or f"write {old['instead']}"
    elif "moved" in old:
        hint = (
            taken_at(case, old["moved"], value)
            if not case.raw
            else f"write {typed(*nested(old['moved'], value), raw=True)}"
        )
    else:
        hint = f"write {old['instead']}"
    rule = faults_raw.LEGACY_FORM if case.raw else faults.LEGACY_FIELD
    disputed = f"the platform's own sources disagree: {old.get('disagree')}"
    message = disputed if "disagree" in old else f"`{name}` is an old form"
    yield rule.at(case.where.key(case.path), message, hint)
    if case.raw and "moved" in old:
        yield from _moved(case, old["moved"], value)


def _moved(case: Case, path: list[str], value: Any) -> Iterator[Diagnostic]:
    """What is wrong with a value that stands in a field of old."""
    from .explain import diagnostics

    found = [each._replace(path=(*case.path, *each.path)) for each in case.check(case.field(*path), value)]
    yield from diagnostics(found, case.where, case.root, case.check)


def missing(case: Case) -> Iterator[Diagnostic]:
    """A field that must be there and is not, unless another one has been said to stand for it."""
    name = case.fault.detail
    if any(_supplies(case, each, name) for each in case.beside(case.path, "unknown")):
        return
    field = case.field(name)
    sample = example(field) if case.raw else SAMPLES.get(name) or example(field)
    if name == "type" and case.path[:1] == ("params",) and "default" in case.value:
        sample = kind_of(case.value["default"])
    written = typed(name, sample, raw=case.raw)
    place = case.where.owner(case.path)
    if case.raw and name in case.facts.get("legacyMissing", {}):
        hint = f"write {typed(name, ['dtmf'], raw=True)}"
        yield faults_raw.INPUT_WITHOUT_TYPE.at(place, f"this `{case.value['action']}` has no `{name}`", hint)
    else:
        yield faults.MISSING_FIELD.at(place, f"{case.fields_of(case.path)} has no `{name}`", f"add {written}")


def _supplies(case: Case, other: Fault, name: str) -> bool:
    """Whether an unknown field beside stands for this one."""
    return supplies(case._replace(fault=other), other.detail, name)


def excludes(case: Case) -> Iterator[Diagnostic]:
    """Fields that do not go together."""
    rule = case.fault.detail
    first, second = rule["fields"][:2]
    message = f"`{first}` and `{second}` do not go together: {rule['why']}"
    yield _between(case, rule, _Clash(second, message, f"leave `{first}` or `{second}` out", first))


def needs(case: Case) -> Iterator[Diagnostic]:
    """A field that needs another one."""
    rule = case.fault.detail
    field = rule["field"]
    [(name, value)] = rule["with"].items()
    if isinstance(value, dict):
        if not isinstance(case.value.get(name), list):  # which is said of that field itself
            return
        value = [*case.value[name], value["contains"]]
    hint = f"add {typed(name, example(case.field(name)) if value is True else value, raw=case.raw)}"
    wants = f"`{name}`" if value is True else typed(name, value, raw=case.raw)
    message = f"`{field}` needs {wants}: {rule['why']}"
    yield _between(case, rule, _Clash(field, message, hint), faults.NEEDS_ANOTHER)


def without(case: Case) -> Iterator[Diagnostic]:
    """A field that does not go with a value of another one."""
    rule = case.fault.detail
    [(name, value)] = rule["without"].items()
    other = f"`{name}`" if value is True else typed(name, value, raw=case.raw)
    message = f"`{rule['field']}` does not go with {other}: {rule['why']}"
    yield _between(case, rule, _Clash(rule["field"], message, f"leave `{rule['field']}` out", name))


class _Clash(NamedTuple):
    """What is wrong between two fields: said at one of them, and about the other one where it is there."""

    field: str
    message: str
    hint: str
    other: str | None = None


def _between(case: Case, rule: Schema, clash: _Clash, kind: Rule = faults.NOT_TOGETHER) -> Diagnostic:
    """A finding about two fields; where only client libraries refuse it, of less weight."""
    message = clash.message
    labels = [(case.where.key((*case.path, clash.other)), "the other one")] if clash.other else []
    if rule.get("client"):
        kind, message = faults_raw.REFUSED_BY_CLIENTS, f"{message} (it is the client libraries that refuse it)"
    return kind.at(case.where.key((*case.path, clash.field)), message, clash.hint, *labels)


def none_of(case: Case) -> Iterator[Diagnostic]:
    """None of several sets of fields, one of which must be there."""
    if case.beside(case.path, "needs") or (not case.raw and _is_way_said(case)):
        return
    sets = either(" and ".join(f"`{name}`" for name in names) for names in case.fault.detail)
    first = case.fault.detail[0][0]
    hint = f"add {typed(first, example(case.field(first)), raw=case.raw)}"
    yield faults.MISSING_FIELD.at(case.where.owner(case.path), f"{case.fields_of(case.path)} needs {sets}", hint)


def _is_way_said(case: Case) -> bool:
    """Whether the sets would be whole with what other faults of these fields say: then only those are said."""
    there = {name for names in case.fault.detail for name in names if name in case.value}
    supplied = {
        name
        for names in case.fault.detail
        for name in names
        if any(_supplies(case, each, name) for each in case.beside(case.path, "unknown"))
    }
    if any(there.union(supplied).issuperset(names) for names in case.fault.detail):
        return True
    return bool(case.beside(case.path, "one"))


def not_one(case: Case) -> Iterator[Diagnostic]:
    """None or several of fields of which exactly one must be there."""
    there = [name for name in case.fault.detail if name in case.value]
    if len(there) > 1:
        message = f"`{there[0]}` and `{there[1]}` do not go together: it is one or the other"
        yield _between(case, {}, _Clash(there[1], message, f"leave `{there[1]}` out", there[0]))
    elif not any(
        _supplies(case, each, name) for each in case.beside(case.path, "unknown") for name in case.fault.detail
    ):
        names = either(f"`{name}`" for name in case.fault.detail)
        first = case.fault.detail[0]
        sample = example(case.field(first)) if case.raw else SAMPLES.get(first) or example(case.field(first))
        hint = f"add {typed(first, sample, raw=case.raw)}"
        if "otherwise" in case.fault.detail and "goto" in case.value:
            hint += f", or for all else write {typed('- otherwise', case.value['goto'], raw=False)}"
        yield faults.MISSING_FIELD.at(case.where.owner(case.path), f"{case.fields_of(case.path)} needs {names}", hint)
