"""Words for what no NCCO can do, or none is documented to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .reached_for import AROUND, each_word
from .why_not import AFTER, CALLEE, HANGUP, KEYS, MACHINE, MESSAGES, RECORDING, STATUS

WORDS = {
    "sms mms email mail whatsapp sendsms sendmessage sendemail sendmail sendwhatsapp sendtext textmessage messenger "
    "viber rcs slack": MESSAGES,
    "amd asyncamd amdstatus machinedetection answeringmachine answeringmachinedetection detectmachine "
    "detectansweringmachine machine ismachine onmachine ifmachine answeredby human ishuman onhuman humandetection "
    "detecthuman persondetection voicemaildetection detectvoicemail isvoicemail onvoicemail ifvoicemail leavevoicemail "
    "leavemessage voicemaildrop dropvoicemail waitforbeep beepdetection detectbeep onbeep afterbeep "
    "callprogress": MACHINE,
    "onhangup hanguphandler hanguphandlers whenhangup whenhungup ifhangup athangup afterhangup hangupaction "
    "callerhangup callerhangsup whencallerhangsup oncallerhangup onhangupcaller oncompleted oncomplete oncallend "
    "oncallended onend whenended atend ondisconnect ondisconnected aftercall callended finally cleanup teardown atexit "
    "onexit onterminate onabandon abandoned onbye ondrop": HANGUP,
    "afterconnect onconnectend onconnected afterbridge afterdial aftertransfer survey callsurvey postcall postdial "
    "postcallsurvey wrapup onconnectcomplete whenconnectended feedback": AFTER,
    "playrecording playbackrecording playrecorded playrecord replay replayrecording recordingurl recordurl review "
    "reviewrecording lastrecording playlast playmessage playvoicemail playback_recording listentorecording "
    "listentomessage relisten recordingfile": RECORDING,
    "screen screening callscreening screencall accept acceptcall acceptkey acceptdigit acceptprompt onaccept refuse "
    "refusekey onrefuse reject rejectkey onreject decline ondecline confirm confirmkey confirmcall confirmation "
    "confirmdigit confirmprompt requireconfirmation requireconfirm requirekeypress requirepress requirekey "
    "humanconfirmation presstoaccept pressonetoaccept press1toaccept press1 keytoaccept askcallee askagent calleemenu "
    "whispermenu": CALLEE,
    "hold unhold park onhold putonhold resume": "no NCCO puts a call on hold: bring both into a `conversation`, which "
    "has `musicOnHoldUrl`",
    "senddigits senddigit senddtmf playdtmf sendkeys presskey presskeys": KEYS,
}


_KNOWN = each_word(WORDS)
_OF_AN_ANSWER = frozenset({"accept", "review", "reject", "decline"})
_ELSE = {
    **dict.fromkeys(("menu", "input"), _OF_AN_ANSWER),
    "connect": frozenset({"onmachine", "onvoicemail", "voicemail"}),
}
"""Words that mean something that can be done, in what they stand in."""


def impossible(name: str, around: str | None = None) -> str | None:
    """Why no NCCO does what a word asks for, and what there is instead; None where it asks for no such thing.

    `around` is what the word stands in: an action, a part of one, `flow` for its top, `action` for the name of one.
    """
    word = re.sub(r"[_\-\s]", "", name).lower()
    if word in _ELSE.get(around or "", ()):
        return None
    return _of(AROUND.get(around or "", {}).get(word) or _KNOWN.get(word), around)


def resembling(name: str, around: str | None = None) -> str | None:
    """The same of a word that only resembles those that are known; asked about one that is no slip of another."""
    word = re.sub(r"[_\-\s]", "", name).lower()
    for pattern, why, within in _RESEMBLING:
        if (within is None or around in within) and re.search(pattern, word):
            return _of(why, around)
    return None


def handler(step: str) -> str | None:
    """Why nothing leads to a step whose name says that it is for an event, such as `onHangup`."""
    is_one = re.match(r"(on|when|at|after|if)[A-Z_-]|finally$|cleanup$|teardown$|hangup", step)
    return impossible(step) or resembling(step) if is_one else None


def _of(why: str | None, around: str | None) -> str | None:
    """What is said of an end of a call: that of a connected one is the end of the connection too."""
    return AFTER if why == HANGUP and around in ("connect", "when") else why


_RESEMBLING = (
    (r"recording|recorded|voicemail", RECORDING, ("call", "vars")),
    (r"status|state|duration|cause|answered(?!by)", STATUS, ("call",)),
    (r"^(send|play|press)\w*(digit|dtmf|key|tone)", KEYS, None),
    (r"accept|confirm|screen|refus|declin|reject|keypress|presskey|consent", CALLEE, ("connect", "onAnswer", "when")),
    (
        r"^(on|after|post|when|if|at)?(call|connect|connection|bridge|dial)?(end|finish|complet|succe|done|over|clos)",
        AFTER,
        ("connect", "when"),
    ),
    (r"survey|wrapup|aftercall|postcall|afterconnect", AFTER, None),
    (r"hangup|hangsup|hungup|callend|endofcall|callover", HANGUP, None),
    (
        r"(play|replay|hear|listen|review|last|get|fetch)\w*(recording|recorded|message|voicemail)|recordingurl",
        RECORDING,
        None,
    ),
    (r"machine|^amd|amd$|voicemaildetect|answeredby|humandetect|isahuman|beep", MACHINE, None),
    (r"sms|(?<!voic)email|whatsapp", MESSAGES, None),
)
"""Parts of words, what is said of them, and what the word stands in; None for anything."""


def asks_for_a_recording(value: object) -> str | None:
    """Why there is nothing to play, where what is played is named as a recording."""
    names: Iterable[object] = value if isinstance(value, dict) else [value]
    return next((why for each in names if (why := impossible(str(each)[:40], "play")) == RECORDING), None)
