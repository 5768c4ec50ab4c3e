"""The webhooks of the platform: what they say, and how that is spelt as a POST and as a GET.

Keys, their order and their spelling are those of captured requests and of the platform's documents (reference, answer,
event, input, record and notify webhooks).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote


class Webhook(NamedTuple):
    """Something the platform tells an application, or asks it.

    `kind` is answer, input, notify, connect, whisper, event, record, transcribed or error; connect is a status of a
    call whose failure may be answered with an NCCO. `url` None: the application's own event URL. `at` is the moment in
    seconds since the epoch.
    """

    kind: str
    url: str | None
    method: str
    data: Mapping[str, object]
    at: float

    @property
    def body(self) -> dict[str, object]:
        """All that it says. An answer webhook has no moment, nor has that of a transcription; all else ends in it."""
        if self.kind in ("answer", "whisper", "transcribed"):
            return dict(self.data)
        return {**self.data, "timestamp": moment(self.at)}


def moment(at: float) -> str:
    """A moment as webhooks write it: ISO 8601 in UTC, with milliseconds."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def as_json(data: object) -> str:
    """Compact JSON, with half a letter (a lone surrogate) as its escape."""
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(data, separators=(",", ":"))
    return text


def as_query(data: Mapping[str, object]) -> str:
    """The query of a GET: scalars are parameters, what has parts is one parameter that holds its JSON.

    Colon and comma stay as they are, and so does the whole of a `recording_url`; null is the word `null`.
    """
    return "&".join(f"{name}={_value(name, value)}" for name, value in data.items())


def as_parameters(data: Mapping[str, object]) -> dict[str, str]:
    """The parameters of a GET as the one who reads the query has them: what its signature is made of."""
    return {name: _text(value) for name, value in data.items()}


def _value(name: str, value: object) -> str:
    text = _text(value)
    return text if name == "recording_url" else quote(text, safe=":,", errors="replace")


def _text(value: object) -> str:
    return value if isinstance(value, str) else as_json(value)


def input_data(digits: str | None, *, timed_out: bool, speech: Mapping[str, object]) -> dict[str, object]:
    """What an input webhook says of the answer."""
    return {"speech": speech, "dtmf": {"digits": digits, "timed_out": timed_out}}


def leg(of: tuple[str, str], numbers: tuple[str, str], status: str, direction: str) -> dict[str, object]:
    """What an event webhook says `of` a leg and its conversation; `numbers` are those that calls and that is called."""
    said: dict[str, object] = {"headers": {}, "from": numbers[0], "to": numbers[1]}
    said |= {"uuid": of[0], "conversation_uuid": of[1], "status": status, "direction": direction}
    if status == "answered":
        said |= {"start_time": None, "rate": None, "network": None}
    if status in ("human", "machine"):
        said["call_uuid"] = said.pop("uuid")
    if status in SIP_CODES:
        said["sip_code"] = SIP_CODES[status]
    return said


SIP_CODES = {"busy": 486, "unanswered": 480, "rejected": 603, "failed": 500}
"""The `sip_code` of a call that nobody answered. The reference names the statuses that have one; the codes are those
that SIP itself (RFC 3261) has for them."""


def completed(said: dict[str, object], began: float, ended: float, by: str) -> dict[str, object]:
    """What the last event of a leg says besides: its numbers are strings."""
    times = {"end_time": moment(ended), "start_time": moment(began), "duration": str(round(ended - began))}
    return {**said, **times, "network": "", "rate": "0.00", "price": "0.00", "disconnected_by": by, "sip_code": 200}


def part(uuid: str, kind: str, number: int) -> str:
    """The id of something that belongs to a call: one that no other call has, where the call has its own."""
    return f"{uuid[:18]}-{kind}-{number:012d}"


def recording(of: tuple[str, str], number: int, began: float, ended: float) -> dict[str, object]:
    """What a record webhook says `of` a leg and its conversation; the size is that of an mp3 of 32 kbit/s (reference,
    record)."""
    uuid, conversation = of
    return {
        "start_time": moment(began),
        "recording_url": f"https://api.nexmo.com/v1/files/{part(uuid, 'dddd', number)}",
        "size": round((ended - began) * 4000),
        "recording_uuid": part(uuid, "eeee", number),
        "end_time": moment(ended),
        "conversation_uuid": conversation,
    }


def transcribed(said: Mapping[str, object]) -> dict[str, object]:
    """What a transcription webhook says of a recording."""
    return {
        "conversation_uuid": said["conversation_uuid"],
        "type": "record",
        "recording_uuid": said["recording_uuid"],
        "status": "transcribed",
        "transcription_url": f"{said['recording_url']}/transcription",
    }
