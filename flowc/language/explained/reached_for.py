"""Words for what cannot be done, by what they stand in."""

from __future__ import annotations

from collections.abc import Mapping

from .why_not import AFTER, ANSWERED, CALLEE, CONFIRM, EVENTS, HANGUP, KEYS, LED, MACHINE, ON, RECORDING, STATUS


def each_word(found: Mapping[str, str]) -> dict[str, str]:
    """By word, what is said of it."""
    return {word.replace("_", ""): why for words, why in found.items() for word in words.split()}


_ENDS = (
    "onend oncomplete oncompleted onfinish onfinished onsuccess finally done then next after whendone success finished"
)
_OVER = "hangup hungup hangedup ended end over done finished after afterwards bye callended finally closed"
_CONFIRMED = "confirm confirmation confirmkey confirminput readback"
_RECORDED = "recording record recordings recorded recordingid recordingname last lastrecording voicemail"
AROUND = {
    "connect": each_word(
        {
            f"{_ENDS} {_OVER} completed action actionurl callback callbackurl statuscallback status followup postcall "
            "onhangup onbye onclose onreturn return continueonhangup hangupaction rating nps onleave": AFTER,
            "menu input gather options ask question prompt": CALLEE,
            "digits keys": KEYS,
        }
    ),
    "when": each_word({f"{_OVER} onhangup onend": AFTER, "accepted refused": CALLEE}),
    "record": each_word(
        {
            "save as name saveas into variable store set assign result output id file filename play playback listen "
            "review confirm approve keep menu recordingname to": RECORDING,
            f"{_ENDS} callback action statuscallback recordingstatuscallback": "a server of yours is told: write "
            "`eventUrl: https://…`; the block goes on behind the `record`",
        }
    ),
    "onAnswer": each_word(
        {
            "menu input gather options ask question accept refuse reject confirm dtmf": CALLEE,
            "goto run branch switch connect record hangup transfer step next then set request otherwise": LED,
            "url ncco": "write what is to be heard: `onAnswer: {talk: …}`; flowc makes its document and its URL",
        }
    ),
    "play": each_word({_RECORDED: RECORDING}),
    "call": each_word(
        {
            "voicemail machine answeredby status state amdstatus": MACHINE,
            "duration length ended end price endtime hangup hangupcause reason disconnected direction": STATUS,
            "recording record message recordings voicemailurl messageurl recordingid recorduuid": RECORDING,
        }
    ),
    "vars": each_word({"recording recordings recordingfile voicemail messageurl": RECORDING}),
    "flow": each_word(
        {
            "hangup on end ended after finish exit always handlers hooks done": HANGUP,
            "events event eventurl eventmethod statuscallback statusurl callback callbacks webhook webhooks": EVENTS,
        }
    ),
    "action": each_word({"on always exit atend events": HANGUP, "voicemaildetect": MACHINE, _CONFIRMED: CONFIRM}),
    **dict.fromkeys(("menu", "input"), each_word({f"{_ENDS} completed": ANSWERED, _CONFIRMED: CONFIRM})),
    **dict.fromkeys(("talk", "stream"), each_word({_ENDS: ON, _RECORDED: RECORDING})),
}
"""By an action or a part of one, `flow` for its top and `action` for the name of one: what is said of a word."""
