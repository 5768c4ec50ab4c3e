"""Prompts: what is played, from the ways an author may write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from ...program.files import MOST_ACTIONS
from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Container, Document, Place, child, made
from ...text.nearest import nearest
from ..flow import Data, Play, Prompt, Tongues
from ..linking.origin import SHORT, FlowOrigin
from .tongues import keys_by_language

Report = Callable[[Diagnostic], None]

UNKNOWN_PROMPT = Rule(
    "E202",
    "unknown-prompt",
    """A prompt that is not defined

`prompt: NAME` plays the prompt of that name from `prompts:`. There is none, so there is nothing to play.

Add it under `prompts:`, or correct the name.""",
)
PROMPT_IN_ITSELF = Rule(
    "E203",
    "prompt-in-itself",
    """A prompt that plays itself

A prompt from `prompts:` names itself, straight or through others, so what a caller would hear has no end.

Take the reference out.""",
)

PROMPT_TOO_LONG = Rule(
    "E215",
    "prompt-too-long",
    """A prompt that plays too much

With the prompts from `prompts:` that it plays, and those that they play, this prompt has more than 200 texts and
recordings. Nobody listens to that, and no document of the platform says that it takes it.

Say less.""",
)


class Prompts:
    """Reads the prompts of one flow. `played` are the names from `prompts:` that were."""

    def __init__(self, document: Document, data: Data, report: Report) -> None:
        self.document = document
        self.report = report
        self.data = data
        voice = data.get("voice")
        self.voice: Data | None = voice if isinstance(voice, dict) else None
        self.named: Any = data.get("prompts", {})
        self.played: set[str] = set()
        self.within: list[str] = []

    def prompt(self, owner: Container, key: str | int) -> Prompt:
        """A prompt: text, an action `talk`, `stream` or `prompt`, or a list of these."""
        played = tuple(islice(self.plays(owner, key), MOST_ACTIONS + 1))
        self.within.clear()
        if len(played) > MOST_ACTIONS:
            message = f"this prompt plays more than {MOST_ACTIONS} texts and recordings"
            self.report(PROMPT_TOO_LONG.at(self.document.value(owner, key), message, "say less"))
        return played[:MOST_ACTIONS]

    def plays(self, owner: Container, key: str | int) -> Iterator[Play | Tongues]:
        """The actions of a prompt, one by one."""
        value = child(owner, key)
        if value is None or value == "":
            return
        if isinstance(value, list):
            for index in range(len(value)):
                yield from self.plays(value, index)
        elif not isinstance(value, dict):
            yield self.play(owner, key, "talk")
        elif "prompt" in value:
            yield from self.from_named(value)
        elif "talk" in value or "stream" in value:
            name = "talk" if "talk" in value else "stream"
            yield self.played_in(value, name)
        else:
            by = {language: tuple(self.plays(value, written)) for language, written in self.tongues(value).items()}
            yield Tongues(by, self.document.value(owner, key))

    def from_named(self, written: Data) -> Iterator[Play | Tongues]:
        """The actions of a prompt from `prompts:`."""
        name = str(written["prompt"])
        place = self.document.value(written, "prompt")
        if name not in self.named:
            self.report(_no_prompt(place, name, self.named))
        elif name in self.within:
            self.report(PROMPT_IN_ITSELF.at(place, f"the prompt `{name}` plays itself: it would never end"))
        else:
            self.within.append(name)
            self.played.add(name)
            yield from self.plays(self.named, name)
            self.within.pop()

    def played_in(self, written: Data, name: str) -> Play | Tongues:
        """An action that plays something, by the key that names it; a `talk` or `stream` perhaps in each language.

        What has words (or a URL) of its own in each language is a mapping from the language to them.
        """
        value = written[name]
        if not isinstance(value, dict) or SHORT.get(name) in value or name not in ("talk", "stream"):
            return self.play(written, name, name)
        spoken = self.tongues(value)
        by: dict[str, Prompt] = {language: (self.play(value, key, name),) for language, key in spoken.items()}
        return Tongues(by, self.document.value(written, name))

    def tongues(self, written: Data) -> Mapping[str, str]:
        """By language, the keys of a mapping of words in each."""
        return keys_by_language(written, self.data.get("voice"), self.document, self.report)

    def play(self, owner: Container, key: str | int, name: str) -> Play:
        """An action of the NCCO's own; `talk` has the flow's voice as its defaults."""
        value = child(owner, key)
        fields = value if isinstance(value, dict) else {SHORT[name]: value} if name in SHORT else {}
        voice = self.voice if name == "talk" else None
        return made(Play, (name, fields, made(FlowOrigin, (self.document, owner, key, name, voice))))


def _no_prompt(place: Place, name: str, prompts: Data) -> Diagnostic:
    near = nearest(name, prompts)
    return UNKNOWN_PROMPT.at(place, f"there is no prompt `{name}`", f"did you mean `{near}`?" if near else None)
