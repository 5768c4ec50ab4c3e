"""The schemas that are handed out: any validator refuses with them what flowc refuses, and takes what it takes."""

from __future__ import annotations

import datetime
import functools
import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from shapes import FLOW, NCCO, mutant

from flowc.cli.group import run
from flowc.compiler import compile as compile_flow
from flowc.language.schema import facts, shape
from flowc.language.schema.published import published
from flowc.language.schema.schemas import bundled
from flowc.program.files import files
from flowc.program.needs import live
from flowc.text.source import Source

FLOWS = sorted((Path(__file__).parents[1] / "flows").glob("*/*.flow.yml"))


@functools.cache
def validator(name: str) -> Any:
    return Draft202012Validator(published(name))


def takes(name: str, data: object) -> bool:
    """Whether a validator that knows nothing of flowc takes it."""
    return bool(validator(name).is_valid(data))


def connect(**endpoint: object) -> list[object]:
    return [{"action": "connect", "endpoint": [endpoint]}]


CONNECT = {"action": "connect", "endpoint": [{"type": "app", "user": "jamie"}]}
REFUSED = {
    "from and a random number": [{**CONNECT, "from": "447700900000", "randomFromNumber": True}],
    "mute and canSpeak": [{"action": "conversation", "name": "room", "mute": True, "canSpeak": []}],
    "mute and canSpeak of a transfer": [{"action": "transfer", "conversationId": "x", "mute": True, "canSpeak": []}],
    "a uri and a user": connect(type="sip", uri="sip:a@b", user="a", domain="b"),
    "a user without a domain": connect(type="sip", user="a"),
    "a domain without a user": connect(type="sip", domain="a"),
    "neither uri nor user": connect(type="sip", headers={}),
    "channels without split": [{"action": "record", "channels": 2}],
    "single keys with settings for keys": [{"action": "input", "type": ["dtmf"], "mode": "asynchronous", "dtmf": {}}],
    "single keys with settings for words": [
        {"action": "input", "type": ["dtmf", "speech"], "mode": "asynchronous", "speech": {}}
    ],
}
TAKEN = {
    "a number that is not random": [{**CONNECT, "from": "447700900000", "randomFromNumber": False}],
    "not mute and canSpeak": [{"action": "conversation", "name": "room", "mute": False, "canSpeak": []}],
    "a uri": connect(type="sip", uri="sip:a@b"),
    "a user and a domain": connect(type="sip", user="a", domain="b"),
    "channels of a split": [{"action": "record", "channels": 2, "split": "conversation"}],
    "single keys": [{"action": "input", "type": ["dtmf"], "mode": "asynchronous"}],
    "settings for keys": [{"action": "input", "type": ["dtmf"], "mode": "synchronous", "dtmf": {}}],
    "what only client libraries refuse": [
        {**CONNECT, "machineDetection": "hangup", "advancedMachineDetection": {}},
        {"action": "conversation", "name": "room", "transcription": {}},
        {"action": "input", "type": ["speech"], "dtmf": {}},
        {"action": "talk", "text": "Hi", "provider": "google"},
    ],
}


@pytest.mark.parametrize("name", REFUSED)
def test_fields_that_do_not_go_together_are_refused_in_an_ncco(name: str) -> None:
    assert Draft202012Validator(bundled("ncco")).is_valid(REFUSED[name])
    assert not takes("ncco", REFUSED[name])


@pytest.mark.parametrize("name", TAKEN)
def test_what_goes_together_is_taken_in_an_ncco(name: str) -> None:
    assert takes("ncco", TAKEN[name])


@pytest.mark.parametrize(
    ("step", "right"),
    [
        ("connect: {phone: '447700900100', from: '447700900000', randomFromNumber: true}", False),
        ("connect: {phone: '447700900100', from: '447700900000', randomFromNumber: '{{ params.any }}'}", False),
        ("connect: {phone: '447700900100', from: '447700900000', randomFromNumber: false}", True),
        ("connect: {phone: '447700900100', app: jamie}", False),
        ("connect: {timeout: 20}", False),
        ("connect: {phone: '447700900100', otherwise: main, eventUrl: 'https://example.com/e'}", False),
        ("connect: {phone: '447700900100', when: {busy: main}, eventUrl: 'https://example.com/e'}", False),
        ("connect: {sip: {user: a}}", False),
        ("connect: {sip: {uri: 'sip:a@b', user: a, domain: b}}", False),
        ("connect: {sip: {user: a, domain: b}}", True),
        ("conversation: {name: room, mute: true, canSpeak: [a]}", False),
        ("record: {channels: 2}", False),
        ("record: {channels: 2, split: '{{ params.split }}'}", True),
        ("record: {channels: 2, split: conversation}", True),
        ("menu: {options: {1: {say: one}}}", False),
        ("menu: {options: {1: {label: One, talk: Hi}}}", False),
        ("menu: {options: {1: {say: one, label: One, goto: main}}}", True),
        ("menu: {options: {1: {say: one, goto: main, talk: Hi}}}", False),
        ("menu: {options: {1: {talk: Hi, goto: main}}}", False),
        ("menu: {prompt: {talk: Hi, stream: 'https://example.com/a.mp3'}, options: {1: main}}", False),
        ("menu: {prompt: {en-GB: Hi, fr-FR: Salut}, options: {1: main}}", True),
        ("menu: {prompt: {en-GB: Hi, talk: Salut}, options: {1: main}}", False),
    ],
)
def test_a_step_is_judged_as_flowc_judges_it(step: str, right: bool) -> None:
    data = _keyed_by_text(yaml.safe_load(f"flow: acme\nsteps:\n  main:\n    - {step}"))
    assert takes("flow", data) is right is not any(shape.faults("flow", data))


@pytest.mark.parametrize("kind", ["text", "choice"])
def test_only_a_choice_has_choices(kind: str) -> None:
    params = {"a": {"type": kind, "choices": ["x"]}}
    assert takes("flow", {**FLOW, "params": params}) is (kind == "choice")


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_every_example_and_every_ncco_made_of_it_is_taken(path: Path) -> None:
    source = Source(path.name, path.read_text("utf-8"))
    assert takes("flow", _keyed_by_text(yaml.safe_load(source.text)))
    program = compile_flow(source, read=lambda used: (path.parent / used).read_text("utf-8")).program
    assert program is not None
    if live(program) or any(wait.fills for wait in program.waits.values()):
        return  # what only a call knows is put in by a server: no file is the NCCO
    for each in files(program, "https://ivr.example.com"):
        assert each.open or takes("ncco", json.loads(each.json)), each.name


def _keyed_by_text(data: Any) -> Any:
    """What an editor makes of YAML: every key is a text, and so is a date."""
    if isinstance(data, datetime.date):
        return data.isoformat()
    if isinstance(data, dict):
        return {str(key): _keyed_by_text(value) for key, value in data.items()}
    return [_keyed_by_text(each) for each in data] if isinstance(data, list) else data


@pytest.mark.parametrize(("name", "right"), [("ncco", NCCO), ("flow", FLOW)])
def test_a_validator_and_flowc_agree_on_mutants(name: str, right: Any) -> None:
    chance = random.Random(20250102)
    seen = {True: 0, False: 0}
    assert takes(name, right)
    for _ in range(1000):
        whole = [chance.choice(right)] if isinstance(right, list) else right
        for _ in range(chance.randint(1, 2)):
            whole = mutant(whole, chance)
        verdict = all(_is_of_clients(each) for each in shape.faults(name, whole))
        assert takes(name, whole) is verdict, whole
        seen[verdict] += 1
    assert min(seen.values()) > 80


def _is_of_clients(fault: Any) -> bool:
    return isinstance(fault.detail, dict) and fault.detail.get("client") is True


@pytest.mark.parametrize("name", ["flow", "ncco", "project", "program"])
def test_a_published_schema_is_a_schema_on_its_own(name: str) -> None:
    whole = published(name)
    Draft202012Validator.check_schema(whole)
    assert all(each.startswith("#") for each in _values(whole, "$ref"))


def test_every_language_is_offered_where_one_is_asked_for() -> None:
    voices, heard = set(facts.voices()) | facts.later_voices(), set(facts.known("asrLanguages")["codes"])
    flow, ncco = published("flow")["$defs"], published("ncco")["$defs"]
    for talk in (flow["ncco-talk"], ncco["talk"], flow["voice"]):
        assert set(talk["properties"]["language"]["examples"]) == voices
    for listens in (flow["ncco-speech"], ncco["speech"], ncco["transcription"], flow["ncco-transcription"]):
        assert set(listens["properties"]["language"]["examples"]) == heard
    assert set(flow["voice"]["properties"]["asr"]["examples"]) == heard
    assert ncco["talk"]["properties"]["language"]["examples"][:2] == ["en-US", "en-GB"]


def test_what_flowc_itself_goes_by_is_left_as_it_is() -> None:
    before = json.dumps([bundled("flow"), bundled("ncco")])
    published.cache_clear()
    assert all('"then": {' in json.dumps(published(name)) for name in ("flow", "ncco"))
    assert json.dumps([bundled("flow"), bundled("ncco")]) == before
    assert '"then": {' not in before


@pytest.mark.parametrize("name", ["flow", "ncco", "project", "program"])
def test_the_command_prints_what_is_published(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out) == published(name)


def test_a_new_project_is_given_what_is_published(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path)]) == 0
    for name in ("flow", "calls", "project"):
        assert json.loads((tmp_path / "schemas" / f"{name}.schema.json").read_text("utf-8")) == published(name)


def _values(node: Any, key: str) -> list[str]:
    """What stands under a key anywhere in a schema."""
    if isinstance(node, list):
        return [found for each in node for found in _values(each, key)]
    if not isinstance(node, dict):
        return []
    own = [node[key]] if isinstance(node.get(key), str) else []
    return own + [found for each in node.values() for found in _values(each, key)]
