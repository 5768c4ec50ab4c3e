"""Which keys a prompt tells its caller to press, read from its words.

Two readings: `announced` counts only what is surely said as an option, `mentioned` whatever could be meant as a key.
A warning "announced, not handled" rests on the first, "handled, not announced" on the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..text.source import Span
from .elliptic import elliptic
from .reader import Reader
from .reader import reader as reader_of
from .tongues import TONGUES

_HIDDEN = re.compile(r"<[^<>]*>|\{\{[^{}]*\}\}|\$?\{[^{}]*\}|&#?\w{1,9};")
_SIGNS = {"&#35;": "#", "&#x23;": "#", "&#42;": "*", "&#x2a;": "*"}
ALL_KEYS = frozenset("0123456789*#")
_LONG_KEYS = ALL_KEYS.union(map(str, range(10, 100)))
_FIGURES = re.compile(r"\d+|[*#]")
_UPTO = "|".join(each.upto for each in TONGUES.values())
# Two expressions, each of which begins with signs that the engine can look for at once.
_RANGE = re.compile(rf"(?:{_UPTO}|between|zwischen|entre|tra|tussen)\s+(?:y |and )?\d")
_DASHED = re.compile(r"[0-9]\s*[-–]\s*\d")
Offer = tuple[str, Span]
_GAP = 160  # characters from one option to the next of the same list; beyond it a figure speaks of something else


def announced(text: str, language: str) -> dict[str, Span]:
    """The keys that a prompt surely offers, each with where it is first said; `language` as a voice's, such as `en-GB`.

    Empty for a language that is not read. Tags, entities and `{{ … }}` are passed over; offsets are those of `text`.
    A hash key that only ends what is keyed in is none: see `hash_ends`.
    """
    return dict(_announced(text, base(language)))


def mentioned(text: str, language: str) -> frozenset[str]:
    """Every key that a prompt could be speaking of; all of them, for a language that is not read."""
    reader = reader_of(base(language))
    if reader is None:
        return ALL_KEYS
    spoken = heard(text)
    keys = {reader.key_of(each.group()) for each in reader.any_key.finditer(spoken)}
    for other in map(reader_of, TONGUES):  # a greeting may say how to go on in another language
        keys |= {other.key_of(each.group()) for each in other.any_key.finditer(spoken)} if other else set()
    if _is_range(spoken):  # `from 1 to 5`
        digits = sorted(key for key in keys if key.isdigit() and len(key) == 1)
        keys.update(map(str, _between(digits[0], digits[-1]) if digits else ()))
    return frozenset(keys) | _announced(text, base(language)).keys()


def suspected(text: str, language: str) -> frozenset[str]:
    """Keys that a prompt could announce, read at a glance: all that `announced` finds are among them.

    Empty for a language that is not read.
    """
    reader = reader_of(base(language))
    if reader is None:
        return frozenset()
    spoken = heard(text)
    if _is_range(spoken):
        return _LONG_KEYS
    keys = {each for each in _FIGURES.findall(spoken) if len(each) < 3}
    keys.update(map(reader.key_of, reader.word.findall(spoken)))
    if not keys <= ALL_KEYS and reader.long.search(spoken) is None:
        return frozenset(key for key in keys if key in ALL_KEYS or _before(key) in keys)
    return frozenset(keys)


def _is_range(spoken: str) -> bool:
    return _RANGE.search(spoken) is not None or _DASHED.search(spoken) is not None


@lru_cache(maxsize=4096)
def hash_ends(text: str, language: str) -> Span | None:
    """Where a prompt asks for the hash key behind what is keyed in ("followed by the hash key")."""
    reader = reader_of(base(language))
    found = next(_hash_ends(heard(text), reader), None) if reader is not None else None
    return Span(*found.span()) if found else None


def asks_for_more(text: str, language: str) -> bool:
    """Whether the words speak of more than one key: a code, an extension, digits."""
    reader = reader_of(base(language))
    return reader is None or reader.longer.search(heard(text)) is not None


def visible(text: str) -> str:
    """The text as it is spoken, every character in its old place: tags, entities and placeholders are blanked."""
    return _HIDDEN.sub(_blank, text) if "<" in text or "{" in text or "&" in text else text


def heard(text: str) -> str:
    """The visible text in lower case, where that leaves every character in its place: the readers know no capitals."""
    spoken = visible(text)
    small = spoken.lower()
    return small if len(small) == len(spoken) else spoken


def base(language: str) -> str:
    """The language of a code: `pt` of `pt-BR`."""
    return language[:2].lower() if language[2:3] in ("", "-", "_") else language.lower()


def _blank(found: re.Match[str]) -> str:
    hidden = found.group()
    filler = "\ufffc" if hidden[0] in "{$" else " "  # a value nobody knows yet keeps its neighbours apart
    return _SIGNS.get(hidden.lower(), "").ljust(len(hidden), filler)


@lru_cache(maxsize=4096)
def _announced(text: str, language: str) -> dict[str, Span]:
    reader = reader_of(language)
    if reader is None:
        return {}
    spoken, keys = heard(text), dict[str, Span]()
    ending = [each.span() for each in _hash_ends(spoken, reader)]
    for key, span in _offers(spoken, reader):
        if key != "#" or not any(start <= span.start < end for start, end in ending):
            keys.setdefault(key, span)
    return keys


def _offers(spoken: str, reader: Reader) -> Iterator[Offer]:
    lists = list(_lists(spoken, reader))
    ends = [start for start, _ in lists[1:]] + [len(spoken)]
    for (_, first), end in zip(lists, ends, strict=False):
        yield from _options(spoken, first, end, reader)
    if reader.behind is not None:
        for found in reader.behind.finditer(spoken):
            key = reader.key_of(found["key"])
            yield key, Span(*found.span("key"))
            yield from elliptic(spoken, found.end(), len(spoken), key, reader)


def _lists(spoken: str, reader: Reader) -> Iterator[tuple[int, re.Match[str] | None]]:
    """Where each verb stands that may lead to keys, and the first of them."""
    at = 0
    for lead in reader.lead.finditer(spoken):
        if lead.start() >= at and not _inside_word(spoken, lead.start()):
            first = _key_after(spoken, lead, reader)
            at = first.end() if first is not None else at  # the verb may be a part of the key: `Stern Taste`
            yield lead.start(), first


def _options(spoken: str, found: re.Match[str] | None, end: int, reader: Reader) -> Iterator[Offer]:
    """The keys of one list, up to the next verb: `1 or 2`, `1 to 5`, `1 for sales, 2 for support`."""
    long = found is not None and len(reader.key_of(found["key"])) > 1
    before = ""
    while found is not None:
        key, at = reader.key_of(found["key"]), found.end()
        if len(key) > 1 and not long and _before(key) != before:
            return  # an amount: a second figure is of a key only where all keys have two, or the list got so far
        offers = [(key, Span(*found.span("key")))]
        if last := reader.upto.match(spoken, at):
            offers += [(str(each), offers[0][1]) for each in _between(key, last.group(1))]
            at = last.end()
        found = None
        if reader.any_key.search(spoken, at, min(end, at + _GAP)) is not None:
            found = reader.also.match(spoken, at)
            offers += elliptic(spoken, at, end, offers[-1][0], reader) if found is None else []
            at = max(at, offers[-1][1].end)
            found = found or reader.next_option.search(spoken, at, min(end, at + _GAP))
        yield from offers
        before = offers[-1][0]


def _inside_word(spoken: str, at: int) -> bool:
    return at > 0 and spoken[at - 1].isalnum()


def _before(key: str) -> str:
    """The key that stands before one of two figures in a list: `9` before `10`."""
    return str(int(key) - 1)


def _key_after(spoken: str, lead: re.Match[str], reader: Reader) -> re.Match[str] | None:
    """The first key of a list. A lone figure or sign behind "press" is one; all else has to go on as an option does."""
    found = reader.key.match(spoken, lead.end())
    if found is None:
        return _key_apart(spoken, lead.end(), reader)
    key, presses = reader.key_of(found["key"]), reader.press.fullmatch(lead[1]) is not None
    if len(key) > 1 and (not presses or reader.dial.fullmatch(lead[1])):
        return None  # `dial 15` calls an ambulance
    if key in "*#":
        surely = presses or _named(spoken, lead.start(), found.end(), reader, ends=key == "#")
    else:
        surely = presses and len(found["key"]) == 1
    return found if surely else reader.sure.match(spoken, lead.end())


def _key_apart(spoken: str, at: int, reader: Reader) -> re.Match[str] | None:
    found = reader.inner.match(spoken, at) if reader.inner is not None else None
    if found is None or len(reader.key_of(found["key"])) > 1 or reader.no_label.fullmatch(found["label"]):
        return None
    return found


def _named(spoken: str, start: int, end: int, reader: Reader, *, ends: bool) -> bool:
    """Whether a sign is called a key ("the star key"), and does not end what is keyed in, as a hash key may."""
    return reader.noun.search(spoken, start, end) is not None and not (ends and reader.longer.search(spoken))


def _hash_ends(spoken: str, reader: Reader) -> Iterator[re.Match[str]]:
    if any(sign in spoken for sign in reader.hashes):
        yield from reader.hash_end.finditer(spoken)
        if reader.closing is not None and reader.longer.search(spoken):
            yield from reader.closing.finditer(spoken)


def _between(first: str, last: str) -> range:
    return range(int(first) + 1, int(last) + 1) if first.isdigit() else range(0)
