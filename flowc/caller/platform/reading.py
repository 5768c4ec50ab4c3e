"""Reads an action's JSON into what the platform does, with the defaults of the schema of facts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache

from ...language.schema import facts
from .ncco import Action, Connect, Conversation, Hook, Input, Keys, Notify, Record, Stream, Talk, Transfer, Wait, Words
from .spoken import AUDIO_SECONDS, spoken

_Fields = Mapping[str, object]


def read(action: _Fields) -> Action:
    """An action that has been accepted."""
    return _READ[str(action["action"])](action)


def _talk(fields: _Fields) -> Talk:
    text = str(fields["text"])
    barge_in, loop = _truth(fields, "talk", "bargeIn"), int(_number(fields, "talk", "loop"))
    language = str(fields.get("language") or facts.field("talk", "language")["default"])
    return Talk(text, spoken(text), barge_in, loop, language)


def _stream(fields: _Fields) -> Stream:
    barge_in, loop = _truth(fields, "stream", "bargeIn"), int(_number(fields, "stream", "loop"))
    return Stream(_first(fields["streamUrl"]), AUDIO_SECONDS, barge_in, loop)


def _input(fields: _Fields) -> Input:
    kinds = fields.get("type")
    if not isinstance(kinds, list):
        kinds = [each for each in ("dtmf", "speech") if isinstance(fields.get(each), dict)]
    if not kinds:
        return Input(_keys(fields), None, _hook(fields), old=True)
    keys = _keys(_inner(fields, "dtmf")) if "dtmf" in kinds else None
    words = _words(_inner(fields, "speech")) if "speech" in kinds else None
    return Input(keys, words, _hook(fields), fields.get("mode") == "asynchronous")


def _keys(fields: _Fields) -> Keys:
    most = int(_number(fields, "input", "dtmf", "maxDigits"))
    return Keys(_number(fields, "input", "dtmf", "timeOut"), most, _truth(fields, "input", "dtmf", "submitOnHash"))


def _words(fields: _Fields) -> Words:
    start, silence, longest = (
        _number(fields, "input", "speech", name) for name in ("startTimeout", "endOnSilence", "maxDuration")
    )
    return Words(start, silence, longest, _truth(fields, "input", "speech", "saveAudio"))


def _record(fields: _Fields) -> Record:
    silence, longest = (_number(fields, "record", n) if n in fields else None for n in ("endOnSilence", "timeOut"))
    key = str(fields.get("endOnKey", ""))
    return Record(_hook(fields), silence, key, longest, _truth(fields, "record", "beepStart"), _transcription(fields))


def _transcription(fields: _Fields) -> Hook | None:
    """Who is told that a recording has been transcribed: else whoever is told of the recording."""
    written = fields.get("transcription")
    return _hook(written, _hook(fields)) if isinstance(written, dict) else None


def _connect(fields: _Fields) -> Connect:
    endpoint = _endpoint(fields)
    advanced = _inner(fields, "advancedMachineDetection")
    whisper = _inner(endpoint, "onAnswer").get("url")
    return Connect(
        str(endpoint.get("type", "")),
        _callee(endpoint),
        str(fields.get("from", "")),
        _hook(fields),
        fields.get("eventType") == "synchronous",
        _number(fields, "connect", "timeout"),
        _number(fields, "connect", "limit"),
        _machine(fields),
        str(whisper) if whisper is not None else None,
        str(endpoint.get("dtmfAnswer", "")),
        advanced.get("mode") in _DETECTING,
        _inner(endpoint, "headers") if endpoint.get("type") == "websocket" else {},
        _tone(advanced) if advanced.get("mode") == "detect_beep" else None,
    )


_DETECTING = ("detect", "detect_beep")
"""The modes of machine detection that hold a call up until there is a result (reference, connect)."""


def _tone(fields: _Fields) -> float:
    """For how long a machine's tone is waited for; the shortest time where it is not said."""
    path = "connect", "advancedMachineDetection", "beep_timeout"
    return _number(fields, *path) if "beep_timeout" in fields else float(facts.field(*path)["minimum"])


def _endpoint(fields: _Fields) -> _Fields:
    written = fields.get("endpoint")
    return written[0] if isinstance(written, list) and written and isinstance(written[0], dict) else {}


def _callee(endpoint: _Fields) -> str:
    """Who is called, as one text."""
    for name in ("number", "uri", "user", "extension"):
        if name in endpoint:
            domain = f"@{endpoint['domain']}" if "domain" in endpoint else ""
            return f"{endpoint[name]}{domain}"
    return ""


def _machine(fields: _Fields) -> str:
    """What is to be done with an answering machine; empty where nobody listens for one."""
    advanced = _inner(fields, "advancedMachineDetection")
    return str(advanced.get("behavior", "continue") if advanced else fields.get("machineDetection", ""))


def _conversation(fields: _Fields) -> Conversation:
    waits = not _truth(fields, "conversation", "startOnEnter")
    ends, records = (_truth(fields, "conversation", name) for name in ("endOnExit", "record"))
    music = _first(fields["musicOnHoldUrl"]) if "musicOnHoldUrl" in fields else None
    heard_by, hears = _heard_by(fields, "conversation"), _legs(fields, "canHear")
    transcription = _transcription(fields) if records else None
    return Conversation(str(fields["name"]), waits, music, ends, records, heard_by, hears, _hook(fields), transcription)


def _heard_by(fields: _Fields, action: str) -> tuple[str, ...] | None:
    """Who hears a new member; None: all."""
    return () if _truth(fields, action, "mute") else _legs(fields, "canSpeak")


def _legs(fields: _Fields, name: str) -> tuple[str, ...] | None:
    """Some of those in a room; None where it is not said, which is all."""
    found = fields.get(name)
    return tuple(map(str, found)) if isinstance(found, list) else None


def _notify(fields: _Fields) -> Notify:
    return Notify(fields["payload"], _hook(fields))


def _wait(fields: _Fields) -> Wait:
    """A time outside of the range is moved into it (reference, wait)."""
    bounds = facts.field("wait", "timeout")
    return Wait(min(max(_number(fields, "wait", "timeout"), bounds["minimum"]), bounds["maximum"]))


def _transfer(fields: _Fields) -> Transfer:
    conversation = str(fields.get("conversationId", fields.get("conversation_id", "")))
    return Transfer(conversation, _heard_by(fields, "transfer"), _legs(fields, "canHear"))


def _hook(fields: _Fields, default: Hook | None = None) -> Hook:
    if "eventUrl" not in fields:
        return default or Hook()
    method = str(fields.get("eventMethod", "POST")).upper()
    return Hook(_first(fields["eventUrl"]), "GET" if method == "GET" else "POST")


def _first(value: object) -> str:
    return str(value[0] if isinstance(value, list) and value else value)


def _inner(fields: _Fields, name: str) -> _Fields:
    found = fields.get(name)
    return found if isinstance(found, dict) else {}


def _number(fields: _Fields, *path: str) -> float:
    """A number, also as a text; the default where there is none, or none that can be read. None is negative."""
    try:
        found = float(str(fields[path[-1]]))
    except (KeyError, ValueError):
        found = math.nan
    return max(found, 0.0) if math.isfinite(found) else float(_default(*path))


def _truth(fields: _Fields, *path: str) -> bool:
    value = fields.get(path[-1])
    return bool(_default(*path)) if value is None else str(value).lower() == "true"


@cache
def _default(*path: str) -> float:
    """The default of a field; 0 where it has none."""
    value: float = facts.field(*path).get("default", 0)
    return value


_READ: dict[str, Callable[[_Fields], Action]] = {
    "talk": _talk,
    "stream": _stream,
    "input": _input,
    "record": _record,
    "connect": _connect,
    "conversation": _conversation,
    "notify": _notify,
    "wait": _wait,
    "transfer": _transfer,
}
