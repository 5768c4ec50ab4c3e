"""A text as it may be shown: with the values of its secrets covered. Reports lie where anybody reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from . import yaml
from .document import Document
from .secrecy import declares, is_flag, is_name, is_type, names
from .source import Source, Span

COVER = "*"
_LEAST = 3
"""Characters of what is covered in words as well: anything shorter is no secret."""

_SHOWN = ("description", "title", "required")
"""Fields of a secret param that are for people to read."""

_OTHERS = frozenset({"steps", "prompts", "hours", "voice", "input", "failure", "keys", "use", "numbers", "calls"})
"""What stands at the top of a file and declares no params: an `input` may be `sensitive`."""

_KEY = r"""(?m)(?:^[ \t]*(?:-[ \t]+)?|[{,][ \t]*)["']?[^\W\d][\w-]*["']?[ \t]*:(?=\s|$)"""
_TYPE = r"""(?:type|typ|kind)["']?[ \t]*:[ \t]*["'!\[]*([\w-]+)"""
_BLOCK = r"(?m)^['\"]?([\w-]+)['\"]?[ \t]*:.*(?:\n(?:[ \t#}\]-].*)?$)*"
_WORDS = r"""[^\s{}\[\],:"']+"""
_VALUES = rf"""\"[^"\n]*\"|'[^'\n]*'|{_WORDS}"""


class Hidden(NamedTuple):
    """A text as it may be shown, character for character but for what is covered; and what that is, with its place."""

    source: Source
    secrets: tuple[tuple[Span, str], ...] = ()

    def of(self, words: str, about: Span) -> str:
        """Words about a place of the text, in which nothing is repeated that is covered in its lines."""
        text = self.source.text
        start, end = text.rfind("\n", 0, about.start), text.find("\n", about.end)
        for place, secret in self.secrets:
            if place.end > start and (end < 0 or place.start < end):
                for each in (secret, *re.findall(_WORDS, secret)):
                    words = words.replace(each, COVER * len(each)) if len(each) >= _LEAST else words
        return words


def hidden(source: Source) -> Hidden:
    """A text with the values of its secrets covered: of params that are declared to be, or are meant to be, secrets."""
    text = source.text
    by_name = "steps" not in text or "with" in text
    if text.lstrip()[:1] == "[" or not (declares(text) or (by_name and names(text))):
        return Hidden(source)
    shown, found = list(text), []
    for place in _secrets(source):
        found.append((place, text[slice(*place)].strip("\"'")))
        for at in range(place.start, min(place.end, len(shown))):
            if not shown[at].isspace():
                shown[at] = COVER
    return Hidden(source._replace(text="".join(shown)), tuple(found)) if found else Hidden(source)


def _secrets(source: Source) -> Iterator[Span]:
    """Where the values of secrets stand."""
    document = yaml.read(source, lambda _: None)
    if document is None:
        yield from _in_the_unread(source.text)
    elif isinstance(document.data, dict):
        for key, value in document.data.items():
            if key not in _OTHERS:
                yield from _within(document, value, named=is_flag(key), flow="steps" in document.data)
            elif key == "steps":
                yield from _given(document, value)


def _within(document: Document, value: object, *, named: bool, flow: bool) -> Iterator[Span]:
    """The same in what stands at the top of a file, or below it.

    What is no flow declares no params, and says by the name of a value alone that it is a secret.
    """
    if not isinstance(value, dict | list):
        return
    param = isinstance(value, dict) and _is_secret(value)
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        if param and not _is_said(key, each):
            yield document.value(value, key).span
        elif isinstance(each, dict | list):
            yield from _within(document, each, named=named, flow=flow)
        elif not isinstance(each, bool | None) and (named or (not flow and is_name(str(key)))):
            yield document.value(value, key).span


def _given(document: Document, value: object) -> Iterator[Span]:
    """What steps give to used flows under the name of a secret, as it stands: `with: {crm_key: …}`."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        if key == "with" and isinstance(each, dict):
            written = {
                name for name, one in each.items() if isinstance(one, str | int | float) and "{{" not in str(one)
            }
            yield from (document.value(each, name).span for name in each if name in written and is_name(name))
        else:
            yield from _given(document, each)


def _is_secret(form: dict[str, object]) -> bool:
    """Whether the fields of a param say that it is a secret."""
    return any(
        (is_flag(key) and each is not False) or (key not in ("default", *_SHOWN) and _is_type(each))
        for key, each in form.items()
    )


def _is_type(value: object) -> bool:
    return any(map(is_type, value)) if isinstance(value, list) else is_type(value)


def _is_said(key: object, value: object) -> bool:
    """Whether a field of a secret param is no value of it."""
    return value is None or isinstance(value, bool) or key in _SHOWN or (key != "default" and _is_type(value))


def _in_the_unread(text: str) -> Iterator[Span]:
    """What may be a secret in a text that cannot be read: any value of a block in which one is declared."""
    if not declares(text):
        return
    found = [each for each in re.finditer(_BLOCK, text) if declares(each[0])]
    for block in found:
        if block[1] not in _OTHERS:
            yield from _values(block[0], block.start())
    if not found:
        yield from _values(text, 0)


def _values(block: str, start: int) -> Iterator[Span]:
    """All words of a block but its keys and types."""
    kept = bytearray(len(block))
    for found in (each for pattern in (_KEY, _TYPE) for each in re.finditer(pattern, block)):
        kept[slice(*found.span())] = b"\1" * len(found[0])
    for found in re.finditer(_VALUES, block):
        if not kept[found.start()]:
            quotes = 1 if found[0][0] in "\"'" else 0
            yield Span(start + found.start() + quotes, start + found.end() - quotes)
