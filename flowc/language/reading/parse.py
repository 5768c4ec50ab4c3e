"""From plain data, whose shape has been checked, to a `Flow`."""

from __future__ import annotations

from typing import Any, TypeGuard

from ...text.document import Container, Document, child, made
from ..expressions.texts import Texts
from ..flow import Action, Block, Connect, Data, Flow, GoOn, Goto, Hangup, Play, Target, ToStep, WrongAnswer
from ..linking.origin import ENDPOINTS, FlowOrigin
from .parse_calls import Calls
from .parse_prompts import Prompts, Report
from .parse_questions import Questions

_NOT_NCCO = frozenset({"otherwise", "when", "onAnswer", *ENDPOINTS})


def parse(document: Document, texts: Texts, report: Report, unsound: frozenset[int] = frozenset()) -> Flow:
    """The flow of a document, without the actions that are not sound, by identity."""
    parser = _Parser(document, texts, report, unsound)
    flow = parser.flow()
    del parser.questions, parser.calls  # they know their parser: a ring that only the collector would take apart
    return flow


class _Parser:
    """Reads one document; holds what every part of it needs: the document, the defaults, and whom to tell."""

    def __init__(self, document: Document, texts: Texts, report: Report, unsound: frozenset[int]) -> None:
        self.document = document
        self.report = report
        self.unsound = unsound
        self.whole = True
        self.data: Data = document.data if isinstance(document.data, dict) else {}
        self.prompts = Prompts(document, self.data, report)
        self.questions = Questions(self.prompts, texts, self.target)
        self.calls = Calls(document, texts, self.target, report)

    def flow(self) -> Flow:
        """The whole."""
        data: Any = self.data
        steps = {name: self.block(data["steps"], name) for name in data["steps"]}
        failure = self.target(data, "failure") if "failure" in data else None
        start = data.get("start", next(iter(steps), ""))
        return Flow(
            self.document, data, data["flow"], start, steps, failure, frozenset(self.prompts.played), self.whole
        )

    def block(self, owner: Container, key: str | int) -> Block:
        """A block: an action or a list of them."""
        value = child(owner, key)
        actions = [self.action(each) for each in (value if isinstance(value, list) else [value])]
        return Block(tuple([each for each in actions if each is not None]), self.document.key(owner, key))

    def action(self, written: object) -> Action | None:
        """One action: a mapping with one key."""
        if not isinstance(written, dict) or id(written) in self.unsound:
            self.whole = False
            return None
        name = next(iter(written))
        if name == "input" and _sends_keys(written[name]):
            fields = {"type": ["dtmf"], **written[name]}
            return Play(name, fields, FlowOrigin(self.document, written, name, name))
        if name in ("menu", "input"):
            return self.questions.question(written, name)
        if name == "connect":
            return self.connect(written)
        if name == "goto":
            return Goto(self.target(written, name), self.document.key(written, name))
        if name == "hangup":
            return Hangup(self.questions.spoken(written, name), self.document.key(written, name))
        if name in self.calls.READS:
            return self.calls.action(written, name)
        return self.prompts.played_in(written, name)

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
            self.questions.spoken(fields, "onAnswer") if "onAnswer" in fields else (),
            self.target(fields, "otherwise") if "otherwise" in fields else None,
            {status: self.target(ways, status) for status in ways},
        )

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
            return WrongAnswer(place)
        return made(ToStep, (value, place))


def _sends_keys(fields: object) -> TypeGuard[Data]:
    """Whether an `input` sends each key at once while the call goes on: it asks nothing, and waits for nothing."""
    return isinstance(fields, dict) and fields.get("mode") == "asynchronous"
