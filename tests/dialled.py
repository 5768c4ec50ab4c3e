"""Calls over real HTTP, for tests: an answer URL that is dialled, and NCCOs that its server may have."""

from __future__ import annotations

import json

from flowc.caller.platform.application import Call
from flowc.caller.platform.delivery import Hosted, Setup
from flowc.caller.platform.play import A_CALL, play
from flowc.caller.platform.transcript import Transcript
from flowc.caller.platform.wire import Limits

QUICK = Limits(0.5, 0.5)
TALK = json.dumps([{"action": "talk", "text": "Hello."}])
FALLBACK = json.dumps([{"action": "talk", "text": "Fallback."}])


def dialled(url: str, *script: object, call: Call = A_CALL, **setup: object) -> Transcript:
    """A call to an answer URL, with limits that tests have time for."""
    hosted = Hosted(Setup(url, answer_limits=QUICK, event_limits=QUICK, **setup))  # type: ignore[arg-type]
    return play(hosted, script, call)  # type: ignore[arg-type]


def menu(url: str, method: str = "POST") -> str:
    """An NCCO that asks for a key; what answers it takes its place, else the call goes on."""
    asks = {"action": "input", "type": ["dtmf"], "dtmf": {"maxDigits": 1}, "eventUrl": [url], "eventMethod": method}
    return json.dumps([{"action": "talk", "text": "Press."}, asks, {"action": "talk", "text": "Still here."}])
