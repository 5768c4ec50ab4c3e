"""Words that are heard in a language they are not written in: in a flow of several, each has words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...program.program import Program
from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Place, child
from ..flow import Connect, Flow, Play, Question, Tongues
from ..reading.prompts import label, made_of_options
from .lower import language_of as voice_language
from .naming import is_key
from .origin import FlowOrigin, Placed
from .taken import closure

NOT_TRANSLATED = Rule(
    "E277",
    "not-translated",
    """Words for one language where another is spoken too

In a flow of several languages, what has words of its own is heard in each language that a call can get there in: a
caller would hear nothing, or the words of one language in the voice of another. So does a label that `{{ options }}`
announces, and an option without one is announced by the name of its step.

Write the words in each: `talk: {en-GB: Goodbye., fr-FR: Au revoir.}`, `label: {en-GB: sales, fr-FR: les ventes}`. What
is to be heard in one language everywhere says so: `talk: {text: Goodbye., language: en-GB}`. A text without words of
its own, such as `{{ vars.number | digits }}`, is the same in all of them.""",
)

VOICE_NEVER_HEARD = Rule(
    "W275",
    "voice-never-heard",
    """A second voice for one language

A list under `voice` has one voice for each language that a flow speaks, and `language` changes from one to the other.
Of two voices for the same language only the first is ever heard.

Take one of them out. A voice for a single text is written there: `talk: {text: Goodbye., style: 1}`.""",
)

_NO_WORDS = re.compile(r"\{\{.*?\}\}|<[^<>]*>|&\w+;", re.DOTALL)
_READS_LANGUAGE = re.compile(r"\{\{[^}]*\blanguage\b")


class Heard(NamedTuple):
    """What a caller may hear in each document and wait, by name, and what is lacking there."""

    placed: Mapping[str, Sequence[Placed]]
    asked: Mapping[str, Sequence[Placed]]
    questions: Mapping[str, Question | Connect]
    lacking: Sequence[tuple[str, Diagnostic]]


def untranslated(program: Program, languages: tuple[str, ...], heard: Heard) -> Iterator[Diagnostic]:
    """What is wrong with the words of a flow in the languages it is heard in, where a call can get to."""
    documents = closure(program, [program.start, *program.failing])
    waits = {each for name in documents for each in (program.documents[name].asks, program.documents[name].fails)}
    yield from [each for name, each in heard.lacking if name in documents or name in waits]
    if not languages:
        return
    placed = [(name, each) for name in documents for each in heard.placed.get(name, ())]
    placed += [(name, each) for name in waits if name for each in heard.asked.get(name, ())]
    yield from _texts(placed, languages)
    asked = [(name, each) for name, each in heard.questions.items() if name in waits and isinstance(each, Question)]
    yield from _labels([each for each in asked if isinstance(each[1], Question)], languages)


def never_heard(flow: Flow) -> Iterator[Diagnostic]:
    """What is said of voices of a flow that none of its languages takes."""
    voices = flow.data.get("voice")
    if not isinstance(voices, list):
        return
    first: dict[str, int] = {}
    for index, voice in enumerate(voices):
        language = voice_language(voice) if isinstance(voice, dict) else ""
        if index != first.setdefault(language, index):
            message = f"this voice is never heard: the first one for `{language}` is"
            hint = "take it out, or write it where it is to be heard: `talk: {text: …, style: 1}`"
            label = flow.document.value(voices, first[language]), "this one is heard"
            yield VOICE_NEVER_HEARD.at(flow.document.value(voices, index), message, hint, label)


def no_words(place: Place, what: str, language: str, has: Iterable[str]) -> Diagnostic:
    """That something has no words in a language; `has` are those it has words in."""
    near = next((each for each in has if each.lower() == language.lower()), None)
    hint = f"write `{language}` instead of `{near}`" if near else f"add `{language}: …`"
    hint = f"write them: `{language}: …`" if near == language else hint
    return NOT_TRANSLATED.at(place, f"this {what} has no words in `{language}`, which is spoken here", hint)


def language_of(name: str, languages: Sequence[str]) -> str:
    """The language in which a document or a wait is heard."""
    first = name.partition("/")[0]
    return first if first in languages[1:] else languages[0]


# Texts


def _texts(placed: Iterable[tuple[str, Placed]], languages: Sequence[str]) -> Iterator[Diagnostic]:
    """Texts that are heard in more than one language."""
    found: dict[tuple[int, object], tuple[FlowOrigin, dict[str, None]]] = {}
    for name, each in placed:
        origin = each.origin
        if each.action["action"] == "talk" and isinstance(origin, FlowOrigin) and _has_words(origin):
            key = id(origin.owner), origin.key_
            found.setdefault(key, (origin, {}))[1][language_of(name, languages)] = None
    for origin, heard in found.values():
        if len(heard) > 1:
            spoken = [language for language in languages if language in heard]
            words = f"{{{', '.join(f'{language}: …' for language in spoken)}}}"
            message = f"this is heard in {_all(spoken)}, and has one text for all of them"
            hint = f"write `{words}`, or say whose words they are: `talk: {{text: …, language: {spoken[0]}}}`"
            yield NOT_TRANSLATED.at(origin.at("text"), message, hint)


def _has_words(origin: FlowOrigin) -> bool:
    """Whether a `talk` has words of its own, and does not say which language they are."""
    value = child(origin.owner, origin.key_)
    text = value.get("text") if isinstance(value, dict) else value
    if not isinstance(text, str) or (isinstance(value, dict) and "language" in value) or _READS_LANGUAGE.search(text):
        return False
    return any(map(str.isalpha, _NO_WORDS.sub("", text)))


# Labels


def _labels(asked: Iterable[tuple[str, Question]], languages: Sequence[str]) -> Iterator[Diagnostic]:
    """Labels of options that are announced in more than one language."""
    found: dict[int, tuple[Question, dict[str, None]]] = {}
    for name, question in asked:
        spoken = [*_announced(question, language_of(name, languages))]
        found.setdefault(id(question.fields), (question, {}))[1].update(dict.fromkeys(spoken))
    for question, heard in found.values():
        own = question.fields.get("options")
        keys = [key for key in own if is_key(key)] if heard and isinstance(own, dict) else []
        for key in keys:
            yield from _label(question, key, [each for each in languages if each in heard])


def _announced(question: Question, language: str) -> Iterator[str]:
    """The languages in which the options of a question are announced by `{{ options }}`."""
    for part in (each for said in (question.prompt, *question.no_input, *question.no_match) for each in said):
        for play in part.by.get(language, ()) if isinstance(part, Tongues) else (part,):
            if isinstance(play, Play) and made_of_options(str(play.fields.get("text"))):
                yield str(play.fields.get("language", language))


def _label(question: Question, key: str, heard: Sequence[str]) -> Iterator[Diagnostic]:
    """What is wrong with the label of one option."""
    option = question.options[key]
    if isinstance(option.label, Mapping) or len(heard) < 2:
        return
    place = label_place(question, key)
    has_label = place != option.place
    said = label(key, option, heard[0])
    if any(map(str.isalpha, _NO_WORDS.sub("", said))):
        each = ", ".join(f"{language}: …" for language in heard)
        message = f"`{key}` is announced as `{said}` in {_all(heard)} alike"
        hint = f"write `label: {{{each}}}`" if has_label else f"give it a label: `{{label: {{{each}}}, goto: …}}`"
        yield NOT_TRANSLATED.at(place, message, hint)


def label_place(question: Question, key: str) -> Place:
    """Where an option has its label, or else the option itself."""
    written = question.fields.get("options")
    fields = written.get(key) if isinstance(written, dict) else None
    if isinstance(fields, dict) and "label" in fields:
        return question.origin.document.value(fields, "label")
    return question.options[key].place


def _all(languages: Sequence[str]) -> str:
    *most, last = [f"`{each}`" for each in languages]
    return f"{', '.join(most)} and {last}" if most else last


RULES = (NOT_TRANSLATED,)
"""What can be wrong with the words of a flow of several languages."""
