"""The fields of an action down to their leaves, beside their schema: texts are filled, short forms written out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Any, NamedTuple

from ...program.folding import paths
from ...program.program import Action, Fill
from ...program.values import Template
from ...text.document import Place, made
from ..expressions.texts import Texts, into_of, types_of
from ..reading import authority, headers
from ..schema import facts
from .asked import corrected, misspelt
from .origin import FlowOrigin, Placed

_ASKED = ("url",)
"""Where the URL of a request stands."""

UNKNOWN: Mapping[str, Any] = {}
"""The schema of a field that nothing is known of."""


@lru_cache
def properties(name: str) -> Mapping[str, Any]:
    """The schemas of an action's fields, with what they refer to merged in."""
    return {key: facts.resolved(part) for key, part in facts.action(name)["properties"].items()}


class Leaves:
    """Walks the fields of one action down to its leaves, beside their schema."""

    def __init__(self, texts: Texts, origin: FlowOrigin, *, secrets: bool = False) -> None:
        self.texts = texts
        self.origin = origin
        self.secrets = secrets
        self.open: dict[str, None] = {}
        self.fills: list[Fill] = []
        self.touched = False
        self.endpoint = ""

    def value(self, value: object, schema: Mapping[str, Any], path: tuple[str | int, ...]) -> object:
        """A value in the type of the field it fills."""
        if isinstance(value, str):
            filled = self.text(value, schema, path) if "{" in value or schema.get("type") == "array" else value
            if self._is_header(path):
                self.heads(filled, path)
            return filled
        if isinstance(value, dict):
            inner, rest = schema.get("properties", {}), schema.get("additionalProperties")
            others = rest if isinstance(rest, dict) else UNKNOWN
            return {
                key: self.value(each, facts.resolved(inner.get(key, others)), (*path, key))
                for key, each in value.items()
            }
        if isinstance(value, list):
            items = facts.resolved(schema.get("items", UNKNOWN))
            if path == ("endpoint",):
                self.endpoint = str(value[0]["type"])
                items = facts.field("connect", "endpoint", self.endpoint)
            return [self.value(each, items, (*path, index)) for index, each in enumerate(value)]
        if schema.get("type") == "string" and isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.spelled(value, path)
        return value

    def text(self, text: str, schema: Mapping[str, Any], path: tuple[str | int, ...]) -> object:
        """A text, folded; one URL where a list of one stands."""
        if schema.get("type") == "array":
            return [self.value(text, facts.resolved(schema.get("items", UNKNOWN)), (*path, 0))]
        filled = self.texts.fill(text, self.origin.at(*path), schema, secrets=self.secrets)
        self.touched = True
        if filled.template is not None:
            kind = schema.get("x-flowc", {}).get("kind")
            into = "phone" if kind == "phone" else into_of(text, schema)
            if into == "url":
                self.begins(filled.template.parts, path, kind)
            elif into == "phone" and path[-1] == "number":
                self.dials(filled.template.parts, text, path)
            elif path == _TRUNK and any(map(_only_a_call_knows, filled.template.parts)):
                self._bad_sip(path, _ANY_TRUNK, "write the name of your trunk, or choose one with `switch`")
            self.open.update(dict.fromkeys(filled.open))
            self.fills.append(Fill(path, filled.template, into, types_of(schema), _limits(schema, path, self.endpoint)))
        return filled.value

    def begins(self, parts: Sequence[object], path: tuple[str | int, ...], kind: object) -> None:
        """See that where a URL leads is not for a call to say; what begins one would be percent-encoded as well."""
        is_sip = kind == "sip-uri"
        if _only_a_call_knows(parts[0]):
            if path != _ASKED:  # of a request, which is looked at in full
                message = "what only a call knows is percent-encoded in a URL, so it cannot begin one"
                self._bad_url(path, message, f"begin it with `{_BEGINS.get(str(kind), 'https://HOST/')}`")
        elif is_sip and not _leads_to_a_sip_host(parts):
            self._bad_sip(path, _ANYWHERE, "write the host out: `sip:{{ … }}@HOST`")
        elif not is_sip and not _leads(parts):
            self._bad_url(path, _ANYWHERE, "write the host out, with a `/` behind it: `https://HOST/{{ … }}`")

    def asks(self, text: str, filled: object) -> None:
        """See that a request can be made of its URL, which is sent as it is written, with the params put in."""
        found = misspelt(text)
        if found is not None:
            name = "space" if found.character.isspace() else f"`{found.character}`"
            message = f"a URL has no {name} in it, and a server is asked for just what is written"
            self._bad_url(_ASKED, message, f"write `{found.right}`", (found.at, found.at + 1))
            return
        wrong = authority.credentials(str(filled)) or authority.fault(str(filled))
        if wrong is not None:
            hint = wrong.hint if filled == text else corrected(wrong.hint, text)
            self._bad_url(_ASKED, wrong.message, hint, (wrong.start, wrong.end) if filled == text else None)

    def _is_header(self, path: tuple[str | int, ...]) -> bool:
        return (self.secrets and path[:1] == ("headers",)) or (self.endpoint == "sip" and _is_sip_header(path))

    def heads(self, text: object, path: tuple[str | int, ...]) -> None:
        """See that a header is one line, with the params put in; of SIP also that it has a name."""
        name = str(path[-1])
        if self.endpoint and not re.fullmatch(headers.NAME, name):
            hint = f"write `{headers.named(name) or 'Tag'}`"
            self.texts.report(headers.BAD_HEADER.at(self.origin.key(*path), f"`{name}` is no name of a header", hint))
        if isinstance(text, str) and headers.is_broken(text):
            hint = f"write it in one line: `{name}: {headers.in_one_line(text)}`"
            self.texts.report(headers.BAD_HEADER.at(self.origin.at(*path), headers.ONE_LINE, hint))

    def dials(self, parts: Sequence[object], text: str, path: tuple[str | int, ...]) -> None:
        """See that what an author wrote of a phone number are digits: no call could make a number of anything else."""
        if any(isinstance(each, str) and not (each.isascii() and each.isdigit()) for each in parts):
            from ..schema.faults import BAD_PHONE_NUMBER  # few flows have such a mistake

            pieces = re.split(r"(\{\{.*?\}\})", text)
            right = "".join([each if at % 2 else re.sub("[^0-9]", "", each) for at, each in enumerate(pieces)])
            message = "a phone number is digits alone, whatever the values in it are"
            self.texts.report(BAD_PHONE_NUMBER.at(self.origin.at(*path), message, f"write `{right}`"))

    def _bad_sip(self, path: tuple[str | int, ...], message: str, hint: str) -> None:
        from ..schema.faults import BAD_SIP_URI  # few flows have such a mistake

        self.texts.report(BAD_SIP_URI.at(self.origin.at(*path), message, hint))

    def _bad_url(
        self, path: tuple[str | int, ...], message: str, hint: str, span: tuple[int, int] | None = None
    ) -> None:
        from ..schema.faults import BAD_URL  # few flows have such a mistake

        place = self.origin.at(*path)
        self.texts.report(BAD_URL.at(place.within(*span) if span is not None else place, message, hint))

    def spelled(self, number: int | float, path: tuple[str | int, ...]) -> str:
        """A number as its author spelled it, where a text is wanted."""
        self.touched = True
        place: Place = self.origin.at(*path)
        return place.document.source.text[slice(*place.span)] if isinstance(number, float) else str(number)


def _only_a_call_knows(part: object) -> bool:
    return not isinstance(part, str) and any(read[0] != "params" for read in paths(part))


def _leads(parts: Sequence[object]) -> bool:
    """Whether the host of a URL is complete before the first part that only a call knows."""
    known = list(takewhile(lambda part: not _only_a_call_knows(part), parts))
    return len(known) == len(parts) or re.search(_HOST, _sketch(known)) is not None


def _leads_to_a_sip_host(parts: Sequence[object]) -> bool:
    """Whether only the user of a SIP address, or what stands behind its host, is for a call to say."""
    before, at, behind = _sketch(parts).partition("@")
    host = re.split("[;?]", behind if at else before)[0]
    return _CALL not in host


def _sketch(parts: Sequence[object]) -> str:
    """A URL with a sign for each value that is put in."""
    return "".join([each if isinstance(each, str) else _CALL if _only_a_call_knows(each) else _PARAM for each in parts])


_TRUNK = ("endpoint", 0, "domain")
_ANY_TRUNK = "the domain is a trunk of yours, and what only a call knows could lead to any other"
_ANYWHERE = "what only a call knows would be a part of the host here, and could lead anywhere"
_BEGINS = {"sip-uri": "sip:", "websocket-url": "wss://HOST/"}
"""What an address begins with, by its kind; all others are web pages."""

_PARAM, _CALL = "\0", "\1"
_HOST = r"(?:://[^/?#]|^\0)[^/?#]*[/?#]"

_LIMITS = ("minLength", "maxLength", "pattern", "minimum", "maximum", "enum")


_CALLED = frozenset({("from",), ("name",), *(("endpoint", 0, each) for each in ("user", "domain", "extension"))})
"""Where it stands who is called, who calls, and which room it is: with nothing there, nobody is reached."""

_IN_ONE_LINE = r"^[^\x00-\x1f\x7f]+$"
_SIP_URI = r"^sips?:[^@]"
_SIP_USER = r"^[^\x00-\x20\x7f@;?<>\"]+$"
"""No sign in it that could make another host of the one that stands beside it."""


_A_HEADER = r"^[^\x00-\x08\x0a-\x1f\x7f]*$"
"""No line break in it, behind which another header would begin."""


def _is_sip_header(path: tuple[str | int, ...]) -> bool:
    """Whether a field of an endpoint is one of the headers that go with a call by SIP."""
    return path[2:3] in (("headers",), ("standardHeaders",))


def _limits(schema: Mapping[str, Any], path: tuple[str | int, ...], endpoint: str) -> dict[str, object]:
    """What of a field's schema holds a value back from it when a call makes one, and what every caller would."""
    limits = {key: schema[key] for key in _LIMITS if key in schema}
    kind = schema.get("x-flowc", {}).get("kind")
    if kind == "text":
        limits["maxLength"] = int(facts.limit("spokenText"))
    elif kind == "sip-uri":
        limits["pattern"] = _SIP_URI
    elif endpoint == "sip" and path[-1:] == ("user",):
        limits["pattern"] = _SIP_USER
    elif endpoint == "sip" and _is_sip_header(path):
        limits["pattern"] = _A_HEADER
    elif path in _CALLED:
        limits["pattern"] = _IN_ONE_LINE
    return limits


class Piece(NamedTuple):
    """Actions that a document holds: with their origins, as they are written, and what in them is not known yet."""

    placed: tuple[Placed, ...]
    actions: tuple[Action, ...]
    open: tuple[str, ...]
    fills: tuple[Fill, ...] = ()


def piece(lowered: Sequence[Placed], also: Collection[str] = ()) -> Piece:
    """Lowered actions as a piece of a document. If params are open in one of them, all are written as templates.

    `also` are params that are open in what closes the document.
    """
    if not also and not [each for each in lowered if each.fills]:
        return made(Piece, (tuple(lowered), tuple([each.action for each in lowered]), (), ()))
    opened = dict.fromkeys([*(name for each in lowered for name in each.open), *also])
    fills = tuple(fill for at, each in enumerate(lowered) for fill in _fills(at, each, as_template=bool(opened)))
    written = tuple([each.action if each.open or not opened else escaped(each.action) for each in lowered])
    return Piece(tuple(lowered), written, tuple(opened), fills)


def _fills(at: int, placed: Placed, *, as_template: bool) -> Iterator[Fill]:
    """The fills of an action, of which number it is; where it is written as a template, also of its literal braces."""
    for each in placed.fills:
        yield each._replace(path=(at, *each.path))
    if as_template and not placed.open:
        for path, text in braced(placed.action):
            yield Fill((at, *path), Template((text,)))


def braced(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The leaves of data that would be read as templates, with the way to each."""
    if isinstance(value, str) and "{" in value:
        yield path, value
    elif isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from braced(each, (*path, key))


def escaped(action: Action) -> Action:
    """An action whose texts mean themselves inside a template."""
    return {key: _escaped(value) for key, value in action.items()}


def _escaped(value: Any) -> Any:
    """Data whose texts mean themselves inside a template."""
    if isinstance(value, str):
        return Texts.escape(value)
    if isinstance(value, dict):
        return {key: _escaped(each) for key, each in value.items()}
    return [_escaped(each) for each in value] if isinstance(value, list) else value
