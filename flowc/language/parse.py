"""From plain data, whose shape has been checked, to a `Flow`. What this version does not compile is said here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..text.diagnostics import Diagnostic, Rule
from ..text.document import Container, Document, Place, child
from .flow import Action, Block, Connect, Data, Flow, GoOn, Goto, Hangup, Option, Play, Prompt, Question, Target, ToStep
from .naming import is_key
from .not_yet import NOT_YET
from .origin import ENDPOINTS, SHORT, FlowOrigin
from .texts import Texts

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

OPEN_WORD = Rule(
    "E212",
    "open-word",
    """A word to say that is not known when the flow is built

The words of an option are what a caller's answer is compared with, in a table that is made when the flow is built. A
param that nothing binds leaves a hole in it: whoever says the word is not understood.

Give the param a default, bind it for the site, or write the word out.""",
)

_TEXT = {"type": "string"}
_LATER_ACTIONS = frozenset({"branch", "switch", "set", "request", "language", "run"})
_LATER_KEYS = ("hours", "use")
_LATER_FIELDS = ("save", "pattern", "sensitive")
_OPTION_KEYS = frozenset({"say", "label"})
_NOT_NCCO = frozenset({"otherwise", "when", "onAnswer", *ENDPOINTS})


def parse(document: Document, texts: Texts, report: Report) -> Flow:
    """The flow of a document. Constructs of later versions are reported and left out of it."""
    return _Parser(document, texts, report).flow()


class _Parser:
    """Reads one document; holds what every part of it needs: the document, the defaults, and whom to tell."""

    def __init__(self, document: Document, texts: Texts, report: Report) -> None:
        self.document = document
        self.texts = texts
        self.report = report
        self.data: Data = document.data if isinstance(document.data, dict) else {}
        voice = self.data.get("voice")
        self.voice: Data | None = voice if isinstance(voice, dict) else None
        self.defaults: Any = self.data.get("input", {})
        self.prompts: Any = self.data.get("prompts", {})
        self.within: list[str] = []
        self.played: set[str] = set()

    def flow(self) -> Flow:
        """The whole."""
        data: Any = self.data
        for key in _LATER_KEYS:
            if key in data:
                self.later(self.document.key(data, key), f"`{key}`")
        if isinstance(data.get("voice"), list):
            self.later(self.document.value(data, "voice"), "a flow of several languages")
        steps = {name: self.block(data["steps"], name) for name in data["steps"]}
        failure = self.target(data, "failure") if "failure" in data else None
        start = data.get("start", next(iter(steps), ""))
        return Flow(self.document, data, data["flow"], start, steps, failure, frozenset(self.played))

    def later(self, place: Place, what: str) -> None:
        """Say that a construct waits for a later version."""
        hint = "this version compiles what is known when the flow is built"
        self.report(NOT_YET.at(place, f"{what} is not compiled yet: it needs what only a call knows", hint))

    def block(self, owner: Container, key: str | int) -> Block:
        """A block: an action or a list of them."""
        value = child(owner, key)
        actions = [self.action(each) for each in (value if isinstance(value, list) else [value])]
        return Block(tuple([each for each in actions if each is not None]), self.document.key(owner, key))

    def action(self, written: object) -> Action | None:
        """One action: a mapping with one key."""
        if not isinstance(written, dict):
            return None
        name = next(iter(written))
        if name in ("menu", "input"):
            return self.question(written, name)
        if name == "connect":
            return self.connect(written)
        if name == "goto":
            return Goto(self.target(written, name), self.document.key(written, name))
        if name == "hangup":
            return Hangup(self.prompt(written, name), self.document.key(written, name))
        if name in _LATER_ACTIONS:
            self.later(self.document.key(written, name), f"`{name}`")
            return None
        return self.play(written, name, name)

    def play(self, owner: Container, key: str | int, name: str) -> Play:
        """An action of the NCCO's own; `talk` has the flow's voice as its defaults."""
        value = child(owner, key)
        fields = value if isinstance(value, dict) else {SHORT[name]: value} if name in SHORT else {}
        return Play(name, fields, FlowOrigin(self.document, owner, key, name, self.voice if name == "talk" else None))

    # Targets

    def target(self, owner: Container, key: str | int) -> Target:
        """A step's name, `continue`, or a block in place."""
        value = child(owner, key)
        if isinstance(value, dict) and value.keys() == {"goto"}:
            return self.target(value, "goto")
        if not isinstance(value, str):
            return self.block(owner, key)
        place = self.document.value(owner, key)
        if value == "continue":
            return GoOn(place)
        if value == "noMatch":
            self.later(place, "`noMatch` as a target")
        return ToStep(value, place)

    # Prompts

    def prompt(self, owner: Container, key: str | int) -> Prompt:
        """A prompt: text, an action `talk`, `stream` or `prompt`, or a list of these."""
        return tuple(self.plays(owner, key))

    def plays(self, owner: Container, key: str | int) -> Iterator[Play]:
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
            yield from self.named(value)
        elif "talk" in value or "stream" in value:
            name = "talk" if "talk" in value else "stream"
            yield self.play(value, name, name)
        else:
            self.later(self.document.value(owner, key), "a prompt in several languages")

    def named(self, written: Data) -> Iterator[Play]:
        """The actions of a prompt from `prompts:`."""
        name = str(written["prompt"])
        place = self.document.value(written, "prompt")
        if name not in self.prompts:
            self.report(_no_prompt(place, name, self.prompts))
        elif name in self.within:
            self.report(PROMPT_IN_ITSELF.at(place, f"the prompt `{name}` plays itself: it would never end"))
        else:
            self.within.append(name)
            self.played.add(name)
            yield from self.plays(self.prompts, name)
            self.within.pop()

    # Questions

    def question(self, owner: Data, name: str) -> Question:
        """A `menu` or an `input`, with what the flow's `input:` says where it does not."""
        fields: Any = owner[name]
        for field in _LATER_FIELDS:
            if field in fields:
                self.later(self.document.key(fields, field), f"`{field}`")
        if name == "input" and "noMatch" in fields:
            self.later(self.document.key(fields, "noMatch"), "a wrong answer to an `input`")
        origin = FlowOrigin(self.document, owner, name, name)
        options = self.options(fields)
        return Question(
            name,
            fields,
            origin,
            self.prompt(fields, "prompt") if "prompt" in fields else (),
            options,
            tuple([key for key in options if is_key(key)]),
            tuple([word for key, option in options.items() for word in _said(key, option)]),
            self.given(fields, "attempts", 3),
            self.failed(fields, "noInput"),
            self.failed(fields, "noMatch"),
            self.otherwise(fields),
            self.given(fields, "dtmf", None),
            self.given(fields, "speech", None),
        )

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
        if not isinstance(value, list):
            return (self.prompt_or_target(holder, key),)
        return tuple(self.prompt_or_target(value, index) for index in range(len(value)))

    def prompt_or_target(self, owner: Container, key: str | int) -> Prompt | Target:
        """A prompt of a failed attempt; `{goto: target}` leaves the question there."""
        value = child(owner, key)
        return self.target(value, "goto") if isinstance(value, dict) and "goto" in value else self.prompt(owner, key)

    def options(self, fields: Data) -> dict[str, Option]:
        """The options of a question, then those of the flow's `keys:` that it does not bind itself."""
        found: dict[str, Option] = {}
        holders: tuple[Any, ...] = (fields.get("options", {}), self.data.get("keys", {}))
        for holder in holders:
            for key in holder:
                if key not in found:
                    found[key] = self.option(holder, key)
        return found

    def option(self, owner: Data, key: str) -> Option:
        """What a key leads to: a target, or a mapping of words, label and target."""
        value = owner[key]
        place = self.document.key(owner, key)
        if not isinstance(value, dict) or not _OPTION_KEYS & value.keys():
            return Option(self.target(owner, key), (), None, place)
        target = self.target(value, "goto") if "goto" in value else GoOn(place)
        return Option(target, tuple(self.words(value)), self.label(value), place)

    def label(self, option: Data) -> str | None:
        """What an option is called, as a text that may still be a template."""
        if "label" not in option:
            return None
        filled = self.texts.fill(str(option["label"]), self.document.value(option, "label"), _TEXT)
        return str(filled.value) if filled.open else Texts.escape(str(filled.value))

    def words(self, option: Data) -> Iterator[str]:
        """The words that may be said for an option: a host compares them, so they are known when the flow is built."""
        said = option.get("say", [])
        for index, word in enumerate(said if isinstance(said, list) else [said]):
            place = self.document.value(said, index) if isinstance(said, list) else self.document.value(option, "say")
            filled = self.texts.fill(str(word), place, _TEXT)
            if filled.open:
                message = f"this word is not known before `{filled.open[0]}` is bound"
                self.report(OPEN_WORD.at(place, message, "give the param a default, or write the word out"))
            else:
                yield str(filled.value)

    # Connect

    def connect(self, owner: Data) -> Connect:
        """A `connect`, with its ways on."""
        fields: Any = owner["connect"]
        ways = fields.get("when", {})
        endpoint = next(kind for kind in ENDPOINTS if kind in fields)
        return Connect(
            {key: value for key, value in fields.items() if key not in _NOT_NCCO},
            FlowOrigin(self.document, owner, "connect", "connect"),
            endpoint,
            fields[endpoint],
            self.prompt(fields, "onAnswer") if "onAnswer" in fields else (),
            self.target(fields, "otherwise") if "otherwise" in fields else None,
            {status: self.target(ways, status) for status in ways},
        )


def _said(key: str, option: Option) -> tuple[str, ...]:
    """The words of an option."""
    return option.words if is_key(key) else (key, *option.words)


def _no_prompt(place: Place, name: str, prompts: Data) -> Diagnostic:
    from ..text.nearest import nearest

    near = nearest(name, prompts)
    return UNKNOWN_PROMPT.at(place, f"there is no prompt `{name}`", f"did you mean `{near}`?" if near else None)
