"""The voices in which a `talk` speaks, and the languages in which callers are understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..language.linking.origin import Placed
from ..language.schema import facts
from ..language.schema.facts import Voice
from .moment import DEFAULT_LANGUAGE, fields, is_placeholder, voice, words, yes
from .registry import Check, Said, check
from .speech import is_ssml

SPEAKS: list[Check] = []
"""Checks of a `talk`."""

UNDERSTANDS: list[Check] = []
"""Checks of what recognises or writes down speech."""


@check("W352", "unknown-voice-language", SPEAKS)
def unknown_voice_language(placed: Placed) -> Iterator[Said]:
    """A voice of a language that is not in the list

    The platform's list of voices has no such language. The list grows, so it may exist by now; if not, callers hear
    another voice, or none. Correct it, or try it on a call.
    """
    language = placed.action.get("language", DEFAULT_LANGUAGE)
    if not isinstance(language, str) or is_placeholder(language):
        return
    if language not in facts.voices() and language not in facts.later_voices():
        message = f"the platform's list of voices has no language `{language}`"
        yield Said(placed.origin.at("language"), message, _meant(language, facts.voices()))


@check("W353", "unknown-style", SPEAKS)
def unknown_style(placed: Placed) -> Iterator[Said]:
    """A style that the language does not have

    Styles are counted for each language by itself, and this one has none of that number in the platform's list. The
    list grows, so it may exist by now; if not, callers hear another voice, or none.
    """
    language, style, known = _voice(placed)
    if known is not None and style is not None and style not in known.styles:
        message = f"`{language}` has no style {style} in the platform's list of voices"
        yield Said(placed.origin.at("style"), message, f"its styles are {_ranges(known.styles)}")


@check("W354", "style-without-premium", SPEAKS)
def style_without_premium(placed: Placed) -> Iterator[Said]:
    """`premium` for a style that has no premium voice

    Where a style has no premium voice, its standard one speaks: callers hear another voice than was meant. Choose a
    style that has one, or take `premium` out.
    """
    if not yes(placed.action.get("premium")):
        return
    language, style, known = _voice(placed)
    if known is not None and style in known.styles and style not in known.premium:
        hint = f"premium styles of `{language}` are {_ranges(known.premium)}" if known.premium else "take `premium` out"
        yield Said(placed.origin.at("premium"), f"style {style} of `{language}` has no premium voice", hint)


@check("W355", "style-without-ssml", SPEAKS)
def style_without_ssml(placed: Placed) -> Iterator[Said]:
    """SSML for a style that does not read it

    The platform's list says that this style does not support SSML: the tags have no effect, or are read out. Choose
    another style, or write plain text.
    """
    text = words(placed)
    if not is_ssml(text):
        return
    language, style, known = _voice(placed)
    if known is not None and style in known.without_ssml:
        others = known.styles - known.without_ssml
        hint = f"styles of `{language}` that do: {_ranges(others)}" if others else "write plain text"
        label = (placed.origin.at("style"), "chosen here")
        message = f"style {style} of `{language}` does not read SSML"
        yield Said(placed.origin.at("text"), message, hint, (label,) if "style" in placed.action else ())


@check("W361", "unknown-speech-language", UNDERSTANDS)
def unknown_speech_language(placed: Placed) -> Iterator[Said]:
    """A language that speech recognition does not know

    Recognition and transcription have a list of languages of their own, with other codes than the voices: no bare
    `ar`, `zh` for Mandarin. This one is not in it; the list grows, so it may exist by now. If not, callers are not
    understood.
    """
    for setting in ("speech", "transcription"):
        language = fields(placed.action.get(setting)).get("language")
        if isinstance(language, str) and not is_placeholder(language) and language.lower() not in _understood():
            message = f"the platform's list for speech recognition has no language `{language}`"
            hint = _meant(language, facts.asr_languages())
            yield Said(placed.origin.at(setting, "language"), message, hint)


def _voice(placed: Placed) -> tuple[str, int | None, Voice | None]:
    language, style = voice(placed.action)
    return language, style, facts.voices().get(language)


def _meant(language: str, codes: Iterable[str]) -> str | None:
    """The language that was meant by one that there is not, as a hint."""
    from ..language.explained.spoken import language_hint

    return language_hint(language, codes)


@lru_cache
def _understood() -> frozenset[str]:
    return frozenset(code.lower() for code in facts.asr_languages())


def _ranges(numbers: Iterable[int]) -> str:
    """Numbers as a person lists them: `0-7, 9`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
