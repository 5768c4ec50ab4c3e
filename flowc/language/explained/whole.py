"""Parts of a flow as a whole, as text to type, for one who wrote them in another shape."""

from __future__ import annotations

import json

from ...text.quoting import in_braces
from .reshaped import written
from .wording import LONG

_WHOLE = {
    "branch": "branch: [{if: EXPRESSION, goto: STEP}, {otherwise: STEP}]",
    "switch": "switch: {value: EXPRESSION, cases: {VALUE: STEP}, otherwise: STEP}",
    "set": "set: {NAME: VALUE}",
    "request": 'request: {url: "https://…", save: NAME, otherwise: STEP}',
    "menu": "menu: {prompt: TEXT, options: {1: STEP}, otherwise: STEP}",
    "input": "input: {prompt: TEXT, save: NAME, otherwise: STEP}",
    "connect": "connect: {phone: 447700900000, otherwise: STEP}",
    "record": "record: {beepStart: true, endOnSilence: 3}",
    "options": "options: {1: STEP, 2: STEP}",
    "cases": "cases: {VALUE: STEP}",
    "when": "when: {busy: STEP}",
    "hours": 'hours: {office: {open: {mon-fri: "09:00-17:30"}}}',
    "open": 'open: {mon-fri: "09:00-17:30"}',
    "holidays": "holidays: [GB, 2026-12-24]",
    "params": "params: {NAME: {type: text}}",
    "prompts": "prompts: {NAME: TEXT}",
    "use": "use: {NAME: other.flow.yml}",
    "steps": "steps: {welcome: {talk: Hello.}}",
    "voice": "voice: {language: en-GB}",
    "with": "with: {NAME: VALUE}",
    "headers": 'headers: {Authorization: "Bearer {{ params.key }}"}',
    "language": "language: en-GB",
    "talk": "talk: Hello.",
    "timezone": "timezone: Europe/London",
    "start": "start: STEP",
    "stream": "stream: https://…",
    "goto": "goto: STEP",
    "hangup": "hangup: Goodbye.",
    "dtmf": "dtmf: {maxDigits: 4}",
    "speech": "speech: {endOnSilence: 1}",
}
_MAPPINGS = ("options", "cases", "params", "hours", "prompts")
"""Parts of which people make lists."""

SAMPLES: dict[str, object] = {
    "steps": {"welcome": {"talk": "Hello."}},
    "cases": {"VALUE": "STEP"},
    "options": {"1": "STEP"},
    "open": {"mon-fri": '"09:00-17:30"'},
    "if": "EXPRESSION",
    "flow": "NAME",
    **dict.fromkeys(("goto", "otherwise"), "STEP"),
}
"""What an author might put into fields of which the schema knows no better example."""


def whole(name: str, value: object) -> str | None:
    """A part of a flow of that name, with what can be told of it from a value in another shape."""
    value = value if len(str(value)) <= LONG else None
    told = written(name, value)
    if told or name not in _WHOLE:
        return told
    todo = "make it a mapping:" if isinstance(value, list) and name in _MAPPINGS else "write"
    return f"{todo} `{_WHOLE[name]}`"


def as_typed(value: object) -> str:
    """A value as it is typed into braces of YAML."""
    return in_braces(value) if isinstance(value, str) else json.dumps(value)
