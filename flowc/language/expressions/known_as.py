"""Names of expressions as other systems have them, and what is written here. Asked only about unknown names."""

from __future__ import annotations

PARTS = {
    **dict.fromkeys(("caller", "callerid", "caller_id", "number", "ani", "source", "src", "phone"), "from"),
    **dict.fromkeys(("called", "callee", "dnis", "did", "destination", "dst", "dialed"), "to"),
    **dict.fromkeys(("id", "sid", "call_id", "callid", "call_sid", "callsid", "call_uuid"), "uuid"),
}
"""Parts of a call under names that they have elsewhere."""

_KEYED = "name the answer: `save: NAME` in the `input`, and read it as `vars.NAME`"
_TOLD = "name what the server says: `save: NAME` in the `request`, and read it as `vars.NAME`"
_COUNT = 'count it: `set: {tries: "{{ (vars.tries | default(0)) + 1 }}"}`'
VARIABLES = {
    **dict.fromkeys(
        (
            *(
                "digits",
                "digit",
                "dtmf",
                "input",
                "answer",
                "answers",
                "key",
                "keys",
                "pressed",
                "keypress",
                "collected",
            ),
            *("speech", "spoken", "utterance", "transcript", "words", "gather", "menu", "choice", "event", "webhook"),
        ),
        _KEYED,
    ),
    **dict.fromkeys(
        ("response", "body", "result", "results", "json", "data", "request", "http", "reply", "payload", "status_code"),
        _TOLD,
    ),
    **dict.fromkeys(("attempt", "attempts", "retry", "retries", "counter", "loop", "try"), _COUNT),
    **dict.fromkeys(("lang", "locale"), "write `language`"),
    **dict.fromkeys(("env", "environ", "process", "config", "settings", "secrets", "site"), "read it as `params.NAME`"),
    **dict.fromkeys(("open", "is_open", "isopen", "closed", "business_hours"), "write `hours.NAME == 'open'`"),
    **dict.fromkeys(("caller", "from_number", "ani", "clid"), "write `call.from`"),
    **dict.fromkeys(("called", "callee", "to_number", "dnis"), "write `call.to`"),
}
"""What other systems remember by themselves, or know under other names."""

OF_A_CALL = {
    **dict.fromkeys(
        ("time", "hour", "start", "start_time", "started", "timestamp", "date"), "write `now`, or `now | time`"
    ),
    **dict.fromkeys(("digits", "dtmf", "input", "speech", "answer", "keys"), _KEYED),
    **dict.fromkeys(("language", "lang", "locale"), "write `language`"),
    **dict.fromkeys(("headers", "sip_headers"), "write `call.sip['X-NAME']`"),
    **dict.fromkeys(("data", "custom", "customdata", "metadata", "payload"), "write `call.custom_data`"),
}
"""What is looked for in a call and stands elsewhere."""

_WEEKDAYS = "days of the week stand in a calendar: `hours: {NAME: {open: {mon-fri: …}}}`"
TIMES = {
    **dict.fromkeys(("hour", "hours", "minute", "time"), "write `now | time`, as in `(now | time) < '18:00'`"),
    "date": "write `today`",
    **{name: f"write `today | date('{name[0]}')`" for name in ("year", "month", "day")},
    **dict.fromkeys(("weekday", "dayofweek", "day_of_week", "dow", "isoweekday"), _WEEKDAYS),
}

WORDS = {
    **dict.fromkeys(("null", "nil", "undefined", "NULL"), "none"),
    **{word.upper(): word for word in ("true", "false", "none", "and", "or", "not")},
}
"""Words of other languages for what is no name."""
