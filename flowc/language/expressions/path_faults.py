"""What is wrong with a path of names in an expression, and which one was meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from ...text.diagnostics import Rule
from ...text.nearest import nearest
from ..reading.params import Param
from .scope import (
    CALL_ONLY,
    CALL_PARTS,
    OF_A_CALL,
    SECRET_IN_DOCUMENT,
    SINGLE,
    UNKNOWN_ATTRIBUTE,
    UNKNOWN_CALENDAR,
    UNKNOWN_NAME,
    UNKNOWN_PARAM,
    UNKNOWN_VARIABLE,
    Call,
    Scope,
)

_NESTED = ("sip", "custom_data")


class Fault(NamedTuple):
    """What is wrong with a path: rule, message and hint, and the first and last of its words that are meant."""

    rule: Rule
    message: str
    hint: str | None
    first: int
    last: int


def fault(path: tuple[str, ...], scope: Scope) -> Fault | None:
    """What is wrong with a path of names (`("params", "agents")`), or None."""
    root, *keys = path
    for index, key in enumerate(keys, 1):
        if key.startswith("_"):
            return Fault(
                UNKNOWN_ATTRIBUTE, f"`{key}` begins with `_`, and nothing that does can be read", None, index, index
            )
    if root in scope.names:
        return _part(path, 1, f"`{root}` is a single value") if keys else None
    if root == "params":
        return _param(path, scope)
    if root not in OF_A_CALL:
        return _unknown(root, scope)
    return _called(path, scope.call) if scope.call is not None else _too_early(path)


def _param(path: tuple[str, ...], scope: Scope) -> Fault | None:
    if len(path) == 1:
        first = next(iter(scope.params or ()), "NAME")
        return Fault(UNKNOWN_PARAM, "`params` alone is no value", f"say which one: `params.{first}`", 0, 0)
    if scope.params is None:
        return _part(path, 2, f"`params.{path[1]}` is a single value") if len(path) > 2 else None
    param = scope.params.get(path[1])
    if param is None:
        return _undeclared(path[1], scope.params)
    if param.type == "secret" and not scope.secrets:
        message = f"`params.{path[1]}` is a secret, and whoever asks for this document would read it"
        return Fault(SECRET_IN_DOCUMENT, message, "a secret may only go into the headers of a `request`", 0, 1)
    return _part(path, 2, f"`params.{path[1]}` is of type `{param.type}`") if len(path) > 2 else None


def _undeclared(name: str, params: Mapping[str, Param]) -> Fault:
    near = nearest(name, params)
    hint = f"did you mean `{near}`?" if near else f"declare it: `params: {{{name}: {{type: text}}}}`"
    return Fault(UNKNOWN_PARAM, f"there is no param `{name}`", hint, 1, 1)


def _part(path: tuple[str, ...], index: int, what: str) -> Fault:
    last = len(path) - 1
    return Fault(
        UNKNOWN_ATTRIBUTE, f"{what} and has no `{path[index]}`", f"write `{'.'.join(path[:index])}`", index, last
    )


def _too_early(path: tuple[str, ...]) -> Fault:
    message = f"`{'.'.join(path)}` is known only in a call, and this is filled before it"
    return Fault(CALL_ONLY, message, "leave it out, or use a param: `params.NAME`", 0, len(path) - 1)


def _called(path: tuple[str, ...], call: Call) -> Fault | None:
    """What is wrong with a path that reads something of the call."""
    root, *keys = path
    if root in SINGLE:
        return _of_single(path) if keys else None
    if not keys:
        which = next(iter(call.hours), "NAME") if root == "hours" else "NAME"
        return Fault(UNKNOWN_ATTRIBUTE, f"`{root}` alone is no value", f"say which one: `{root}.{which}`", 0, 0)
    if root == "vars":
        if keys[0] not in call.made():
            return _unmade(keys[0], call)
        if keys[1:] and keys[0] in call.texts():
            return _part(path, 2, f"`vars.{keys[0]}` is kept as text,")
        is_single = keys[1:] and keys[0] in call.singles()
        return _part(path, 2, f"`vars.{keys[0]}` is a single value") if is_single else None
    if root == "hours":
        unknown = _named(UNKNOWN_CALENDAR, keys[0], call.hours, "write it under `hours:`")
        return unknown or (_state(path) if keys[1:] else None)
    unknown = _named(UNKNOWN_ATTRIBUTE, keys[0], CALL_PARTS, None)
    if unknown is None and keys[1:] and keys[0] not in _NESTED:
        return _part(path, 2, f"`call.{keys[0]}` is a single value")
    return unknown


def _of_single(path: tuple[str, ...]) -> Fault:
    """A part of what has none: of `now` its hour, which filters and calendars have."""
    wrong = _part(path, 1, f"`{path[0]}` is {SINGLE[path[0]]},")
    from . import known_as

    hint = known_as.TIMES.get(path[1].lower()) if path[0] in ("now", "today") else None
    return wrong._replace(hint=hint) if hint else wrong


def _state(path: tuple[str, ...]) -> Fault:
    """A state of a calendar that is read as if it were a part of it: `hours.office.open`."""
    wrong = _part(path, 2, f"`{path[0]}.{path[1]}` is `open`, `closed` or `holiday`")
    state = path[2].lower().removeprefix("is").strip("_-")
    meant = {"open": "open", "closed": "closed", "close": "closed", "holiday": "holiday"}.get(state)
    return wrong._replace(hint=f"write `hours.{path[1]} == '{meant}'`") if meant else wrong


def _named(rule: Rule, name: str, names: Collection[str], otherwise: str | None) -> Fault | None:
    if name in names:
        return None
    from ..explained.impossible import impossible, resembling
    from . import known_as

    near = known_as.PARTS.get(name.lower()) if rule is UNKNOWN_ATTRIBUTE else None
    near = near or nearest(name, names)
    if rule is UNKNOWN_ATTRIBUTE:
        otherwise = known_as.OF_A_CALL.get(name.lower()) or impossible(name, "call")
    listed = f"there are {', '.join(f'`{each}`' for each in names)}" if names else None
    message = f"there is no calendar `{name}`" if rule is UNKNOWN_CALENDAR else f"a call has no `{name}`"
    if rule is UNKNOWN_ATTRIBUTE and near is None:
        otherwise = otherwise or resembling(name, "call")
    return Fault(rule, message, f"did you mean `{near}`?" if near else otherwise or listed, 1, 1)


def _unmade(name: str, call: Call) -> Fault:
    from ..explained.impossible import impossible, resembling
    from . import known_as

    near = call.hints.near(name, call.made())
    made = known_as.VARIABLES.get(name.lower()) or impossible(name, "vars") or resembling(name, "vars")
    made = made or f"make it: `set: {{{name}: …}}`, or `save: {name}`"
    hint = f"did you mean `{near}`?" if near else made
    return Fault(UNKNOWN_VARIABLE, f"nothing in this flow makes the variable `{name}`", hint, 1, 1)


def _unknown(root: str, scope: Scope) -> Fault:
    from . import known_as

    if root in known_as.WORDS:
        return Fault(UNKNOWN_NAME, f"there is no name `{root}`", f"write `{known_as.WORDS[root]}`", 0, 0)
    if root in (scope.params or ()):
        return Fault(UNKNOWN_NAME, f"there is no name `{root}`", f"write `params.{root}`", 0, 0)
    if scope.call is not None and root.lower() in known_as.TIMES:
        return Fault(UNKNOWN_NAME, f"there is no name `{root}`", known_as.TIMES[root.lower()], 0, 0)
    if scope.call is not None and (meant := _elsewhere(root)):
        return Fault(UNKNOWN_NAME, f"there is no name `{root}`", meant, 0, 0)
    if root == "options":
        return Fault(UNKNOWN_NAME, "`options` exists only in the prompt of a menu", "write the options out", 0, 0)
    hint = _of_a_call(root, scope.call) if scope.call is not None else None
    if hint is None:
        near = nearest(root, ("params", *scope.names, *OF_A_CALL))
        read = "`params.NAME`" if scope.call is None else "`params.NAME`, or `vars.NAME` if the call made it"
        hint = f"did you mean `{near}`?" if near else f"read it as {read}; a text stands in quotes: `'{root}'`"
    return Fault(UNKNOWN_NAME, f"there is no name `{root}`", hint, 0, 0)


def _elsewhere(root: str) -> str | None:
    """What to write for what other systems know by such a name, or why there is none."""
    from ..explained.impossible import impossible
    from . import known_as

    return known_as.VARIABLES.get(root.lower()) or impossible(root, "call")


def _of_a_call(root: str, call: Call) -> str | None:
    """What to write where a name of the flow stands without what it is a name of."""
    if root in call.hours:
        return f"write `hours.{root}`"
    return f"write `vars.{root}`" if root in call.made() else None
