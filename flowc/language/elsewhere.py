"""What other telephone systems call an action, and what is written here instead."""

from __future__ import annotations

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
}
_IN_AN_NCCO = {
    "redirect": "the next NCCO comes from the webhook of an `input`, a `notify` or a `connect`",
    "goto": "the next NCCO comes from the webhook of an `input`, a `notify` or a `connect`",
    "menu": "write an `input`; the webhook that it calls answers with the next NCCO",
    "reject": "leave it out: the call ends when the list ends",
    "disconnect": "leave it out: the call ends when the list ends",
    "end": "leave it out: the call ends when the list ends",
    "sms": "an NCCO sends no messages: use the Messages API",
}


def meant(name: str, *, raw: bool) -> str | None:
    """What to write for an action of another system, or None where nobody calls anything so."""
    word = name.lower().replace("-", "_")
    own = (_IN_AN_NCCO if raw else _IN_A_FLOW).get(word)
    action = ACTIONS.get(word)
    return own or (f"write `{action}`" if action else None)
