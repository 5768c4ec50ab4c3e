"""The expressions with which keys are read from the prompts of one language, made of its words."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from .tongues import TONGUES, Tongue

Pattern = re.Pattern[str]

_WORD = r"(?:[^\W\d_]+(?:['’&-][^\W\d_]+)*|\ufffc+)"
_SEVERAL = rf"{_WORD}(?:\s+{_WORD})"
_ENDS = r"\s*(?:[,.;:!?…]|$)"


@lru_cache(maxsize=16)
def reader(language: str) -> Reader | None:
    """The reader of a language, such as `pt`; None for one that is not read."""
    words = TONGUES.get(language)
    return Reader(_small(words)) if words is not None else None


class Reader:
    """The expressions of one language, each made at its first use: most prompts need few, and making them takes long.

    `key` is the group of a key wherever one is read.
    """

    def __init__(self, words: Tongue) -> None:
        self.words = words
        self.names = _names(words)
        self.hashes = ("#", *words.hash.split("|"))

    def key_of(self, said: str) -> str:
        """The key that a figure, sign or word stands for."""
        return self.names.get(said, said)

    @cached_property
    def word(self) -> Pattern:
        """A key that is spelled, read at a glance."""
        return re.compile(rf"(?:{_spelled(self.words)})(?!\w)")

    @cached_property
    def long(self) -> Pattern:
        """Whatever could be a key of two figures, read at a glance."""
        words = self.words
        key = rf"(?:\d\d|{'|'.join(words.numbers[10:])})"
        behind = rf"|{key}\W+(?:(?:{words.noun})\s+)?(?:{words.behind})" if words.behind else ""
        verb = rf"(?:{words.press})\b\s*(?:(?:{words.between})\b\s*)*"
        return re.compile(rf"{verb}[\"'“”„«(\[]?\s*{key}(?!\w){behind}")

    @cached_property
    def any_key(self) -> Pattern:
        """Whatever could be a key."""
        return re.compile(rf"(?<!\d)\d\d?(?!\d)|[*#]|\b(?:{_spelled(self.words)})\b")

    @cached_property
    def lead(self) -> Pattern:
        """A verb (group 1) and what may stand between it and a key."""
        words = self.words
        # One group of plain words: the engine then looks only where one of their first letters stands.
        return re.compile(rf"({words.press}|{words.choose})\b\s*(?:(?:{words.between})\b\s*)*")

    @cached_property
    def press(self) -> Pattern:
        """A verb behind which a lone figure is a key."""
        return re.compile(self.words.press)

    @cached_property
    def dial(self) -> Pattern:
        """A verb with which numbers are called as well."""
        return re.compile(self.words.dial)

    @cached_property
    def key(self) -> Pattern:
        """A key that is not pressed together with another."""
        return re.compile(_quoted(self.words) + _no_combination(self.words))

    @cached_property
    def sure(self) -> Pattern:
        """A key with what follows an option."""
        return re.compile(_quoted(self.words) + _stop(self.words) + _no_combination(self.words))

    @cached_property
    def inner(self) -> Pattern | None:
        """A key behind what it is for (group `label`): "drücken Sie für den Vertrieb die 1".

        For a language whose verbs may stand apart from their keys.
        """
        words = self.words
        label = rf"(?:{words.intro})\s+(?P<label>{_SEVERAL}{{0,4}}?)"
        between = rf"\s+(?:(?:{words.between})\s+)+"
        return re.compile(rf"{label}{between}{_quoted(words)}{_stop(words)}") if words.behind else None

    @cached_property
    def upto(self) -> Pattern:
        """The last key (group 1) of `1 to 5`."""
        words = self.words
        to = rf"(?:(?:{words.upto})\s*|[-–]\s*(?=\d+{_stop(words)}))"
        return re.compile(rf"\s*{to}(\d\d?)(?![\d-])(?!\s*(?:{words.counted})\b)")

    @cached_property
    def also(self) -> Pattern:
        """The second key of `1 or 2`."""
        words = self.words
        joint = rf"(?:\s*[,;/]\s*(?:(?:{words.joins})\s+)?|\s+(?:{words.joins})\s+)"
        return re.compile(rf"{joint}(?:(?:{words.between})\s+)*{_quoted(words)}{_stop(words)}{_no_combination(words)}")

    @cached_property
    def next_option(self) -> Pattern:
        """The second key of `1 for sales, 2 for support`."""
        words = self.words
        point = r"(?:[;!?]|[,.:](?!\d)|(?<!\d)[,.:])"  # none within `2,50`
        joint = rf"(?:{point}|\b(?:{words.joins})\b)\s*(?:(?:{words.joins})\s+)?(?:(?:{words.between})\s+)*"
        return re.compile(rf"{joint}{_quoted(words)}\s+(?:{words.after})\b(?!\s*\d)")

    @cached_property
    def behind(self) -> Pattern | None:
        """A key with its verb behind it, for a language that has such verbs."""
        words = self.words
        noun = rf"(?:[\s-]+(?:{words.noun}))?"
        verb = rf"\s+(?:{words.behind})\b"
        return re.compile(rf"(?<![\w.-])(?P<key>{_key(words)}){noun}{verb}") if words.behind else None

    @cached_property
    def item(self) -> Pattern:
        """An option that goes without the verb of the one before it: ". Support, 2", ", für den Support die 2".

        Its groups are what parts it from the one before (`sep`), `intro` ("for"), `label`, and what binds the key to it
        (`tie`).
        """
        words = self.words
        article = "|".join(each for each in words.between.split("|") if not re.match(rf"(?:{words.numbered})\b", each))
        sep = rf"(?P<sep>\s*[.,;!?]\s*(?:(?:{words.joins})\s+)?|\s+(?:{words.joins})\s+)"
        label = rf"(?P<intro>(?:{words.intro})\s+)?(?P<label>{_SEVERAL}{{0,5}}?)"
        tie = rf"(?P<tie>\s*[,:–—]\s*(?:(?:{article})\s+)*|\s+-\s+|\s+(?:(?:{article})\s+)+|\s+)"
        return re.compile(rf"{sep}{label}{tie}{_quoted(words)}(?={_ENDS}|\s+(?:{words.joins})\b)")

    @cached_property
    def no_label(self) -> Pattern:
        """What is said before a number, but is no name of an option: "we open at", "in building"."""
        return re.compile(rf"(?:.*\s)?(?:{self.words.little}|{self.words.numbered})")

    @cached_property
    def joined(self) -> Pattern:
        """What leads on to one more option."""
        return re.compile(rf"\s*,?\s+(?:{self.words.joins})\s+")

    @cached_property
    def noun(self) -> Pattern:
        """What a key is called, also at the end of a word: `Sterntaste`."""
        return re.compile(rf"(?:{self.words.noun})(?!\w)")

    @cached_property
    def longer(self) -> Pattern:
        """Words of more than one key."""
        return re.compile(rf"\b(?:{self.words.longer})\b")

    @cached_property
    def hash_end(self) -> Pattern:
        """The hash key as the end of what is keyed in, not as an option: "then press pound", "press # when done"."""
        words = self.words
        verb = rf"(?:{words.press}|{words.choose})\s+"
        noun = rf"(?:[\s-]+(?:{words.noun})\b)?+"
        key = rf"(?:(?:{words.between}|\w+)\s+){{0,2}}?(?:(?:{words.hash})\b|#(?!\d))(?!\w){noun}"
        joined = rf"\b(?:(?:{words.ends})\s+(?:{verb})?|(?:{words.joins})\s+{verb})"
        is_option = rf"(?:\s+(?!{words.after})\w+)?\s*,?\s+(?:{words.after})\b(?!\s+{words.done})"
        done = rf"(?:\s+\w+)?\s+{words.done}"
        return re.compile(rf"{joined}{key}(?:(?!{is_option})|(?={done}))|\b{verb}{key}{done}")

    @cached_property
    def closing(self) -> Pattern | None:
        """The same with its verb behind it, for a language that says it so: it may mean the end of the call as well."""
        words = self.words
        return re.compile(words.closing.replace("{hash}", words.hash)) if words.closing else None


def _small(words: Tongue) -> Tongue:
    small = {name: each.lower() for name, each in words._asdict().items() if isinstance(each, str)}
    return words._replace(**small, numbers=tuple(each.lower() for each in words.numbers))


def _quoted(words: Tongue) -> str:
    """A key, perhaps between quotes, with "key" behind it or not."""
    return rf"[\"'“”„«(\[]?\s*(?P<key>{_key(words)})(?:[\"'“”»)\]](?=\W|$))?(?:[\s-]+(?:{words.noun})\b)?"


def _key(words: Tongue) -> str:
    """A figure up to 99, a spelled one, star or hash; no part of a longer number, of an amount or of several keys."""
    no_part = r"(?![\d%°])(?!\s+\d)(?![.:/]\d)(?!\s*-\s*(?:\d{3}|\d+-))(?!\s*\(\s*\d)(?!\s*[*#])(?![^\W\d_])"
    spelled = rf"\b(?:{'|'.join(words.numbers)})\b(?!\s+(?:{words.noun})\b)"  # `press one key`
    sign = rf"(?:[*#]|\b(?:{words.star}|{words.hash})\b)(?!\s*-?\s*[\d*#]|\s+{spelled})"
    return rf"(?:(?:\d\d?{no_part}|{spelled})(?!\s*-?\s*(?:{words.counted})\b)|{sign})"


def _stop(words: Tongue) -> str:
    return rf"(?={_ENDS}|\s+(?:(?:{words.after})\b(?!\s*\d)|(?:{words.joins})\b))"


def _no_combination(words: Tongue) -> str:
    return rf"(?!\s*,?\s*(?:{words.ends})\s+(?!.{{0,24}}(?:{words.hash}|#)))"


def _spelled(words: Tongue) -> str:
    return "|".join((*words.numbers, words.star, words.hash))


def _names(words: Tongue) -> dict[str, str]:
    names = {word: str(figure) for figure, spelled in enumerate(words.numbers) for word in spelled.split("|")}
    names |= dict.fromkeys(words.star.split("|"), "*")
    return names | dict.fromkeys(words.hash.split("|"), "#")
