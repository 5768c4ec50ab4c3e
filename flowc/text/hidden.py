"""A text as it may be shown: with the values of its secrets covered. Reports lie where anybody reads them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from . import yaml
from .bound import given, gives
from .broken import OTHERS, WORDS, in_broken
from .document import Document
from .lines import line_end, line_start
from .secrecy import declares, is_flag, is_name, is_type, names
from .source import Source, Span

COVER = "*"
_LEAST = 3
"""Characters of what is covered in words as well: anything shorter is no secret."""

_SHOWN = ("description", "title", "required")
"""Fields of a secret param that are for people to read."""

_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)


class Hidden(NamedTuple):
    """A text as it may be shown, character for character but for what is covered; and what that is, with its place."""

    source: Source
    secrets: tuple[tuple[Span, str], ...] = ()
    """What is covered, in the order of the text."""

    is_unread: bool = False
    """Whether the text cannot be read, so that what is said of it repeats parts of it as they are written."""

    def of(self, words: str, about: Span) -> str:
        """Words about a place of the text, in whose code nothing is repeated that is covered in its lines."""
        near = self._near(about) if "`" in words else []
        if not near:
            return words
        if words.count("`") % 2:  # what is repeated holds one
            first, last = words.index("`"), words.rindex("`")
            return words[:first] + self._covered(words[first : last + 1], near) + words[last + 1 :]
        return _CODE.sub(lambda code: f"{code[1]}{self._covered(code[2], near)}{code[1]}", words)

    def _near(self, about: Span) -> list[str]:
        """What is covered in the lines of a place, and in the one above, of which a text that goes on is."""
        text = self.source.text
        start, end = line_start(text, line_start(text, about.start) - 1), line_end(text, about.end)
        found = []
        for at in range(bisect_right(self.secrets, start, key=lambda each: each[0].end), len(self.secrets)):
            place, secret = self.secrets[at]
            if place.start >= end:
                break
            found.append(secret)
        return found

    def _covered(self, code: str, near: Iterable[str]) -> str:
        if code.strip() in self.source.text:  # which anybody can read there
            return code
        if self.is_unread:  # it may be cut, and in other quotes
            covered = "\n".join(near)
            shared = any(code[at : at + _LEAST] in covered for at in range(len(code) - _LEAST + 1))
            return re.sub(r"""(?!^["']|["']$)\S""", COVER, code) if shared else code
        for secret in near:
            for each in (secret, *re.findall(WORDS, secret)):
                code = code.replace(each, COVER * len(each)) if len(each) >= _LEAST else code
        return code


def hidden(source: Source, *, is_sound: bool = False) -> Hidden:
    """A text with the values of its secrets covered: of params that are declared to be, or are meant to be, secrets.

    Of what is given to params in a file that does not declare them, or to a used flow, any value may be one; in a flow
    that `is_sound` none is, for its secrets are passed on by their names.
    """
    text = source.text
    may_give = not is_sound and gives(source)
    if not (may_give or (text.lstrip()[:1] != "[" and (declares(text) or ("steps" not in text and names(text))))):
        return Hidden(source)
    document = yaml.read(source, lambda _: None)
    places = in_broken(source) if document is None else _secrets(document, may_give=may_give)
    shown, found = list(text), []
    for place in _apart(places):
        found.append((place, text[slice(*place)].strip("\"'")))
        for at in range(place.start, min(place.end, len(shown))):
            if not shown[at].isspace():
                shown[at] = COVER
    return Hidden(source._replace(text="".join(shown)), tuple(found), document is None)


def _apart(places: Iterable[Span]) -> list[Span]:
    """Places in the order of the text, those that overlap as one."""
    apart: list[Span] = []
    for start, end in sorted(places):
        if apart and start < apart[-1].end:
            start, end = apart[-1].start, max(end, apart.pop().end)
        if start < end:
            apart.append(Span(start, end))
    return apart


def _secrets(document: Document, *, may_give: bool) -> Iterator[Span]:
    """Where the values of secrets stand."""
    yield from given(document) if may_give else ()
    data = document.data if isinstance(document.data, dict) else {}
    for key, value in data.items():
        if key not in OTHERS:
            yield from _within(document, value, named=is_flag(key), flow="steps" in data)


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
