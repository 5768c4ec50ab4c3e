"""Options: what the platform may be supposed to do where its documents leave something open, and what is then met."""

from __future__ import annotations

from typing import Any

import pytest
from dialled import TALK as SAID
from dialled import menu
from played import Table, said
from small_servers import answers, serving

from flowc.caller.platform import undecided
from flowc.caller.platform.application import Call
from flowc.caller.platform.delivery import Hosted, Setup
from flowc.caller.platform.options import OPTIONS, told
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Act, Connects, HangsUp, Joins, Presses, Records, Waits
from flowc.caller.platform.transcript import Transcript, lines

URL = "https://e.com/next"
TALK: dict[str, Any] = {"action": "talk", "text": "Hello."}
KEYS: dict[str, Any] = {"action": "input", "type": ["dtmf"], "eventUrl": [URL]}
BOTH: dict[str, Any] = {"action": "input", "type": ["dtmf", "speech"], "eventUrl": [URL]}
WORDS: dict[str, Any] = {"action": "input", "type": ["speech"], "speech": {"startTimeout": 20}, "eventUrl": [URL]}
LISTENS: dict[str, Any] = {"action": "input", "type": ["dtmf"], "mode": "asynchronous", "eventUrl": [URL]}
CALLS: dict[str, Any] = {"action": "connect", "endpoint": [{"type": "phone", "number": "447700900100"}]}
WAITS: dict[str, Any] = {**CALLS, "eventType": "synchronous", "eventUrl": [URL]}
ROOM: dict[str, Any] = {"action": "conversation", "name": "a"}
NEXT = [{"action": "talk", "text": "Another NCCO."}]


def _played(
    actions: list[dict[str, Any]], script: list[Act], *names: str, **answers: object
) -> tuple[Table, Transcript]:
    table = Table({"answer": actions, **{f"https://e.com/{name}": each for name, each in answers.items()}})
    return table, play(table, script, Call(supposed=frozenset(names)))


def _met(actions: list[dict[str, Any]], script: list[Act], *names: str) -> tuple[object, ...]:
    """What a caller and an application meet: what is heard, how long it takes, the keys that are told."""
    table, call = _played(actions, script, *names)
    digits = [each.data["dtmf"]["digits"] for each in table.asked[1:] if "dtmf" in each.data]  # type: ignore[index,call-overload]
    return said(call, "hears"), round(call.seconds), digits


CASES: list[tuple[str, list[dict[str, Any]], list[Act], tuple[object, ...], tuple[object, ...]]] = [
    ("long-calls", [{"action": "record", "timeOut": 7200}, {"action": "record", "endOnSilence": 3}, TALK],
     [Records(7200), Records(100)], ([], 7200, []), (["Hello."], 7303, [])),
    ("keys-kept", [TALK, KEYS], [Presses("2", early=True)], (["Hello."], 3, [""]), (["Hello."], 4, ["2"])),
    ("keys-kept", [{**KEYS, "dtmf": {"maxDigits": 1}}, TALK, KEYS], [Presses("12"), HangsUp()],
     (["Hello."], 1, ["1"]), (["Hello."], 4, ["1", "2"])),
    ("null-digits", [KEYS], [Waits()], ([], 3, [""]), ([], 3, [None])),
    ("hash-dropped", [KEYS], [Presses("1#2")], ([], 5, ["1#2"]), ([], 5, ["12"])),
    ("silence-to-last", [BOTH], [Waits()], ([], 3, [""]), ([], 10, [""])),
    ("start-capped", [WORDS], [Waits()], ([], 20, [None]), ([], 10, [None])),
    ("time-alone-behind", [{"action": "record", "timeOut": 30}, TALK], [Records(60)],
     (["Hello."], 30, []), (["Hello."], 0, [])),
    ("room-ends-call", [ROOM, TALK], [Joins(60, ends=True)], (["Hello."], 60, []), ([], 60, [])),
    ("wait-narrow", [{"action": "wait", "timeout": 100}], [], ([], 100, []), ([], 60, [])),
    ("wait-narrow", [{"action": "wait", "timeout": 0.5}], [], ([], 0, []), ([], 2, [])),
    ("connect-waits", [CALLS, TALK], [Connects(seconds=30)], (["Hello."], 30, []), ([], 30, [])),
    ("failed-ends", [CALLS, TALK], [Connects("busy")], (["Hello."], 0, []), ([], 0, [])),
    ("behind-played", [WAITS, TALK], [Connects(seconds=30)], ([], 30, []), (["Hello."], 30, [])),
    ("behind-played", [WAITS, TALK], [Connects(seconds=30, by="caller")], ([], 30, []), ([], 30, [])),
    ("failover-ends", [WAITS, TALK], [Connects("busy")], (["Hello."], 0, []), ([], 0, [])),
    ("machine-ends", [{**CALLS, "machineDetection": "hangup"}, TALK], [Connects("machine")],
     (["Hello."], 0, []), ([], 0, [])),
]  # fmt: skip


@pytest.mark.parametrize(("name", "actions", "script", "usual", "other"), CASES)
def test_an_option_changes_what_is_met_and_the_call_says_that_it_rests_on_it(
    name: str, actions: list[dict[str, Any]], script: list[Act], usual: tuple[object, ...], other: tuple[object, ...]
) -> None:
    assert [_met(actions, script), _met(actions, script, name)] == [usual, other]
    by_default, supposed = (_played(actions, script, *names)[1].remarks for names in ((), (name,)))
    assert (OPTIONS[name].usual in by_default, OPTIONS[name].other in by_default) == (True, False)
    assert (OPTIONS[name].usual in supposed, OPTIONS[name].other in supposed) == (False, True)


def test_an_ncco_for_a_single_key_is_played_where_that_is_supposed() -> None:
    usual, supposed = (
        _played([LISTENS, TALK, TALK], [Presses("1")], *names, next=NEXT)[1] for names in ((), ("single-answered",))
    )
    assert [said(each, "hears") for each in (usual, supposed)] == [["Hello.", "Hello."], ["Hello.", "Another NCCO."]]
    assert OPTIONS["single-answered"].other in supposed.remarks


@pytest.mark.parametrize("outcome", ["busy", "answered"])
def test_an_ncco_for_a_call_that_is_not_decided_is_played_where_that_is_supposed(outcome: str) -> None:
    table, call = _played([WAITS, TALK], [Connects(outcome)], "any-status-played", next=NEXT)
    assert said(call, "hears") == ["Another NCCO."]
    assert [each.data["status"] for each in table.asked[1:]] == ["started"]
    assert OPTIONS["any-status-played"].other in call.remarks


@pytest.mark.parametrize(
    ("name", "body", "status", "media", "usual", "other"),
    [
        ("no-content-goes-on", "", 204, "application/json", "Please hold on.", "Still here."),
        ("empty-list-ends", "[]", 200, "application/json", "Still here.", ""),
        ("other-json-goes-on", '{"status": "ok"}', 200, "application/json", "Please hold on.", "Still here."),
        ("json-alone", SAID, 200, "text/plain", "Hello.", "Please hold on."),
        (
            "extra-refused",
            '[{"action": "talk", "text": "A.", "txet": "B."}]',
            200,
            "application/json",
            "A.",
            "Please hold on.",
        ),
        (
            "range-refused",
            '[{"action": "talk", "text": "A.", "level": 2}]',
            200,
            "application/json",
            "A.",
            "Please hold on.",
        ),
        (
            "several-refused",
            '[{"action": "stream", "streamUrl": ["https://e.com/1", "https://e.com/2"]}]',
            200,
            "application/json",
            "https://e.com/1",
            "Please hold on.",
        ),
    ],
)
def test_what_a_server_answers_is_taken_as_is_supposed(
    name: str, body: str, status: int, media: str, usual: str, other: str
) -> None:
    for supposed, heard, rests in ((), usual, OPTIONS[name].usual), ((name,), other, OPTIONS[name].other):
        with (
            serving(answers(body, status, media=media)) as hook,
            serving(answers(menu(hook.url))) as first,
            serving(answers('[{"action": "talk", "text": "Please hold on."}]')) as second,
        ):
            setup = Setup(first.url, fallback_url=second.url, supposed=frozenset(supposed))
            call = play(Hosted(setup), [Presses("1")])
        assert said(call, "hears", "plays")[1:][:1] == ([heard] if heard else [])
        assert rests in call.remarks


def test_an_answer_that_fails_ends_the_call_where_that_is_supposed() -> None:
    for supposed, heard in ((), ["Still here."]), (("failure-ends",), []):
        with serving(answers("", 404)) as hook, serving(answers(menu(hook.url))) as first:
            call = play(Hosted(Setup(first.url, supposed=frozenset(supposed))), [Presses("1")])
        assert said(call, "hears")[1:] == heard
        option = OPTIONS["failure-ends"]
        assert (option.other if supposed else option.usual) in call.remarks


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (302, "GET"), (307, "POST"), (308, "POST")])
def test_a_redirect_is_followed_where_that_is_supposed(status: int, method: str) -> None:
    option = OPTIONS["redirect-followed"]
    for supposed, heard, rests in ((), "Still here.", option.usual), (("redirect-followed",), "Hello.", option.other):
        with (
            serving(answers(SAID)) as moved,
            serving(answers("", status, "", f"Location: {moved.url}/there?a=b")) as hook,
            serving(answers(menu(hook.url))) as first,
        ):
            call = play(Hosted(Setup(first.url, supposed=frozenset(supposed))), [Presses("1")])
            asked = [each.line for each in moved.asked]
        assert said(call, "hears")[1:] == [heard]
        assert rests in call.remarks
        assert asked == ([f"{method} /there?a=b HTTP/1.1"] if supposed else [])


@pytest.mark.parametrize("location", ["http://[", "ftp://e.com/", "http://e.com:x/", "//", "/\u00e9 b"])
def test_a_redirect_that_leads_nowhere_is_an_error(location: str) -> None:
    with serving(answers("", 302, "", f"Location: {location}")) as first:
        call = play(Hosted(Setup(first.url, supposed=frozenset({"redirect-followed"}))), [])
    assert call.ended.startswith("no NCCO answers it")


def test_a_redirect_that_leads_round_and_round_is_an_error_also_where_redirects_are_followed() -> None:
    with serving(answers("", 302, "", "Location: /again")) as first:
        call = play(Hosted(Setup(first.url, supposed=frozenset({"redirect-followed"}))), [])
        assert len(first.asked) == 6
    assert call.ended.startswith("no NCCO answers it")
    assert OPTIONS["redirect-followed"].other in call.remarks


def test_each_option_is_one_of_what_the_documents_leave_open_and_its_name_is_told() -> None:
    open_ = {value for name, value in vars(undecided).items() if name.isupper()}
    assert {each.usual for each in OPTIONS.values()} <= open_
    assert not {each.other for each in OPTIONS.values()} & open_
    assert len({each.usual for each in OPTIONS.values()}) == len(OPTIONS)
    call = _played([KEYS], [Waits()])[1]
    assert [*lines(call)][-1] == f"rests on: {undecided.NO_KEY} (otherwise with `--suppose null-digits`)"
    assert told(undecided.ENCODED) == undecided.ENCODED
