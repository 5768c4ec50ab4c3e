"""Names of expressions as other systems have them, and what is written here. Asked only about unknown names."""

from __future__ import annotations

PARTS = {
    **dict.fromkeys(("caller", "callerid", "caller_id", "number", "ani", "source", "src", "phone"), "from"),
    **dict.fromkeys(("called", "callee", "dnis", "did", "destination", "dst", "dialed"), "to"),
    **dict.fromkeys(("id", "sid", "call_id", "callid", "call_sid", "callsid", "call_uuid"), "uuid"),
}
"""Parts of a call under names that they have elsewhere."""

VARIABLES = {
    **dict.fromkeys(
        ("recording_url", "recordingurl", "recording"), "a recording is told of to the `eventUrl` of the `record`"
    ),
    **dict.fromkeys(("digits", "dtmf", "input", "answer", "keys"), "name the answer: `save: NAME` in the `input`"),
    **dict.fromkeys(("response", "body", "result"), "name the answer: `save: NAME` in the `request`"),
}
"""What other systems remember by themselves."""

_WEEKDAYS = "days of the week stand in a calendar: `hours: {NAME: {open: {mon-fri: …}}}`"
TIMES = {
    **dict.fromkeys(("hour", "hours", "minute", "time"), "write `now | time`, as in `(now | time) < '18:00'`"),
    **dict.fromkeys(("date", "day"), "write `today`"),
    **dict.fromkeys(("weekday", "dayofweek", "day_of_week", "dow", "isoweekday"), _WEEKDAYS),
}

WORDS = {
    **dict.fromkeys(("null", "nil", "undefined", "NULL"), "none"),
    **{word.upper(): word for word in ("true", "false", "none", "and", "or", "not")},
}
"""Words of other languages for what is no name."""
