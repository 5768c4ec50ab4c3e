"""What other telephone systems call an action, and what is written here instead."""

from __future__ import annotations

import re

from .impossible import impossible

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
    "prompt": "write `talk: …`; only a question and a `hangup` play a prompt by its name: `hangup: {prompt: NAME}`",
    **dict.fromkeys(("if", "condition", "choose"), "write `branch: [{if: …, goto: STEP}, {otherwise: STEP}]`"),
    **dict.fromkeys(("case", "match"), "write `switch: {value: …, cases: {…}, otherwise: STEP}`"),
    **dict.fromkeys(("assign", "setvar", "set_variable", "set_variables", "variables"), "write `set: {NAME: …}`"),
    **dict.fromkeys(("fetch", "api", "lookup", "curl"), "write `request: {url: …, save: NAME, otherwise: STEP}`"),
    **dict.fromkeys(
        ("http", "webhook"), "write `request: …` to ask a server of yours, or `notify: …` to tell it something"
    ),
    **dict.fromkeys(
        ("repeat", "loop", "for", "while", "foreach", "until"),
        'lead back with `goto: STEP`, and count with `set: {tries: "{{ (vars.tries | default(0)) + 1 }}"}`',
    ),
    "gotoif": "write `branch: [{if: …, goto: STEP}, {otherwise: STEP}]`",
    **dict.fromkeys(("log", "print", "debug", "verbose", "noop"), "write `notify: …` to tell a server of yours"),
    **dict.fromkeys(("comment", "note", "description"), "write it behind a `#`"),
    **dict.fromkeys(("answer", "start", "begin"), "take it out: a flow begins with what the caller hears first"),
    **dict.fromkeys(("parallel", "simultaneous"), "connect to one after the other: `otherwise` leads to the next"),
    "whisper": "write `onAnswer: …` in the `connect`",
    **dict.fromkeys(
        ("include", "import", "subflow", "gosub", "module", "use", "execute", "perform"),
        "name the file under `use:`, and write `run: NAME`",
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


def meant(name: str, *, raw: bool) -> str | None:
    """What to write for an action of another system, or None where nobody calls anything so."""
    word = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().replace("-", "_")
    for each in (word, word.replace("_", "")):
        own = (_IN_AN_NCCO if raw else _IN_A_FLOW).get(each) or impossible(each, "action")
        action = ACTIONS.get(each)
        if own or action:
            return own or f"write `{action}`"
    return None
