"""The params of a flow: what it declares, and what they are bound to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Document, Place
from ...text.nearest import nearest
from .bindings import Unfit, read

CHOICES = Rule(
    "E251",
    "param-choices",
    """A param of type `choice` without choices, or choices for a param of another type

Without them every value would be wrong; with another type they would mean nothing, so that a typing mistake in a
value reaches callers.

Write `type: choice` together with `choices: [a, b]`.""",
)
DEFAULT_DOES_NOT_FIT = Rule(
    "E252",
    "default-does-not-fit",
    """The default of a param is no value of its type

Wherever nothing else is bound, this value would be spoken, dialled or fetched.

Correct the value or the type.""",
)
VALUE_DOES_NOT_FIT = Rule(
    "E253",
    "value-does-not-fit",
    """A param is bound to what is no value of its type

This value would be spoken, dialled or fetched.

The message says where it comes from: the project file, a site, a file of params, the environment or the command line.
Correct it there.""",
)
UNDECLARED_PARAM = Rule(
    "E646",
    "undeclared-param",
    """A value is given for a param that no flow declares.

Nothing would be done with it, and the param that was meant keeps another value, which callers then get.

Correct the name where the value is given.""",
)
SECRET_DEFAULT = Rule(
    "W250",
    "secret-default",
    """A secret param with a default

Whoever reads the flow reads the secret, and it stays in the history of the file.

Bind it from outside instead, by the environment or a file that is not shared.""",
)

Type = Literal["text", "number", "integer", "boolean", "phone", "url", "choice", "list", "secret"]
TYPES: tuple[Type, ...] = get_args(Type)

ENVIRONMENT = "FLOWC_PARAM_"
"""What the name of an environment variable begins with that binds a param."""

Report = Callable[[Diagnostic], None]
Layer = tuple[str, Mapping[str, object]]
"""Where values come from, in words (`the project file`, `--param`), and the values by name."""


class Param(NamedTuple):
    """A param that a flow declares. `default` is None where it has none; `place` is its name in the flow."""

    name: str
    type: Type
    default: object
    choices: tuple[str, ...]
    description: str | None
    place: Place


class Stray(NamedTuple):
    """A value for a param that nothing declares: a message that says where it comes from, and the fix."""

    message: str
    hint: str | None


def declared(document: Document, report: Report) -> dict[str, Param]:
    """The params of a flow whose shape has been checked."""
    data = document.data
    written = data.get("params") if isinstance(data, dict) else None
    found: dict[str, Param] = {}
    if not isinstance(written, dict):
        return found
    for name, form in written.items():
        place = document.key(written, name)
        if isinstance(form, dict):
            found[name] = _param(document, name, form, place, report)
    return found


def bind(params: Mapping[str, Param], layers: Sequence[Layer], report: Report) -> dict[str, object]:
    """The values of the params that are bound, by name; the last layer that has one wins, before it the default.

    A text is read by the param's type, so that `20` from a command line is a number. What does not fit is said at the
    param and is not bound. Layers may hold other names (see `strays`); a null binds nothing.
    """
    bound = {name: param.default for name, param in params.items() if param.default is not None}
    for origin, values in layers:
        for name in (each for each in params if each in values):
            value = _bound(params[name], origin, values[name], report)
            if value is not None:
                bound[name] = value
    return {name: bound[name] for name in params if name in bound}


def strays(params: Mapping[str, object], layers: Sequence[Layer]) -> Iterator[Stray]:
    """What layers bind that is none of the params: with several flows, those of all of them together."""
    for origin, values in layers:
        for name in values:
            if name not in params:
                near = nearest(name, params)
                yield Stray(
                    f"there is no param `{name}`, which {origin} binds", f"did you mean `{near}`?" if near else None
                )


def from_environment(environ: Mapping[str, str], params: Mapping[str, object]) -> dict[str, object]:
    """What environment variables bind: `FLOWC_PARAM_agents`, or `FLOWC_PARAM_AGENTS` where there is no such one.

    Variables that name none of the params come under the rest of their name, for `strays` to tell.
    """
    given = {name[len(ENVIRONMENT) :]: value for name, value in environ.items() if name.startswith(ENVIRONMENT)}
    exact = {name: given.pop(name) for name in params if name in given}
    upper = {name: given[name.upper()] for name in params if name not in exact and name.upper() in given}
    taken = {name.upper() for name in upper}
    rest = {name: value for name, value in given.items() if name not in taken}
    return {**rest, **upper, **exact}


def _param(document: Document, name: str, form: dict[str, object], place: Place, report: Report) -> Param:
    kind: Type = next((each for each in TYPES if each == form.get("type", "text")), TYPES[0])
    choices = _choices(document, name, kind, form, report)
    description = form.get("description")
    param = Param(name, kind, None, choices, description if isinstance(description, str) else None, place)
    if form.get("default") is None or (kind == "choice" and not choices):
        return param
    return param._replace(default=_default(document.value(form, "default"), param, form["default"], report))


def _choices(document: Document, name: str, kind: Type, form: dict[str, object], report: Report) -> tuple[str, ...]:
    written = form.get("choices")
    if kind != "choice":
        if written is not None:
            message = f"`{name}` is of type `{kind}`, for which choices mean nothing"
            report(CHOICES.at(document.key(form, "choices"), message, "write `type: choice`"))
        return ()
    if not isinstance(written, list) or not written:
        report(CHOICES.at(document.value(form, "type"), f"`{name}` is a choice of nothing", "add `choices: [a, b]`"))
        return ()
    return tuple(_spelling(document.value(written, index), each) for index, each in enumerate(written))


def _default(place: Place, param: Param, value: object, report: Report) -> object:
    if param.type == "secret":
        message = f"whoever reads the flow reads the secret `{param.name}`"
        report(SECRET_DEFAULT.at(place, message, f"bind it from outside: `{ENVIRONMENT}{param.name.upper()}`"))
    numeric = isinstance(value, int | float) and param.type not in ("number", "integer", "boolean")
    fitted = read(param.type, param.choices, _spelling(place, value) if numeric else value)
    if isinstance(fitted, Unfit):
        report(DEFAULT_DOES_NOT_FIT.at(place, f"the default of `{param.name}` {fitted.why}", fitted.hint))
        return None
    return fitted


def _bound(param: Param, origin: str, value: object, report: Report) -> object:
    fitted = None if value is None else read(param.type, param.choices, value)
    if not isinstance(fitted, Unfit):
        return fitted
    report(VALUE_DOES_NOT_FIT.at(param.place, f"the value of `{param.name}` from {origin} {fitted.why}", fitted.hint))
    return None


def _spelling(place: Place, value: object) -> str:
    """A number as its author wrote it: `1.10` keeps its zero."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    start, end = place.span
    written = place.document.source.text[start:end]
    return written if re.fullmatch(r"-?[0-9.eE+-]+", written) else str(value)


RULES = (CHOICES, DEFAULT_DOES_NOT_FIT, VALUE_DOES_NOT_FIT, SECRET_DEFAULT)
