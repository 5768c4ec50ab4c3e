"""From what an author wrote to NCCO actions: defaults put in, short forms written out, params folded in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ..program.program import Action
from ..text.document import Place
from . import facts
from .flow import Connect, Data, Play, Prompt, Question
from .origin import SHORT, FlowOrigin, Placed
from .prompts import made_of_options, with_options
from .texts import Texts

_UNKNOWN: dict[str, Any] = {}
_INTERRUPTED = {"bargeIn": True}
_ENDPOINT_DEFAULTS = {"websocket": {"content-type": "audio/l16;rate=16000"}}  # required, and this is the usual one
_VOICE = ("language", "style", "premium")


class Lowered(NamedTuple):
    """An NCCO action with its origin, and the params in it that are not bound."""

    placed: Placed
    open: tuple[str, ...] = ()

    def written(self, template: bool) -> Action:
        """The action as its document holds it: in a template, braces of constant text are escaped."""
        action = self.placed.action
        return action if not template or self.open else _escaped_action(action)


class Lowering:
    """Lowers actions of one flow, with what its params are bound to."""

    def __init__(self, voice: Data | None, texts: Texts) -> None:
        self.voice: Mapping[str, Any] = voice or {}
        self.spoken = {key: self.voice[key] for key in _VOICE if key in self.voice}
        self.texts = texts
        self.language = str(self.voice.get("language", "en-US"))
        self.touched: list[Lowered] = []

    def prompt(self, prompt: Prompt) -> list[Lowered]:
        """The actions of a prompt."""
        return [each for play in prompt for each in self.play(play)]

    def play(self, play: Play, more: Mapping[str, object] | None = None) -> list[Lowered]:
        """The action of a `talk`, `stream`, …; none for a text that came out empty."""
        text = play.fields.get("text")
        if play.name == "talk" and len(play.fields) == 1 and isinstance(text, str) and "{" not in text:
            action: Action = {"action": "talk", "text": text, **self.spoken, **(more or {})}  # by far the most
            return [Lowered(Placed(action, play.origin))] if text.strip() else []
        lowered = self.lower(play.name, play.fields, play.origin, more)
        return [] if play.name == "talk" and not str(lowered.placed.action.get("text", "")).strip() else [lowered]

    def lower(
        self,
        name: str,
        fields: Data,
        origin: FlowOrigin,
        more: Mapping[str, object] | None = None,
    ) -> Lowered:
        """One action: `more` are fields that flowc adds where the author wrote none of that name."""
        leaves = _Leaves(self.texts, origin)
        fields_of = properties(name)
        action: Action = {"action": name}
        for key, value in fields.items():
            action[key] = leaves.value(value, fields_of.get(key, _UNKNOWN), (key,))
        if name == "talk" and self.spoken:
            _speak(action, self.spoken)
        for key, value in (more or {}).items():
            action.setdefault(key, value)
        lowered = Lowered(Placed(action, origin), tuple(leaves.open))
        if leaves.touched:
            self.touched.append(lowered)
        return lowered

    # Questions

    def question(self, question: Question) -> list[Lowered]:
        """The prompt of a question and the `input` that waits for its answer."""
        return [*self.asking(question.prompt, question), self.input(question)]

    def asking(self, prompt: Prompt, question: Question) -> list[Lowered]:
        """A prompt of a question: it can be interrupted, unless the question listens for words (noise would cut it).

        Where the author wants the question heard out, so is what is said after a failed attempt: `bargeIn` would stick.
        """
        heard_out = any(play.fields.get("bargeIn") is False for play in question.prompt)
        more = {} if question.listens or heard_out else _INTERRUPTED
        lowered: list[Lowered] = []
        for play in prompt:
            if made_of_options(text := str(play.fields.get("text"))):
                said = with_options(text, question, str(play.fields.get("language", self.language)))
                play = play._replace(fields={**play.fields, "text": said})
            lowered += self.play(play, more)
        return lowered

    def input(self, question: Question) -> Lowered:
        """The `input` action of a question; what waits has its `eventUrl` from the host."""
        fields: Data = {"type": []}
        kinds: list[str] = []
        if question.takes_keys:
            kinds.append("dtmf")
            fields["dtmf"] = _dtmf(question)
        if question.listens:
            kinds.append("speech")
            fields["speech"] = self.speech(question)
        fields["type"] = kinds
        if not fields.get("dtmf", True):
            del fields["dtmf"]
        if "eventMethod" in question.fields:
            fields["eventMethod"] = question.fields["eventMethod"]
        return self.lower("input", fields, question.origin)

    def speech(self, question: Question) -> Data:
        """The `speech` settings; the flow's language and the options' words where the author says neither."""
        given = dict(question.speech or {})
        language = self.voice.get("asr") or self.voice.get("language")
        if language and "language" not in given:
            given["language"] = language
        if question.words and "context" not in given:
            given["context"] = list(question.words)
        return given

    # Connect

    def connect(self, connect: Connect, whisper: str | None) -> Lowered:
        """The `connect` action. `onAnswer.url` names the whisper's document: its URL is the host's to write."""
        written = connect.written
        endpoint: Data = {"type": connect.endpoint}
        if isinstance(written, dict):
            endpoint |= written
        else:
            endpoint |= {SHORT[connect.endpoint]: written, **_ENDPOINT_DEFAULTS.get(connect.endpoint, {})}
        fields: Data = {"endpoint": [endpoint], **connect.fields}
        if connect.waits:
            fields["eventType"] = "synchronous"
        lowered = self.lower("connect", fields, connect.origin)
        return lowered if whisper is None else _whispering(lowered, whisper)


@lru_cache
def properties(name: str) -> Mapping[str, Any]:
    """The schemas of an action's fields, with what they refer to merged in."""
    return {key: facts.resolved(part) for key, part in facts.action(name)["properties"].items()}


def _dtmf(question: Question) -> Data:
    """The `dtmf` settings: a menu collects as many keys as its longest option has."""
    given = dict(question.dtmf or {})
    if question.name == "menu" and question.keys and "maxDigits" not in given:
        given["maxDigits"] = max(map(len, question.keys))
    return given


def _speak(action: Action, spoken: Mapping[str, Any]) -> None:
    """Put the flow's voice into a `talk`. A `talk` in a language of its own takes nothing: styles are per language."""
    if action.get("language", spoken.get("language")) == spoken.get("language"):
        for key, value in spoken.items():
            action.setdefault(key, value)


class _Leaves:
    """Walks the fields of one action down to its leaves, beside their schema."""

    def __init__(self, texts: Texts, origin: FlowOrigin) -> None:
        self.texts = texts
        self.origin = origin
        self.open: dict[str, None] = {}
        self.touched = False

    def value(self, value: object, schema: Mapping[str, Any], path: tuple[str | int, ...]) -> object:
        """A value in the type of the field it fills."""
        if isinstance(value, str):
            return self.text(value, schema, path) if "{" in value or schema.get("type") == "array" else value
        if isinstance(value, dict):
            inner = schema.get("properties", {})
            return {
                key: self.value(each, facts.resolved(inner.get(key, _UNKNOWN)), (*path, key))
                for key, each in value.items()
            }
        if isinstance(value, list):
            items = facts.resolved(schema.get("items", _UNKNOWN))
            if path == ("endpoint",):
                items = facts.field("connect", "endpoint", str(value[0]["type"]))
            return [self.value(each, items, (*path, index)) for index, each in enumerate(value)]
        if schema.get("type") == "string" and isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.spelled(value, path)
        return value

    def text(self, text: str, schema: Mapping[str, Any], path: tuple[str | int, ...]) -> object:
        """A text, folded; one URL where a list of one stands."""
        if schema.get("type") == "array":
            return [self.value(text, facts.resolved(schema.get("items", _UNKNOWN)), path)]
        filled = self.texts.fill(text, self.origin.at(*path), schema)
        self.touched = True
        self.open.update(dict.fromkeys(filled.open))
        return filled.value

    def spelled(self, number: int | float, path: tuple[str | int, ...]) -> str:
        """A number as its author spelled it, where a text is wanted."""
        self.touched = True
        place: Place = self.origin.at(*path)
        return place.document.source.text[slice(*place.span)] if isinstance(number, float) else str(number)


def _whispering(lowered: Lowered, whisper: str) -> Lowered:
    """A `connect` whose callee hears a document first."""
    action = lowered.placed.action
    endpoints = action["endpoint"]
    first: Data = {**(endpoints[0] if isinstance(endpoints, list) else {}), "onAnswer": {"url": whisper}}
    return lowered._replace(placed=lowered.placed._replace(action={**action, "endpoint": [first]}))


def _escaped_action(action: Action) -> Action:
    return {key: _escaped(value) for key, value in action.items()}


def _escaped(value: Any) -> Any:
    """Data whose texts mean themselves inside a template."""
    if isinstance(value, str):
        return Texts.escape(value)
    if isinstance(value, dict):
        return {key: _escaped(each) for key, each in value.items()}
    return [_escaped(each) for each in value] if isinstance(value, list) else value
