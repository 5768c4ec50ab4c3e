"""The texts of a flow with what its params are bound to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, TypeVar

from ...program.evaluate import Expression, evaluate
from ...program.folding import is_closed, paths, simplified
from ...program.kinds import TEXT_LIMIT, truth
from ...program.kinds import text as spelled
from ...program.spelling import written
from ...program.values import Names, Template, fit, fold, open_params
from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Place
from ..reading.bindings import shown
from ..reading.params import Param
from .expression import parse
from .scope import Call, Scope

TEXT_CUT = Rule(
    "E218",
    "text-cut",
    """A text that grows too long when values are put in

What an expression makes of a text is cut at 6,000 characters, four times what one `talk` may say: what comes after
them would be lost.

Say less, or split the text.""",
)

UNREAD_VALUE = Rule(
    "E219",
    "unread-value",
    """A value of which an expression makes nothing

A filter makes nothing of what it cannot read: `date` of `25 December`, `time` of `5 pm`, `money` of `twelve`. A caller
would hear a gap in its place, and a number would be missing where one is wanted.

Give the value as the filter reads it. Where it may be something else, say what is to stand in its place:
`{{ params.day | date | default('soon') }}`.""",
)

T = TypeVar("T")

HINTS = {
    "date": "write the date as `2026-12-25`",
    "time": "write the time as `17:30`",
    "digits": "give it letters or digits",
    "spell": "give it a text that can be seen",
    "phone": "give it a number that has digits",
    "length": "give it a text or a list",
}
"""What a filter reads; all others read numbers."""

_URLS = frozenset({"url", "urls", "websocket-url", "sip-uri"})


class Filled(NamedTuple):
    """A text, filled: its value in the type of its field, and whether it is right.

    What is not known yet leaves a template, of which `value` is the text, and `open` the params that nothing binds.
    """

    value: object
    open: tuple[str, ...] = ()
    sound: bool = True
    template: Template | None = None


class Texts:
    """Fills the texts of one flow."""

    def __init__(
        self,
        params: Mapping[str, Param],
        bound: Mapping[str, object],
        report: Callable[[Diagnostic], None],
        call: Call | None = None,
        inside: Inside | None = None,
        language: str | None = None,
    ) -> None:
        self.params = params
        self.secret = frozenset(name for name, each in params.items() if each.type == "secret")
        self.passed_on = frozenset(inside.secrets.values() if inside is not None else ())
        self.bound = {name: each for name, each in bound.items() if name not in self.secret}
        self.known: Names = {"params": self.bound}
        if language is not None:
            self.known = {**self.known, "language": language}
        self.report = report
        self.call = call
        self.inside = inside
        self.read: set[str] = set()

    def fill(self, text: str, place: Place, schema: Mapping[str, Any], *, secrets: bool = False) -> Filled:
        """A text of a field with what is bound put in; a text with mistakes in it stays as it is.

        A secret, which may stand only where `secrets` says so, is never put in: whoever runs the program has it.
        """
        if "{" not in text:
            return Filled(text)
        template = parse(text, place, self.scope(secrets=secrets), self.report)
        if template is None:
            return Filled(text, sound=False)
        self.read.update(open_params(template))
        if self.call is not None and (" if " in text or "==" in text):
            from .always import look_in, tests_in  # few texts hold a choice
            from .callers_compared import bound_compared

            look_in(text, template.parts, place, self.params, self.report)
            for test in tests_in(text, template.parts, place) if "call." in text and "params." in text else ():
                for each in bound_compared(test, self.bound):
                    self.report(each)
        into = into_of(text, schema)
        for part in template.parts:
            if type(part) is tuple and part[0] != "path" and is_closed(simplified(part, self.known)):
                self.see(part, text, place)
        value = fold(template, self.known, ssml=into == "ssml", url=into == "url")
        if isinstance(value, Template):
            value = value if self.inside is None else Template(tuple(map(self.renamed, value.parts)))
            opened = (name for name in open_params(value) if name not in self.secret | self.passed_on)
            return Filled(written(value), tuple(dict.fromkeys(opened)), template=value)
        if isinstance(value, str) and len(value) >= TEXT_LIMIT:
            message = f"with its values put in, this text is longer than {TEXT_LIMIT:,} characters"
            self.report(TEXT_CUT.at(place, message, "say less"))
        types = types_of(schema)
        return Filled(spelled(value) if types == ("string",) else fit(value, types))

    def see(self, part: Expression, text: str, place: Place) -> None:
        """Say so where an expression makes nothing of a value that is there."""
        from ...program.unread import unread  # few flows reckon with what is known before a call

        lost = unread(part, self.known)
        if lost is not None:
            words = [lost.by, *(".".join(each) for each in paths(part))]
            braces = (each for each in re.finditer(r"(?s)\{\{.*?\}\}", text) if all(word in each[0] for word in words))
            found = next(braces, None)
            where = place if found is None else place.within(*found.span())
            message = f"`{lost.by}` makes nothing of {shown(lost.value)}"
            self.report(UNREAD_VALUE.at(where, message, HINTS.get(lost.by, "give it a number")))

    def scope(self, *, secrets: bool = False) -> Scope:
        """What the expressions of the flow may read."""
        return Scope(self.params, secrets=secrets, call=self.call, known=self.bound)

    def test(self, text: str, place: Place) -> Expression | None:
        """An expression that stands without braces, as it is written; None where there are mistakes in it."""
        template = parse(text, place, self.scope(), self.report, bare=True)
        if template is None or isinstance(template.parts[0], str):
            return None
        self.read.update(open_params(template))
        return template.parts[0]

    def renamed(self, part: T) -> T:
        """An expression as the program has it: what a used flow remembers lies apart from what its user does."""
        return part if self.inside is None else _renamed(part, self.inside)

    def late(self, expression: Expression) -> Expression:
        """An expression as the program has it, with all that is known where it stands put in."""
        return self.renamed(simplified(expression, self.known))

    def decided(self, test: Expression) -> bool | None:
        """Whether a test is true; None where only a call knows."""
        test = simplified(test, self.known)
        return truth(evaluate(test, {})) if is_closed(test) else None

    @staticmethod
    def escape(text: str) -> str:
        """A text as it stands in a template and means itself."""
        return written(text) if "{" in text else text


class Inside(NamedTuple):
    """Where a used flow keeps what it has: `vars` at a path, and params that only a call gives it, at another.

    `secrets` are its secret params and `hours` its calendars, each with the name that it has in the program; so is
    `clock` its time zone, if it is another than that of the flow that is called.
    """

    vars: tuple[str, ...]
    params: tuple[str, ...]
    late: frozenset[str]
    secrets: Mapping[str, str]
    hours: Mapping[str, str] = {}
    clock: str | None = None


def _renamed(part: Any, inside: Inside) -> Any:
    match part:
        case ["lit", *_]:
            return part
        case ["path", "vars", *rest]:
            return ("path", "vars", *inside.vars, *rest)
        case ["path", "params", str(name), *rest] if name in inside.late:
            return ("path", "vars", *inside.params, name, *rest)
        case ["path", "params", str(name)] if name in inside.secrets:
            return ("path", "params", inside.secrets[name])
        case ["path", "hours", str(name)] if name in inside.hours:
            return ("path", "hours", inside.hours[name])
        case ["path", "now" | "today" as name, *rest] if inside.clock is not None:
            return ("path", "clocks", inside.clock, name, *rest)
        case list() | tuple():
            return tuple(_renamed(each, inside) for each in part)
    return part


def into_of(text: str, schema: Mapping[str, Any]) -> Literal["text", "ssml", "url"]:
    """What values are put into: plain text, text inside SSML, or a URL."""
    kind = schema.get("x-flowc", {}).get("kind")
    if kind in _URLS:
        return "url"
    return "ssml" if kind == "text" and text.lstrip().startswith("<speak") else "text"


def types_of(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The JSON types that a field takes."""
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)
