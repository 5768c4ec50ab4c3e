"""SSML as the platform's table has it: what is wrong with a text between `<speak>` and `</speak>`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ..language.schema import facts
from ..text.nearest import nearest

FORM, TAG, VALUE = "form", "tag", "value"

_TEMPLATE = r"\{\{[^{}]*\}\}"
_HOLE = "\ufffc"
_TAG_NAME = r"</?\s*([\w:.-]*)"
_LOOSE = r"<(?![A-Za-z/!?])|&(?!#?\w+;)"
_LOOSE_WORDS = {
    "<": ("a `<` that begins no tag", "write `&lt;`, or say it in words"),
    "&": ("`&` has a meaning of its own in SSML", "write `&amp;`"),
}
_MOST = 20  # a text with more faults than that has said enough
_ENTITY = r"&[\w#]*;?"
_WORDS = {
    "junk after document element": ("something stands after `</speak>`", "end the text with `</speak>`"),
    "no element found": ("a tag is not closed", "close it, at the latest before the end of the text"),
    "unclosed token": ("a tag is cut short", "end it with `>`"),
    "duplicate attribute": ("an attribute is written twice", "leave one of them"),
    "not well-formed (invalid token)": ("this is no SSML", "write a tag as `<tag attribute='value'>`"),
}


class Fault(NamedTuple):
    """What is wrong from `start` to `end` of a text, and of which kind: its form, a tag of it, a value of it."""

    kind: str
    start: int
    end: int
    message: str
    hint: str | None


class _RefusedError(Exception):
    """A part of XML that no SSML needs and that can make a small text a large one."""


@lru_cache(maxsize=2048)
def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a text that begins with `<speak`, in its order; of its form only the first.

    `{{ … }}` may stand for any text. Nothing outside the text is read: a document type is a fault.
    """
    return _Reading(text).faults()


class _Reading:
    """One text on its way through the XML parser."""

    def __init__(self, text: str) -> None:
        from xml.parsers.expat import ParserCreate  # most texts have no markup, and need none of this

        self.text = text
        holes = re.sub(_TEMPLATE, lambda found: _HOLE * len(found.group()), text) if "{{" in text else text
        self.bytes = holes.encode("utf-8", "replace")
        self.found: list[Fault] = []
        self.open: list[tuple[str, int]] = []
        self.parser = ParserCreate("utf-8")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the text."""
        from xml.parsers.expat import ErrorString, ExpatError

        try:
            self.parser.Parse(self.bytes, True)
        except ExpatError as error:
            self.found.append(self._malformed(ErrorString(error.code), self._offset(self.parser.ErrorByteIndex)))
        except _RefusedError:
            start = max(self.text.find("<!"), 0)
            self.found.append(
                Fault(FORM, start, start + 9, "SSML takes no document type", "begin the text with `<speak>`")
            )
        return tuple(self.found)

    def _refuse(self, *_: object) -> None:
        raise _RefusedError

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        index = self.parser.CurrentByteIndex
        self.open.append((tag, index))
        known: Mapping[str, Any] = facts.ssml()
        if len(self.found) >= _MOST:
            return
        if tag not in known:
            self.found.append(_unknown_tag(tag, self._offset(index), known))
            return
        for name, value in attributes.items():
            if fault := _attribute(tag, name, value, known[tag]["attributes"]):
                start = max(self.text.find(name, self._offset(index)), 0)
                self.found.append(fault._replace(start=start, end=start + len(name)))

    def _end(self, _: str) -> None:
        self.open.pop()

    def _offset(self, index: int) -> int:
        return len(self.bytes[:index].decode("utf-8", "ignore"))

    def _malformed(self, said: str, at: int) -> Fault:
        """The words for what the parser says, and where: at the tag, sign or entity that it means."""
        if said.startswith("not well-formed") and (sign := re.search(_LOOSE, self.text)):
            return Fault(FORM, *sign.span(), *_LOOSE_WORDS[sign.group()])
        if said == "undefined entity":
            return _undefined(self.text, at)
        if self.open and said in ("mismatched tag", "no element found", "unclosed token"):
            ended = max(self.text.rfind("</", 0, at + 1), 0) if said == "mismatched tag" else len(self.text)
            return _unclosed(*self.open[-1], self.text[ended:], self._offset)
        message, hint = _WORDS.get(said, (f"this is no SSML ({said})", None))
        at = min(at, len(self.text) - 1)
        return Fault(FORM, at, at + 1, message, hint)


def _unclosed(tag: str, index: int, rest: str, offset: Callable[[int], int]) -> Fault:
    start = offset(index)
    closing = re.match(_TAG_NAME, rest)
    before = f" before `</{closing.group(1)}>`" if closing else ""
    hint = f"add `</{tag}>`, or write `<{tag}/>`" if tag != "speak" else "end the text with `</speak>`"
    return Fault(FORM, start, start + len(tag) + 1, f"`<{tag}>` is not closed{before}", hint)


def _undefined(text: str, at: int) -> Fault:
    entity = re.compile(_ENTITY).match(text, at)
    end = entity.end() if entity else at + 1
    return Fault(FORM, at, end, f"SSML knows no `{text[at:end]}`", "write the sign itself")


def _unknown_tag(tag: str, start: int, known: Mapping[str, Any]) -> Fault:
    meant = nearest(tag, known)
    hint = (
        f"did you mean `<{meant}>`?"
        if meant
        else f"known are {', '.join(f'`{each}`' for each in known if each != 'speak')}"
    )
    return Fault(TAG, start, start + len(tag) + 1, f"the platform's list of SSML tags has no `<{tag}>`", hint)


def _attribute(tag: str, name: str, value: str, known: Mapping[str, Any]) -> Fault | None:
    if name not in known:
        meant = nearest(name, known)
        hint = f"did you mean `{meant}`?" if meant else _listed(known) or "take it out"
        return Fault(TAG, 0, 0, f"`<{tag}>` has no `{name}`", hint)
    rule = known[name]
    if _HOLE in value or _fits(value, rule):
        return None
    return Fault(VALUE, 0, 0, f"`{value}` is no `{name}` of `<{tag}>`", _wanted(value, rule))


def _fits(value: str, rule: Mapping[str, Any]) -> bool:
    if "enum" not in rule and "pattern" not in rule:
        return True
    return value in rule.get("enum", ()) or ("pattern" in rule and re.search(rule["pattern"], value) is not None)


def _wanted(value: str, rule: Mapping[str, Any]) -> str:
    meant = nearest(value, rule.get("enum", ()))
    if meant:
        return f"did you mean `{meant}`?"
    words = ", ".join(f"`{each}`" for each in rule.get("enum", ()))
    likeness = ", ".join(f"`{each}`" for each in rule.get("examples", ()))
    return " or ".join(filter(None, (words and f"write one of {words}", likeness and f"write it like {likeness}")))


def _listed(known: Mapping[str, Any]) -> str:
    return f"it has {', '.join(f'`{each}`' for each in known)}" if known else ""
