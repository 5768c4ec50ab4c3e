"""What is wrong with the fields of an action: unknown ones, missing ones, and those that do not go together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..text.diagnostics import Diagnostic, Rule
from ..text.nearest import nearest
from . import facts, faults, faults_raw
from .case import Case
from .fault import Fault
from .schemas import Schema
from .wording import either, example, nested, typed


def unknown(case: Case) -> Iterator[Diagnostic]:
    """A field that does not exist here."""
    name = case.fault.detail
    place = case.where.key(case.path)
    if name in case.facts.get("ours", {}):
        yield faults.WRITTEN_BY_FLOWC.at(place, case.facts["ours"][name], f"take `{name}` out")
    elif name in case.facts.get("legacy", {}):
        yield from _legacy(case, name)
    elif case.facts.get("of") == "prompt":
        message = f"a prompt plays `talk`, `stream` and `prompt`, it has no `{name}`"
        yield faults.UNKNOWN_FIELD.at(place, message, _near(case, name))
    elif case.raw and _stands_for(case, name) in _missing(case):
        right = _stands_for(case, name)
        message = f"{case.fields_of(case.path[:-1])} has no field `{name}`, and its `{right}` is missing"
        yield faults.MISSING_FIELD.at(place, message, f"write {typed(str(right), case.value[name], raw=True)}")
    elif case.raw:
        message = f"{case.fields_of(case.path[:-1])} has no field `{name}`; whether the platform ignores it is unknown"
        yield faults_raw.UNRECOGNISED_FIELD.at(place, message, _near(case, name))
    else:
        message = f"{case.fields_of(case.path[:-1])} has no field `{name}`"
        yield faults.UNKNOWN_FIELD.at(place, message, case.facts.get("elsewhere", {}).get(name) or _near(case, name))


def _near(case: Case, name: str) -> str | None:
    """The field that is meant, as text to type, or where the setting belongs."""
    value = case.value[name]
    path = _stands_for(case, name)
    if path is None:
        return None
    if "." not in path:
        return f"did you mean `{path}`?" if path != name else None
    action, *rest = path.split(".")
    here = action == case.value.get("action") or action in case.fault.schema["properties"]
    here = here or (action == "input" and "menu" in case.path[-2:])
    if not here and action in facts.ACTIONS and action not in case.path:
        inner = typed(*nested(rest, value), raw=case.raw)
        return f"it belongs in an action `{action}`: {inner}"
    way = [action, *rest] if action in case.fault.schema["properties"] else rest
    return f"it belongs in `{way[0]}`: write {typed(*nested(way, value), raw=case.raw)}"


def _stands_for(case: Case, name: str) -> str | None:
    """The field that a wrong name most likely stands for; with dots, a field of another place."""
    listed = case.facts.get("misspelt", {}).get(name)
    return str(listed) if listed else nearest(name, case.fault.schema.get("properties", ()))


def _missing(case: Case) -> set[str]:
    """The fields that the fields around this one lack."""
    return {each.detail for each in case.beside(case.path[:-1], "required")}


def _legacy(case: Case, name: str) -> Iterator[Diagnostic]:
    """A field of old, or one that the sources disagree on, and what its value is in the field of today."""
    old = case.facts["legacy"][name]
    value = case.value[name]
    if name in ("voiceName", "voice_name"):
        hint = _voice(value, raw=case.raw) or f"write {old['instead']}"
    elif "moved" in old:
        hint = f"write {typed(*nested(old['moved'], value), raw=case.raw)}"
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


def _voice(name: object, *, raw: bool) -> str | None:
    """The language and style that an old voice is now."""
    names = facts.voice_names()
    now = names.get(str(name)) or names.get(facts.known("discontinuedVoiceNames").get(str(name), ""))
    if not now:
        return None
    ways = (f"{typed('language', code, raw=raw)[:-1]}, {typed('style', style, raw=raw)[1:]}" for code, style in now)
    return f"write {either(ways)}"


def missing(case: Case) -> Iterator[Diagnostic]:
    """A field that must be there and is not, unless another one has been said to stand for it."""
    name = case.fault.detail
    if any(_supplies(case, each, name) for each in case.beside(case.path, "unknown")):
        return
    field = case.field(name)
    written = typed(name, example(field), raw=case.raw)
    place = case.where.owner(case.path)
    if case.raw and name in case.facts.get("legacyMissing", {}):
        hint = f"write {typed(name, ['dtmf'], raw=True)}"
        yield faults_raw.INPUT_WITHOUT_TYPE.at(place, f"this `{case.value['action']}` has no `{name}`", hint)
    else:
        yield faults.MISSING_FIELD.at(place, f"{case.fields_of(case.path)} has no `{name}`", f"add {written}")


def _supplies(case: Case, other: Fault, name: str) -> bool:
    """Whether an unknown field beside is a wrong or old name for this one."""
    there = case._replace(fault=other)
    old = there.facts.get("legacy", {}).get(other.detail)
    return old["moved"] == [name] if old and "moved" in old else not old and _stands_for(there, other.detail) == name


def excludes(case: Case) -> Iterator[Diagnostic]:
    """Fields that do not go together."""
    rule = case.fault.detail
    first, second = rule["fields"][:2]
    message = f"`{first}` and `{second}` do not go together: {rule['why']}"
    yield _between(case, rule, faults.NOT_TOGETHER, second, message, f"leave `{first}` or `{second}` out", first)


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
    yield _between(case, rule, faults.NEEDS_ANOTHER, field, message, hint)


def without(case: Case) -> Iterator[Diagnostic]:
    """A field that does not go with a value of another one."""
    rule = case.fault.detail
    [(name, value)] = rule["without"].items()
    other = f"`{name}`" if value is True else typed(name, value, raw=case.raw)
    message = f"`{rule['field']}` does not go with {other}: {rule['why']}"
    yield _between(case, rule, faults.NOT_TOGETHER, rule["field"], message, f"leave `{rule['field']}` out", name)


def _between(
    case: Case, rule: Schema, kind: Rule, field: str, message: str, hint: str, other: str | None = None
) -> Diagnostic:
    """A finding about two fields, said at one of them; where only client libraries refuse it, of less weight."""
    labels = [(case.where.key((*case.path, other)), "the other one")] if other else []
    if rule.get("client"):
        kind, message = faults_raw.REFUSED_BY_CLIENTS, f"{message} (it is the client libraries that refuse it)"
    return kind.at(case.where.key((*case.path, field)), message, hint, *labels)


def none_of(case: Case) -> Iterator[Diagnostic]:
    """None of several sets of fields, one of which must be there."""
    if case.beside(case.path, "needs"):
        return
    sets = either(" and ".join(f"`{name}`" for name in names) for names in case.fault.detail)
    first = case.fault.detail[0][0]
    hint = f"add {typed(first, example(case.field(first)), raw=case.raw)}"
    yield faults.MISSING_FIELD.at(case.where.owner(case.path), f"{case.fields_of(case.path)} needs {sets}", hint)


def not_one(case: Case) -> Iterator[Diagnostic]:
    """None or several of fields of which exactly one must be there."""
    there = [name for name in case.fault.detail if name in case.value]
    if len(there) > 1:
        message = f"`{there[0]}` and `{there[1]}` do not go together: it is one or the other"
        yield _between(case, {}, faults.NOT_TOGETHER, there[1], message, f"leave `{there[1]}` out", there[0])
    elif not any(
        _supplies(case, each, name) for each in case.beside(case.path, "unknown") for name in case.fault.detail
    ):
        names = either(f"`{name}`" for name in case.fault.detail)
        hint = f"add {typed(case.fault.detail[0], example(case.field(case.fault.detail[0])), raw=case.raw)}"
        yield faults.MISSING_FIELD.at(case.where.owner(case.path), f"{case.fields_of(case.path)} needs {names}", hint)
