"""Words that people have for what rehearsed calls say in others, and values as they are most likely meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping

from ...language.explained.outcomes import OUTCOMES as OF_FLOWS
from ...language.explained.wording import LONG
from ...text.nearest import nearest

__all__ = ["DIRECTIONS", "KEYS", "OUTCOMES", "STEPS", "meant", "value"]


def _named(**words: str) -> dict[str, str]:
    return {each: name.replace("_", " ") for name, listed in words.items() for each in listed.split()}


STEPS = _named(
    hears="expect expects expected hear heard listens assert asserts plays prompt prompts talk talks receives gets",
    callee_hears="whisper whispers agenthears",
    presses="press pressed type types dial dials key keys enter enters dtmf digits digit sends push pushes input",
    says="say said speak speaks spoken speech utters utterance",
    waits="wait silence silent pause pauses sleep noinput timeout nothing",
    connects="connect connected call calls transfer transfers outcome bridges rings",
    records="record recorded recording leaves message",
    joins="join joined conference conversation room enters",
    notified="notify notifies notification webhook event",
    took="takes take duration lasts lasted within",
    hangs_up="hangup hang hangs bye disconnects disconnect quits",
    ended="end ends over finished completed done complete",
)
"""Steps, by other words for them."""

OUTCOMES = {**OF_FLOWS, **_named(ringing="ringing rings ring hungup hangsup hangup givesup givenup abandoned")}
"""What becomes of a call to somebody else, by other words for it."""

DIRECTIONS = _named(outbound="out outgoing made makes calls", inbound="in incoming comes")
"""Ways that a call goes, by other words for them."""

_HEARD = _named(exactly="exact equals is whole all", part="contains includes text words", language="lang locale")
_SECONDS = "duration length for lasts"
KEYS: Mapping[str, Mapping[str, str]] = {
    "": _named(flow="name of", calls="tests cases scenarios rehearsals", params="vars variables", given="mocks stubs"),
    "call": _named(
        name="title description case",
        at="time when date now clock",
        to="called callee dnis",
        given="mocks mock stubs lookups answers responses",
        steps="script actions",
        hears_only="only strict",
        direction="way dir",
        outcome="and status result becomes answeredby",
        **{"from": "caller callerid ani number"},
    ),
    "hears": _HEARD,
    "callee hears": _HEARD,
    "presses": _named(keys="digits dtmf key", pause="delay gap", early="bargein"),
    "says": _named(words="text phrase word", confidence="sure score", early="bargein"),
    "connects": _named(
        to="number phone callee whom endpoint", seconds=_SECONDS, hangs_up="by", **{"and": "outcome status result is"}
    ),
    "records": _named(seconds=_SECONDS, key="keys digit finishonkey endonkey"),
    "joins": _named(room="name conversation conference", seconds=_SECONDS, hold="waits", ends="end"),
    "notified": _named(payload="body json data", url="to uri eventurl"),
    "took": _named(less_than="less max most atmost under below", more_than="more min least atleast over above"),
}
"""Keys, by other words for them: of a file (`""`), of a call, and of each step."""

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_KEYS = {name: str(digit) for digit, name in enumerate(_DIGITS)}
_KEYS |= {"star": "*", "asterisk": "*", "hash": "#", "pound": "#"}


def meant(word: object, known: Iterable[str], others: Mapping[str, str]) -> str | None:
    """Which of the known words is meant by another one: one that it stands for, else the nearest."""
    plain = re.sub(r"[\s_-]", "", str(word)[:LONG].lower())
    listed = [*known]
    same = others.get(plain)
    return same if same in listed else nearest(str(word), listed)


def value(name: str, written: object) -> str | None:
    """The field of that name with what its author most likely means, as text to type; None if nobody can tell."""
    if len(str(written)) > LONG:
        written = None
    return _VALUES[name](written) if name in _VALUES else None


def _presses(written: object) -> str | None:
    if written is None or str(written).strip() == "":
        return 'write `presses: 1`; the hash key in quotes, for it begins a comment: `"#"`'
    listed = written if isinstance(written, list) else re.split(r"[\s,;.-]+", str(written).strip())
    keys = "".join(_KEYS.get(str(each).lower(), str(each)) for each in listed)
    if re.fullmatch(r"[0-9*#]+", keys):
        return f"write `presses: {json.dumps(keys)}`"
    return f"write `says: {written}` for words that are said" if isinstance(written, str) else None


def _hears(written: object) -> str | None:
    if isinstance(written, list):
        return "write each as a step of its own: `- hears: …`"
    return "write the words behind it: `hears: …`" if written is None else None


def _waits(written: object) -> str:
    seconds = re.fullmatch(r"\W*([0-9]+(?:\.[0-9]+)?)\s*s[a-z]*\W*", str(written).strip().lower())
    if seconds:
        return f"write `waits: {seconds[1]}`"
    behind = "write `- waits`, with nothing behind it"
    return f"{behind}, or `waits: 5` for five seconds" if isinstance(written, str) else behind


def _took(written: object) -> str | None:
    found = _time(str(written))
    return f"write `took: {{less than: {found}}}`" if found else "write `took: {less than: 40s}`"


def _time(written: str) -> str | None:
    """A time in its own form."""
    found = re.fullmatch(r"\W*([0-9]+(?:\.[0-9]+)?)\s*([a-z]*)\W*", written.strip().lower())
    unit = {"": "s", "s": "s", "m": "min"}.get(found[2][:1]) if found else None
    return f"{found[1]}{unit}" if found and unit else None


def _at(written: object) -> str:
    day = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)", str(written))
    return f"write `at: {'-'.join(day.groups()) if day else '2026-03-02'}T10:00+00:00`"


def _seconds(name: str, written: object, usual: int) -> str | None:
    """Seconds that are said in words; of a number with a unit the number is taken elsewhere."""
    return None if isinstance(written, str) and re.search(r"\d", written) else f"write `{name}: {usual}`"


def _bound(name: str, written: object) -> str | None:
    found = _time(str(written))
    return f"write `{name}: {found}`" if found else None


_VALUES: Mapping[str, Callable[[object], str | None]] = {
    "presses": _presses,
    "keys": lambda written: str(_presses(written)).replace("presses:", "keys:") if written is not None else None,
    "hears": _hears,
    "callee hears": _hears,
    "took": _took,
    "hears only": lambda _: "write `hears only: true`",
    "less than": lambda written: _bound("less than", written),
    "more than": lambda written: _bound("more than", written),
    "waits": _waits,
    "records": lambda written: _seconds("records", written, 5),
    "pause": lambda written: _seconds("pause", written, 4),
    "seconds": lambda written: _seconds("seconds", written, 60),
    "at": _at,
    "headers": lambda _: "write `headers: {X-NAME: VALUE}`",
    "data": lambda _: "write `data: TEXT` or `data: {NAME: VALUE}`",
    "language": lambda _: "write its code, such as `language: en-GB`",
    "detail": lambda _: "write one as the platform tells it, such as `detail: declined`",
    "joins": lambda _: "write `joins: ROOM`",
    "others": lambda _: "write `others: [NAME]`, or take it out if nobody else is there",
    "notified": lambda _: "write `notified: {payload: {NAME: VALUE}}`",
    "says": lambda _: "write `says: WORDS`",
    "params": lambda _: "write `params: {NAME: VALUE}`",
    "steps": lambda _: "write `steps:`, and below it `- hears: …`",
    "calls": lambda _: "write `calls:`, and below it `- name: …`",
    "given": lambda _: 'write `given: {"GET https://…": {NAME: VALUE}}`',
}
