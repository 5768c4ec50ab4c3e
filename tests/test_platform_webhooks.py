"""What the platform double tells over real HTTP: how it is spelt by GET and by POST, how it is signed, whose it is."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from click.testing import CliRunner
from dialled import TALK, dialled, menu
from played import said
from small_servers import Asked, Badly, answers, serving

from flowc.caller.platform import undecided
from flowc.caller.platform.application import Call, of_its_own
from flowc.caller.platform.delivery import Hosted, Setup
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Connects, Presses, Waits
from flowc.caller.platform.signing import Key
from flowc.cli.test import test as command


def test_an_error_by_get_is_spelt_as_in_a_captured_request() -> None:
    with serving(answers("")) as events, serving(answers('[{"action":"tlak"}]')) as first:
        dialled(first.url, event_url=f"{events.url}/event", event_method="GET")
        (error,) = [each.path for each in events.asked if "reason=" in each.path]
    reason = "Syntax%20error%20in%20NCCO.%20Invalid%20value%20type%20or%20action."
    assert error.startswith(
        f"/event?conversation_uuid=CON-aaaaaaaa-bbbb-cccc-dddd-0123456789ab&reason={reason}&timestamp="
    )


def test_webhooks_are_spelt_as_in_captured_requests() -> None:
    with serving(answers(TALK)) as hook:
        for method, script in (("GET", Presses("3")), ("POST", Waits())):
            with serving(answers(menu(f"{hook.url}/menu", method))) as first:
                dialled(first.url, script)
                assert first.asked[0].path.startswith(f"/?to={Call().to}&from={Call().caller}&conversation_uuid=CON-")
    get, post = hook.asked
    assert get.path.startswith(
        "/menu?speech=%7B%22error%22:%22Speech%20was%20not%20enabled%22%7D"
        "&dtmf=%7B%22digits%22:%223%22,%22timed_out%22:false%7D&from=447700900123&to=442079460000&uuid=aaaaaaaa"
    )
    assert get.path.rpartition("&timestamp=")[2] == "2030-01-02T12:00:01.400Z"
    assert (get.body, "content-type" in get.headers) == (b"", False)
    assert post.headers["content-type"] == "application/json"
    assert list(json.loads(post.body)) == ["speech", "dtmf", "from", "to", "uuid", "conversation_uuid", "timestamp"]
    assert json.loads(post.body)["dtmf"] == {"digits": "", "timed_out": True}


def test_a_get_webhook_keeps_the_query_of_its_url() -> None:
    with serving(answers(TALK)) as hook, serving(answers(menu(f"{hook.url}/menu?step=2", "GET"))) as first:
        call = dialled(first.url, Presses("3"))
        assert hook.asked[0].path.startswith("/menu?step=2&speech=")
    assert undecided.QUERY in call.remarks


def _claims(asked: Asked, secret: bytes) -> dict[str, object]:
    """The claims of a request's token, whose signature is right."""
    kind, _, token = asked.headers["authorization"].partition(" ")
    assert kind == "Bearer"
    signed, _, signature = token.rpartition(".")
    mine = base64.urlsafe_b64encode(hmac.new(secret, signed.encode(), hashlib.sha256).digest())
    assert mine.rstrip(b"=").decode() == signature
    head, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in signed.split("."))
    assert head == {"alg": "HS256", "typ": "JWT"}
    found: dict[str, object] = claims
    return found


def test_signed_webhooks_hash_the_body_or_the_parameters_of_a_get() -> None:
    secret = b"a secret of at least thirty-two bytes"
    with serving(answers(TALK)) as hook, serving(answers(menu(f"{hook.url}/menu"))) as first:
        call = dialled(first.url, Presses("1"), key=Key(secret))
        assert said(call, "hears") == ["Press.", "Hello."]
        get, post = _claims(first.asked[0], secret), _claims(hook.asked[0], secret)
        query = dict(parse_qsl(first.asked[0].path.partition("?")[2]))
    assert post["payload_hash"] == hashlib.sha256(hook.asked[0].body).hexdigest()
    assert get["payload_hash"] == hashlib.sha256(json.dumps(query, separators=(",", ":")).encode()).hexdigest()
    assert post["iss"] == "Vonage"
    assert post["jti"] != get["jti"]
    assert undecided.SIGNED_GET in call.remarks


def test_signed_webhooks_are_good_tokens_to_others() -> None:
    jwt = pytest.importorskip("jwt", reason="PyJWT says what is a good token")
    secret = "a secret of at least thirty-two bytes"
    with serving(answers("", 503)) as hook, serving(answers(menu(f"{hook.url}/menu"))) as first:
        dialled(first.url, Presses("1"), key=Key(secret.encode(), "abcd1234", "app-1"), event_url=hook.url)
        asked = [*first.asked, *hook.asked]
    required = {"require": ["iat", "jti", "iss", "payload_hash", "api_key", "application_id"]}
    tokens = [each.headers["authorization"].removeprefix("Bearer ") for each in asked]
    claims = [jwt.decode(each, secret, algorithms=["HS256"], issuer="Vonage", options=required) for each in tokens]
    assert len({each["jti"] for each in claims}) == len(asked) == 7  # each try is signed anew
    assert {(each["api_key"], each["application_id"]) for each in claims} == {("abcd1234", "app-1")}
    for each, claim in zip(asked, claims, strict=True):
        assert not each.body or claim["payload_hash"] == hashlib.sha256(each.body).hexdigest()


def test_an_ncco_for_a_call_that_was_answered_is_not_played() -> None:
    with serving(answers(TALK)) as hook:
        endpoint = [{"type": "phone", "number": "447700900100"}]
        action = {"action": "connect", "endpoint": endpoint, "eventType": "synchronous", "eventUrl": [hook.url]}
        with serving(answers(json.dumps([action]))) as first:
            call = dialled(first.url, Connects())
            other = dialled(first.url, Connects("busy"))
    assert said(call, "hears") == []
    assert undecided.NOT_PLAYED in call.remarks
    assert said(other, "hears") == ["Hello."]


def test_of_an_ncco_for_any_other_status_nobody_doubts_that_it_is_not_played() -> None:
    endpoint = [{"type": "phone", "number": "447700900100"}]
    with serving(answers(TALK)) as hook:
        action = {"action": "connect", "endpoint": endpoint, "eventUrl": [hook.url]}
        with serving(answers(json.dumps([action]))) as first:
            call = dialled(first.url, Connects(), event_url=hook.url)
        assert len(hook.asked) == 8
    assert said(call, "hears") == []
    assert undecided.NOT_PLAYED not in call.remarks


def test_an_ncco_for_a_single_key_is_not_played() -> None:
    with serving(answers(TALK)) as hook:
        asks = {"action": "input", "type": ["dtmf"], "mode": "asynchronous", "eventUrl": [hook.url]}
        talk = {"action": "talk", "text": "A long talk."}
        with serving(answers(json.dumps([asks, talk]))) as first:
            call = dialled(first.url, Presses("1"))
    assert said(call, "hears") == ["A long talk."]
    assert undecided.SINGLE_ANSWER in call.remarks


@pytest.mark.parametrize(
    ("does", "heard", "hint"),
    [
        (answers("", 404), "Hello", "see to this first: POST {url}: HTTP 404"),
        (answers('[{"action":"talk"}]'), "Hello", "Invalid value type or action. (action 1, `text`)"),
        (answers(""), "Hello", "write `hears: Still here.` if the flow is right"),
        (answers("", 404), "Presss", "write `hears: Press.` if the flow is right"),
    ],
)
def test_a_call_that_is_not_as_it_was_to_be_names_the_webhook_that_failed_before(
    does: Badly, heard: str, hint: str, tmp_path: Path
) -> None:
    steps = [f"hears: {heard}", "presses: 1"] if heard != "Hello" else ["presses: 1", f"hears: {heard}"]
    calls = f"flow: hosted\ncalls: [{{name: a, steps: [{', '.join(steps)}]}}]\n"
    (tmp_path / "hosted.calls.yml").write_text(calls, encoding="utf-8")
    with serving(does) as hook, serving(answers(menu(hook.url))) as first:
        result = CliRunner().invoke(command, ["--url", first.url, str(tmp_path)], standalone_mode=False)
    assert result.return_value == 1
    assert hint.format(url=hook.url) in result.stdout


def test_who_ends_a_call_is_told() -> None:
    for script, by in (([Presses("1")], "platform"), ([], "user")):
        with serving(answers("")) as events, serving(answers(menu("http://127.0.0.1:1/"))) as first:
            dialled(first.url, *script, event_url=events.url)
            assert json.loads(events.asked[-1].body)["disconnected_by"] == by


def test_each_call_to_what_is_hosted_is_one_of_its_own_to_it() -> None:
    endpoint = [{"type": "phone", "number": "447700900100"}]
    actions = [{"action": "record"}, {"action": "connect", "endpoint": endpoint}]
    with serving(answers("")) as events, serving(answers(json.dumps(actions))) as first:
        hosted = Hosted(Setup(first.url, event_url=events.url))
        calls = [of_its_own(Call()) for _ in range(2)]
        for call in calls:
            play(hosted, [Connects()], call)
        told = [json.loads(each.body) for each in events.asked]
    halves = told[: len(told) // 2], told[len(told) // 2 :]
    names = ("uuid", "conversation_uuid", "recording_uuid", "recording_url")
    mine, other = ({each[name] for each in half for name in names if name in each} for half in halves)
    assert (len(mine), mine & other) == (5, set())  # two legs, a conversation, a recording and its file
    assert {calls[0].uuid, calls[0].conversation} < mine


def test_the_rehearsed_calls_of_a_file_are_each_one_of_their_own(tmp_path: Path) -> None:
    calls = "flow: hosted\ncalls: [{name: a, steps: [hears: Hello]}, {name: b, steps: [hears: Hello]}]\n"
    (tmp_path / "hosted.calls.yml").write_text(calls, encoding="utf-8")
    with serving(answers(TALK)) as first:
        result = CliRunner().invoke(command, ["--url", first.url, str(tmp_path)], standalone_mode=False)
        queries = [dict(parse_qsl(each.path.partition("?")[2])) for each in first.asked]
    assert result.return_value == 0
    assert len({each[name] for each in queries for name in ("uuid", "conversation_uuid")}) == 4


def test_what_is_told_by_get_is_spelt_as_in_captured_requests() -> None:
    with serving(answers("")) as hook:
        way = {"eventUrl": [f"{hook.url}/x"], "eventMethod": "GET"}
        connect = {"action": "connect", "endpoint": [{"type": "phone", "number": "447700900100"}], **way}
        actions = [{"action": "notify", "payload": {"foo": "bar"}, **way}, {"action": "record", **way}, connect]
        with serving(answers(json.dumps(actions))) as first:
            dialled(first.url, Connects(seconds=2))
        asked = [each.path.partition("?")[2] for each in hook.asked]
    call = Call()
    notified, *told = asked
    recorded = next(each for each in told if "recording_url" in each)
    answered = next(each for each in told if "status=answered" in each)
    assert notified == (
        f"payload=%7B%22foo%22:%22bar%22%7D&conversation_uuid={call.conversation}&timestamp=2030-01-02T12:00:00.000Z"
    )
    assert [each.partition("=")[0] for each in recorded.split("&")] == [
        "start_time", "recording_url", "size", "recording_uuid", "end_time", "conversation_uuid", "timestamp",
    ]  # fmt: skip
    assert "&recording_url=https://api.nexmo.com/v1/files/" in recorded
    assert answered.startswith(f"headers=%7B%7D&from={call.to}&to=447700900100&uuid=")
    assert "&start_time=null&rate=null&network=null&timestamp=" in answered


def test_a_call_without_an_event_url_says_that_its_answer_goes_nowhere() -> None:
    ncco = json.loads(menu("https://unused.example.com"))
    del ncco[1]["eventUrl"]
    with serving(answers(json.dumps(ncco))) as first:
        call = dialled(first.url, Presses("1"))
    assert said(call, "hears") == ["Press.", "Still here."]
    assert "nowhere: the application has no event URL" in said(call, "webhook")
    (trouble,) = [why for _, why in call.trouble]
    assert "`input` goes nowhere" in trouble and "`--event-url`" in trouble
