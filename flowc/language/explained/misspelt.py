"""Fields of a flow under names that other systems and languages have for them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...text.secrecy import is_flag
from ..schema.schemas import Schema
from .outcomes import OUTCOMES

_OTHERWISE = "else default other others fallback any otherwize catchall * _"


def _named(**fields: str) -> dict[str, str]:
    return {word: field for field, words in fields.items() for word in words.split()}


_GOT_THROUGH = "answered answer completed complete connected success human ok accepted"
_ANSWERED = (
    "take it out: who is connected does not come back into the flow; words for the one who is called go into `onAnswer`"
)
_BESIDE = "write it beside `when`, as `otherwise: STEP`"
_GOOD = "take it out: after a good answer the block goes on"

_TIMEOUTS = (
    "firstdigittimeout interdigittimeout digittimeout silencetimeout keytimeout noinputtimeout inputtimeout "
    "firstkeytimeout waittime waitfor maxwait maxsilence"
)
_FIELDS: Mapping[str, Mapping[str, str]] = {
    # of a flow
    "steps": _named(
        steps="nodes states tasks widgets blocks flows stages extensions dialplan actions",
        start="initial first begin entry initial_state",
        params="parameters variables vars env config inputs",
        hours="schedule schedules calendar calendars openinghours opening_hours business_hours officehours",
        timezone="tz time_zone zone",
        use="imports import include includes subflows modules",
        failure="error onerror fallback catch failover",
        allow="ignore disable suppress",
        prompts="messages texts phrases audio",
        flow="name id",
        voice="language lang languages voices tts locale",
        input="defaults questions",
    ),
    # of a question
    "noInput": {
        **_named(
            prompt="say message text question play talk ask",
            options="keys choices digits cases branches transitions on answers menu",
            noInput="timeout silence onsilence onnoinput no_input noanswer on_timeout noinputprompt",
            noMatch="invalid wrong onnomatch no_match invalidinput error nomatchprompt oninvalid retry_prompt",
            attempts="retries tries repeat maxattempts max_attempts maxtries loops maxretries retry",
            otherwise=f"{_OTHERWISE} onfail failed failure onfailure exit fail onerror".replace("*", ""),
            save="variable store into name as result assign saveas set saveto",
            pattern="regex regexp format validate validation match matches",
            sensitive="secret private mask masked hidden",
        ),
        **dict.fromkeys(("maxdigits", "numdigits", "digitcount"), "input.dtmf.maxDigits"),
        **dict.fromkeys((*_TIMEOUTS.split(), "wait", "patience"), "input.dtmf.timeOut"),
        "bargein": "take it out: a caller may always press a key while the prompt is spoken",
    },
    # of the `dtmf` of a question
    "submitOnHash": _named(timeOut=_TIMEOUTS),
    # of a `switch`
    "cases": {
        **_named(value="on expression variable expr var of test input key when", cases="case options map"),
        **_named(otherwise=_OTHERWISE),
    },
    # of a way of a `branch`
    "if": _named(
        **{"if": "elif elsif elseif else_if elsewhen test expr expression cond"},
        goto="go next do run step action redirect",
        otherwise=_OTHERWISE,
    ),
    # of the `when` of a `connect`
    "unanswered": {
        **{word: "unanswered" if outcome == "cancelled" else outcome for word, outcome in OUTCOMES.items()},
        "cancelled": "unanswered",
        "answered": _ANSWERED,
        **{word: _ANSWERED for word, outcome in OUTCOMES.items() if outcome == "answered"},
        **dict.fromkeys(_OTHERWISE.split(), _BESIDE),
        "otherwise": _BESIDE,
    },
    # of a `request`
    "expect": {
        **_named(
            url="uri href endpoint address",
            method="verb type",
            json="payload body data content post",
            headers="header auth",
            save="store variable into result response as saveas saveto output assign",
            otherwise=f"{_OTHERWISE} onerror error failure catch onfailure fail",
            when="status statuses codes responses on",
            expect="validate check assert jsonschema",
            timeout="timeoutseconds",
        ),
        **dict.fromkeys(("params", "querystring", "qs", "search"), "write it into the `url`: `…?name={{ vars.name }}`"),
        **dict.fromkeys(("retries", "retry", "attempts"), "take it out: a caller waits, so a request is made once"),
        **dict.fromkeys(("then", "onsuccess", "success", "next"), _GOOD),
    },
    # of a `connect`
    "randomFromNumber": {
        **dict.fromkeys(("onnoanswer", "noanswer", "onunanswered"), "when.unanswered"),
        **dict.fromkeys(("ontimeout", "onringtimeout"), "when.timeout"),
        **dict.fromkeys(("onrejected", "onreject", "declined"), "when.rejected"),
        **dict.fromkeys(("onmachine", "onvoicemail", "voicemail"), "when.machine"),
        **_named(otherwise=f"onfail onfailed onfailure onerror {_OTHERWISE}"),
        **dict.fromkeys((*_GOT_THROUGH.split(), "then", "next", "onanswered", "goto"), _ANSWERED),
        **dict.fromkeys(("record", "recording", "recordcall"), "write a step of its own before it: `- record: {…}`"),
    },
    # of a calendar
    "holidays": _named(
        open="weekly days hours week times schedule opening openinghours regular",
        holidays="closed holiday bankholidays exceptions closures dates except",
        timezone="tz zone time_zone",
    ),
    # of a param
    "choices": {
        **_named(type="kind typ", default="value initial", choices="values enum options oneof"),
        **_named(description="title help doc label"),
        **dict.fromkeys(("required", "optional", "nullable"), "take it out: what has no `default` has to be bound"),
    },
    # of a `conversation`
    "endOnExit": _named(startOnEnter="moderator host", name="room id title"),
    # of a `run`
    "with": _named(
        flow="name use call subflow",
        **{"with": "params parameters args arguments given inputs variables"},
        save="result into as store returns output",
    ),
    # of a voice
    "asr": _named(
        language="lang locale code languagecode", style="voice name speaker voicestyle", premium="neural ispremium"
    ),
    # of an option
    "label": _named(
        say="words speech synonyms word phrases speak", label="name title text", goto="to then target next do step"
    ),
}
"""By a field that only these fields have: another name to the field, or to what to do instead."""


SAVES = frozenset({"save", "variable", "store", "into", "result", "as", "saveAs", "save_as", "assign", "output"})
"""Fields that were meant to make a variable."""


def listed(schema: Schema, name: str) -> str | None:
    """The field that a name stands for among the fields of a schema, or (with spaces) what to do; None for no such."""
    known = schema.get("properties", {})
    plain = re.sub(r"[ _-]", "", name).lower() or name
    for mark, names in _FIELDS.items():
        if mark in known:
            found = names.get(name) or names.get(name.lower()) or names.get(plain)
            if mark == "choices" and found is None and is_flag(name):
                return "write `type: secret`"
            return found if found is not None and (" " in found or found.split(".")[0] in {*known, "input"}) else None
    return None
