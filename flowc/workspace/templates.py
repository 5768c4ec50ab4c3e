"""Documents that stayed open: plain JSON whose text leaves may hold `{{ … }}`, and how they are filled."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ..language.expressions.texts import Texts
from ..language.reading.params import Layer, Param, bind
from ..language.schema import facts
from ..text import json as json_text
from ..text.diagnostics import Diagnostic, Rule, errors
from ..text.document import Container, Document, Place
from ..text.source import Source, Span
from .moved import Moves, stretch
from .names import ENDING
from .untyped import guessed, needed

UNBOUND_PARAM = Rule(
    "E647",
    "unbound-param",
    """A document is filled, and a param that it holds has no value.

A caller would hear a gap, or a call would be put through to no number, so nothing is written.

Give the value: `--param NAME=VALUE`, or a file of values with `--params FILE`.""",
)

_READ = re.compile(r"params\.([A-Za-z]\w*)", re.ASCII)
NOTHING = {"action": "wait", "timeout": 0.1}
"""What stands in for actions of which none is left: a host cannot answer with nothing and have the call go on."""

Report = Callable[[Diagnostic], None]


class Owner(NamedTuple):
    """Whose document it is: the params that its flow declares, where it is known, and its line if that is to be named.

    Without `params` each value is a text, or what it seems to be and its use needs.
    """

    params: Mapping[str, Param] | None = None
    line: Place | None = None


def render(source: Source, owner: Owner, layers: Sequence[Layer], report: Report) -> str | None:
    """The NCCO, as JSON text, of an open document with values put in. None where there is an error.

    The result is held to the same check as a raw NCCO; what is wrong is said in the template, or at the flow's line.
    """
    said: list[Diagnostic] = []
    document = json_text.read(source, said.append)
    text = _rendered(document, owner, layers, said) if document is not None else None
    for each in dict.fromkeys(said):
        report(_at(owner.line, each) if owner.line is not None and each.source.name == source.name else each)
    return None if errors(said) else text


def read_params(text: str) -> dict[str, None]:
    """The names of the params that an open document reads, in their order."""
    return dict.fromkeys(_READ.findall(text))


def _at(place: Place, found: Diagnostic) -> Diagnostic:
    return found._replace(source=place.document.source, span=place.span, labels=())


def _rendered(document: Document, owner: Owner, layers: Sequence[Layer], said: list[Diagnostic]) -> str | None:
    filled = _filled(document, owner, layers, said)
    if errors(said):
        return None
    data, kept = told(filled) if isinstance(filled, list) else (filled, ())
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    source = Source(document.source.name.removesuffix(ENDING) + " (filled).json", text)
    again = json_text.read(source, lambda _: None)
    moves = Moves(again, document, kept) if again else None
    said += [moves.moved(each) if moves else each for each in _checked(source)]
    return text


def told(actions: list[object]) -> tuple[list[object], Sequence[int]]:
    """The actions without a `talk` of nothing, as a build leaves it out, and the numbers of those that are left."""
    kept = [index for index, each in enumerate(actions) if not _says_nothing(each)]
    return [actions[index] for index in kept] or [NOTHING], kept


def _says_nothing(action: object) -> bool:
    return (
        isinstance(action, dict)
        and action.get("action") == "talk"
        and isinstance(action.get("text"), str)
        and not action["text"].strip()
    )


def _checked(source: Source) -> list[Diagnostic]:
    from ..compiler import check

    return check(source)


def _filled(document: Document, owner: Owner, layers: Sequence[Layer], said: list[Diagnostic]) -> object:
    read = read_params(document.source.text)
    params = owner.params
    if params is None:
        params = {name: guessed(name, place_of(name, document), layers) for name in read}
    elif owner.line is None:
        params = {name: each._replace(place=place_of(name, document)) for name, each in params.items()}
    bound = bind(params, layers, said.append)
    given = {name for _, values in layers for name, value in values.items() if value is not None}
    missing = [name for name in read if name in params and name not in bound and name not in given]
    said += [_unbound(params[name]) for name in missing]
    if errors(said):
        return None
    return Filler(document, params, bound, said.append, typed=owner.params is not None).actions()


def place_of(name: str, document: Document) -> Place:
    """Where an open document first reads a param."""
    found = re.search(rf"params\.{name}\b", document.source.text)
    return stretch(document.source, Span(*found.span())) if found else document.whole()


def _unbound(param: Param) -> Diagnostic:
    return UNBOUND_PARAM.at(param.place, f"`{param.name}` has no value", f"--param {param.name}=VALUE")


class Filler:
    """Fills the text leaves of one document, each in the type of its field. Without `typed`, types are told by use."""

    def __init__(
        self,
        document: Document,
        params: Mapping[str, Param],
        bound: Mapping[str, object],
        report: Report,
        *,
        typed: bool,
    ) -> None:
        self.document, self.params, self.bound, self.report, self.typed = document, params, bound, report, typed

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
            return self.text(data, self.document.value(owner, key), path)
        return data

    def text(self, text: str, place: Place, path: tuple[str, ...]) -> object:
        """A text with its values, in the type of its field."""
        known, values = (self.params, self.bound) if self.typed else needed(text, place, self.params, self.bound)
        return Texts(known, values, self.report).fill(text, place, schema_at(path)).value


def schema_at(path: tuple[str, ...]) -> Mapping[str, Any]:
    """The schema of a field by its path, as `Filler.value` has it; nothing where the field has none."""
    try:
        return facts.field(*path)
    except KeyError:
        return {}
