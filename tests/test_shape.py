"""What is said of a document's shape: each mistake at its place, in its author's words, with the text to type."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapes import FLOW, JSON, NCCO, mutant

from flowc import compiler
from flowc.language.explained import explain
from flowc.language.linking.origin import FlowOrigin
from flowc.language.schema import faults, faults_raw, gate, schemas, shape
from flowc.text import json as json_reader
from flowc.text import yaml as yaml_reader
from flowc.text.diagnostics import Diagnostic, Rule
from flowc.text.document import Document
from flowc.text.source import Source

Row = tuple[str, str, str, str | None]
"""Where (the text of the place), the rule's name, the message, the hint."""


def _document(text: str, *, raw: bool) -> Document:
    found: list[Diagnostic] = []
    read = json_reader.read if raw else yaml_reader.read
    document = read(Source("test", text), found.append)
    assert document is not None, found
    return document


def _said(text: str, *, raw: bool) -> list[Row]:
    found: list[Diagnostic] = []
    document = _document(text, raw=raw)
    (shape.ncco if raw else shape.flow)(document, found.append)
    return [(text[each.span.start : each.span.end], each.rule.name, each.message, each.hint) for each in found]


NCCO_CASES: list[tuple[str, Row]] = [
    (
        '{"action": "talk", "text": "Hi"}',
        (
            '{"action": "talk", "text": "Hi"}',
            "ncco-not-an-array",
            "an NCCO is an array of actions, this is a single action",
            "put it in brackets: `[{…}]`",
        ),
    ),
    ("[]", ("[]", "empty", "this NCCO holds no actions", None)),
    ('["talk"]', ('"talk"', "not-an-action", "this is a text, an action is an object with an `action`", None)),
    (
        '[{"text": "Hi"}]',
        (
            '{"text": "Hi"}',
            "action-without-name",
            "this object does not say which action it is",
            'add `"action": "talk"`',
        ),
    ),
    ('[{"action": "tlak"}]', ('"tlak"', "unknown-action", "there is no action `tlak`", "did you mean `talk`?")),
    (
        '[{"action": "hangup"}]',
        (
            '"hangup"',
            "unknown-action",
            "there is no action `hangup`",
            "leave it out: the call ends after the last action",
        ),
    ),
    (
        '[{"action": "talk", "txt": "Hi"}]',
        ('"txt"', "missing-field", "`talk` has no field `txt`, and its `text` is missing", 'write `"text": "Hi"`'),
    ),
    (
        '[{"action": "talk", "text": "Hi", "lop": 2}]',
        (
            '"lop"',
            "unrecognised-field",
            "`talk` has no field `lop`; whether the platform ignores it is unknown",
            "did you mean `loop`?",
        ),
    ),
    (
        '[{"action": "input", "type": ["dtmf"], "timeout": 10}]',
        (
            '"timeout"',
            "unrecognised-field",
            "`input` has no field `timeout`; whether the platform ignores it is unknown",
            'it belongs in `dtmf`: write `"dtmf": {"timeOut": 10}`',
        ),
    ),
    (
        '[{"action": "talk", "text": "Hi", "voiceName": "Amy"}]',
        ('"voiceName"', "legacy-form", "`voiceName` is an old form", 'write `"language": "en-GB", "style": 0`'),
    ),
    (
        '[{"action": "talk", "text": "Hi", "voiceName": "Henrik"}]',
        (
            '"voiceName"',
            "legacy-form",
            "`voiceName` is an old form",
            'write `"language": "no-NO", "style": 1` or `"language": "nb-NO", "style": 7`',
        ),
    ),
    (
        '[{"action": "transfer", "conversation_id": "CON-1"}]',
        (
            '"conversation_id"',
            "legacy-form",
            "the platform's own sources disagree: the reference's table and the Ruby SDK write `conversation_id`, "
            "its example and the Java, .NET and Python SDKs `conversationId`",
            'write `"conversationId": "CON-1"`',
        ),
    ),
    (
        '[{"action": "input"}]',
        ('"input"', "input-without-type", "this `input` has no `type`", 'write `"type": ["dtmf"]`'),
    ),
    (
        '[{"action": "wait", "timeout": "5"}]',
        ('"5"', "value-as-text", "`timeout` is `5` in quotes, it takes a number of seconds", 'write `"timeout": 5`'),
    ),
    (
        '[{"action": "record", "endOnSilence": "2"}]',
        (
            '"2"',
            "out-of-range",
            "`endOnSilence` is 2, it takes 3 to 10 seconds",
            'write `"endOnSilence": 3`, or a number within',
        ),
    ),
    (
        '[{"action": "wait", "timeout": 9000}]',
        (
            "9000",
            "clamped-value",
            "`timeout` is 9000, it takes 0.1 to 7200 seconds: the platform makes it 7200",
            'write `"timeout": 7200`, or a number within',
        ),
    ),
    (
        '[{"action": "notify", "payload": {}, "eventUrl": "https://example.com/n"}]',
        (
            '"https://example.com/n"',
            "not-in-a-list",
            "`eventUrl` is a text, it takes an array of one URL",
            'write `"eventUrl": ["https://example.com/n"]`',
        ),
    ),
    (
        '[{"action": "notify", "payload": {}, "eventUrl": []}]',
        ("[]", "empty", "`eventUrl` holds nothing", 'write `"eventUrl": ["https://…"]`'),
    ),
    (
        '[{"action": "notify", "payload": {}}]',
        ('"notify"', "missing-field", "`notify` has no `eventUrl`", 'add `"eventUrl": ["https://…"]`'),
    ),
    (
        '[{"action": "talk", "text": "Hi", "bargeIn": "yes"}]',
        ('"yes"', "wrong-type", "`bargeIn` is a text, it takes `true` or `false`", 'write `"bargeIn": true`'),
    ),
    (
        '[{"action": "record", "eventUrl": ["https://example.com/r"], "eventMethod": "PUT"}]',
        ('"PUT"', "not-one-of", "`eventMethod` is `PUT`, it takes `GET` or `POST`", 'write `"eventMethod": "GET"`'),
    ),
    (
        '[{"action": "record", "channels": 2}]',
        (
            '"channels"',
            "needs-another",
            '`channels` needs `"split": "conversation"`: several channels exist only where the conversation is split',
            'add `"split": "conversation"`',
        ),
    ),
    (
        '[{"action": "connect", "endpoint": [{"type": "rtc", "user": "jamie"}]}]',
        ('"rtc"', "retired-endpoint", "the endpoint `rtc` is now called `app`", "write `app`"),
    ),
    (
        '[{"action": "connect", "endpoint": [{"type": "phones", "number": "447700900000"}]}]',
        ('"phones"', "unknown-endpoint", "there is no endpoint `phones`", "did you mean `phone`?"),
    ),
    (
        '[{"action": "connect", "endpoint": [{"type": "vbc", "number": "123"}]}]',
        (
            '"number"',
            "missing-field",
            "a `vbc` endpoint has no field `number`, and its `extension` is missing",
            'write `"extension": "123"`',
        ),
    ),
    (
        '[{"action": "input", "type": ["dtmf"], "speech": {}}]',
        (
            '"speech"',
            "refused-by-clients",
            '`speech` needs `"type": ["dtmf", "speech"]`: settings for words have no effect unless words are an answer'
            " (it is the client libraries that refuse it)",
            'add `"type": ["dtmf", "speech"]`',
        ),
    ),
]


@pytest.mark.parametrize(("text", "row"), NCCO_CASES, ids=[row[1] + "-" + row[0] for _, row in NCCO_CASES])
def test_a_mistake_in_an_ncco_is_said_once_and_at_its_place(text: str, row: Row) -> None:
    assert _said(text, raw=True) == [row]


FLOW_CASES: list[tuple[str, Row]] = [
    (
        "- talk: {text: Hi, bargeIn: yes}",
        ("yes", "wrong-type", "`bargeIn` is a text, it takes `true` or `false`", "write `bargeIn: true`"),
    ),
    (
        "- connect: {phone: 447700900000, timeout: 20s}",
        ("20s", "wrong-type", "`timeout` is a text, it takes a whole number of seconds", "write `timeout: 20`"),
    ),
    ("- talk: {txt: Hi}", ("txt", "unknown-field", "`talk` has no field `txt`", "did you mean `text`?")),
    (
        "- talk: {text: Hi, voiceName: Amy}",
        ("voiceName", "legacy-field", "`voiceName` is an old form", "write `language: en-GB, style: 0`"),
    ),
    (
        "- connect: {sip: {uri: sip:a@b, standard_headers: {User-to-User: x}}}",
        (
            "standard_headers",
            "legacy-field",
            "the platform's own sources disagree: the .NET and PHP SDKs write `standard_headers`, "
            "the reference `standardHeaders`",
            "write `standardHeaders: {User-to-User: x}`",
        ),
    ),
    ("- tlak: Hi", ("tlak", "unknown-action", "there is no action `tlak`", "did you mean `talk`?")),
    ("- text: Hi", ("text", "unknown-action", "there is no action `text`", "`text` is a field of `talk`")),
    (
        "- pay: {amount: 1}",
        (
            "pay",
            "action-withdrawn",
            "the platform has withdrawn the action `pay`",
            "take the payment outside the call (send the caller a payment link), or `connect` the caller to an agent"
            " or a payment service",
        ),
    ),
    (
        "- record",
        (
            "record",
            "not-an-action",
            "this is a text, an action is a mapping with one key, its name",
            "write `record: {}`",
        ),
    ),
    (
        "- {talk: Hi, goto: main}",
        (
            "goto",
            "several-actions",
            "`talk` and `goto` are two actions in one",
            "write `- goto:`, an item of its own",
        ),
    ),
    (
        '- connect: {phone: "+44 7700 900000"}',
        (
            '"+44 7700 900000"',
            "bad-phone-number",
            "`+44 7700 900000` has a plus in front, a phone number is digits alone",
            "write `447700900000`",
        ),
    ),
    (
        "- connect: {phone: 447700900000, sip: 'sip:a@b'}",
        (
            "sip",
            "not-together",
            "`phone` and `sip` do not go together: it is one or the other",
            "leave `sip` out",
        ),
    ),
    (
        "- connect: {from: 447700900000}",
        (
            "connect",
            "missing-field",
            "`connect` needs `phone`, `sip`, `app`, `vbc` or `websocket`",
            "add `phone: 447700900000`",
        ),
    ),
    (
        "- connect: {phone: 447700900000, eventUrl: [https://example.com], otherwise: main}",
        (
            "eventUrl",
            "not-together",
            "`otherwise` and `eventUrl` do not go together: a `connect` that waits for its outcome tells it to the host"
            " of the flow: flowc writes its `eventUrl`",
            "leave `otherwise` or `eventUrl` out",
        ),
    ),
    (
        "- menu: {prompt: Hi, options: {1: main}, type: [dtmf]}",
        (
            "type",
            "written-by-flowc",
            "flowc writes `type` itself, from the options and from `speech`",
            "take `type` out",
        ),
    ),
    (
        "- menu: {prompt: Hi, options: {1: main}, save: x}",
        ("save", "unknown-field", "`menu` has no field `save`", "an answer that is kept is asked for by an `input`"),
    ),
    (
        "- menu: {prompt: Hi, options: {1: {label: Sales}}}",
        (
            "label",
            "needs-another",
            "`label` needs `goto`: an option with a label has its target under `goto`",
            "add `goto: …`",
        ),
    ),
    (
        "- menu: {prompt: Hi, options: {1: main}, attempts: 11}",
        (
            "11",
            "out-of-range",
            "`attempts` is 11, it takes 1 to 10 attempts",
            "write `attempts: 10`, or a number within",
        ),
    ),
    (
        "- stream: cdn.example.com/a.mp3",
        (
            "cdn.example.com/a.mp3",
            "bad-url",
            "`cdn.example.com/a.mp3` is not a whole URL",
            "write `https://cdn.example.com/a.mp3`",
        ),
    ),
    (
        "- connect: {sip: jo@example.com}",
        ("jo@example.com", "bad-sip-uri", "`jo@example.com` is no SIP address", "write `sip:jo@example.com`"),
    ),
    (
        "- connect: {websocket: https://example.com/s}",
        (
            "https://example.com/s",
            "bad-websocket-url",
            "`https://example.com/s` is no websocket URL",
            "write `wss://example.com/s`",
        ),
    ),
]


@pytest.mark.parametrize(("text", "row"), FLOW_CASES, ids=[row[1] + "-" + row[0] for _, row in FLOW_CASES])
def test_a_mistake_in_a_flow_is_said_once_and_at_its_place(text: str, row: Row) -> None:
    assert _said(f"flow: a\nsteps:\n  main:\n    {text}\n", raw=False) == [row]


def test_steps_and_params_have_names_that_a_file_can_have() -> None:
    text = "flow: My Flow\nparams: {a-b: {type: text}}\nsteps: {my step: {talk: Hi}}\n"
    assert [(*row[::2], row[3]) for row in _said(text, raw=False)] == [
        ("My Flow", "`My Flow` is no name for a flow", "write `my-flow`"),
        ("a-b", "`a-b` is no name: a name is letters, digits, `_`, and begins with a letter", "write `a_b`"),
        (
            "my step",
            "`my step` is no name: a name is letters, digits, `_` and `-`, and begins with a letter",
            "write `my-step`",
        ),
    ]


@pytest.mark.parametrize(
    "number",
    [
        "YOUR_NUMBER",
        "<number>",
        "{{x}}",
        "$NUMBER",
        "${number}",
        "process.env.NUMBER",
        "Your-Phone-Number",
        "TO_NUMBER",
    ],
)
def test_a_placeholder_in_an_ncco_is_a_warning(number: str) -> None:
    text = json.dumps([{"action": "connect", "endpoint": [{"type": "phone", "number": number}]}])
    assert [row[1] for row in _said(text, raw=True)] == ["placeholder"]


def test_what_only_a_build_knows_may_stand_in_any_leaf_of_a_flow() -> None:
    fields = "phone: '{{ params.a }}', timeout: '{{ params.b }}', machineDetection: '{{ params.c }}'"
    text = f"flow: a\nsteps:\n  main:\n    - connect: {{{fields}}}\n    - wait: '{{{{ params.d }}}}'\n"
    assert _said(text, raw=False) == []


def test_lowered_actions_are_said_at_what_the_author_wrote() -> None:
    document = _document("connect: {phone: 44, timeout: 20}\n", raw=False)
    data: Any = document.data
    origin = FlowOrigin(document, data, "connect", "connect")
    found: list[Diagnostic] = []
    actions: list[dict[str, object]] = [
        {"action": "connect", "timeout": 20, "endpoint": [{"type": "phone", "number": "44"}]},
        {"action": "connect", "timeout": "{{ params.t }}", "endpoint": [{"type": "phone", "number": "{{ params.n }}"}]},
    ]
    shape.ncco_actions(actions, [origin, origin], found.append)
    [only] = found
    assert document.source.text[only.span.start : only.span.end] == "44"
    assert only.message == "`44` has 2 digits, a phone number has 7 to 15"


@pytest.mark.parametrize("raw", [True, False])
def test_whatever_the_gate_refuses_is_put_into_words(raw: bool) -> None:
    chance = random.Random(7)
    passes = gate.ncco if raw else gate.flow
    for _ in range(600):
        data = mutant(mutant([chance.choice(NCCO)] if raw else FLOW, chance), chance)
        said = _said(json.dumps(data), raw=True) if raw else _explained(data)
        assert bool(said) is not passes(data), data


def _explained(data: Any) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    shape.flow(_document(json.dumps(data), raw=True), found.append)
    return found


@settings(max_examples=200, deadline=None)
@given(JSON | st.lists(JSON))
def test_anything_at_all_gets_words_and_no_traceback(data: Any) -> None:
    assert bool(_explained(data)) is not gate.flow(data)
    assert bool(_said(json.dumps(data), raw=True)) is not gate.ncco(data)


def test_every_kind_of_fault_has_its_words() -> None:
    kinds = {
        "required",
        "unknown",
        "tag",
        "name",
        "type",
        "pattern",
        "excludes",
        "needs",
        "without",
        "any",
        "one",
        "single",
    }
    assert kinds <= explain._SAY.keys()
    keywords = _keywords(schemas.bundled("flow")) | _keywords(schemas.bundled("ncco"))
    spoken = explain._SAY.keys() | {
        "properties", "patternProperties", "propertyNames", "items", "additionalProperties", "unevaluatedProperties",
        "oneOf", "anyOf", "$ref", "$defs", "$id", "$schema", "title", "description", "default", "examples", "x-flowc",
    }  # fmt: skip
    assert keywords <= spoken


def _keywords(schema: Any) -> set[str]:
    """Every keyword of a schema."""
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key in ("properties", "patternProperties", "$defs"):
        for each in schema.get(key, {}).values():
            found |= _keywords(each)
    for key in ("items", "additionalProperties", "propertyNames"):
        found |= _keywords(schema.get(key))
    for key in ("oneOf", "anyOf"):
        for each in schema.get(key, ()):
            found |= _keywords(each)
    return found


def test_the_flow_schema_stands_on_its_own_once_bundled() -> None:
    def references(node: Any) -> set[str]:
        if isinstance(node, list):
            return set().union(*map(references, node)) if node else set()
        if not isinstance(node, dict):
            return set()
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(references(each) for each in node.values()))

    whole = schemas.bundled("flow")
    for reference in references(whole):
        assert reference.startswith("#/$defs/")
        assert schemas.pointer(whole, reference)


def test_every_field_of_a_flow_is_described() -> None:
    root = schemas.bundled("flow")

    def bare(node: Any, path: str) -> list[str]:
        if not isinstance(node, dict):
            return []
        found = []
        for name, field in node.get("properties", {}).items():
            if "description" not in schemas.flat(field, root):
                found.append(f"{path}.{name}")
            found += bare(field, f"{path}.{name}")
        return found

    assert [each for name, part in root["$defs"].items() for each in bare(part, name)] == []
    assert bare({key: value for key, value in root.items() if key != "$defs"}, "flow") == []


def test_every_rule_of_the_shape_has_a_code_of_its_own_and_a_page() -> None:
    rules = [rule for module in (faults, faults_raw) for rule in vars(module).values() if isinstance(rule, Rule)]
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)
    for rule in rules:
        title, rest = rule.page.split("\n\n", 1)
        assert title and len(rest.split()) > 15


ENDED = "nothing follows when the caller hangs up: it is sent to the event URL of the application"


@pytest.mark.parametrize(
    ("name", "raw", "hint"),
    [
        ("say", True, "write `talk`"),
        ("Dial", True, "write `connect`"),
        ("sleep", True, "write `wait`"),
        ("conference", True, "write `conversation`"),
        ("goto", True, "the next NCCO comes from the webhook of an `input`, a `notify` or a `connect`"),
        ("redirect", False, "write `goto: STEP`"),
        ("gather", False, "write `menu:` to choose, or `input:` to take any keys"),
        ("setVariable", False, "write `set: {NAME: …}`"),
        ("hangup-handler", False, f"{ENDED}, and that is all"),
        ("onHangup", True, f"{ENDED}, and that is all"),
        ("whisper", False, "write `onAnswer: …` in the `connect`"),
        ("tlak", True, "did you mean `talk`?"),
    ],
)
def test_an_action_of_another_system_is_said_to_be_called_otherwise(name: str, raw: bool, hint: str) -> None:
    text = f'[{{"action": "{name}"}}]' if raw else f"flow: a\nsteps: {{main: [{{{name}: x}}]}}\n"
    assert [each.hint for each in compiler.check(Source("a.json" if raw else "a.flow.yml", text))] == [hint]
