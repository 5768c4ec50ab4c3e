"""Questions: what is announced against what is handled, and keys that cannot work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..language.flow import Play, Question
from ..language.linking.link import Linked
from ..language.linking.naming import is_key
from ..language.linking.origin import Placed
from ..language.reading.prompts import label, made_of_options, speaks
from ..text.document import Place
from ..text.source import Span
from .announced import announced, mentioned, suspected
from .moment import part
from .registry import Check, Said, check

QUESTIONS: list[Check] = []


class Asked(NamedTuple):
    """A question, what its caller hears, and the settings of its `input`.

    `keys` are the options that are keys; `by_options` says whether the prompt is made of them (`{{ options }}`), and
    `suspected` are the keys that it could announce.
    """

    question: Question
    heard: tuple[Placed, ...]
    dtmf: dict[str, Any]
    keys: tuple[str, ...]
    by_options: bool
    suspected: frozenset[str]


def questions(linked: Linked) -> Iterator[Asked]:
    """The questions of a flow, each once."""
    for wait, written in linked.questions.items():
        if isinstance(written, Question):
            *heard, waits = linked.asked[wait]
            dtmf = waits.action.get("dtmf")
            by_options = any(
                isinstance(each, Play) and made_of_options(str(each.fields.get("text"))) for each in written.prompt
            )
            could = frozenset().union(*(suspected(_text(placed), _language(placed)) for placed in heard))
            yield Asked(written, tuple(heard), dtmf if isinstance(dtmf, dict) else {}, written.keys, by_options, could)


@check("W306", "announced-key-not-handled", QUESTIONS)
def announced_key_not_handled(asked: Asked) -> Iterator[Said]:
    """A key is announced that does nothing

    The prompt tells callers to press a key that is no option of this menu: whoever presses it is told that it is
    wrong.

    Add the option, or take it out of the prompt. `{{ options }}` in a prompt says just what there is.
    """
    if asked.question.name != "menu" or asked.by_options or asked.suspected <= asked.question.options.keys():
        return
    for placed in asked.heard:
        for key, (start, end) in _announced(placed).items():
            if key not in asked.question.options and not _ends_the_answer(asked, key):
                place = part(placed.origin.at("text"), _text(placed), start, end)
                yield Said(
                    place,
                    f"the prompt announces `{key}`, which this menu does not handle",
                    "add it to `options`, or take it out of the prompt",
                )


@check("W307", "key-not-announced", QUESTIONS)
def key_not_announced(asked: Asked) -> Iterator[Said]:
    """A key that no caller is told of

    The menu handles a key that its prompt never mentions, so nobody presses it but by chance.

    Say it in the prompt (`{{ options }}` says them all), or bind it under `keys:` at the top of the flow if it is
    meant to be silent.
    """
    own = asked.question.fields.get("options")
    if asked.question.name != "menu" or asked.by_options or not _readable(asked) or not isinstance(own, dict):
        return
    if asked.suspected.issuperset(asked.keys):
        return
    said = {key for placed in asked.heard for key in _announced(placed)}
    said.update(*(mentioned(_text(placed), _language(placed)) for placed in asked.heard))
    digits = re.sub(r"[^0-9*#]", "", " ".join(map(_text, asked.heard)))
    for key in asked.keys:
        if key in own and key not in said and not (len(key) > 1 and key in digits):
            place = asked.question.options[key].place
            yield Said(
                place, f"the prompt does not announce `{key}`", "say it in the prompt, or write `{{ options }}` there"
            )


@check("W308", "key-begins-another", QUESTIONS)
def key_begins_another(asked: Asked) -> Iterator[Said]:
    """A key that is the beginning of another

    A caller who presses the shorter one waits until the time for a further key is over, and one who presses the
    longer one slowly gets the shorter.

    Give them different beginnings.
    """
    for key in asked.keys:
        longer = next((each for each in asked.keys if each != key and each.startswith(key)), None)
        if longer is not None:
            label = (asked.question.options[longer].place, "this one begins with it")
            message = f"`{key}` is the beginning of `{longer}`"
            yield Said(asked.question.options[key].place, message, "give them different beginnings", (label,))


@check("W309", "key-never-collected", QUESTIONS)
def key_never_collected(asked: Asked) -> Iterator[Said]:
    """A key longer than what is collected

    `maxDigits` ends the answer before all digits of this option are pressed, so it is never chosen.

    Raise `maxDigits`, or take it out: a menu then collects as many as its longest option has.
    """
    most = asked.dtmf.get("maxDigits", 4)
    for key in asked.keys:
        if isinstance(most, int) and len(key) > most:
            place = asked.question.options[key].place
            yield Said(
                place,
                f"`{key}` has {len(key)} digits and only {most} are collected",
                f"write `dtmf: {{maxDigits: {len(key)}}}`",
            )


@check("W310", "hash-as-option", QUESTIONS)
def hash_as_option(asked: Asked) -> Iterator[Said]:
    """The hash key as an option

    The reference does not say that `#` arrives as a digit, and with `submitOnHash` it never does: it ends the
    answer.

    Use another key, or try it on a real call before callers do.
    """
    for key in asked.keys:
        if "#" in key:
            place = asked.question.options[key].place
            if asked.dtmf.get("submitOnHash") is True:
                yield Said(
                    place,
                    "`#` ends the answer here (`submitOnHash`), so this option is never chosen",
                    "use another key",
                )
            else:
                yield Said(
                    place,
                    "the reference does not say whether `#` arrives as a digit",
                    "use another key, or try it on a real call",
                )


@check("W311", "word-twice", QUESTIONS)
def word_twice(asked: Asked) -> Iterator[Said]:
    """A word that stands for two options

    Words are compared without regard to case; of two options with the same word only the first is ever chosen.

    Take it out of one.
    """
    seen: dict[str, Place] = {}
    for key, option in asked.question.options.items():
        for word in (*(() if is_key(key) else (key,)), *option.words):
            first = seen.setdefault(word.lower(), option.place)
            if first is not option.place:
                yield Said(
                    option.place,
                    f"the word `{word}` stands for another option already",
                    "take it out of one",
                    ((first, "here"),),
                )


@check("W313", "options-in-english", QUESTIONS)
def options_in_english(asked: Asked) -> Iterator[Said]:
    """`{{ options }}` in a language that it is not known in

    The sentence that `{{ options }}` stands for is known in English, French, German, Spanish, Italian, Portuguese and
    Dutch. Elsewhere it is made in English, which the voice of this prompt would read as if it were its own language.

    Write the sentence out.
    """
    for placed in asked.heard if asked.by_options else ():
        if not speaks(_language(placed)):
            place = placed.origin.at("text")
            yield Said(place, f"`{{{{ options }}}}` is not known in `{_language(placed)}`", "write the sentence out")


@check("W317", "never-said", QUESTIONS)
def never_said(asked: Asked) -> Iterator[Said]:
    """Words for an attempt that never comes

    `noInput` and `noMatch` have one text for each failed attempt but the last, after which `otherwise` follows. This
    list has more of them than there are attempts, so the last ones are never heard.

    Take them out, or raise `attempts`.
    """
    for field in ("noInput", "noMatch"):
        written = asked.question.fields.get(field)
        most = asked.question.attempts - 1
        if isinstance(written, list) and len(written) > most:
            place = asked.question.origin.at(field, most)
            message = f"with {asked.question.attempts} attempts, this is never said"
            yield Said(place, message, "take it out, or raise `attempts`")


@check("W312", "option-without-label", QUESTIONS)
def option_without_label(asked: Asked) -> Iterator[Said]:
    """An option that `{{ options }}` has no words for

    An option is announced by its label, by its first word to say, or by the step it leads to. This one has none of
    them, so callers hear "For , press 2."

    Give it a label: `{label: TEXT, goto: ...}`.
    """
    own = asked.question.fields.get("options")
    if not asked.by_options or not isinstance(own, dict):
        return
    language = next(map(_language, asked.heard), "en-US")
    for key, option in asked.question.options.items():
        is_left_out = isinstance(option.label, dict) and language not in option.label  # another rule says so
        if is_key(key) and key in own and not is_left_out and not label(key, option, language):
            yield Said(
                option.place, f"`{key}` has nothing to be announced by", "give it a label: `{label: …, goto: …}`"
            )


def _ends_the_answer(asked: Asked, key: str) -> bool:
    return key == "#" and asked.dtmf.get("submitOnHash") is True


def _announced(placed: Placed) -> dict[str, Span]:
    """The keys that a `talk` announces, with where it does."""
    return announced(_text(placed), _language(placed)) if placed.action["action"] == "talk" else {}


def _text(placed: Placed) -> str:
    return str(placed.action.get("text", ""))


def _language(placed: Placed) -> str:
    return str(placed.action.get("language", "en-US"))


def _readable(asked: Asked) -> bool:
    """Whether all that the caller hears is text (what a recording says is not known)."""
    return bool(asked.heard) and all(placed.action["action"] == "talk" for placed in asked.heard)
