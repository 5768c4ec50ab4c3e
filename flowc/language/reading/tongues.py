"""The languages that a flow has voices for, and what is said of one that it has none for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Document, Place
from ...text.nearest import nearest
from ..flow import Data
from ..linking.lower import language_of

UNKNOWN_LANGUAGE = Rule(
    "E274",
    "unknown-language",
    """A language that the flow has no voice for

`language: CODE` goes on in another of the languages listed under `voice`, and what has words of its own in each
language has them in these. This one is not among them, so there would be nobody to speak it, and its words would never
be heard.

Correct the code, or add a voice: `voice: [{language: en-GB}, {language: fr-FR}]`.""",
)

Report = Callable[[Diagnostic], None]


def keys_by_language(written: Data, voice: object, document: Document, report: Report) -> Mapping[str, str]:
    """By language, the keys of a mapping from languages to words. In a flow of several, one without a voice is said.

    The words of one that is misspelt stand for what is meant by it as well, so that it is said once.
    """
    found = {language: language for language in written}
    if not isinstance(voice, list):  # the mapping may be for flows that use this one, and speak more
        return found
    languages = _languages(voice)
    for language in [each for each in written if each not in languages]:
        meant = _meant(language, [each for each in languages if each not in written])
        found |= {meant: language} if meant else {}
        report(no_voice(language, voice, document.key(written, language), meant))
    return found


def no_voice(language: str, voice: object, place: Place, meant: str | None = None, where: str = "") -> Diagnostic:
    """That there is no voice for a language. `where` says whose voices these are, if not those of the same file."""
    meant = meant or _meant(language, _languages(voice))
    listed = _listed(language, voice, where)
    hint = f"did you mean `{meant}`?" if meant else listed
    if meant and language in _known():
        hint = f"write `{meant}`, or {listed}"
    return UNKNOWN_LANGUAGE.at(place, f"this flow has no voice for `{language}`", hint)


def _languages(voice: object) -> tuple[str, ...]:
    voices = voice if isinstance(voice, list) else [voice]
    return tuple(dict.fromkeys(language_of(each) for each in voices if isinstance(each, dict)))


def _meant(language: str, languages: Sequence[str]) -> str | None:
    """The one of these languages that was meant."""
    from ..explained.spoken import language_meant  # few flows have such a mistake

    return language_meant(language, languages) or nearest(language, languages)


def _known() -> tuple[str, ...]:
    from ..schema import facts

    return (*facts.voices(), *sorted(facts.later_voices()))


def _listed(language: str, voice: object, where: str) -> str:
    """What to write for a flow that is to speak one language more."""
    from ..explained.spoken import language_hint, language_meant
    from ..explained.wording import typed

    known = _known()
    code = language if language in known else language_meant(language, known)
    if code is None:
        return language_hint(language, known) or "write the code of a voice, such as `en-GB`"
    voices = [each for each in (voice if isinstance(voice, list) else [voice]) if isinstance(each, dict)]
    own = [{"language": language_of(each), **each} for each in voices or [{}]]
    hint = f"list it under `voice`{where}: {typed('voice', [*own, {'language': code}], raw=False)}"
    return hint if code == language else f"write `{code}`, and {hint}"


RULES = (UNKNOWN_LANGUAGE,)
