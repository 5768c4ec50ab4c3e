"""From what an author wrote to NCCO actions: defaults put in, short forms written out, params folded in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from ...program.program import Action, Fill
from ...text.diagnostics import Diagnostic
from ...text.document import made
from ..expressions.texts import Texts
from ..flow import Connect, Data, Option, Play, Prompt, Question, Request, Tongues
from ..reading import patterns
from ..reading.prompts import made_of_options, with_options
from ..schema import facts
from .leaves import UNKNOWN, Leaves, properties
from .origin import SHORT, FlowOrigin, Placed

_INTERRUPTED = {"bargeIn": True}
_ENDPOINT_DEFAULTS = {"websocket": {"content-type": "audio/l16;rate=16000"}}  # required, and this is the usual one
_VOICE = ("language", "style", "premium")
_URL = {"type": "string", "minLength": 1, "x-flowc": {"kind": "url"}}
_HEADER = {"type": "string", "pattern": r"^[\t\x20-\x7e\x80-\uffff]*$", "maxLength": 4000}
_HEADERS = {"type": "object", "additionalProperties": _HEADER}


class Lowering:
    """Lowers actions of one flow in one language, with what its params are bound to.

    `voice` is the flow's for that language. `scope` is where in `vars` it remembers: elsewhere if another flow runs it.
    `lacking` says of prompts that they have no words in the language, until somebody takes it.
    """

    def __init__(self, voice: Data | None, texts: Texts, scope: tuple[str, ...] = ()) -> None:
        self.voice: Mapping[str, Any] = voice or {}
        self.spoken = {key: self.voice[key] for key in _VOICE if key in self.voice}
        self.texts = texts
        self.scope = scope
        self.language = language_of(self.voice)
        self.touched: list[Placed] = []
        self.lacking: list[Diagnostic] = []

    def prompt(self, prompt: Prompt) -> list[Placed]:
        """The actions of a prompt."""
        return [each for play in self.heard(prompt) for each in self.play(play)]

    def heard(self, prompt: Prompt) -> Sequence[Play]:
        """What is played of a prompt in this language."""
        return [*self.translated(prompt)] if Tongues in map(type, prompt) else cast("Sequence[Play]", prompt)

    def translated(self, prompt: Prompt) -> Iterator[Play]:
        """The same, of a prompt with words of its own in each language."""
        for part in prompt:
            if isinstance(part, Play):
                yield part
            elif self.language in part.by and not _is_left_out(part, self.language):
                yield from self.translated(part.by[self.language])
            else:
                from .translations import no_words  # few flows lack words

                self.lacking.append(no_words(part.place, "prompt", self.language, part.by))

    def said(self, question: Question) -> Question:
        """A question with what is heard of it in this language, and with the words that may be said in it."""
        if question.words and any(each.spoken is not None for each in question.options.values()):
            question = self.listening(question)
        heard = self.heard(question.prompt)
        return question if heard is question.prompt else question._replace(prompt=tuple(heard))

    def listening(self, question: Question) -> Question:
        """A question whose options have words of their own in each language, with those of this one."""
        options: dict[str, Option] = {}
        for key, option in question.options.items():
            if option.spoken is not None and not any(map(str.strip, option.spoken.get(self.language, ()))):
                from .translations import no_words  # few flows lack words

                self.lacking.append(no_words(option.place, "option", self.language, option.spoken))
            words = option.words if option.spoken is None else option.spoken.get(self.language, ())
            options[key] = option._replace(words=words)
        said = [
            word for key, each in options.items() for word in (*(() if key in question.keys else (key,)), *each.words)
        ]
        return question._replace(options=options, words=tuple(said))

    def play(self, play: Play, more: Mapping[str, object] | None = None) -> list[Placed]:
        """The action of a `talk`, `stream`, …; none for a text that came out empty."""
        text = play.fields.get("text")
        if play.name == "talk" and len(play.fields) == 1 and isinstance(text, str) and "{" not in text:
            action: Action = {"action": "talk", "text": text, **self.spoken, **(more or {})}  # by far the most
            return [made(Placed, (action, play.origin, (), ()))] if text.strip() else []
        lowered = self.lower(play.name, play.fields, play.origin, more)
        return [] if play.name == "talk" and not str(lowered.action.get("text", "")).strip() else [lowered]

    def lower(
        self,
        name: str,
        fields: Data,
        origin: FlowOrigin,
        more: Mapping[str, object] | None = None,
    ) -> Placed:
        """One action: `more` are fields that flowc adds where the author wrote none of that name."""
        leaves = Leaves(self.texts, origin)
        fields_of = properties(name)
        action: Action = {"action": name}
        for key, value in fields.items():
            action[key] = leaves.value(value, fields_of.get(key, UNKNOWN), (key,))
        if name == "talk" and self.spoken:
            _speak(action, self.spoken)
        for key, value in (more or {}).items():
            action.setdefault(key, value)
        lowered = Placed(action, origin, tuple(leaves.open), tuple(leaves.fills))
        if leaves.touched:
            self.touched.append(lowered)
        return lowered

    # Questions

    def question(self, question: Question) -> list[Placed]:
        """The prompt of a question and the `input` that waits for its answer."""
        return [*self.asking(question.prompt, question), self.input(question)]

    def asking(self, prompt: Prompt, question: Question) -> list[Placed]:
        """A prompt of a question: it can be interrupted, unless the question listens for words (noise would cut it).

        Where the author wants the question heard out, so is what is said after a failed attempt: `bargeIn` would stick.
        """
        more = {} if question.heard_out or question.listens else _INTERRUPTED
        lowered: list[Placed] = []
        for play in self.heard(prompt):
            if made_of_options(text := str(play.fields.get("text"))):
                language = str(play.fields.get("language", self.language))
                said = with_options(text, question, language)
                play = play._replace(fields={**play.fields, "text": said})
                if any(isinstance(each.label, Mapping) for each in question.options.values()):
                    self.unlabelled(question, language)
            lowered += self.play(play, more)
        return lowered

    def unlabelled(self, question: Question, language: str) -> None:
        """See that what is announced in a language has words in it."""
        from .translations import label_place, no_words  # few flows have labels in several

        for key, option in question.options.items():
            if isinstance(option.label, Mapping) and not option.label.get(language, "").strip():
                self.lacking.append(no_words(label_place(question, key), "label", language, option.label))

    def input(self, question: Question) -> Placed:
        """The `input` action of a question; what waits has its `eventUrl` from the host."""
        keys, words = question.takes_keys, question.listens
        fields: Data = {"type": [kind for kind, wanted in (("dtmf", keys), ("speech", words)) if wanted]}
        if keys and (dtmf := _dtmf(question)):
            fields["dtmf"] = dtmf
        if question.pattern is not None and not words:
            self.fits(question, question.pattern)
        if words:
            fields["speech"] = self.speech(question)
        if "eventMethod" in question.fields:
            fields["eventMethod"] = question.fields["eventMethod"]
        if not words and not question.dtmf:
            return Placed({"action": "input", **fields}, question.origin)  # nothing in it is the author's
        placed = self.lower("input", fields, question.origin)
        return _hinted(placed, question) if question.words and "context" not in (question.speech or {}) else placed

    def fits(self, question: Question, pattern: str) -> None:
        """See that as many keys are collected as the shortest good answer has."""
        least, longest = (
            int(patterns.parsed(pattern).getwidth()[0]),
            facts.field("input", "dtmf", "maxDigits")["maximum"],
        )
        most = (question.dtmf or {}).get("maxDigits", longest)
        if isinstance(most, int) and least > most:
            message = f"no answer fits: it has {least} keys or more, and {most} are collected"
            hint = f"write `dtmf: {{maxDigits: {least}}}`" if least <= longest else "ask for it in two steps"
            self.texts.report(patterns.BAD_PATTERN.at(question.origin.at("pattern"), message, hint))

    def speech(self, question: Question) -> Data:
        """The `speech` settings; in the flow's language where the author names none."""
        given = dict(question.speech or {})
        language = self.voice.get("asr") or self.voice.get("language")
        if language and "language" not in given:
            given["language"] = language
        return given

    def request(self, request: Request) -> tuple[Data, tuple[Fill, ...]]:
        """What a request asks with: its `url`, its `headers`, and its `json`, with the leaves that hold values."""
        leaves = Leaves(self.texts, request.origin)
        secret = Leaves(self.texts, request.origin, secrets=True)
        data: Data = {"url": leaves.value(request.fields["url"], _URL, ("url",))}
        leaves.asks(str(request.fields["url"]), data["url"])
        if "{" in str(request.fields["url"]):
            self.begin(request, leaves.fills[0].template.parts[0] if leaves.fills else data["url"])
        if "headers" in request.fields:
            data["headers"] = secret.value(request.fields["headers"], _HEADERS, ("headers",))
        if "json" in request.fields:
            data["json"] = leaves.value(request.fields["json"], UNKNOWN, ("json",))
        fills = (*leaves.fills, *secret.fills)
        return data, tuple([each._replace(path=(0, *each.path)) for each in fills])

    def begin(self, request: Request, first: object) -> None:
        """See that a URL with values in it begins as one: only a param of type `url` can be its begin."""
        match first:
            case str() if first.startswith(("https://", "http://")):
                return
            case ["path", "params", str(name)] if name in self.texts.params and self.texts.params[name].type == "url":
                return
        from ..schema.faults import BAD_URL  # few flows have such a mistake

        message = "a value that begins a URL is percent-encoded there, so this is none"
        hint = "begin it with `https://HOST/`, or with a param of type `url`"
        self.texts.report(BAD_URL.at(request.origin.at("url"), message, hint))

    # Connect

    def connect(self, connect: Connect, whisper: str | None) -> Placed:
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


def language_of(voice: Mapping[str, Any]) -> str:
    """The language of a voice, which is the platform's own where the voice names none."""
    return str(voice.get("language", "en-US"))


def _is_left_out(part: Tongues, language: str) -> bool:
    """Whether there is nothing to be heard in a language where others have words."""
    return _is_silent(part.by[language]) and not all(map(_is_silent, part.by.values()))


def _is_silent(prompt: Prompt) -> bool:
    """Whether an author wrote nothing there that could be heard."""
    return all(
        isinstance(each, Play) and each.name == "talk" and not str(each.fields.get("text", "")).strip()
        for each in prompt
    )


def _dtmf(question: Question) -> Data:
    """The `dtmf` settings: as many keys are collected as the longest option has, or the longest answer of a pattern."""
    given = dict(question.dtmf or {})
    if "maxDigits" in given:
        return given
    if question.name == "menu" and question.keys:
        given["maxDigits"] = max(map(len, question.keys))
    elif question.pattern is not None and (longest := patterns.digits(question.pattern)) is not None:
        most = int(facts.field("input", "dtmf", "maxDigits")["maximum"])
        given["maxDigits"] = min(max([longest, *map(len, question.keys)]), most)
    return given


def _speak(action: Action, spoken: Mapping[str, Any]) -> None:
    """Put the flow's voice into a `talk`. A `talk` in a language of its own takes nothing: styles are per language."""
    if action.get("language", spoken.get("language")) == spoken.get("language"):
        for key, value in spoken.items():
            action.setdefault(key, value)


def _hinted(placed: Placed, question: Question) -> Placed:
    """An `input` that listens for the words of its options. They are texts already, with nothing to put in."""
    speech = placed.action.get("speech")
    words = [Texts.escape(word) for word in question.words] if placed.open else list(question.words)
    hinted: Data = {**(speech if isinstance(speech, dict) else {}), "context": words}
    return placed._replace(action={**placed.action, "speech": hinted})


def _whispering(placed: Placed, whisper: str) -> Placed:
    """A `connect` whose callee hears a document first."""
    action = placed.action
    endpoints = action["endpoint"]
    first: Data = {**(endpoints[0] if isinstance(endpoints, list) else {}), "onAnswer": {"url": whisper}}
    return placed._replace(action={**action, "endpoint": [first]})
