"""A flow as its author wrote it, typed: steps, actions, questions and targets, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from ..program.evaluate import Expression
from ..program.values import Template
from ..text.document import Document, Place
from .linking.origin import FlowOrigin

Data = dict[str, object]


class ToStep(NamedTuple):
    """A target: a step by its name. The caller goes there for good."""

    name: str
    place: Place


class GoOn(NamedTuple):
    """The target `continue`: what follows the action it stands in."""

    place: Place


class Block(NamedTuple):
    """Actions done in order: a step, or a target in place, behind whose action the call then goes on."""

    actions: tuple[Action, ...]
    place: Place


class WrongAnswer(NamedTuple):
    """The target `noMatch`: the answer last given in this block was a wrong one."""

    place: Place


Target: TypeAlias = ToStep | GoOn | Block | WrongAnswer


class Play(NamedTuple):
    """An action of the NCCO's own, with the fields as written and its origin."""

    name: str
    fields: Data
    origin: FlowOrigin


class Tongues(NamedTuple):
    """A part of a prompt that has words of its own in each language."""

    by: dict[str, Prompt]
    place: Place


Prompt: TypeAlias = tuple[Play | Tongues, ...]


class Option(NamedTuple):
    """What a key or a word leads to. `words` may be said instead of the key; `spoken` are those of each language.

    `label` is for `{{ options }}`: a text, or one for each language.
    """

    target: Target
    words: tuple[str, ...]
    label: str | Mapping[str, str] | None
    place: Place
    spoken: Mapping[str, tuple[str, ...]] | None = None


class Question(NamedTuple):
    """A `menu` or an `input`: a prompt, and a way on for everything a caller can do.

    `keys` are the options that are pressed, `words` all that may be said for one. `heard_out` says that its author does
    not want the prompt interrupted.
    """

    name: str
    fields: Data
    origin: FlowOrigin
    prompt: Prompt
    options: dict[str, Option]
    keys: tuple[str, ...]
    words: tuple[str, ...]
    attempts: int
    no_input: tuple[Prompt | Target, ...]
    no_match: tuple[Prompt | Target, ...]
    otherwise: Target | None
    dtmf: Data | None
    speech: Data | None
    heard_out: bool = False
    pattern: str | None = None
    save: str | None = None
    sensitive: bool = False

    @property
    def listens(self) -> bool:
        """Whether it listens for words."""
        return self.speech is not None or bool(self.words)

    @property
    def takes_keys(self) -> bool:
        """Whether it asks for keys: unless there is only speech."""
        return self.dtmf is not None or bool(self.keys) or not self.listens


class Connect(NamedTuple):
    """A `connect`. With `otherwise` or `ways` it waits for its outcome; without, the block goes on once answered.

    `endpoint` is its type and `written` what the author put there: a number, URI, user or extension, or fields.
    """

    fields: Data
    origin: FlowOrigin
    endpoint: str
    written: object
    whisper: Prompt
    otherwise: Target | None
    ways: dict[str, Target]

    @property
    def waits(self) -> bool:
        """Whether the call comes back with an outcome."""
        return self.otherwise is not None or bool(self.ways)


class Goto(NamedTuple):
    """On to a target."""

    target: Target
    place: Place


class Hangup(NamedTuple):
    """Says its prompt and ends the call."""

    prompt: Prompt
    place: Place


class Way(NamedTuple):
    """A way of a `branch` or a `switch`: taken if its test, an expression, is true."""

    test: Expression
    target: Target


class Choose(NamedTuple):
    """A `branch` or a `switch`: the first way whose test is true, else `otherwise`."""

    name: str
    ways: tuple[Way, ...]
    otherwise: Target | None
    place: Place


class Remember(NamedTuple):
    """A `set`: values by the name of their variable."""

    values: tuple[tuple[str, Template], ...]
    place: Place


class Request(NamedTuple):
    """A `request`: its fields as written, and where it leads."""

    fields: Data
    origin: FlowOrigin
    when: dict[str, Target]
    otherwise: Target


class Speak(NamedTuple):
    """A `language`: the one that is spoken from here on."""

    language: str
    place: Place


class Run(NamedTuple):
    """A `run`: a used flow by its name, its params, and the name under which what it remembered is read."""

    flow: str
    given: Data
    save: str | None
    origin: FlowOrigin


Action: TypeAlias = Play | Tongues | Question | Connect | Goto | Hangup | Choose | Remember | Request | Speak | Run


class Flow(NamedTuple):
    """A whole flow. `prompts_played` are the names from `prompts:` that some prompt plays.

    `whole` is false where actions were left out of it, for what is wrong with them.
    """

    document: Document
    data: Data
    name: str
    start: str
    steps: dict[str, Block]
    failure: Target | None
    prompts_played: frozenset[str]
    whole: bool = True
