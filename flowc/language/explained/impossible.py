"""What no NCCO can do, or none is documented to, and what there is instead (reference, actions and webhooks)."""

from __future__ import annotations

import re

_HANGUP = "nothing follows when the caller hangs up: it is sent to the event URL of the application, and that is all"
_AFTER = (
    "the call ends when one side of a `connect` hangs up: bring both into a `conversation`, and move them with "
    "the Voice API"
)
_CALLEE = (
    "nothing says that one who is called can be asked: `onAnswer` of a `connect` is heard, and then the two are joined"
)
_MACHINE = (
    "whoever makes this call asks for it, with the Voice API; for a call that is made here, `connect` has "
    "`advancedMachineDetection`"
)
_RECORDING = "no NCCO plays a recording: the `eventUrl` of the `record` is told of it, and fetching it needs a token"

WORDS = {
    "sms mms email whatsapp sendsms sendmessage": "no NCCO sends messages: a server of yours does, told by a `notify`, "
    "with the Messages API",
    "amd machinedetection answeringmachine answeringmachinedetection detectmachine detectansweringmachine machine "
    "ismachine answeredby human ishuman": _MACHINE,
    "onhangup hanguphandler hanguphandlers oncompleted oncomplete oncallend onend ondisconnect onhangupcaller "
    "aftercall callended": _HANGUP,
    "afterconnect onconnectend afterbridge afterdial aftertransfer survey callsurvey": _AFTER,
    "playrecording playbackrecording playrecorded replay recordingurl": _RECORDING,
    "screen screening callscreening accept acceptcall acceptkey refuse refusekey reject rejectkey decline confirm "
    "confirmkey presstoaccept requirekey": _CALLEE,
    "hold unhold park": "no NCCO puts a call on hold: bring both into a `conversation`, which has `musicOnHoldUrl`",
    "senddigits senddtmf playdtmf": "no NCCO sends keys into a call: only `dtmfAnswer` of a `phone`, when it answers",
}
_KNOWN = {word: why for words, why in WORDS.items() for word in words.split()}
_OF_A_CONNECT = {
    **dict.fromkeys(("after", "then", "next", "onend", "oncomplete", "oncompleted", "completed", "ended"), _AFTER),
    **dict.fromkeys(("onhangup", "hangup", "onbye"), _AFTER),
}
_OF_A_RECORD = dict.fromkeys(("save", "play", "playback"), _RECORDING)
_OF_A_WHISPER = dict.fromkeys(("menu", "input", "gather", "options", "ask", "question"), _CALLEE)
_AROUND = {"connect": _OF_A_CONNECT, "record": _OF_A_RECORD, "onAnswer": _OF_A_WHISPER}


def impossible(name: str, around: str | None = None) -> str | None:
    """Why no NCCO does what a word asks for, and what there is instead; None where it asks for no such thing.

    `around` is what the word stands in: an action, or a part of one.
    """
    word = re.sub(r"[_\-\s]", "", name).lower()
    return _AROUND.get(around or "", {}).get(word) or _KNOWN.get(word)
