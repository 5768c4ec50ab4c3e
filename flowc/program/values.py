"""Templates, and how values are put into them.

Values go into the tree and the tree is written as JSON, so no value can add an action or a field; in SSML they are
escaped, in a URL percent-encoded, so none can add a tag or a part of a URL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from .evaluate import Expression, evaluate, evaluator
from .filters import concat, escaped
from .folding import is_closed, paths, simplified
from .kinds import TEXT_LIMIT, Spoken, Url, cleaned, sound, text

Names = Mapping[str, object]
"""What is known, by name: `{"params": {"agents": "447700900100"}}`."""


Filler = Callable[[Names], object]
"""What makes a value of what is known."""


class Template(NamedTuple):
    """A text with expressions in it, in order: a `str` is literal text, all else an expression."""

    parts: tuple[str | Expression, ...]

    @property
    def whole(self) -> bool:
        """Whether it is one expression and nothing else; its value then keeps its type."""
        return len(self.parts) == 1 and not isinstance(self.parts[0], str)

    @property
    def closed(self) -> bool:
        """Whether it is the same whatever is known."""
        return all(isinstance(part, str) or is_closed(part) for part in self.parts)

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """What it reads, as paths (`("params", "agents")`), each once, in the order of reading."""
        return tuple(dict.fromkeys(path for part in self.parts if not isinstance(part, str) for path in paths(part)))


def fill(template: Template, names: Names, *, ssml: bool = False, url: bool = False) -> object:
    """The value of a template. What `names` does not hold is none: nothing in a text.

    A text, unless the template is `whole`: then the value of its expression, as JSON data. With `ssml` the template is
    a text inside `<speak>`: values are escaped, speaking filters become `say-as`, and between the `<` and `>` of a tag
    a value is left out but within quotes. With `url` values are percent-encoded, but for a `Url` that begins it.
    A value never makes a plain text an SSML one.
    """
    return filler(template, ssml=ssml, url=url)(names)


def filler(template: Template, *, ssml: bool = False, url: bool = False) -> Filler:
    """What makes the value of a template, as `fill` does: for one that is filled often."""
    pieces = _pieces(template, ssml=ssml, url=url)
    out = [each if isinstance(each, str) else "" for each in pieces]
    holes = [(at, evaluator(each[0]), each[1]) for at, each in enumerate(pieces) if not isinstance(each, str)]
    told = ssml or _is_told(template.parts)

    def filled(names: Names) -> str:
        made = out.copy()
        for at, value, write in holes:
            made[at] = write(value(names))
        return "".join(made) if told else _unspoken("".join(made))

    def whole(names: Names) -> object:
        ((_, value_of, write),) = holes
        value = value_of(names)
        if not isinstance(value, str):
            return _plain(value)
        return str(write(value)) if told else _unspoken(write(value))

    return whole if template.whole else filled


def fold(template: Template, known: Names, *, ssml: bool = False, url: bool = False) -> object:
    """A template with what is known put in: a value if that was all, else the `Template` that stays open.

    `fill(fold(t, a), b)` is what `fill(t, a and b)` is, with the same `ssml` and `url`.
    """
    parts = tuple(part if isinstance(part, str) else simplified(part, known) for part in template.parts)
    ready = Template(parts)
    if ready.closed:
        return fill(ready, {}, ssml=ssml, url=url)
    if ready.whole:
        return ready
    folded = _fill(ready, lambda part: evaluate(part, {}) if is_closed(part) else _OPEN, ssml=ssml, url=url)
    return Template(_still_text(folded, parts[0]))


def fit(value: object, types: Sequence[str]) -> object:
    """A value in one of the JSON types (`string`, `number`, `integer`, `boolean`, `array`, …) that a field takes.

    A number or a boolean becomes the text that spells it where only text is taken, and such a text becomes what it
    spells where it is not. What fits as it is, or does not fit at all, comes back as it is.
    """
    if isinstance(value, bool | int | float) and types and set(types) <= {"string", "null"}:
        return text(value)
    if not isinstance(value, str) or "string" in types:
        return value
    if value in ("true", "false") and "boolean" in types:
        return value == "true"
    if re.fullmatch(_JSON_NUMBER, value):
        if "integer" in types and "." not in value:
            return int(value)
        if "number" in types:
            return float(value) if "." in value else int(value)
    return value


_JSON_NUMBER = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?"
_OPEN = object()
_SPEAK = r"(?i)\s*<(?=speak)"


def _fill(
    template: Template, value_of: Callable[[Expression], object], *, ssml: bool, url: bool
) -> list[str | Expression]:
    # literal text and values become one text each; expressions that value_of leaves open stay between them
    out: list[str | Expression] = []
    for piece in _pieces(template, ssml=ssml, url=url):
        put: str | Expression
        if isinstance(piece, str):
            put = piece
        else:
            value = value_of(piece[0])
            put = piece[0] if value is _OPEN else piece[1](value)
        if isinstance(put, str) and out and isinstance(out[-1], str):
            out[-1] += put
        else:
            out.append(put)
    if out and isinstance(out[0], str) and not ssml and not _is_told(template.parts):
        out[0] = _unspoken(out[0])
    return out


_Piece = str | tuple[Expression, Callable[[object], str]]
"""A literal text, or an expression with how its value is written where it stands."""


def _pieces(template: Template, *, ssml: bool, url: bool) -> list[_Piece]:
    pieces: list[_Piece] = []
    where = ""
    for index, part in enumerate(template.parts):
        if isinstance(part, str):
            where = _after(where, part) if ssml else where
            pieces.append(part)
        elif ssml:
            pieces.append((part, partial(_in_ssml, where=where)))
        elif url:
            pieces.append((part, _in_url if index else _begins_url))
        else:
            pieces.append((part, _as_text))
    return pieces


def _as_text(value: object) -> str:
    # what `text` makes of it, the usual kind first
    return value[:TEXT_LIMIT] if type(value) is str and value.isascii() else text(value)


def _in_url(value: object) -> str:
    return _percent_encoded(text(value))


def _begins_url(value: object) -> str:
    return text(value) if isinstance(value, Url) else _percent_encoded(text(value))


def _in_ssml(value: object, where: str) -> str:
    if where == "<":
        return ""
    if where:
        return escaped(text(value), quotes=True)
    return value.ssml if isinstance(value, Spoken) else escaped(text(value))


def _after(where: str, literal: str) -> str:
    # where a text inside SSML stands: "" in content, "<" in a tag, a quote within such quotes in a tag
    for mark in re.findall("[<>\"']", literal):
        if where in ("", "<"):
            where = {"<": "<", ">": ""}.get(mark, mark if where else "")
        elif mark == where:
            where = "<"
    return where


_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def _percent_encoded(value: str) -> str:
    return "".join(chr(each) if each in _UNRESERVED else f"%{each:02X}" for each in value.encode())


def _is_told(parts: tuple[str | Expression, ...]) -> bool:
    """Whether the first words of a text tell that it is SSML, or that it is not, whatever the values are."""
    first = parts[0] if parts and isinstance(parts[0], str) else ""
    begins = first.lstrip()[:1]
    return begins not in ("", "<") or re.match(_SPEAK, first) is not None


def _unspoken(filled: str) -> str:
    # a plain text must not become SSML by a value that begins it: the `<` of `<speak` is left out then
    found = re.match(_SPEAK, filled)
    return filled[found.end() :] if found else filled


def _still_text(folded: list[str | Expression], first: str | Expression) -> tuple[str | Expression, ...]:
    # what is left must not become whole, nor begin with an expression that did not begin it
    parts = [part for part in folded if part != ""]
    if not isinstance(parts[0], str) and parts[0] is not first:
        return (("~", ("lit", ""), parts[0]), *parts[1:])
    if len(parts) == 1:
        return (("~", parts[0], ("lit", "")),)
    return tuple(parts)


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [cleaned(each) if isinstance(each, str) else _plain(each) for each in value]
    return sound(value)


def open_params(template: Template) -> Iterator[str]:
    """The params that a template still reads."""
    return (path[1] for path in template.names if path[0] == "params" and len(path) > 1)


__all__ = ["Names", "Spoken", "Template", "Url", "concat", "evaluate", "fill", "filler", "fit", "fold", "open_params"]
