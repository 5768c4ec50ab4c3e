"""The platform double over real HTTP: what it sends, when it tries again, and that no server can hold it up."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
from dialled import FALLBACK, QUICK, TALK, dialled, menu
from played import said
from small_servers import Badly, answers, serving

from flowc.caller.platform import delivery, undecided
from flowc.caller.platform.application import Call
from flowc.caller.platform.delivery import Hosted, Setup
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Connects, Presses, Waits
from flowc.caller.platform.transcript import lines
from flowc.caller.platform.wire import LARGEST, Limits


def _closes(link: socket.socket) -> None:
    """The connection is closed without a word."""


def _resets(link: socket.socket) -> None:
    link.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n[")


def _hangs(link: socket.socket) -> None:
    link.settimeout(5)
    link.recv(1)


def _drips(link: socket.socket) -> None:
    for byte in b"HTTP/1.1 200 X\r\nX-Long: " + b"x" * 50:
        link.sendall(bytes([byte]))
        time.sleep(0.1)


def _drips_its_body(link: socket.socket) -> None:
    link.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n")
    _drips(link)


def _floods(link: socket.socket) -> None:
    link.sendall(b"HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 52428800\r\n\r\n[")
    for _ in range(50):
        link.sendall(b" " * 1024 * 1024)


def _lies(link: socket.socket) -> None:
    link.sendall(b"\x00\x01 what is this\r\n\r\n")


@pytest.mark.parametrize(
    ("does", "tries", "why"),
    [
        (_closes, 2, "Connection closed."),
        (_resets, 2, "Connection closed."),
        (_lies, 2, "Connection closed."),
        (_hangs, 2, "no answer in time"),
        (_drips, 2, "no answer in time"),
        (_drips_its_body, 2, "no answer in time"),
        (answers("", 429), 2, "HTTP 429"),
        (answers("", 503), 2, "HTTP 503"),
        (answers("", 504), 2, "HTTP 504"),
        (answers("", 500), 1, "HTTP 500"),
        (answers("", 404), 1, "HTTP 404"),
        (answers("", 401), 1, "HTTP 401"),
        (answers("", 302, "text/html", "Location: /"), 1, "HTTP 302"),
        (answers(TALK, 201), 1, "HTTP 201"),
        (answers("", 204), 1, "HTTP 204"),
        (answers(TALK, 200, "text/html"), 1, "text/html instead of JSON"),
        (answers(TALK, 200, "application/xml"), 1, "application/xml instead of JSON"),
        (answers(""), 1, "an empty body"),
        (answers("{}"), 1, "Syntax error in NCCO. Invalid value type or action."),
        (answers("[{}]"), 1, "Syntax error in NCCO. Invalid value type or action."),
        (answers("OK", 200, "text/plain"), 1, "what came back is no JSON"),
        (answers("[" * 100_000), 1, "what came back is no JSON"),
        (_floods, 1, f"more than {LARGEST} bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_an_answer_url_that_fails_is_tried_as_the_rules_say_and_then_the_fallback(
    does: Badly, tries: int, why: str
) -> None:
    with serving(does) as bad, serving(answers(FALLBACK)) as good:
        call = dialled(f"{bad.url}/answer", fallback_url=f"{good.url}/fallback")
        assert said(call, "hears") == ["Fallback."]
        assert len(bad.asked) == tries
        (asked,) = good.asked
        query = dict(parse_qsl(asked.path.partition("?")[2]))
        assert query["reason"] == why
        assert json.loads(query["original_request"]) == {"url": f"{bad.url}/answer", "type": "answer"}
        assert query["to"] == Call().to


def test_a_call_that_neither_url_answers_is_over_at_once() -> None:
    with serving(answers("", 503)) as bad:
        call = dialled(f"{bad.url}/answer", fallback_url=f"{bad.url}/fallback")
        assert len(bad.asked) == 4
    why = f"GET {bad.url}/answer: HTTP 503, then GET {bad.url}/fallback: HTTP 503"
    assert (call.ended, said(call, "hears")) == (f"no NCCO answers it ({why}): the caller hears nothing", [])


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/a", "https://127.0.0.1:1/a", "ftp://a/", "http://[", "nonsense"])
def test_an_answer_url_that_cannot_be_reached_is_the_end(url: str) -> None:
    assert dialled(url).ended.startswith("no NCCO answers it (")


def test_the_time_that_a_hanging_server_costs_is_silence_for_the_caller() -> None:
    with serving(_hangs) as bad:
        call = dialled(bad.url)
        assert call.seconds == pytest.approx(2 * QUICK.answer)
        told = [each[9:] for each in lines(call) if "webhook" in each]
        assert told == [f"webhook GET {bad.url}: no answer in time (0.5 s)"] * 2


@pytest.mark.parametrize(
    ("does", "heard", "remark"),
    [
        (answers(TALK), "Hello.", None),
        (answers(TALK, 200, "application/json; charset=utf-8"), "Hello.", None),
        (answers(TALK, 200, "text/plain"), "Hello.", undecided.MEDIA),
        (answers(TALK, 200, ""), "Hello.", undecided.MEDIA),
        (answers(""), "Still here.", None),
        (answers("", 200, "text/html"), "Still here.", None),
        (answers("[]"), "Still here.", undecided.EMPTY_LIST),
        (answers("", 204), "Still here.", undecided.NO_CONTENT),
        (answers("", 404), "Still here.", undecided.GOES_ON),
        (answers("", 500), "Still here.", undecided.GOES_ON),
        (answers(TALK, 200, "text/html"), "Still here.", undecided.GOES_ON),
        (answers("", 503), "Still here.", None),
        (answers('[{"action": "wait", "timeout": NaN}]'), "Still here.", undecided.GOES_ON),
        (answers("", 302, "", "Location: /"), "Still here.", undecided.REDIRECT),
        (answers("{}"), "Still here.", undecided.OTHER_JSON),
        (answers('[{"action":"tlak"}]'), "Still here.", undecided.GOES_ON),
        (_hangs, "Still here.", None),
        (_drips_its_body, "Still here.", undecided.DRIPS),
        (answers('[{"action":"talk"}]'), "Still here.", undecided.MISSING),
        (answers('[{"action":"connect","endpoint":[]}]'), "Still here.", undecided.EMPTY),
        (answers('[{"action":"input","type":[]}]'), "Still here.", undecided.EMPTY),
        (answers('[{"action":"stream","streamUrl":[]}]'), "Still here.", undecided.EMPTY),
        (_floods, "Still here.", undecided.LARGE),
    ],
)
def test_a_question_whose_webhook_brings_no_ncco_lets_the_call_go_on(
    does: Badly, heard: str, remark: str | None
) -> None:
    with serving(does) as hook, serving(answers(menu(f"{hook.url}/menu"))) as first:
        call = dialled(first.url, Presses("1"))
    assert said(call, "hears") == ["Press.", heard]
    assert remark is None or remark in call.remarks
    assert call.ended == "there is nothing more to play"


def test_a_question_whose_webhook_fails_has_the_fallback_too() -> None:
    with serving(answers("", 404)) as hook, serving(answers(FALLBACK)) as good:
        with serving(answers(menu(f"{hook.url}/menu"))) as first:
            call = dialled(first.url, Presses("1"), fallback_url=f"{good.url}/f", fallback_method="POST")
        said_to_it = json.loads(good.asked[0].body)
    assert said(call, "hears") == ["Press.", "Fallback."]
    assert said_to_it["dtmf"] == {"digits": "1", "timed_out": False}
    assert said_to_it["original_request"] == {"url": f"{hook.url}/menu", "type": "event"}


def test_an_invalid_ncco_is_told_to_the_event_url() -> None:
    with serving(answers("")) as events, serving(answers('[{"action":"tlak"}]')) as first:
        dialled(first.url, event_url=f"{events.url}/event")
        told = [json.loads(each.body) for each in events.asked]
    (error,) = [each for each in told if "reason" in each]
    assert list(error) == ["conversation_uuid", "reason", "timestamp"]
    assert error["reason"] == "Syntax error in NCCO. Invalid value type or action."
    assert [each.get("status") for each in told] == ["started", "ringing", None, "completed"]


def test_an_invalid_ncco_of_the_fallback_is_told_too() -> None:
    bad = answers('[{"action":"tlak"}]')
    with serving(answers("")) as events, serving(bad) as second, serving(bad) as first:
        call = dialled(first.url, event_url=events.url, fallback_url=second.url)
        assert (len(first.asked), len(second.asked)) == (1, 1)  # without another try
        assert sum(b"reason" in each.body for each in events.asked) == 2
    assert call.ended.endswith(": the caller hears nothing")


@pytest.mark.parametrize(
    ("ncco", "where"),
    [
        ('[{"action":"talk","text":"a"},{"action":"tlak"}]', "action 2: there is no action `tlak`"),
        ('[{"action":"talk"}]', "action 1, `text`"),
        ('[{"action":"input","type":["dtmf"],"dtmf":{"maxDigits":[]}}]', "action 1, `dtmf.maxDigits`"),
        ('[{"action":"connect","endpoint":[{"type":"fone"}]}]', "action 1, `endpoint.type`: no `fone`"),
        ("[1]", "action 1"),
        ("{}", "no list of actions"),
    ],
)
def test_where_an_ncco_is_invalid_is_said_here_and_not_to_the_application(ncco: str, where: str) -> None:
    with serving(answers("")) as events, serving(answers(ncco)) as first:
        call = dialled(first.url, event_url=events.url)
        (error,) = [json.loads(each.body) for each in events.asked if b"reason" in each.body]
    assert [each.endswith(f"Invalid value type or action. ({where})") for each in said(call, "webhook")] == [True]
    assert f"{first.url}: Syntax error in NCCO. Invalid value type or action. ({where})): the caller" in call.ended
    assert where not in error["reason"]


@pytest.mark.parametrize(
    ("action", "remark"),
    [
        ({"action": "conversation", "name": "a", "startOnEnter": False, "musicOnHoldUrl": "https://e.com/m"}, None),
        (
            {"action": "connect", "endpoint": [{"type": "app", "user": "a"}], "ringbackTone": ["https://e.com/r"]},
            undecided.RINGBACK,
        ),
    ],
)
def test_fields_of_which_the_sources_disagree_are_taken_in_one_way_that_is_told(
    action: dict[str, object], remark: str | None
) -> None:
    with serving(answers(json.dumps([action]))) as first:
        call = dialled(first.url)
    assert (remark is None) == ("Syntax error" not in said(call, "webhook")[0])
    assert (remark or undecided.MUSIC) in call.remarks


def test_an_event_url_that_hangs_is_waited_for_once() -> None:
    with serving(_hangs) as events, serving(answers(TALK)) as first:
        call = dialled(first.url, event_url=events.url)
        assert len(events.asked) == 1
    assert said(call, "hears") == ["Hello."]
    assert sum("not sent" in each for each in said(call, "event")) == 3


def _drips_its_handshake(link: socket.socket) -> None:
    link.sendall(b"\x16\x03\x03\x40\x00")  # a piece of a handshake of 16 KiB, byte by byte
    for _ in range(100):
        link.sendall(b"\x02")
        time.sleep(0.1)


def test_a_server_that_drips_its_handshake_is_cut_off() -> None:
    with serving(_drips_its_handshake, read=False) as slow:
        call = dialled(slow.url.replace("http:", "https:"))
    assert call.seconds == pytest.approx(2 * QUICK.connection)
    assert [each.partition(": ")[2] for each in said(call, "webhook")] == ["no connection in time"] * 2


def test_a_redirect_is_not_followed_however_often_it_comes_again() -> None:
    with serving(answers("", 302, "", "Location: /again")) as round_and_round:
        call = dialled(f"{round_and_round.url}/a", fallback_url=f"{round_and_round.url}/b")
        assert [each.path.partition("?")[0] for each in round_and_round.asked] == ["/a", "/b"]
    assert call.ended.endswith("HTTP 302): the caller hears nothing")
    assert undecided.REDIRECT in call.remarks


def test_a_server_without_tls_is_not_trusted() -> None:
    with serving(answers(TALK)) as plain:
        call = dialled(plain.url.replace("http:", "https:"))
    assert "no TLS connection that can be trusted" in said(call, "webhook")[0]


def test_the_times_and_methods_of_an_application_are_the_platforms_unless_it_says_others() -> None:
    setup = Setup("https://e.com/answer")
    assert (setup.answer_limits, setup.event_limits) == (Limits(1.0, 5.0), Limits(1.0, 10.0))
    assert (setup.answer_method, setup.event_method, setup.fallback_method) == ("GET", "POST", "GET")


def _behind(action: dict[str, object]) -> str:
    return json.dumps([action, {"action": "talk", "text": "Still here."}])


@pytest.mark.parametrize("kind", ["input", "notify", "connect", "whisper"])
@pytest.mark.parametrize(("status", "tries"), [(503, 2), (404, 1)])
def test_every_webhook_that_may_bring_an_ncco_is_tried_and_falls_back_by_the_same_rules(
    kind: str, status: int, tries: int
) -> None:
    phone = {"type": "phone", "number": "447700900100"}
    with serving(answers("", status)) as hook, serving(answers("", status)) as second, serving(answers("")) as events:
        action: dict[str, object] = {
            "input": {"action": "input", "type": ["dtmf"], "eventUrl": [hook.url]},
            "notify": {"action": "notify", "payload": {"a": 1}, "eventUrl": [hook.url]},
            "connect": {"action": "connect", "endpoint": [phone], "eventType": "synchronous", "eventUrl": [hook.url]},
            "whisper": {"action": "connect", "endpoint": [{**phone, "onAnswer": {"url": hook.url}}]},
        }[kind]
        with serving(answers(_behind(action))) as first:
            script = {"input": [Waits()], "connect": [Connects("busy")], "whisper": [Connects()]}.get(kind, [])
            call = dialled(first.url, *script, fallback_url=second.url, event_url=events.url)
        asked = [each for each in hook.asked if b'"status":"started"' not in each.body and b"ringing" not in each.body]
        assert (len(asked), len(second.asked)) == (tries, tries)
    assert said(call, "hears") == ["Still here."]  # whatever fails during a call, the call goes on


def test_an_ncco_of_the_fallback_takes_the_place_of_every_one_that_was_wanted() -> None:
    with serving(answers("", 404)) as hook, serving(answers(FALLBACK)) as good:
        notify = {"action": "notify", "payload": {"a": 1}, "eventUrl": [hook.url]}
        with serving(answers(_behind(notify))) as first:
            call = dialled(first.url, fallback_url=good.url)
        query = dict(parse_qsl(good.asked[0].path.partition("?")[2]))
    assert said(call, "hears") == ["Fallback."]
    assert json.loads(query["payload"]) == {"a": 1}
    assert query["reason"] == "HTTP 404"


@pytest.mark.parametrize(("thinks", "serves", "asked"), [(1000.0, 0.0, True), (0.0, 1000.0, False)])
def test_a_call_whose_servers_take_too_long_is_cut_off_and_a_person_who_thinks_is_not(
    thinks: float, serves: float, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, later = time.monotonic, [0.0]
    monkeypatch.setattr(delivery.time, "monotonic", lambda: real() + later[0])

    def slow(link: socket.socket) -> None:
        later[0] += serves
        answers(menu(f"{hook.url}/menu"))(link)

    def person() -> Iterator[Presses]:
        later[0] += thinks
        yield Presses("1")

    with serving(answers(TALK)) as hook, serving(slow) as first:
        call = play(Hosted(Setup(first.url)), person())
    assert said(call, "hears") == ["Press.", "Hello." if asked else "Still here."]
    assert ("not asked" in said(call, "webhook")[-1]) != asked
