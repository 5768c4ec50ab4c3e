"""What the checks say of an NCCO: names of rules, each with the piece of the text that it points at."""

from __future__ import annotations

import json as plain

from flowc.checks.sequences import look
from flowc.language.reading.ncco import sequence
from flowc.text import json
from flowc.text.diagnostics import Diagnostic
from flowc.text.source import Source

Action = dict[str, object]

INPUT: Action = {
    "action": "input",
    "type": ["dtmf"],
    "dtmf": {"maxDigits": 1},
    "eventUrl": ["https://example.com/keys"],
}


def talk(text: str, **more: object) -> Action:
    """A `talk`."""
    return {"action": "talk", "text": text, **more}


def stream(**more: object) -> Action:
    """A `stream`."""
    return {"action": "stream", "streamUrl": ["https://example.com/music.mp3"], **more}


def record(**more: object) -> Action:
    """A `record`."""
    return {"action": "record", "eventUrl": ["https://example.com/recordings"], **more}


def connect(number: object = "447700900000", **more: object) -> Action:
    """A `connect` to a phone."""
    return {
        "action": "connect",
        "from": "447700900007",
        "endpoint": [{"type": "phone", "number": number}],
        **more,
    }


def asked(**dtmf: object) -> Action:
    """An `input` with these settings for keys."""
    return {**INPUT, "dtmf": dtmf}


def without(action: Action, *names: str) -> Action:
    """An action less some of its fields."""
    return {key: value for key, value in action.items() if key not in names}


def diagnostics(*actions: Action) -> list[Diagnostic]:
    """All that the checks say of an NCCO of these actions."""
    source = Source("acme.ncco.json", plain.dumps(actions, ensure_ascii=False))
    said: list[Diagnostic] = []
    document = json.read(source, said.append)
    assert document is not None
    assert said == []
    return list(look([sequence(document)]))


def findings(*actions: Action) -> list[tuple[str, str]]:
    """The names of the rules that are broken, each with what it points at, as it is written in the JSON."""
    return [(each.rule.name, each.source.text[slice(*each.span)]) for each in diagnostics(*actions)]


def rules(*actions: Action) -> set[str]:
    """The names of the rules that are broken."""
    return {name for name, _ in findings(*actions)}
