"""Questions: a `menu` or an `input`, with what the flow says for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from ...text.diagnostics import Rule
from ...text.document import Container, Place, child, made
from ..expressions.texts import Texts
from ..flow import Data, GoOn, Option, Play, Prompt, Question, Target, Tongues
from ..linking.naming import is_key
from ..linking.origin import FlowOrigin
from . import patterns
from .parse_prompts import Prompts

OPEN_WORD = Rule(
    "E212",
    "open-word",
    """A word to say that is not known when the flow is built

The words of an option are what a caller's answer is compared with, in a table that is made when the flow is built. A
param that nothing binds leaves a hole in it: whoever says the word is not understood.

Give the param a default, bind it for the site, or write the word out.""",
)
TOO_MANY_OPTIONS = Rule(
    "E216",
    "too-many-options",
    """A question with too many options

More than 200 keys or words lead away from this question. No caller chooses from so many, and the table that a host
looks answers up in would grow without need.

Ask in two steps, or take the answer with an `input`.""",
)
ODD_KEY = Rule(
    "E217",
    "odd-key",
    """An option that is neither keys nor a word

What a caller presses is `0` to `9`, `*` and `#`, one after another; anything else is taken as a word to say. This is
digits with something between or around them, or nothing at all: nobody can press it, and nobody says it.

Write the keys alone.""",
)
STEP_NAME_SAID = Rule(
    "W273",
    "step-name-said",
    """The name of a step where words are said

`noInput` and `noMatch` are what a caller hears after silence or a wrong key, `hangup` is what is heard before the call
ends, and `onAnswer` what one who is called hears. This is the name of a step, or `continue`, so that name would be read
out, and nobody led there.

To lead there, write `{goto: STEP}`, for a `hangup` a `goto` in its place; nobody is led anywhere from an `onAnswer`. To
say it, write a sentence.""",
)
_LEADS = {
    "hangup": "to lead there, write `goto: {step}`",
    "onAnswer": "say who calls: one who is called is led nowhere, and then the two are joined",
}
MOST_OPTIONS = 200

_ODD_KEY = re.compile(r"[0-9*#\s.,_/+-]*[\s.,_/+-][0-9*#\s.,_/+-]*|")
_TEXT = {"type": "string"}
_ON = "continue"
"""The target that leads on behind a question."""

_OPTION_KEYS = frozenset({"say", "label"})


class Questions:
    """Reads the questions of one flow. `target` reads what an option or `otherwise` leads to."""

    def __init__(self, prompts: Prompts, texts: Texts, target: Callable[[Container, str | int], Target]) -> None:
        self.prompts = prompts
        self.texts = texts
        self.target = target
        self.document, self.report = prompts.document, prompts.report
        data: Any = prompts.document.data if isinstance(prompts.document.data, dict) else {}
        self.defaults: Any = data.get("input", {})
        self.keys: Any = data.get("keys", {})
        self.steps: Any = data.get("steps", {})

    def question(self, owner: Data, name: str) -> Question:
        """A `menu` or an `input`, with what the flow's `input:` says where it does not."""
        fields: Any = owner[name]
        origin = FlowOrigin(self.document, owner, name, name)
        options = self.options(fields)
        keys = tuple([key for key in options if is_key(key)])
        prompt = self.prompts.prompt(fields, "prompt") if "prompt" in fields else ()
        return Question(
            name,
            fields,
            origin,
            prompt,
            options,
            keys,
            tuple([word for key, option in options.items() for word in _said(key, option, keys)]),
            self.given(fields, "attempts", 3),
            self.failed(fields, "noInput"),
            self.failed(fields, "noMatch"),
            self.otherwise(fields),
            self.given(fields, "dtmf", None),
            self.given(fields, "speech", None),
            any(map(_heard_out, prompt)),
            self.pattern(fields),
            fields.get("save"),
            fields.get("sensitive", False),
        )

    def pattern(self, fields: Data) -> str | None:
        """What a good answer looks like."""
        pattern = fields.get("pattern")
        if not isinstance(pattern, str):
            return None
        fault = patterns.fault(pattern)
        options: Any = fields.get("options", {})
        if fault is None and self.given(fields, "speech", None) is None and all(map(is_key, options)):
            fault = patterns.unkeyable(pattern)
        if fault is not None:
            self.report(patterns.BAD_PATTERN.at(self.document.value(fields, "pattern"), *fault))
            return None
        return pattern

    def given(self, fields: Data, key: str, default: Any) -> Any:
        """A field of a question, or of the flow's `input:`, or the default."""
        return fields.get(key, self.defaults.get(key, default))

    def holder(self, fields: Data, key: str) -> Data | None:
        """Where a question has a field from: itself, the flow's `input:`, or nowhere."""
        return fields if key in fields else self.defaults if key in self.defaults else None

    def otherwise(self, fields: Data) -> Target | None:
        """Where the call goes when all attempts have failed."""
        holder = self.holder(fields, "otherwise")
        return None if holder is None else self.target(holder, "otherwise")

    def failed(self, fields: Data, key: str) -> tuple[Prompt | Target, ...]:
        """What is said after each failed attempt: one prompt, or a list with one for each time."""
        holder = self.holder(fields, key)
        if holder is None:
            return ()
        value = holder[key]
        if isinstance(value, str) and (value in self.steps or value == _ON):
            self.said(value, self.document.value(holder, key), key)
        if not isinstance(value, list):
            return (self.prompt_or_target(holder, key),)
        return tuple(self.prompt_or_target(value, index) for index in range(len(value)))

    def said(self, step: str, place: Place, key: str) -> None:
        """Say that the name of a step would be read out."""
        what = "leads on elsewhere" if step == _ON else "is the name of a step"
        who = "one who is called" if key == "onAnswer" else "a caller"
        hint = _LEADS.get(key, "to lead there, write `{key}: {{goto: {step}}}`").format(key=key, step=step)
        self.report(STEP_NAME_SAID.at(place, f"{who} would hear `{step}`, which {what}", hint))

    def spoken(self, owner: Data, key: str) -> Prompt:
        """A prompt that no name of a step is meant by."""
        value = owner[key]
        if isinstance(value, str) and (value in self.steps or value == _ON):
            self.said(value, self.document.value(owner, key), key)
        return self.prompts.prompt(owner, key)

    def prompt_or_target(self, owner: Container, key: str | int) -> Prompt | Target:
        """A prompt of a failed attempt; `{goto: target}` leaves the question there."""
        value = child(owner, key)
        return (
            self.target(value, "goto")
            if isinstance(value, dict) and "goto" in value
            else self.prompts.prompt(owner, key)
        )

    def options(self, fields: Data) -> dict[str, Option]:
        """The options of a question, then those of the flow's `keys:` that it does not bind itself."""
        found: dict[str, Option] = {}
        holders: tuple[Any, ...] = (fields.get("options", {}), self.keys)
        for holder in holders:
            for key in islice(holder, MOST_OPTIONS + 1):
                if len(found) == MOST_OPTIONS:
                    message = f"this question has more than {MOST_OPTIONS} options"
                    self.report(TOO_MANY_OPTIONS.at(self.document.key(holder, key), message, "ask in two steps"))
                    return found
                if key not in found:
                    found[key] = self.option(holder, key)
        return found

    def option(self, owner: Data, key: str) -> Option:
        """What a key leads to: a target, or a mapping of words, label and target."""
        value = owner[key]
        place = self.document.key(owner, key)
        if not key.isalnum() and not is_key(key):
            self.odd(key, place)
        if not isinstance(value, dict) or not _OPTION_KEYS & value.keys():
            return made(Option, (self.target(owner, key), (), None, place, None))
        target = self.target(value, "goto") if "goto" in value else GoOn(place)
        said = value.get("say")
        if not isinstance(said, dict):
            return Option(target, tuple(self.words(value, "say")), self.label(value), place)
        spoken = {language: tuple(self.words(said, key)) for language, key in self.prompts.tongues(said).items()}
        every = tuple(dict.fromkeys(word for words in spoken.values() for word in words))
        return Option(target, every, self.label(value), place, spoken)

    def odd(self, key: str, place: Place) -> None:
        """A key with signs in it: a word, unless it is digits with something between or around them."""
        if _ODD_KEY.fullmatch(key):
            keys = re.sub(r"[^0-9*#]", "", key)
            hint = f"write `{keys}`" if keys else "write a key, or a word to say"
            if re.fullmatch(r"[0-9*#](\s*[,/_.]\s*[0-9*#])+", key):
                hint = f"write each key by itself: {', '.join(f'`{each}`' for each in keys)}"
            elif (span := re.fullmatch(r"([0-9])\s*-\s*([0-9])", key)) and span[1] < span[2]:
                each = map(str, range(int(span[1]), int(span[2]) + 1))
                hint = f"write each key by itself: {', '.join(f'`{one}`' for one in each)}"
            self.report(ODD_KEY.at(place, f"`{key}` is neither keys nor a word", hint))

    def label(self, option: Data) -> str | dict[str, str] | None:
        """What an option is called, perhaps in each language, as texts that may still be templates."""
        if "label" not in option:
            return None
        label = option["label"]
        if isinstance(label, dict):
            return {language: self.called(label, key) for language, key in self.prompts.tongues(label).items()}
        return self.called(option, "label")

    def called(self, owner: Data, key: str) -> str:
        """A label as a text that may still be a template."""
        filled = self.texts.fill(str(owner[key]), self.document.value(owner, key), _TEXT)
        return str(filled.value) if filled.template is not None else Texts.escape(str(filled.value))

    def words(self, owner: Data, key: str) -> Iterator[str]:
        """The words that may be said for an option: a host compares them, so they are known when the flow is built."""
        said = owner.get(key, [])
        for index, word in enumerate(said if isinstance(said, list) else [said]):
            place = self.document.value(said, index) if isinstance(said, list) else self.document.value(owner, key)
            filled = self.texts.fill(str(word), place, _TEXT)
            if not filled.sound:
                continue
            if filled.template is not None:
                when = f"before `{filled.open[0]}` is bound" if filled.open else "before the call"
                message = f"this word is not known {when}"
                self.report(OPEN_WORD.at(place, message, "give the param a default, or write the word out"))
            else:
                yield str(filled.value)


def _heard_out(part: Play | Tongues) -> bool:
    """Whether a part of a prompt must not be interrupted."""
    if isinstance(part, Play):
        return part.fields.get("bargeIn") is False
    return any(map(_heard_out, (each for said in part.by.values() for each in said)))


def _said(key: str, option: Option, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The words of an option."""
    return option.words if key in keys else (key, *option.words)
