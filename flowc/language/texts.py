"""The texts of a flow with what its params are bound to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..program.kinds import TEXT_LIMIT
from ..program.kinds import text as spelled
from ..program.spelling import written
from ..program.values import Template, fit, fold, open_params
from ..text.diagnostics import Diagnostic, Rule
from ..text.document import Place
from .expression import parse
from .params import Param
from .scope import Scope

TEXT_CUT = Rule(
    "E218",
    "text-cut",
    """A text that grows too long when values are put in

What an expression makes of a text is cut at 6,000 characters, four times what one `talk` may say: what comes after
them would be lost.

Say less, or split the text.""",
)

_URLS = frozenset({"url", "urls", "websocket-url", "sip-uri"})


class Filled(NamedTuple):
    """A text, filled: its value in the type of its field, the params still open in it, and whether it is right."""

    value: object
    open: tuple[str, ...] = ()
    sound: bool = True


class Texts:
    """Fills the texts of one flow."""

    def __init__(
        self, params: Mapping[str, Param], bound: Mapping[str, object], report: Callable[[Diagnostic], None]
    ) -> None:
        self.params = params
        self.bound = bound
        self.report = report
        self.read: set[str] = set()

    def fill(self, text: str, place: Place, schema: Mapping[str, Any]) -> Filled:
        """A text of a field with what is bound put in; a text with mistakes in it stays as it is."""
        if "{" not in text:
            return Filled(text)
        template = parse(text, place, Scope(self.params), self.report)
        if template is None:
            return Filled(text, sound=False)
        kind = schema.get("x-flowc", {}).get("kind")
        ssml = kind == "text" and text.lstrip().startswith("<speak")
        self.read.update(open_params(template))
        value = fold(template, {"params": self.bound}, ssml=ssml, url=kind in _URLS)
        if isinstance(value, Template):
            return Filled(written(value), tuple(dict.fromkeys(open_params(value))))
        if isinstance(value, str) and len(value) >= TEXT_LIMIT:
            message = f"with its values put in, this text is longer than {TEXT_LIMIT:,} characters"
            self.report(TEXT_CUT.at(place, message, "say less"))
        types = _types(schema)
        return Filled(spelled(value) if types == ("string",) else fit(value, types))

    @staticmethod
    def escape(text: str) -> str:
        """A text as it stands in a template and means itself."""
        return written(text) if "{" in text else text


def _types(schema: Mapping[str, Any]) -> tuple[str, ...]:
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)
