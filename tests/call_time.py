"""Flows that are compiled from a few lines, and calls that are played with them step by step, for tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from textwrap import dedent
from typing import Any

from flowc import compiler
from flowc.program.machine import Ask, Reply, Response, begin, resume, step
from flowc.program.program import Action, Program
from flowc.program.understand import SILENCE, Event
from flowc.text.diagnostics import Diagnostic
from flowc.text.source import Source

Outside = Callable[[Ask], Response]
NOBODY = Response(None)


def compiled(text: str, files: Mapping[str, str] = {}, **params: object) -> compiler.Result:
    """What is made of a flow, and of those in other files that it uses."""

    def read(path: str) -> str:
        if path not in files:
            raise FileNotFoundError(2, "No such file or directory", path)
        return dedent(files[path])

    return compiler.compile(Source("main.flow.yml", dedent(text)), params=params, read=read)


def program(text: str, files: Mapping[str, str] = {}, **params: object) -> Program:
    """A flow that has no mistakes, compiled."""
    result = compiled(text, files, **params)
    assert result.program is not None, [told(each) for each in result.diagnostics]
    return result.program


def findings(text: str, files: Mapping[str, str] = {}, **params: object) -> list[tuple[str, int]]:
    """What is said of a flow: names of rules, each with its line."""
    found = compiled(text, files, **params).diagnostics
    return [(each.rule.name, each.source.position(each.span.start).line) for each in found]


def told(each: Diagnostic) -> str:
    """A finding as one line."""
    return f"{each.source.name}:{each.source.position(each.span.start).line}: {each.rule.name}: {each.message}"


def answers(*bodies: object) -> Outside:
    """A server that answers with these, one after the other, the last again and again; a number is a status."""
    left = [*bodies]

    def answer(_: Ask) -> Response:
        body = left.pop(0) if len(left) > 1 else left[0]
        return body if isinstance(body, Response) else Response(body) if isinstance(body, int) else Response(200, body)

    return answer


def nobody(_: Ask) -> Response:
    """A server that does not answer."""
    return NOBODY


class Call:
    """A call: what was asked of the outside, and what the caller heard last."""

    def __init__(self, played: Program, outside: Outside = nobody, /, **call: object) -> None:
        self.program, self.outside = played, outside
        self.asked: list[Ask] = []
        self.reply = self.made(begin(played, call, SILENCE))

    def made(self, said: Reply | Ask) -> Reply:
        """A reply, when all that has to be asked before it has been asked."""
        while isinstance(said, Ask):
            self.asked.append(said)
            said = resume(self.program, said, self.outside(said))
        assert said.actions, "an NCCO is never empty"
        json.dumps(said.actions, ensure_ascii=False, allow_nan=False).encode()
        json.dumps(said.state, ensure_ascii=False, allow_nan=False).encode()
        self.reply = said
        return said

    def sends(self, event: Event) -> Reply | None:
        """What answers a webhook of the action that waits."""
        assert self.reply.waits is not None, "the call does not wait"
        said = step(self.program, self.reply.waits, self.reply.state, event)
        return None if said is None else self.made(said)

    def presses(self, keys: str) -> list[str]:
        """What is heard after keys."""
        self.sends(Event(keys))
        return self.heard

    def says(self, *words: str | tuple[str, float]) -> list[str]:
        """What is heard after words."""
        self.sends(Event(words=tuple([(each, 0.9) if isinstance(each, str) else each for each in words])))
        return self.heard

    def is_silent(self) -> list[str]:
        """What is heard after silence."""
        self.sends(SILENCE)
        return self.heard

    def is_told(self, status: str) -> list[str]:
        """What is heard after an outcome."""
        self.sends(Event(status=status))
        return self.heard

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions of the last NCCO."""
        return self.reply.actions

    @property
    def heard(self) -> list[str]:
        """The last NCCO in words: texts, and the names of other actions."""
        return [str(each.get("text")) if each["action"] == "talk" else str(each["action"]) for each in self.actions]

    @property
    def vars(self) -> Mapping[str, object]:
        """What the call remembers."""
        return self.reply.state.vars


def published(reply: Reply) -> list[Action]:
    """The NCCO of a reply with the URLs that a host would write."""
    actions: list[Any] = json.loads(json.dumps(reply.actions))
    for each in actions:
        match each:
            case {"action": "connect", "endpoint": [{"onAnswer": {"url": str(name)}} as endpoint]} if "://" not in name:
                endpoint["onAnswer"] = {"url": f"https://ivr.example.com/flow/{name}.json"}
    if reply.at is not None:
        actions[reply.at]["eventUrl"] = ["https://ivr.example.com/flow/wait"]
    return actions


def refused(reply: Reply) -> list[str]:
    """What flowc's own check of a raw NCCO has against a reply."""
    text = json.dumps(published(reply), ensure_ascii=False, allow_nan=False)
    text.encode()
    found = compiler.check(Source("reply.json", text))
    return [told(each) for each in found if each.rule.severity == "error"]
