"""Parts of a flow as a whole, as text to type, for one who wrote them in another shape."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ...text.quoting import in_braces
from .wording import LONG, typed

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
    if len(str(value)) > LONG:
        value = None
    if name == "set" and (pairs := dict(_pairs(value))):
        return f"write {typed('set', pairs, raw=False)}"
    if name == "switch" and isinstance(value, str):
        return f"write `switch: {{value: {in_braces(value)}, cases: {{VALUE: STEP}}, otherwise: STEP}}`"
    if name == "branch" and isinstance(value, dict):
        return f"write {typed('branch', _branch(value), raw=False)}"
    if name == "if" and isinstance(value, dict) and len(value) == 1:
        [(left, right)] = value.items()
        return f"write `if: {left} == {right if not isinstance(right, str) else repr(right)}`"
    if name == "talk" and isinstance(value, list):
        return "write a `talk` for each: `- talk: …`"
    if name in ("connect", "request") and isinstance(value, str | int) and not isinstance(value, bool):
        field = "phone" if name == "connect" else "url"
        return f"write `{name}: {{{field}: {in_braces(str(value))}, otherwise: STEP}}`"
    if name in ("menu", "input") and isinstance(value, str) and value:
        given = "options: {1: STEP}, " if name == "menu" else ""
        return f"write `{name}: {{prompt: {in_braces(value)}, {given}otherwise: STEP}}`"
    if name == "voice" and isinstance(value, str):
        return f"write `voice: {{language: {in_braces(value)}}}`"
    if name == "voice" and isinstance(value, list):
        return f"write {typed('voice', [{'language': each} for each in value], raw=False)}"
    if name == "use" and (files := _files(value)):
        return f"write {typed('use', files, raw=False)}"
    if name in ("connect", "phone") and isinstance(value, list):
        return "call one after the other: the first with `otherwise: STEP`, the next one in that step"
    if name == "start" and isinstance(value, list) and len(value) == 1:
        return f"write `start: {value[0]}`"
    if name == "steps" and isinstance(value, list):
        first = next((next(iter(each)) for each in value if isinstance(each, dict) and each), "welcome")
        return f"make it a mapping, without dashes: `steps: {{{first}: …}}`"
    if name in ("options", "cases") and (ways := dict(_ways(value))):
        return f"make it a mapping: {typed(name, ways, raw=False)}"
    if name in ("options", "cases", "params", "hours", "prompts") and isinstance(value, list):
        return f"make it a mapping: `{_WHOLE[name]}`"
    return f"write `{_WHOLE[name]}`" if name in _WHOLE else None


def _branch(value: dict[str, object]) -> list[dict[str, object]]:
    """The ways in a `branch` that is one mapping: `{if: …, goto: …, otherwise: …}`, or tests with their targets."""
    other = next((value[name] for name in ("otherwise", "else", "default") if name in value), "STEP")
    if "if" in value:
        to = next((value[name] for name in ("goto", "then") if name in value), "STEP")
        return [{"if": value["if"], "goto": to}, {"otherwise": other}]
    tests = {test: to for test, to in value.items() if test not in ("otherwise", "else", "default")}
    return [*({"if": test, "goto": to} for test, to in tests.items()), {"otherwise": other}]


def as_typed(value: object) -> str:
    """A value as it is typed into braces of YAML."""
    return in_braces(value) if isinstance(value, str) else json.dumps(value)


def _ways(value: object) -> Iterator[tuple[str, object]]:
    """Keys and targets in a list of them: `[{1: sales}]`, `[{key: 1, goto: sales}]`."""
    for each in value if isinstance(value, list) else ():
        if not isinstance(each, dict):
            return
        keys = [each[name] for name in ("key", "digit", "press", "digits", "value", "case", "option") if name in each]
        targets = [each[name] for name in ("goto", "to", "target", "next", "step") if name in each]
        if keys and targets:
            yield str(keys[0]), targets[0]
        elif len(each) == 1:
            yield from each.items()


def _files(value: object) -> dict[str, str]:
    """Files of flows by the names that they have."""
    files = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return {re.sub(r"(\.flow)?\.ya?ml$", "", each).rsplit("/", 1)[-1]: each for each in files if isinstance(each, str)}


def named_in(value: object) -> Iterator[str]:
    """The names that a `set` in any shape was meant to make."""
    for name, _ in _pairs(value):
        yield name


def _pairs(value: object) -> Iterator[tuple[str, object]]:
    """Names and values in what stands for a `set`: `x = 1`, `[{x: 1}]`, `[{name: x, value: 1}]`, `[x, 1]`."""
    match value:
        case str():
            for part in value.split(";"):
                if found := re.fullmatch(r"\s*(?:vars\.|\$)?([A-Za-z]\w*)\s*:?=\s*(.+?)\s*", part):
                    yield found[1], found[2]
        case [str(name), str() | int() | float() as single] if re.fullmatch(r"[A-Za-z]\w*", name):
            yield name, single
        case {"name": str(name), "value": single} | {"key": str(name), "value": single}:
            yield name, single
        case dict():
            yield from ((name, each) for name, each in value.items() if isinstance(name, str))
        case list():
            for each in value:
                yield from _pairs(each)
