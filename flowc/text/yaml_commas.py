"""What a comma in brackets takes away from a text without a word: it ends the text, and the rest is something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .diagnostics import Diagnostic
from .document import Container
from .fault import Fault
from .marks import Spot, TreeMarks
from .nearest import nearest
from .quoting import code, put_in_quotes
from .source import Source, Span
from .yaml_rules import COMMA_IN_LIST, COMMA_IN_TEXT
from .yaml_taken import BESIDE, HEARD

_DATA = ("headers", "params", "payload", "prompts")
"""Keys of mappings whose keys are anything that their author likes."""

_SENTENCE_END = (".", "!", "?", ":", ";", "…", "。", "？", "！")
_LONGEST = 200
_LINKS = re.compile(r"(?:and|but|dial|if|or|press|then)\b")
_COLON = re.compile(r"\s*:")


def cut_by_commas(
    source: Source, marks: TreeMarks, containers: list[Container], doubtful: list[Container]
) -> Iterator[Diagnostic]:
    """The texts without quotes between brackets or braces that a comma seems to end too soon."""
    heard, data = _known(containers)
    for each in doubtful:
        if isinstance(each, dict):
            yield from _in_mapping(source, marks, each, free=id(each) in data)
        elif id(each) in heard:
            yield from _in_list(source, marks, each)


def _known(containers: list[Container]) -> tuple[set[int], set[int]]:
    """The lists of what a caller hears, with the lists in them, and the mappings of anybody's keys; by identity."""
    heard, data = set[int](), set[int]()
    for container in containers:
        free = id(container) in data
        members = container.items() if isinstance(container, dict) else ((0, each) for each in container)
        for key, value in members:
            if isinstance(value, dict):
                data |= {id(value)} if free or key in _DATA else set()
            elif isinstance(value, list) and (key in HEARD or id(container) in heard):
                heard.add(id(value))
    return heard, data


# ---- between braces


def _in_mapping(source: Source, marks: TreeMarks, members: dict[str, object], *, free: bool) -> Iterator[Diagnostic]:
    """`{talk: Hello, please hold}`, `{talk: Thank you, goodbye: now}`: what follows is taken for keys."""
    spots, names = marks.spots(members), list(members)
    at = 0
    while at < len(names) - 1:
        begin, at = at, at + 1
        spot = spots[names[begin]]
        if not (spot.bare and isinstance(members[names[begin]], str)):
            continue
        if begin + 1 < len(names) and _is_key_by_comma(source, spots, members, (names[begin], names[at]), free=free):
            while at + 1 < len(names) and _is_rest(source, spots[names[at + 1]], members[names[at + 1]]):
                at += 1
            yield _taken_for_key(source, spot, spots[names[begin + 1]], spots[names[at]]).of(source)
            at += 1


def _is_rest(source: Source, spot: Spot, value: object) -> bool:
    """Whether a key has neither a value nor a `:`."""
    return value is None and not _COLON.match(source.text, spot.key.end)


def _is_key_by_comma(
    source: Source, spots: dict[str | int, Spot], members: dict[str, object], keys: tuple[str, str], *, free: bool
) -> bool:
    """Whether the second key is none: it has no `:`, or is no word that may stand beside the words that are heard."""
    before, key = keys
    text, value = str(members[before]), members[key]
    if value is None:
        return _is_rest(source, spots[key], value)
    if free or before not in HEARD or text.endswith(_SENTENCE_END) or not (" " in text or " " in key):
        return False
    quoted = source.text[spots[key].key.start] in "'\""
    return not quoted and (" " in key or (key not in BESIDE and nearest(key, BESIDE) is None))


def _taken_for_key(source: Source, before: Spot, first: Spot, last: Spot) -> Fault:
    comma = Span(source.text.index(",", before.value.end), first.key.end)
    hint = put_in_quotes(_line(source.text[before.value.start : max(last.key.end, last.value.end)]), _LONGEST)
    message = f"the comma ends the text, and {code(source.text[first.key.start : first.key.end])} is taken for a key"
    return Fault(COMMA_IN_TEXT, comma, message, hint)


# ---- between brackets


def _in_list(source: Source, marks: TreeMarks, items: list[object]) -> Iterator[Diagnostic]:
    """`noInput: [Sorry, I did not hear you]`: one text that became two."""
    spots = marks.spots(items)
    pieces = [_line(source.text[slice(*spots[at].value)]) if spots[at].bare else "" for at in range(len(items))]
    small = all(each[:1].islower() for each in pieces)
    begin = 0
    for end in _ends(pieces, small=small):
        if any(_goes_on(one, other, small=small) for one, other in pairwise(pieces[begin:end])):
            first, last = spots[begin].value, spots[end - 1].value
            hint = put_in_quotes(_line(source.text[first.start : last.end]), _LONGEST)
            span = Span(source.text.index(",", first.end), last.end)
            yield Fault(COMMA_IN_LIST, span, "the comma ends the text and begins a second one", hint).of(source)
        begin = end


def _ends(pieces: list[str], *, small: bool) -> Iterator[int]:
    """Where the texts that were meant end: at the end of a sentence; for who writes none, where a piece goes on none.

    A piece with quotes, or that is no text, stands here as "" and is a text of its own.
    """
    sentences = any(each.endswith(_SENTENCE_END) for each in pieces)
    for at, (one, other) in enumerate(pairwise(pieces), 1):
        goes_on = not one.endswith(_SENTENCE_END) if sentences else _goes_on(one, other, small=small)
        if not (one and other and goes_on):
            yield at
    yield len(pieces)


def _goes_on(one: str, other: str, *, small: bool) -> bool:
    """Whether the second piece reads like the rest of the first; `small`: all pieces begin with a small letter."""
    if not one or not other or one.endswith(_SENTENCE_END):
        return False
    if small:
        return _LINKS.match(other) is not None or (" " not in one and other.count(" ") > 1)
    if other[0].islower() or other.startswith(("I ", "I'")) or (other[0].isdigit() and not one[0].isdigit()):
        return True
    return " " not in one and other.count(" ") > 1


def _line(written: str) -> str:
    """A text of several lines as it is read, in one."""
    return re.sub(r"[ \t]*\n\s*", " ", written)
