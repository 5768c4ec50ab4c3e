"""What other telephone systems call an action, and what is written here instead."""

from __future__ import annotations

import re

_WORDS = {
    "talk": "say speak speech tts prompt message announce read",
    "stream": "play playback audio sound music media",
    "input": "gather getdigits getinput collect dtmf asr listen ask question prompt_and_collect",
    "connect": "dial call bridge forward refer sip phone number",
    "record": "voicemail leave_message recording",
    "conversation": "conference room join queue enqueue",
    "wait": "pause sleep delay silence",
    "notify": "webhook callback event http",
}
ACTIONS = {word: action for action, words in _WORDS.items() for word in words.split()}
"""The action that a word of another system stands for."""

_IN_A_FLOW = {
    "redirect": "write `goto: STEP`",
    "jump": "write `goto: STEP`",
    "say": "write `talk: …`",
    "gather": "write `menu:` to choose, or `input:` to take any keys",
    "reject": "write `hangup: …`",
    "disconnect": "write `hangup: …`",
    "end": "write `hangup: …`",
    "prompt": "write `talk: …`, or `hangup: {prompt: NAME}`; a prompt of `prompts:` is played by a question",
    **dict.fromkeys(("if", "condition", "choose"), "write `branch: [{if: …, goto: STEP}, {otherwise: STEP}]`"),
    **dict.fromkeys(("case", "match"), "write `switch: {value: …, cases: {…}, otherwise: STEP}`"),
    **dict.fromkeys(("assign", "setvar", "set_variable", "set_variables", "variables"), "write `set: {NAME: …}`"),
    **dict.fromkeys(("fetch", "api", "lookup", "curl"), "write `request: {url: …, save: NAME, otherwise: STEP}`"),
    **dict.fromkeys(
        ("http", "webhook"), "write `request: …` to ask a server of yours, or `notify: …` to tell it something"
    ),
    "whisper": "write `onAnswer: …` in the `connect`",
    **dict.fromkeys(
        ("include", "import", "subflow", "gosub", "module"), "name the file under `use:`, and write `run: NAME`"
    ),
}
_IN_AN_NCCO = {
    "redirect": "the next NCCO comes from the webhook of an `input`, a `notify` or a `connect`",
    "goto": "the next NCCO comes from the webhook of an `input`, a `notify` or a `connect`",
    "menu": "write an `input`; the webhook that it calls answers with the next NCCO",
    "reject": "leave it out: the call ends when the list ends",
    "disconnect": "leave it out: the call ends when the list ends",
    "end": "leave it out: the call ends when the list ends",
    "whisper": "write `onAnswer` in the `phone` of a `connect`",
}

_IMPOSSIBLE = {
    "sms mms email whatsapp sendsms sendmessage": "no NCCO sends messages: a server of yours does, told by a `notify`, "
    "with the Messages API",
    "amd machinedetection answeringmachine": "whoever makes this call asks for it, with the Voice API; for a call that "
    "is made here, `connect` has `advancedMachineDetection`",
    "onhangup hanguphandler oncompleted oncallend": "nothing follows when the caller hangs up: it is sent to "
    "the event URL of the application, and that is all",
    "afterconnect onconnectend survey": "the call ends when one side of a `connect` hangs up: bring both into "
    "a `conversation`, and move them with the Voice API",
    "playrecording playbackrecording replay": "no NCCO plays a recording: the `eventUrl` of the `record` is told of "
    "it, and fetching it needs a token",
    "screen callscreening accept": "nothing says that one who is called can be asked: `onAnswer` of a `connect` is "
    "heard, and then the two are joined",
    "hold unhold park": "no NCCO puts a call on hold: bring both into a `conversation`, which has `musicOnHoldUrl`",
    "senddigits senddtmf playdtmf": "no NCCO sends keys into a call: only `dtmfAnswer` of a `phone`, when it answers",
}
"""What no NCCO can do, or none is documented to, and what there is instead (reference, actions and webhooks)."""

_NOWHERE = {word: why for words, why in _IMPOSSIBLE.items() for word in words.split()}


def meant(name: str, *, raw: bool) -> str | None:
    """What to write for an action of another system, or None where nobody calls anything so."""
    word = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().replace("-", "_")
    for each in (word, word.replace("_", "")):
        own = (_IN_AN_NCCO if raw else _IN_A_FLOW).get(each) or _NOWHERE.get(each)
        action = ACTIONS.get(each)
        if own or action:
            return own or f"write `{action}`"
    return None
