"""The names that an expression may read, and what is said of those it may not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..text.diagnostics import Rule
from ..text.nearest import nearest
from .not_yet import NOT_YET
from .params import Param

UNKNOWN_NAME = Rule(
    "E234",
    "unknown-name",
    """An expression reads a name that does not exist

Nothing has this name, so there would be nothing in its place when the text is spoken or the number dialled.

What is bound when a flow is built is read as `params.NAME`; correct the name.""",
)
UNKNOWN_PARAM = Rule(
    "E235",
    "unknown-param",
    """An expression reads a param that the flow does not declare

A param that is not under `params:` is never bound, so there would be nothing in its place when the text is spoken or
the number dialled.

Correct the name, or declare the param.""",
)
UNKNOWN_ATTRIBUTE = Rule(
    "E236",
    "unknown-attribute",
    """An expression reads a part that the value does not have

Params are single values or lists: they have no named parts, and what begins with `_` is nobody's. There would be
nothing in the place of it.

Leave the part out, or declare a param of its own for it.""",
)
SECRET_IN_DOCUMENT = Rule(
    "E237",
    "secret-in-document",
    """A secret param is put into what a caller or a file would hold

The documents of a call are files that a web server gives to whoever asks for them, so a secret in one is no secret
any more.

A param of type `secret` may only go into the headers of a `request`. Leave it out, or give the param another type if
it is not secret.""",
)

LATER = {
    "call": "is known only to a call",
    "vars": "is remembered in a call",
    "hours": "depends on when the call comes",
    "now": "depends on when the call comes",
    "today": "depends on when the call comes",
    "random": "is made anew in each call",
    "confidence": "is known only after an answer in words",
    "language": "depends on where a call stands",
    "request": "is known only to a call",
}
"""Names that belong to a call, and why."""


class Scope(NamedTuple):
    """What an expression may read.

    `params` are those a flow declares; None for any, where only the built template is there. `names` are further names
    that stand for a single value here (`options` in the prompt of a menu). `secrets` is true where a secret may go.
    """

    params: Mapping[str, Param] | None
    names: frozenset[str] = frozenset()
    secrets: bool = False


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
    return _later(path) if root in LATER else _unknown(root, scope)


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


def _later(path: tuple[str, ...]) -> Fault:
    message = f"`{'.'.join(path)}` {LATER[path[0]]}; this version compiles what is known at build time"
    return Fault(NOT_YET, message, "leave it out, or use a param: `params.NAME`", 0, len(path) - 1)


def _unknown(root: str, scope: Scope) -> Fault:
    if root in (scope.params or ()):
        return Fault(UNKNOWN_NAME, f"there is no name `{root}`", f"write `params.{root}`", 0, 0)
    if root == "options":
        return Fault(UNKNOWN_NAME, "`options` exists only in the prompt of a menu", "write the options out", 0, 0)
    near = nearest(root, ("params", *scope.names, *LATER))
    hint = f"did you mean `{near}`?" if near else "a param is read as `params.NAME`"
    return Fault(UNKNOWN_NAME, f"there is no name `{root}`", hint, 0, 0)


RULES = (UNKNOWN_NAME, UNKNOWN_PARAM, UNKNOWN_ATTRIBUTE, SECRET_IN_DOCUMENT)
