"""Documents that stayed open: plain JSON whose text leaves may hold `{{ … }}`, and how they are filled."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..language import facts
from ..language.params import Layer, Param, bind
from ..language.texts import Texts
from ..text import json as json_text
from ..text.diagnostics import Diagnostic, Rule, errors
from ..text.document import Container, Document
from ..text.source import Source, Span

UNBOUND_PARAM = Rule(
    "E647",
    "unbound-param",
    """A document is filled, and a param that it holds has no value.

A caller would hear a gap, or a call would be put through to no number, so nothing is written.

Give the value: `--param NAME=VALUE`, or a file of values with `--params FILE`.""",
)

ENDING = ".ncco.tmpl.json"
"""How the names of open documents end."""

_READ = re.compile(r"params\.([A-Za-z]\w*)", re.ASCII)
_URL = re.compile(r"(?:https?|wss?)://")

Report = Callable[[Diagnostic], None]


def render(source: Source, params: Mapping[str, Param] | None, layers: Sequence[Layer], report: Report) -> str | None:
    """The NCCO, as JSON text, of an open document with values put in. None where there is an error.

    `params` are those that its flow declares; without them each value is a text, or a URL if it looks like one.
    The result is held to the same check as a raw NCCO.
    """
    said: list[Diagnostic] = []
    document = json_text.read(source, said.append)
    filled = _filled(document, params, layers, said) if document is not None else None
    if errors(said) or filled is None:
        _tell(said, report)
        return None
    text = json.dumps(filled, ensure_ascii=False, indent=2) + "\n"
    said += _checked(Source(source.name.removesuffix(ENDING) + ".json", text))
    _tell(said, report)
    return None if errors(said) else text


def _tell(said: Sequence[Diagnostic], report: Report) -> None:
    for each in dict.fromkeys(said):
        report(each)


def _checked(source: Source) -> list[Diagnostic]:
    from ..compiler import check

    return check(source)


def _filled(
    document: Document, params: Mapping[str, Param] | None, layers: Sequence[Layer], said: list[Diagnostic]
) -> object:
    read = dict.fromkeys(_READ.findall(document.source.text))
    known = params if params is not None else {name: _guessed(name, document, layers) for name in read}
    bound = bind(known, layers, said.append)
    given = {name for _, values in layers for name, value in values.items() if value is not None}
    missing = [name for name in read if name in known and name not in bound and name not in given]
    said += [_unbound(name, document.source) for name in missing]
    return None if errors(said) else _Filler(document, Texts(known, bound, said.append)).actions()


def _unbound(name: str, source: Source) -> Diagnostic:
    found = re.search(rf"params\.{name}\b", source.text)
    span = Span(*found.span()) if found else Span(0, 0)
    return Diagnostic(UNBOUND_PARAM, source, span, f"`{name}` has no value", f"--param {name}=VALUE")


def _guessed(name: str, document: Document, layers: Sequence[Layer]) -> Param:
    values = [values[name] for _, values in layers if name in values]
    is_url = bool(values) and isinstance(values[-1], str) and _URL.match(values[-1]) is not None
    return Param(name, "url" if is_url else "text", None, (), None, document.whole())


class _Filler:
    """Fills the text leaves of one document, each in the type of its field."""

    def __init__(self, document: Document, texts: Texts) -> None:
        self.document, self.texts = document, texts

    def actions(self) -> object:
        """The actions with their values; data that are no actions as they are, for the check to say."""
        data = self.document.data
        return [self.action(each, data, index) for index, each in enumerate(data)] if isinstance(data, list) else data

    def action(self, data: object, owner: Container, key: str | int) -> object:
        """One action."""
        name = data.get("action") if isinstance(data, dict) else None
        return self.value(data, owner, key, (str(name),))

    def value(self, data: object, owner: Container, key: str | int, path: tuple[str, ...]) -> object:
        """A value at a path of an action: the action's name, then fields, with the type of an endpoint as a step."""
        if isinstance(data, dict):
            inner = (*path, str(data["type"])) if path[-1] == "endpoint" and "type" in data else path
            return {name: self.value(each, data, name, (*inner, name)) for name, each in data.items()}
        if isinstance(data, list):
            return [self.value(each, data, index, path) for index, each in enumerate(data)]
        if isinstance(data, str):
            return self.texts.fill(data, self.document.value(owner, key), _schema(path)).value
        return data


def _schema(path: tuple[str, ...]) -> Mapping[str, Any]:
    try:
        return facts.field(*path)
    except KeyError:
        return {}
