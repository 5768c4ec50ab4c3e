"""What YAML takes away from a text without a word: what stands after ` #`; commas are in `yaml_commas.py`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from .diagnostics import Diagnostic
from .document import Container
from .fault import Fault
from .lines import line_end
from .marks import Spot, TreeMarks
from .quoting import code, put_in_quotes
from .source import Source, Span
from .yaml_rules import COMMENT_IN_TEXT, OPTION_IN_COMMENT

_MOST = 20

HEARD = frozenset({"hangup", "noInput", "noMatch", "onAnswer", "prompt", "talk", "text"})
"""Keys of what a caller hears: there, one word is a text too."""

BESIDE = frozenset(
    {
        *("advancedMachineDetection", "app", "asap", "attempts", "bargeIn", "dtmf", "dtmfAnswer", "endpoint", "event"),
        *("eventMethod", "eventType", "eventUrl", "from", "goto", "headers", "label", "language", "level", "limit"),
        *("loop", "machineDetection", "mode", "noInput", "noMatch", "number", "onAnswer", "options", "otherwise"),
        *("pattern", "phone", "premium", "prompt", "randomFromNumber", "ringbackTone", "save", "say", "sensitive"),
        *("sip", "speech", "style", "talk", "text", "timeout", "type", "vbc", "voiceName", "websocket", "when"),
    }
)
"""Keys that may stand in one mapping with a key of what a caller hears."""

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
    comments = _comments(source.text) if "#" in source.text else iter(())
    if first := next(comments, None):
        yield from islice(_in_comments(source, _Texts(marks, containers), chain([first], comments)), _MOST)
    if doubtful := [each for each in bracketed if len(each) > 1 and _is_doubtful(each)]:
        from .yaml_commas import cut_by_commas  # most files have none

        yield from islice(cut_by_commas(source, marks, containers, doubtful), _MOST)


def _is_doubtful(container: Container) -> bool:
    """Whether a comma may have ended a text in brackets too soon, as far as can be told without looking at places."""
    if isinstance(container, list):
        return any(isinstance(item, str) and " " in item for item in container)
    return None in container.values() or not (HEARD.isdisjoint(container) or container.keys() <= BESIDE)


# ---- after a hash sign


class _Comment(NamedTuple):
    """A comment that may be none: its `#`, and the end of what stands before it (`option`: nothing does)."""

    at: int
    after: int
    option: bool
    key: bool


def _comments(text: str) -> Iterator[_Comment]:
    """The comments that are not written as comments are: behind a space, with a space after the sign."""
    for at, since in _signs(text):
        before = text[since:at]
        words = before.rsplit(maxsplit=1)
        key = bool(words) and words[-1].lower() in _CUT_AFTER
        if not words:
            if _OPTION.match(text, at):
                yield _Comment(at, at, option=True, key=False)
        elif key or _LOOSE.match(text, at):
            yield _Comment(at, at - len(before) + len(before.rstrip()), option=False, key=key)


def _signs(text: str) -> Iterator[tuple[int, int]]:
    """Where a `#` begins a comment, were it not inside a text: at the beginning of a line, or after white space.

    With each, where its line begins or the `#` before it stands, so that a line of many is looked at once.
    """
    at, before = text.find("#"), 0  # a pattern that looks at every character takes a tenth of the time of reading
    while at >= 0:
        if text[at - 1 : at].isspace() or at == 0:
            yield at, max(before, text.rfind("\n", before, at) + 1)
        at, before = text.find("#", at + 1), at


_OPTION = re.compile(r"#:[ \t]+[^\s#]")
_LOOSE = re.compile(r"#(?:[^\s#]|[ \t]*$)", re.MULTILINE)


class _Texts:
    """The scalars without quotes by their ends, and the scalars that go over several lines."""

    def __init__(self, marks: TreeMarks, containers: list[Container]) -> None:
        self.bare: dict[int, tuple[str | int, object, Spot]] = {}
        spans: list[Span] = []
        for container in containers:
            values = container if isinstance(container, list) else list(container.values())
            for (key, spot), value in zip(marks.spots(container).items(), values, strict=True):
                if spot.bare:
                    self.bare[spot.value.end] = (key, value, spot)
                elif isinstance(value, str):
                    spans.append(spot.value)
        self.spans = sorted(spans)
        self.starts = [each.start for each in self.spans]

    def inside(self, at: int) -> bool:
        """Whether a place is inside a text with quotes or of several lines."""
        before = bisect_left(self.starts, at) - 1
        return before >= 0 and at < self.spans[before].end


def _in_comments(source: Source, texts: _Texts, comments: Iterable[_Comment]) -> Iterator[Diagnostic]:
    for comment in comments:
        fault = _option(source.text, texts, comment) if comment.option else _cut(source.text, texts, comment)
        if fault:
            yield fault.of(source)


def _option(text: str, texts: _Texts, comment: _Comment) -> Fault | None:
    """`#: operator` on a line of its own, and not inside a text of several lines."""
    if texts.inside(comment.at):
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
    return isinstance(value, str) and (comment.key or key in HEARD or " " in value)
