"""Whatever a caller or a server says, it stays a value: no action, field, tag or part of a URL comes of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import pytest
from call_time import Call, program, refused
from test_hostile_text import naughty

from flowc.program.codec import encode
from flowc.program.machine import Ask, Response
from flowc.program.program import Program
from flowc.program.understand import Event

ATTACKS = [
    'x"},{"action":"connect"',
    '"}],"action":"transfer","x":[{"y":"',
    "</speak><audio src='https://evil.example.com/a.mp3'/>",
    "<speak>hello</speak>",
    " \n<SPEAK ><audio src='https://evil.example.com'/></SPEAK>",
    "<",
    "'/><audio src='https://evil.example.com'/>",
    "&amp; &lt;speak&gt; ]]>",
    "{{ params.secret }}",
    "{{ call.to }}{% x %}{# y #}",
    "../admin?x=",
    "..",
    ".",
    "//evil.example.com/?a=b#c",
    "https://evil.example.com/",
    "@evil.example.com:80\\",
    "a\r\nX-Evil: 1\r\n\r\nGET / HTTP/1.1",
    "\x00\x01\x1f\x7f\x80\x85\u2028\u2029\ufeff\u202e",
    "\ud800",
    "\udfff x \ud83d",
    "😀 é ß 你好 हाँ",
    "%2e%2e%2f %00 %",
    "447700900100\n",
    "a" * 10_000,
    "a" * 700,
    "\\",
    "'; DROP TABLE calls; --",
    "~main.vm/with",
    "__proto__",
    "main~2",
    "continue",
    "",
    " ",
]

FLOW = """
flow: values
failure: {talk: Sorry.}
timezone: UTC
params: {secret: {type: secret}}
steps:
  main:
    - set: {v: "{{ READ }}", mixed: "a {{ READ }} b"}
    - talk: "{{ READ }}"
    - talk: "Hello {{ READ }} and {{ vars.v }}."
    - talk: "<speak>Hello <prosody rate='{{ vars.v }}'>{{ READ }} {{ vars.v | spell }}</prosody></speak>"
    - talk: "{{ vars.mixed }} {{ (vars.v ~ '') | upper }} {{ vars.v[:20] }} {{ [vars.v, READ] | join(', ') }}"
    - stream: "https://audio.example.com/a/x{{ vars.v[:500] }}/b?q={{ vars.v[:500] }}&r=1"
    - notify: {eventUrl: "https://e.example.com/n?v={{ vars.v[:9] }}", payload: {v: "{{ vars.v }}", l: ["x{{ READ }}"]}}
    - record: {eventUrl: "https://e.example.com/r/x{{ vars.v[:500] }}"}
    - input:
        prompt: ["{{ READ }}", "<speak>{{ vars.v }}</speak>"]
        save: said
        noInput: "You said {{ vars.v }}."
        speech: {}
        dtmf: {}
        otherwise: end
    - request:
        url: "https://crm.example.com/x{{ vars.said }}/y?n={{ vars.said }}"
        headers: {X-Said: "x{{ vars.said[:50] }}", X-Key: "{{ params.secret }}"}
        json: {said: "{{ vars.said }}", list: ["a {{ vars.said }}"]}
        save: got
        otherwise: end
    - talk: "{{ vars.got }}"
    - talk: "{{ vars.got.x }} {{ vars.got.list }} {{ vars.got | length }}"
    - connect:
        websocket: {uri: "wss://b.example.com/", content-type: audio/l16;rate=8000, headers: {said: "{{ vars.got.x }}"}}
        otherwise: next
  next:
    - connect: {sip: {uri: "sip:desk@sip.example.com", headers: {Said: "x{{ vars.got.x | length }}"}}, otherwise: last}
  last:
    - connect: {phone: 447700900100, onAnswer: "For {{ vars.got.x }}.", otherwise: rooms}
  rooms:
    - talk: "{{ vars.got.deep.x.y.z | default('none') }}"
    - conversation: "room {{ vars.got.x[:30] }}"
  end: {hangup: "{{ READ }} {{ vars.v }}"}
"""

READS = ["call.from", "call.user", "call.sip['X-Tag']", "call.custom_data.note"]


def flow(read: str) -> Program:
    return program(FLOW.replace("READ", read))._replace(params={"secret": "hunter2"})


def calling(value: str) -> dict[str, object]:
    return {"from": value, "user": value, "sip": {"X-Tag": value}, "custom_data": {"note": value}, "to": "4420"}


class Outside:
    """A server whose answers hold a value in every place."""

    def __init__(self, value: str) -> None:
        deep: object = value
        for _ in range(30):
            deep = {"x": {"y": {"z": deep}}}
        self.body = {"x": value, "list": [value, {value: value}, float("inf"), 10**400], value: 1, "deep": deep}
        self.asked: list[Ask] = []

    def __call__(self, ask: Ask) -> Response:
        self.asked.append(ask)
        return Response(200, self.body)


def replies(played: Program, value: str, outside: Outside) -> Iterator[Call]:
    """A call through the whole flow, at each of its NCCOs."""
    call = Call(played, outside, **calling(value))
    yield call
    if call.reply.waits is None:
        return
    call.is_silent()
    yield call
    call.sends(Event(words=((value or "x", 0.9),)))
    yield call
    for _ in range(4):
        if call.reply.waits is None:
            return
        call.is_told("busy")
        yield call


def shape(value: object) -> object:
    """Data without its texts: what fields there are."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    return [shape(each) for each in value] if isinstance(value, list) else type(value).__name__


def tags(text: str) -> list[str]:
    return re.findall(r"</?\s*(\w+)", text) if text.lstrip().lower().startswith("<speak") else []


def check(call: Call) -> None:
    """That nothing came of the values of a call but values."""
    assert refused(call.reply) == []
    for each in call.actions:
        assert set(each) <= FIELDS[str(each["action"])], each
        if each["action"] == "talk":
            allowed = {"speak", "prosody", "say"}
            assert set(tags(str(each["text"]))) <= allowed, each
        for url in each.get("streamUrl", []) + each.get("eventUrl", []):  # type: ignore[operator]
            is_as_written(url)
    text = json.dumps([call.actions, call.reply.state], ensure_ascii=False)
    assert "hunter2" not in text


FIELDS: Mapping[str, set[str]] = {
    "talk": {"action", "text", "bargeIn"},
    "stream": {"action", "streamUrl"},
    "notify": {"action", "payload", "eventUrl"},
    "record": {"action", "eventUrl"},
    "input": {"action", "type", "dtmf", "speech"},
    "connect": {"action", "endpoint", "eventType"},
    "conversation": {"action", "name"},
    "wait": {"action", "timeout"},
}


def is_as_written(url: str) -> None:
    """That a URL has the host, the depth and the query that its author gave it."""
    parts = urlsplit(url)
    assert parts.hostname in ("audio.example.com", "e.example.com", "crm.example.com") and not parts.fragment
    assert parts.path.count("/") == {"audio.example.com": 3, "e.example.com": parts.path.count("/")}.get(
        parts.hostname, 2
    )
    assert parts.query.count("=") == parts.query.count("&") + (1 if parts.query else 0)
    assert url.isascii() and not re.search(r"[\s\"'<>\\^`{|}\x00-\x20\x7f]", url)


def is_asked_as_written(ask: Ask) -> None:
    is_as_written(str(ask.data["url"]))
    headers = ask.data["headers"]
    assert isinstance(headers, dict) and headers.keys() == {"X-Said", "X-Key"} and headers["X-Key"] == "hunter2"
    assert not re.search(r"[\r\n\x00]", headers["X-Said"])
    assert shape(ask.data["json"]) == {"said": "str", "list": ["str"]}
    json.dumps(ask.data, ensure_ascii=False).encode()


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("value", ATTACKS, ids=range(len(ATTACKS)))
def test_a_hostile_value_stays_a_value(value: str, read: str) -> None:
    outside = Outside(value)
    for call in replies(flow(read), value, outside):
        check(call)
    for each in outside.asked:
        is_asked_as_written(each)


def test_a_naughty_string_stays_a_value() -> None:
    played = flow("call.from")
    for value in naughty():
        outside = Outside(value)
        for call in replies(played, value, outside):
            check(call)
        for each in outside.asked:
            is_asked_as_written(each)


def test_values_get_to_where_they_belong() -> None:
    outside = Outside("Ada & Bob")
    seen = [call.actions for call in replies(flow("call.from"), "Ada & Bob", outside)]
    assert len(seen) >= 5
    said = [str(each.get("text")) for actions in seen for each in actions]
    assert "Ada & Bob" in said and "Hello Ada & Bob and Ada & Bob." in said and "You said Ada & Bob." in said
    assert "<speak>Ada &amp; Bob</speak>" in said
    assert outside.asked[0].data["url"] == "https://crm.example.com/xAda%20%26%20Bob/y?n=Ada%20%26%20Bob"


def test_a_secret_is_in_nothing_that_is_written() -> None:
    played = flow("call.from")
    assert "hunter2" not in json.dumps(encode(played))
    assert played.secrets == ("secret",)
    found = program(FLOW.replace("READ", "call.from"), secret="hunter2")
    assert "hunter2" not in json.dumps(encode(found)) and "hunter2" not in str(found)


SECRETS = [
    ('talk: "{{ params.secret }}"', 0),
    ('set: {x: "{{ params.secret }}"}', 0),
    ("branch: [{if: params.secret == 'x', goto: main}, {otherwise: main}]", 0),
    ("switch: {value: params.secret, cases: {a: main}, otherwise: main}", 0),
    ('request: {url: "https://e.example.com/{{ params.secret }}", otherwise: main}', 0),
    ('request: {url: "https://e.example.com/", json: {a: "{{ params.secret }}"}, otherwise: main}', 0),
    ('notify: {payload: {a: "{{ params.secret }}"}, eventUrl: https://e.example.com/}', 0),
    ('input: {prompt: "{{ params.secret }}", otherwise: main}', 0),
    ('menu: {prompt: Hi., options: {1: {label: "{{ params.secret }}", goto: main}}, otherwise: main}', 0),
    ('menu: {prompt: Hi., options: {1: {say: "{{ params.secret }}", goto: main}}, otherwise: main}', 0),
    ('connect: {sip: {uri: "sip:a@e.example.com", headers: {Key: "{{ params.secret }}"}}}', 0),
    ('request: {url: "https://e.example.com/", headers: {Key: "{{ params.secret }}"}, otherwise: main}', 1),
    ('request: {url: "https://e.example.com/", headers: {Key: "B {{ params.secret | trim }}"}, otherwise: main}', 1),
]  # fmt: skip


@pytest.mark.parametrize(("action", "fine"), SECRETS)
def test_a_secret_may_stand_in_the_headers_of_a_request_alone(action: str, fine: int) -> None:
    from call_time import findings

    text = f"flow: secrets\nparams: {{secret: {{type: secret}}}}\nsteps:\n  main:\n    - {action}\n"
    assert ("secret-in-document" in dict(findings(text, secret="hunter2"))) is not bool(fine)


def test_a_value_from_outside_is_as_json_holds_it() -> None:
    call = Call(program("""
        flow: sound
        steps:
          main:
            - request: {url: "https://e.example.com/", save: got, otherwise: main}
            - notify: {eventUrl: "https://e.example.com/", payload: {all: "{{ vars.got }}"}}
        """), lambda _: Response(200, {"a\ud800": ["\udfff", float("nan"), 1e400, True, None, 2**70]}))  # fmt: skip
    assert call.actions[0]["payload"] == {"all": {"a": ["", None, None, True, None, 2**70]}}
