"""What YAML takes away from a text without a word: what stands after ` #`, and after a comma in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from .diagnostics import Diagnostic
from .document import Container
from .fault import Fault
from .lines import line_end, line_start
from .marks import Spot, TreeMarks
from .quoting import code, put_in_quotes
from .source import Source, Span
from .yaml_rules import COMMA_IN_LIST, COMMA_IN_TEXT, COMMENT_IN_TEXT, OPTION_IN_COMMENT

_MOST = 20

_HEARD = frozenset({"hangup", "noInput", "noMatch", "onAnswer", "prompt", "talk", "text"})
"""Keys of what a caller hears: there, one word is a text too."""

_SENTENCE_END = (".", "!", "?", ":", ";", "…", "。", "？", "！")

_CUT_AFTER = frozenset(
    {
        *("press", "dial", "key", "enter", "then", "or", "and", "hash", "pound"),
        *("drücken", "drücke", "wählen", "taste", "oder", "und", "dann", "raute"),
        *("touche", "tapez", "appuyez", "composez", "ou", "et", "puis", "dièse"),
        *("pulse", "marque", "presione", "oprima", "tecla", "y", "o", "almohadilla"),
        *("premere", "premi", "prema", "tasto", "digiti", "e", "oppure", "cancelletto"),
        *("pressione", "digite", "tecle", "cardinal", "druk", "toets", "kies", "en", "of", "hekje"),
    }
)
"""Words after which a `#` is a key to press."""


def taken_away(
    source: Source, marks: TreeMarks, containers: list[Container], bracketed: list[Container]
) -> Iterator[Diagnostic]:
    """What looks as if YAML had taken it. Looked for only where the text gives reason to."""
    comments = _comments(source.text) if "#" in source.text else []
    if comments:
        yield from islice(_in_comments(source, _Texts(marks, containers), comments), _MOST)
    for container in bracketed:
        if isinstance(container, list):
            yield from islice(_in_list(source, marks, containers, container), _MOST)
        elif None in container.values():
            yield from islice(_in_mapping(source, marks, container), _MOST)


# ---- after a hash sign


class _Comment(NamedTuple):
    """A comment that may be none: its `#`, and the end of what stands before it (`option`: nothing does)."""

    at: int
    after: int
    option: bool
    key: bool


def _comments(text: str) -> list[_Comment]:
    """The comments that are not written as comments are: behind a space, with a space after the sign."""
    found = []
    for at in _signs(text):
        before = text[line_start(text, at) : at]
        words = before.rsplit(maxsplit=1)
        key = bool(words) and words[-1].lower() in _CUT_AFTER
        if not words:
            if _OPTION.match(text, at):
                found.append(_Comment(at, at, option=True, key=False))
        elif key or _LOOSE.match(text, at):
            found.append(_Comment(at, at - len(before) + len(before.rstrip()), option=False, key=key))
    return found


def _signs(text: str) -> Iterator[int]:
    """Where a `#` begins a comment, were it not inside a text: at the beginning of a line, or after white space."""
    at = text.find("#")  # a pattern that looks at every character takes a tenth of the time of reading
    while at >= 0:
        if text[at - 1 : at].isspace() or at == 0:
            yield at
        at = text.find("#", at + 1)


_OPTION = re.compile(r"#:[ \t]+[^\s#]")
_LOOSE = re.compile(r"#(?:[^\s#]|[ \t]*$)", re.MULTILINE)


class _Texts:
    """The scalars without quotes by their ends, and the scalars that go over several lines."""

    def __init__(self, marks: TreeMarks, containers: list[Container]) -> None:
        self.bare: dict[int, tuple[str | int, object, Spot]] = {}
        self.spans: list[Span] = []
        for container in containers:
            values = container if isinstance(container, list) else list(container.values())
            for (key, spot), value in zip(marks.spots(container).items(), values, strict=True):
                if spot.bare:
                    self.bare[spot.value.end] = (key, value, spot)
                elif isinstance(value, str):
                    self.spans.append(spot.value)


def _in_comments(source: Source, texts: _Texts, comments: list[_Comment]) -> Iterator[Diagnostic]:
    for comment in comments:
        fault = _option(source.text, texts, comment) if comment.option else _cut(source.text, texts, comment)
        if fault:
            yield fault.of(source)


def _option(text: str, texts: _Texts, comment: _Comment) -> Fault | None:
    """`#: operator` on a line of its own, and not inside a text of several lines."""
    if any(span.start < comment.at < span.end for span in texts.spans):
        return None
    span = Span(comment.at, comment.at + len(text[comment.at : line_end(text, comment.at)].rstrip()))
    hint = f"write {code(chr(34) + '#' + chr(34) + text[span.start + 1 : span.end])}"
    return Fault(OPTION_IN_COMMENT, span, "this line looks like an option and is a comment", hint)


def _cut(text: str, texts: _Texts, comment: _Comment) -> Fault | None:
    """A text without quotes that ends where the comment begins."""
    key, value, spot = texts.bare.get(comment.after, ("", 0, None))
    if spot is None or not _is_cut(key, value, comment, text):
        return None
    whole = text[spot.value.start : line_end(text, comment.at)].strip()
    rest = Span(comment.at, comment.at + len(text[comment.at : line_end(text, comment.at)].rstrip()))
    message = "the text ends before this `#`, which begins a comment"
    return Fault(COMMENT_IN_TEXT, rest, message, put_in_quotes(whole))


def _is_cut(key: str | int, value: object, comment: _Comment, text: str) -> bool:
    if value is None:
        return _LOOSE.match(text, comment.at) is not None and not text[comment.at + 1 : comment.at + 2].isspace()
    return isinstance(value, str) and (comment.key or key in _HEARD or " " in value)


# ---- after a comma


def _in_mapping(source: Source, marks: TreeMarks, members: dict[str, object]) -> Iterator[Diagnostic]:
    """`{talk: Hello, please hold}`: a key without a `:` after a text without quotes."""
    for (before, text), (key, value) in pairwise(members.items()):
        spot = marks.spots(members)[before]
        last = marks.key(members, key)
        if value is not None or not isinstance(text, str) or not spot.bare or _COLON.match(source.text, last.end):
            continue
        comma = Span(source.text.index(",", spot.value.end), last.end)
        hint = put_in_quotes(source.text[spot.value.start : last.end])
        message = f"the comma ends the text, and {code(source.text[last.start : last.end])} is taken for a key"
        yield Fault(COMMA_IN_TEXT, comma, message, hint).of(source)


_COLON = re.compile(r"\s*:")


def _in_list(
    source: Source, marks: TreeMarks, containers: list[Container], items: list[object]
) -> Iterator[Diagnostic]:
    """`noInput: [Sorry, I did not hear you]`: one text that became two."""
    if not any(isinstance(item, str) and " " in item for item in items) or not _is_heard(items, containers):
        return
    spots = marks.spots(items)
    for index, (one, other) in enumerate(pairwise(items)):
        bare = spots[index].bare and spots[index + 1].bare
        if bare and isinstance(one, str) and isinstance(other, str) and _goes_on(one, other):
            first, last = spots[index].value, spots[index + 1].value
            hint = put_in_quotes(source.text[first.start : last.end])
            span = Span(source.text.index(",", first.end), last.end)
            yield Fault(COMMA_IN_LIST, span, "the comma ends the text and begins a second one", hint).of(source)


def _is_heard(items: list[object], containers: list[Container]) -> bool:
    """Whether a list stands under a key of what a caller hears."""
    mappings = [each for each in containers if isinstance(each, dict)]
    return any(value is items and key in _HEARD for each in mappings for key, value in each.items())


def _goes_on(one: str, other: str) -> bool:
    """Whether the second text reads like the rest of the first: together a sentence, with no end between them."""
    if one.endswith(_SENTENCE_END) or max(one.count(" "), other.count(" ")) < 2:
        return False
    return other[0].islower() or other.startswith(("I ", "I'")) or " " not in one
