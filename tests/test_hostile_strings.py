"""Any string in any field of a flow: it comes out of the built documents unchanged, or is refused at its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from test_hostile_text import naughty

import flowc
from flowc.program.files import files
from flowc.program.spelling import written
from flowc.text.diagnostics import errors

MARKS = ["{{", "}}", "{%", "{#", "{{ x }}", "{{ params.nothing }}", "{% if x %}", "{# x #}", "a {{ b", "#}", "%}"]

AT = "@@"
"""Where the string goes in a flow."""


class Field(NamedTuple):
    """A field that takes a text: a flow with the place of the string in it."""

    name: str
    flow: str
    folded: bool = True
    """Whether `{{ … }}` in it is an expression."""

    heard: bool = False
    """Whether a caller hears it."""

    words: bool = False
    """Whether it makes the flow listen for words."""

    also: str = "{}"
    """What is made of a string in the document, if it is more than the string."""


def of(*lines: str, top: str = "") -> str:
    return f"flow: hostile\n{top}steps:\n  main:\n" + "".join(f"    - {line}\n" for line in lines)


ASK = "menu: {{prompt: {prompt}, options: {{1: {option}}}, attempts: 2, noInput: {silent}, otherwise: main}}"


def ask(prompt: str = "Hello.", option: str = "main", silent: str = "Again.") -> str:
    return of(ASK.format(prompt=prompt, option=option, silent=silent))


def connect(endpoint: str) -> str:
    return of(f"connect: {{{endpoint}}}")


FIELDS = [
    Field("talk", of(f"talk: {AT}"), heard=True),
    Field("talk.text", of(f"talk: {{text: {AT}, level: 1}}"), heard=True),
    Field("stream", of(f"stream: {AT}")),
    Field("conversation", of(f"conversation: {AT}")),
    Field("notify.payload", of(f"notify: {{eventUrl: https://a.example.com/, payload: {{a: [{AT}]}}}}")),
    Field("notify.eventUrl", of(f"notify: {{eventUrl: {AT}, payload: {{a: b}}}}")),
    Field("hangup", of(f"hangup: {AT}"), heard=True),
    Field("prompt", ask(prompt=AT), heard=True),
    Field("prompt list", ask(prompt=f"[{AT}, Hello.]"), heard=True),
    Field("noInput", ask(silent=AT), heard=True),
    Field(
        "label",
        ask(prompt="'{{ options }}'", option=f"{{label: {AT}, goto: main}}"),
        also="For {}, press 1.",
        heard=True,
    ),
    Field("say", ask(option=f"{{say: {AT}, goto: main}}"), folded=False, words=True),
    Field("named prompt", of("hangup: {prompt: named}", top=f"prompts: {{named: {AT}}}\n"), heard=True),
    Field(
        "param",
        of("talk: '{{ params.x }}'", top=f"params: {{x: {{type: text, default: {AT}}}}}\n"),
        folded=False,
        heard=True,
    ),
    Field(
        "param in a payload",
        of(
            "notify: {eventUrl: https://a.example.com/, payload: {a: '{{ params.x }}'}}",
            top=f"params: {{x: {{type: text, default: {AT}}}}}\n",
        ),
        folded=False,
    ),
    Field(
        "websocket headers",
        connect(f"websocket: {{uri: wss://a.example.com/, content-type: audio/l16;rate=16000, headers: {{a: {AT}}}}}"),
    ),
    Field("websocket uri", connect(f"websocket: {AT}")),
    Field("sip headers", connect(f"sip: {{uri: 'sip:a@example.com', headers: {{a: {AT}}}}}")),
    Field("sip uri", connect(f"sip: {AT}")),
    Field("app", connect(f"app: {AT}")),
    Field("vbc", connect(f"vbc: {AT}")),
    Field("phone", connect(f"phone: {AT}")),
    Field("connect.from", connect(f"phone: 447700900100, from: {AT}")),
    Field("onAnswer", connect(f"phone: 447700900100, onAnswer: {AT}"), heard=True),
    Field("record.eventUrl", of(f"record: {{eventUrl: {AT}}}")),
    Field("transfer", of(f"transfer: {AT}")),
    Field("language", of(f"talk: {{text: a, language: {AT}}}")),
    Field("context", of(f"input: {{prompt: a, speech: {{context: [{AT}]}}, otherwise: main}}"), words=True),
    Field("failure", of("talk: Hello.", top=f"failure: {{hangup: {AT}}}\n"), heard=True),
]


@pytest.mark.parametrize("field", FIELDS, ids=[each.name for each in FIELDS])
def test_a_string_in_a_field_comes_out_unchanged_or_is_refused_at_its_place(field: Field) -> None:
    lost = []
    for string in [*naughty(), *MARKS]:
        for given in {string, written(string) if field.folded else string}:
            wrong = fault(field, string, given)
            if wrong:
                lost.append((given[:60], wrong))
    assert lost == []


def fault(field: Field, string: str, given: str) -> str | None:
    """What is wrong with what came of a string; `given` is how its author wrote it."""
    quoted = json.dumps(given)
    if "\\ud" in quoted:  # YAML has no halves of characters
        quoted = json.dumps(given, ensure_ascii=False)
    at = field.flow.index(AT)
    text = field.flow.replace(AT, quoted)
    result = flowc.compile(text)
    wrong = errors(result.diagnostics)
    if result.program is None:
        outside = [each for each in wrong if not at <= each.span.start <= each.span.end <= at + len(quoted)]
        return (
            None if wrong and not outside else f"refused elsewhere: {[(each.message, each.span) for each in outside]}"
        )
    out = texts([json.loads(each) for each in built(result, field)])
    if field.also.format(string) in out or (string != given and string in out):
        return None
    if field.heard and not string.strip():  # what comes out empty is left out
        return None
    return f"came out as {sorted(out)}"[:300]


def built(result: flowc.Result, field: Field) -> list[bytes]:
    """The documents that a host publishes, or, of a flow with words, which no host has, those of its program."""
    assert result.program is not None
    if field.words:
        return [each.json for each in files(result.program, "https://x.example.com")]
    tree = flowc.hosts["nginx"].emit(result, "https://x.example.com")
    return [data for path, data in tree.items() if "/hostile/" in path]


def texts(data: object) -> set[str]:
    """Every text in documents."""
    return set(_texts(data))


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for each in data.values():
            yield from _texts(each)
    elif isinstance(data, list):
        for each in data:
            yield from _texts(each)
