"""Flows and NCCOs that are right, and ways to make them wrong."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

NCCO: list[Any] = [
    {"action": "talk", "text": "Hello", "bargeIn": True, "loop": 2, "level": -0.5, "language": "en-GB", "style": 1},
    {"action": "talk", "text": "Hello", "provider": "google", "providerOptions": {}},
    {"action": "stream", "streamUrl": ["https://example.com/a.mp3"], "level": 0, "loop": 0},
    {
        "action": "input",
        "type": ["dtmf", "speech"],
        "dtmf": {"timeOut": 3, "maxDigits": 1, "submitOnHash": True},
        "speech": {"uuid": ["a"], "endOnSilence": 0.4, "context": ["yes", "no"], "language": "en-GB"},
        "eventUrl": ["https://example.com/answer"],
        "eventMethod": "GET",
    },
    {"action": "input", "type": ["dtmf"], "mode": "asynchronous"},
    {"action": "record", "format": "wav", "split": "conversation", "channels": 3, "endOnKey": "#", "timeOut": 3},
    {"action": "record", "transcription": {"language": "en-US", "eventUrl": ["https://example.com/t"]}},
    {"action": "conversation", "name": "room", "canSpeak": ["a"], "record": True, "transcription": {}},
    {
        "action": "connect",
        "from": "447700900000",
        "timeout": 20,
        "limit": 7200,
        "eventType": "synchronous",
        "advancedMachineDetection": {"behavior": "continue", "mode": "detect", "beep_timeout": 45},
        "endpoint": [{"type": "phone", "number": "447700900001", "onAnswer": {"url": "https://example.com/w"}}],
    },
    {"action": "connect", "randomFromNumber": True, "endpoint": [{"type": "app", "user": "jamie"}]},
    {"action": "connect", "endpoint": [{"type": "sip", "user": "a", "domain": "b", "headers": {"x": "1"}}]},
    {"action": "connect", "endpoint": [{"type": "sip", "uri": "sip:a@b", "standardHeaders": {"User-to-User": "x"}}]},
    {"action": "connect", "endpoint": [{"type": "vbc", "extension": "111"}], "machineDetection": "hangup"},
    {
        "action": "connect",
        "endpoint": [
            {
                "type": "websocket",
                "uri": "wss://example.com/s",
                "content-type": "audio/l16;rate=16000",
                "authorization": {"type": "custom", "value": "x"},
                "headers": {"a": [1, {"b": None}]},
            }
        ],
    },
    {"action": "notify", "payload": {"a": 1}, "eventUrl": ["https://example.com/n"]},
    {"action": "wait", "timeout": 0.5},
    {"action": "transfer", "conversationId": "CON-1", "canHear": [], "mute": False},
]
FLOW: dict[str, Any] = {
    "flow": "acme",
    "title": "Acme",
    "voice": {"language": "en-GB", "style": 2, "premium": True},
    "input": {"attempts": 2, "noInput": "Sorry?", "dtmf": {"timeOut": 5}},
    "params": {"agents": {"type": "phone", "default": 447700900100}, "kind": {"type": "choice", "choices": ["a", 2]}},
    "prompts": {"hello": ["Hello.", {"stream": "https://example.com/a.mp3"}], "two": {"en-GB": "a", "fr-FR": "b"}},
    "keys": {"0": "operator", "#": {"label": "Back", "goto": "main"}},
    "failure": {"talk": "Sorry."},
    "allow": ["plain-http"],
    "steps": {
        "main": [
            {"talk": "Hello"},
            {"talk": {"text": 5, "loop": "{{ params.n }}", "bargeIn": False}},
            {"stream": "https://example.com/a.mp3"},
            {"stream": {"streamUrl": "https://example.com/a.mp3", "level": 0.5}},
            {"record": {"split": "conversation", "channels": "{{ params.n }}", "endOnKey": 1}},
            {"wait": 0.5},
            {"conversation": {"name": "room", "startOnEnter": False}},
            {"notify": {"payload": {}, "eventUrl": "https://example.com/n"}},
            {"set": {"a": 1}},
            {
                "menu": {
                    "prompt": ["Press 1.", {"prompt": "hello"}],
                    "options": {
                        "1": "operator",
                        "2": {"talk": "Hi"},
                        "3": [{"hangup": "Bye"}],
                        "4": {"say": ["four"], "goto": "continue"},
                    },
                    "noInput": ["Sorry?", {"goto": "operator"}],
                    "noMatch": {"talk": "Wrong."},
                    "otherwise": "operator",
                    "speech": {"context": ["one"]},
                }
            },
            {"input": {"prompt": "Your number", "pattern": "[0-9]+", "save": "n", "otherwise": {"goto": "main"}}},
            {"hangup": None},
        ],
        "operator": {
            "connect": {
                "phone": "{{ params.agents }}",
                "from": 447700900000,
                "timeout": 20,
                "onAnswer": "A call for you.",
                "otherwise": "main",
                "when": {"busy": {"talk": "Busy."}},
            }
        },
        "bot": {"connect": {"websocket": {"uri": "wss://example.com/s", "content-type": "audio/l16;rate=8000"}}},
        "away": {"connect": {"sip": "sip:a@b", "eventUrl": ["https://example.com/e"]}},
    },
}
STRANGE: list[Any] = [
    None, True, False, 0, 1, -1, 3.0, 0.05, 9999, "", "x", "{{ x }}", "447700900000", "+44 7700", "447700900000\n",
    "https://example.com", "GET", "dtmf", "sip:a@b", "main", [], ["x"], ["https://example.com", "x"], [[]], {},
    {"x": 1},
    {"action": "talk"}, {"type": "phone"}, {"talk": "x"}, {"goto": "main", "talk": "x"}, {"label": "x"}, {"text": "x"},
]  # fmt: skip
KEYS = [
    "x", "action", "type", "text", "from", "randomFromNumber", "mute", "canSpeak", "uri", "user", "domain",
    "dtmf", "speech", "mode", "channels", "split", "transcription", "provider", "eventUrl", "otherwise",
    "when", "phone", "sip", "goto", "talk", "say", "label", "stream", "prompt", "en-GB", "options", "save",
    "steps", "choices", "machineDetection", "timeout",
]  # fmt: skip


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of the data, with every key or index of it."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield data, key
        yield from _places(value)


def mutant(data: Any, chance: random.Random) -> Any:
    """A copy with one thing in it changed, added or taken away."""
    made = copy.deepcopy(data)
    places = list(_places(made))
    if not places:
        return chance.choice(STRANGE)
    owner, key = chance.choice(places)
    what = chance.randrange(5)
    if what == 0:
        del owner[key]
    elif what == 1 and isinstance(owner, dict):
        owner[chance.choice(KEYS)] = copy.deepcopy(chance.choice(STRANGE))
    elif what == 2 and isinstance(owner, dict):
        owner[chance.choice(KEYS)] = owner.pop(key)
    elif what == 3:
        other, at = chance.choice(places)
        owner[key] = copy.deepcopy(other[at])
    else:
        owner[key] = copy.deepcopy(chance.choice(STRANGE))
    return made


JSON = st.recursive(
    st.sampled_from([each for each in STRANGE if not isinstance(each, list | dict)]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=8,
)
