"""Functions of other languages, and what is written here instead. Asked only about a call, which no expression has."""

from __future__ import annotations

from collections.abc import Sequence

from ...program.filters import FILTERS
from ...text.nearest import nearest
from .scope import CALL_PARTS
from .tokens import Token

_RANDOM = "write `random`, a number from 0 up to 1; from 1 to 6 it is `((random * 6) | int) + 1`"
_NOW = "write `now`; its time is `now | time`, its day `today`"
_INSTEAD = {
    **dict.fromkeys(("random", "rand", "randint", "randrange", "randomint"), _RANDOM),
    **dict.fromkeys(("now", "time", "gettime", "clock", "utcnow", "timestamp"), _NOW),
    **dict.fromkeys(("today", "date", "getdate", "datetime", "weekday"), "write `today`, or `now` with the time"),
    **dict.fromkeys(("strftime", "strptime", "dateformat"), "write `now | time`, or `today | date('dmy')`"),
    **dict.fromkeys(("gethour", "gethours", "hour"), "write `now | time`, as in `(now | time) < '18:00'`"),
    **dict.fromkeys(("uuid", "uuid4", "newguid"), "write `call.uuid`, which is another one in each call"),
    **dict.fromkeys(("str", "string", "tostring", "text"), "take it out: a value is put into a text as it is"),
    **dict.fromkeys(("substring", "substr", "slice", "mid", "left", "charat"), "write a part as `vars.x[0:3]`"),
    **dict.fromkeys(("min", "max"), "choose: `vars.a if vars.a < vars.b else vars.b`"),
    "abs": "choose: `vars.a if vars.a > 0 else 0 - vars.a`",
    **dict.fromkeys(("concat", "append", "format", "sprintf"), "join texts with `~`"),
    **dict.fromkeys(("defined", "isset", "exists", "empty", "isempty"), "compare: `vars.x == none`"),
    **dict.fromkeys(("indexof", "find", "search", "includes", "contains"), "write `'a' in vars.x`"),
    **dict.fromkeys(("match", "test", "matches", "regex"), "a `pattern` is for the answer to an `input`"),
    **dict.fromkeys(("isopen", "open", "closed", "isclosed"), "write `hours.NAME == 'open'`"),
    **dict.fromkeys(("replace", "split", "sub", "padstart", "padend", "reverse", "sort"), ""),
    **dict.fromkeys(("lookup", "fetch", "get", "http", "request", "query"), "write a step `request: …` before it"),
    **dict.fromkeys(("env", "getenv", "secret", "config"), "declare a param, and read it as `params.NAME`"),
}
_NOBODY = "nothing here does that: a server of yours does, asked by a `request`"


def instead_of(words: Sequence[Token], at: int) -> str:
    """What to write for the call whose bracket, or the word before it, is the token at an index."""
    bracket = at if words[at].word == "(" else at + 1
    before = [each.word for each in words[:bracket] if each.kind == "name"]
    name = before[-1].lower().replace("_", "") if before and words[bracket - 1].kind == "name" else ""
    if (path := _path(words, bracket)) is not None:
        return f"write `{path}`"
    if name in _INSTEAD:
        return _INSTEAD[name] or _NOBODY
    owner = next((each.lower() for each in before[:-1] if each.lower() in ("now", "today", "datetime", "random")), None)
    if owner is not None:
        return _INSTEAD[owner]
    near = name if name in FILTERS else nearest(name, FILTERS) if name else None
    if near is not None:
        return f"a filter stands behind its value: `… | {near}`"
    return f"there are no functions; filters are {', '.join(f'`{each}`' for each in FILTERS)}"


def _path(words: Sequence[Token], bracket: int) -> str | None:
    """A part of the call that stands before empty brackets, as if it were asked for: `call.from()`."""
    last = [each.word for each in words[max(bracket - 4, 0) : bracket + 2]]
    match last:
        case [*before, "call", ".", str(part), "(", ")"] if part in CALL_PARTS and before[-1:] != ["."]:
            return f"call.{part}"
    return None
