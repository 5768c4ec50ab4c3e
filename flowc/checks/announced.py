"""Which keys a prompt tells its caller to press, read from its words.

Two readings: `announced` counts only what is surely said as an option, `mentioned` whatever could be meant as a key.
A warning "announced, not handled" rests on the first, "handled, not announced" on the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..text.source import Span
from .tongues import TONGUES, Tongue

_HIDDEN = re.compile(r"<[^<>]*>|\{\{[^{}]*\}\}|\$?\{[^{}]*\}|&#?\w{1,9};")
_SIGNS = {"&#35;": "#", "&#x23;": "#", "&#42;": "*", "&#x2a;": "*"}
ALL_KEYS = frozenset("0123456789*#")
_LONE = re.compile(r"(?<!\d)\d(?!\d)|[*#]")
_UPTO = "|".join(each.upto for each in TONGUES.values())
_RANGE = re.compile(rf"(?:{_UPTO}|between|zwischen|entre|tra|tussen)\s+(?:y |and )?\d|\d\s*[-–]\s*\d")
_GAP = 160  # characters from one option to the next of the same list; beyond it a figure speaks of something else


def announced(text: str, language: str) -> dict[str, Span]:
    """The keys that a prompt surely offers, each with where it is first said; `language` as a voice's, such as `en-GB`.

    Empty for a language that is not read. Tags, entities and `{{ … }}` are passed over; offsets are those of `text`.
    A hash key that only ends what is keyed in is none: see `hash_ends`.
    """
    return dict(_announced(text, base(language)))


def mentioned(text: str, language: str) -> frozenset[str]:
    """Every key that a prompt could be speaking of; all of them, for a language that is not read."""
    reader = _reader(base(language))
    if reader is None:
        return ALL_KEYS
    spoken = heard(text)
    keys = {reader.key_of(each.group()) for each in reader.any_key.finditer(spoken)}
    for other in map(_reader, TONGUES):  # a greeting may say how to go on in another language
        keys |= {other.key_of(each.group()) for each in other.any_key.finditer(spoken)} if other else set()
    if _RANGE.search(spoken):  # `from 1 to 5`
        digits = sorted(key for key in keys if key.isdigit())
        keys.update(map(str, _between(digits[0], digits[-1]) if digits else ()))
    return frozenset(keys) | _announced(text, base(language)).keys()


def suspected(text: str, language: str) -> frozenset[str]:
    """Keys that a prompt could announce, read at a glance: all that `announced` finds are among them.

    Empty for a language that is not read.
    """
    reader = _reader(base(language))
    if reader is None:
        return frozenset()
    spoken = heard(text)
    if _RANGE.search(spoken):
        return ALL_KEYS
    return frozenset(_LONE.findall(spoken)) | {reader.key_of(word) for word in reader.word.findall(spoken)}


@lru_cache(maxsize=4096)
def hash_ends(text: str, language: str) -> Span | None:
    """Where a prompt asks for the hash key behind what is keyed in ("followed by the hash key")."""
    reader = _reader(base(language))
    found = next(_hash_ends(heard(text), reader), None) if reader is not None else None
    return Span(*found.span()) if found else None


def asks_for_more(text: str, language: str) -> bool:
    """Whether the words speak of more than one key: a code, an extension, digits."""
    reader = _reader(base(language))
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


class _Reader(NamedTuple):
    """The expressions of one language, and its words for keys."""

    lead: re.Pattern[str]
    press: re.Pattern[str]
    key: re.Pattern[str]
    sure: re.Pattern[str]
    upto: re.Pattern[str]
    also: re.Pattern[str]
    next_option: re.Pattern[str]
    behind: re.Pattern[str] | None
    hash_end: re.Pattern[str]
    hashes: tuple[str, ...]
    word: re.Pattern[str]
    any_key: re.Pattern[str]
    longer: re.Pattern[str]
    names: dict[str, str]

    def key_of(self, said: str) -> str:
        """The key that a figure, sign or word stands for."""
        return self.names.get(said, said)


@lru_cache(maxsize=4096)
def _announced(text: str, language: str) -> dict[str, Span]:
    reader = _reader(language)
    if reader is None:
        return {}
    spoken, keys = heard(text), dict[str, Span]()
    ending = [each.span() for each in _hash_ends(spoken, reader)]
    for key, span in _offers(spoken, reader):
        if key != "#" or not any(start <= span.start < end for start, end in ending):
            keys.setdefault(key, span)
    return keys


def _offers(spoken: str, reader: _Reader) -> Iterator[tuple[str, Span]]:
    leads = [each for each in reader.lead.finditer(spoken) if not _inside_word(spoken, each.start())]
    ends = [each.start() for each in leads[1:]] + [len(spoken)]
    for lead, end in zip(leads, ends, strict=False):
        yield from _options(spoken, lead.end(), end, reader, sure=reader.press.fullmatch(lead[1]) is not None)
    if reader.behind is not None:
        for found in reader.behind.finditer(spoken):
            yield reader.key_of(found.group(1)), Span(*found.span(1))


def _options(spoken: str, at: int, end: int, reader: _Reader, *, sure: bool) -> Iterator[tuple[str, Span]]:
    """The keys of one list, up to the next verb: `1 or 2`, `1 to 5`, `1 for sales, 2 for support`."""
    found = _key_at(spoken, at, reader, sure=sure)
    while found is not None:
        key, at = reader.key_of(found.group(1)), found.end(1)
        yield key, Span(*found.span(1))
        if last := reader.upto.match(spoken, at):
            yield from ((str(each), Span(*found.span(1))) for each in _between(key, last.group(1)))
            at = last.end()
        most = min(end, at + _GAP)
        if reader.any_key.search(spoken, at, most) is None:
            return
        found = reader.also.match(spoken, at) or reader.next_option.search(spoken, at, most)


def _inside_word(spoken: str, at: int) -> bool:
    return at > 0 and spoken[at - 1].isalnum()


def _key_at(spoken: str, at: int, reader: _Reader, *, sure: bool) -> re.Match[str] | None:
    found = reader.key.match(spoken, at)
    if found is None:
        return None
    by_figure = not found.group(1).isalpha() or reader.key_of(found.group(1)) in "*#"
    return found if sure and by_figure else reader.sure.match(spoken, at)


def _hash_ends(spoken: str, reader: _Reader) -> Iterator[re.Match[str]]:
    if any(sign in spoken for sign in reader.hashes):
        yield from reader.hash_end.finditer(spoken)


def _between(first: str, last: str) -> range:
    return range(int(first) + 1, int(last) + 1) if first.isdigit() else range(0)


@lru_cache(maxsize=16)
def _reader(language: str) -> _Reader | None:
    words = TONGUES.get(language)
    return _compiled(_small(words)) if words is not None else None


def _small(words: Tongue) -> Tongue:
    small = {name: each.lower() for name, each in words._asdict().items() if isinstance(each, str)}
    return words._replace(**small, numbers=tuple(each.lower() for each in words.numbers))


def _compiled(words: Tongue) -> _Reader:
    key = _key(words)
    quoted = rf"[\"'“”„«(\[]?\s*({key})(?:[\"'“”»)\]](?=\W|$))?"
    stop = rf"(?=\s*(?:[,.;:!?…]|$)|\s+(?:(?:{words.after})\b(?!\s*\d)|(?:{words.joins})\b))"
    no_combination = rf"(?!\s*,?\s*(?:{words.ends})\s+(?!.{{0,24}}(?:{words.hash}|#)))"
    joint = rf"(?:\s*[,;/]\s*(?:(?:{words.joins})\s+)?|\s+(?:{words.joins})\s+)"
    article = rf"(?:(?:{words.between})\s+)*"
    is_key = r"(?:\s+(?:key|button|sign))?"
    return _Reader(
        # One group of plain words: the engine then looks only where one of their first letters stands.
        lead=re.compile(rf"({words.press}|{words.choose})\b\s*(?:(?:{words.between})\b\s*)*"),
        press=re.compile(words.press),
        key=re.compile(quoted + no_combination),
        sure=re.compile(quoted + stop + no_combination),
        upto=re.compile(rf"\s*(?:{words.upto}|-|–)\s*(\d)(?![\d-])"),
        also=re.compile(joint + article + quoted + stop + no_combination),
        next_option=re.compile(
            rf"(?:[,;:.!?]|\b(?:{words.joins})\b)\s*(?:(?:{words.joins})\s+)?{article}{quoted}{is_key}\s+(?:{words.after})\b(?!\s*\d)"
        ),
        behind=re.compile(rf"(?<![\w.-])({key})\s+(?:{words.behind})\b") if words.behind else None,
        hash_end=re.compile(_hash_end(words)),
        hashes=("#", *words.hash.split("|")),
        word=re.compile(rf"(?:{_spelled(words)})(?!\w)"),
        any_key=re.compile(rf"(?<!\d)\d(?!\d)|[*#]|\b(?:{_spelled(words)})\b"),
        longer=re.compile(rf"\b(?:{words.longer})\b"),
        names=_names(words),
    )


def _key(words: Tongue) -> str:
    """A lone figure, a spelled one, star or hash; no part of a longer number, an amount or a combination of keys."""
    figure = r"\d(?![\d%°])(?!\s+\d)(?![.:/]\d)(?!\s*-\s*\d[\d-])(?!\s*\(\s*\d)(?!\s*[*#])(?![^\W\d_])"
    sign = r"(?:[*#]|\b(?:" + words.star + "|" + words.hash + r")\b)(?!\s*[-\d*#])"
    spelled = r"\b(?:" + "|".join(words.numbers) + r")\b"
    return rf"(?:(?:{figure}|{spelled})(?!\s*-?\s*(?:{words.counted})\b)|{sign})"


def _hash_end(words: Tongue) -> str:
    """The hash key said as the end of what is keyed in, not as an option: "then press pound", "press # when done"."""
    verb = rf"(?:{words.press}|{words.choose})\s+"
    key = rf"(?:(?:{words.between}|\w+)\s+){{0,2}}?(?:(?:{words.hash})\b|#(?!\d))(?!\w)"
    joined = rf"\b(?:(?:{words.ends})\s+(?:{verb})?|(?:{words.joins})\s+{verb})"
    is_option = rf"(?:\s+(?!{words.after})\w+)?\s*,?\s+(?:{words.after})\b(?!\s+{words.done})"
    done = rf"(?:\s+\w+)?\s+{words.done}"
    return rf"{joined}{key}(?:(?!{is_option})|(?={done}))|\b{verb}{key}{done}"


def _spelled(words: Tongue) -> str:
    return "|".join((*words.numbers, words.star, words.hash))


def _names(words: Tongue) -> dict[str, str]:
    names = {word: str(figure) for figure, spelled in enumerate(words.numbers) for word in spelled.split("|")}
    names |= dict.fromkeys(words.star.split("|"), "*")
    return names | dict.fromkeys(words.hash.split("|"), "#")
