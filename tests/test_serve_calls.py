"""Calls that remember, choose and ask the outside, answered by several copies of the server."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

pytest.importorskip("cryptography", reason="seals are made with cryptography")

from flowc.caller.web import Response
from flowc.serve import Limits, app
from flowc.serve.seal import SECONDS
from tests.programs import acme
from tests.serve_crm import Crm, crm
from tests.serve_host import ENVIRON, Hosted, listening, running
from tests.serve_programs import bank
from tests.serve_redis import needs_redis, redis

NCCO = list[dict[str, object]]
CALL = {"from": "447700900123", "to": "442079460000", "uuid": "u-1", "conversation_uuid": "CON-1"}
BASE = "https://ivr.example.com/v1"
SECRETS = {**ENVIRON, "FLOWC_PARAM_CRM_KEY": "canary-of-the-crm"}
FAILURE = "Something went wrong on our side."


class Caller:
    """A caller whose every webhook goes to the next copy of the server."""

    def __init__(self, copies: list[Hosted], call: Mapping[str, str] = CALL) -> None:
        self.copies, self.call, self.url, self.said = copies, call, "", ""

    def rings(self, flow: str, start: str = "main") -> NCCO:
        return self.heard(self.next().get(f"/v1/{flow}/{start}.json", self.call))

    def presses(self, keys: str) -> NCCO:
        return self.sends({"dtmf": {"digits": keys, "timed_out": not keys}, **self.call})

    def is_told(self, status: str) -> NCCO:
        return self.sends({"status": status, **self.call})

    def sends(self, fields: Mapping[str, object]) -> NCCO:
        return self.heard(self.next().post(self.path, fields))

    def next(self) -> Hosted:
        self.copies.append(self.copies.pop(0))
        return self.copies[0]

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    def heard(self, response: Response) -> NCCO:
        assert response.status == 200
        assert response.headers["content-type"] == "application/json"
        assert response.headers["cache-control"] == "no-store"
        ncco: NCCO = json.loads(response.body)
        self.url = next((each["eventUrl"][0] for each in ncco if "eventUrl" in each), self.url)  # type: ignore[index]
        self.said = " ".join(str(each["text"]) for each in ncco if each["action"] == "talk")
        return ncco


@pytest.fixture(scope="module")
def outside() -> Iterator[Crm]:
    with crm() as found:
        yield found


@pytest.fixture(scope="module", params=["apart", pytest.param("with a Redis", marks=needs_redis)])
def copies(outside: Crm, request: pytest.FixtureRequest) -> Iterator[list[Hosted]]:
    """Two copies, one under uvicorn and one on its own, which know nothing of each other, or share a Redis."""
    with ExitStack() as stack:
        shared = {} if request.param == "apart" else {"FLOWC_REDIS_URL": stack.enter_context(redis())}
        numbers, environ = {"442079460000": "bank"}, {**SECRETS, **shared}
        programs = [acme(), bank(outside.url)]
        one, two = (
            app(programs, base_url=BASE, numbers=numbers, networks=["127.0.0.0/8"], environ=environ) for _ in range(2)
        )
        yield [stack.enter_context(running(one)), stack.enter_context(listening(two))]


@pytest.fixture
def caller(copies: list[Hosted]) -> Caller:
    return Caller(list(copies))


def test_what_a_call_remembers_travels_in_its_url(caller: Caller, outside: Crm) -> None:
    caller.rings("bank")
    assert caller.said.startswith("Hello, 447700900123. Your code?")
    assert caller.url.startswith(f"{BASE}/bank/code/")
    assert "447700900123" not in caller.url
    caller.presses("1111")
    assert caller.said == "Dear Ada, you come first."
    assert outside.asked[-1].path == "/owners/1111"
    assert outside.asked[-1].headers["authorization"] == "Bearer canary-of-the-crm"


def test_what_nothing_reads_any_more_is_not_carried(caller: Caller) -> None:
    caller.rings("bank")
    before = len(caller.url)
    caller.presses("1111")
    assert len(caller.url) < before + 60


def test_a_webhook_that_is_sent_twice_asks_under_one_key(caller: Caller, outside: Crm) -> None:
    caller.rings("bank")
    url = caller.url
    for keys in ("1111", "1111", "2222"):  # another copy answers the second: the platform takes no notice of copies
        caller.url = url
        caller.presses(keys)
    first, again, other = [each.headers["idempotency-key"] for each in outside.asked[-3:]]
    assert first == again != other


def test_an_attempt_is_remembered_where_the_outside_says_that_an_answer_was_wrong(caller: Caller) -> None:
    caller.rings("bank")
    caller.presses("9999")
    assert caller.said.startswith("No such code. Your code?")
    assert f"{BASE}/bank/code~2/" in caller.url
    caller.presses("9999")
    assert caller.said == "Goodbye."


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("2222", "Dear Bob. Goodbye."),
        ("3333", "We cannot look you up."),
        ("", "Nothing heard. Your code? Something went wrong on our side."),
        ("12", "No such code. Your code? Something went wrong on our side."),
        ("0", "Goodbye."),
    ],
)
def test_an_answer_leads_on(caller: Caller, keys: str, said: str) -> None:
    caller.rings("bank")
    caller.presses(keys)
    assert caller.said == said


def test_a_whisper_knows_whom_it_announces(caller: Caller) -> None:
    caller.rings("bank")
    connect = caller.presses("1111")[-1]
    whisper = str(connect["endpoint"][0]["onAnswer"]["url"])  # type: ignore[index]
    assert whisper.startswith(f"{BASE}/bank/gold.onAnswer.json/")
    callee = {"from": "442079460000", "to": "447700900100", "status": "answered", "conversation_uuid": "CON-other"}
    assert caller.heard(caller.next().get(urlsplit(whisper).path, callee)) == [
        {"action": "talk", "text": "This is Dear Ada"}
    ]


def test_a_call_comes_back_for_what_has_to_be_asked_behind_words(caller: Caller, outside: Crm) -> None:
    caller.rings("bank")
    caller.presses("1111")
    assert caller.is_told("answered") == []
    notify = next(each for each in caller.is_told("busy") if each["action"] == "notify")
    assert caller.said == f"Nobody is free. One moment. {FAILURE}"
    caller.sends({"payload": notify["payload"], "conversation_uuid": "CON-1"})
    assert caller.said == "Goodbye."
    assert outside.asked[-1].method == "POST"
    assert outside.asked[-1].body == b'{"from": "447700900123"}'


def test_a_flow_that_remembers_nothing_has_plain_urls(caller: Caller) -> None:
    caller.rings("acme")
    assert caller.url == f"{BASE}/acme/main"
    caller.presses("9")
    assert caller.url == f"{BASE}/acme/main~2"
    caller.presses("1")
    assert caller.said == "Connecting you to sales."


def test_a_lookup_ends_before_the_platform_gives_up(outside: Crm) -> None:
    slow = bank(outside.url)
    asked = slow.documents["code.2"].requests
    assert asked is not None
    late = asked._replace(data={**asked.data, "url": f"{outside.url}/late/9"}, fills=asked.fills[1:])
    slow.documents["code.2"] = slow.documents["code.2"]._replace(requests=late)
    limits = Limits(answer=1.0)
    with running(app(slow, base_url=BASE, limits=limits, networks=["127.0.0.0/8"], environ=SECRETS)) as hosted:
        caller = Caller([hosted])
        caller.rings("bank")
        caller.presses("1111")
        assert caller.said == "We cannot look you up."


def test_a_number_plays_its_flow(caller: Caller) -> None:
    caller.heard(caller.next().get("/v1/answer", CALL))
    assert caller.said.startswith("Hello, 447700900123.")
    caller.heard(caller.next().post("/v1/answer", CALL))
    assert caller.said.startswith("Hello, 447700900123.")
    assert caller.next().get("/v1/answer", {**CALL, "to": "442079460001"}).status == 404


def test_a_seal_opens_in_no_other_call_flow_or_place(caller: Caller) -> None:
    caller.rings("bank")
    url = caller.url
    caller.call = {**CALL, "conversation_uuid": "CON-2"}
    caller.presses("1111")
    assert caller.said == FAILURE
    caller.call = CALL
    for changed in (url.replace("/code/", "/code~2/"), url[:-4] + "AAAA", url.replace("/bank/code/", "/acme/main/")):
        caller.url = changed
        caller.presses("1111")
        assert caller.said == FAILURE
    caller.url = url.rpartition("/")[0]
    caller.presses("1111")
    assert caller.said == FAILURE, "what the call remembers is missing from the URL"
    caller.url = url
    caller.presses("1111")
    assert caller.said == "Dear Ada, you come first."


def test_a_seal_does_not_open_when_its_time_is_over(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    caller.rings("bank")
    later = SimpleNamespace(time=lambda: time.time() + SECONDS + 10, monotonic=time.monotonic)
    with monkeypatch.context() as patch:
        patch.setattr("flowc.serve.responder.time", later)
        caller.presses("1111")
    assert caller.said == FAILURE


def test_keys_may_be_exchanged_while_calls_go_on(outside: Crm) -> None:
    old = ENVIRON["FLOWC_SEAL_KEYS"]
    new = "another-key-to-seal-with-for-these-tests"

    def hosted(keys: str) -> object:
        return app(
            [bank(outside.url)], base_url=BASE, networks=["127.0.0.0/8"], environ={**SECRETS, "FLOWC_SEAL_KEYS": keys}
        )

    with running(hosted(old)) as before, running(hosted(f"{new} {old}")) as between, running(hosted(new)) as after:
        caller = Caller([before])
        caller.rings("bank")
        caller.copies = [between]
        caller.presses("12")
        assert caller.said.startswith("No such code.")
        caller.copies = [before]
        url = caller.url
        caller.presses("1111")
        assert caller.said == FAILURE
        caller.copies, caller.url = [after], url
        caller.presses("1111")
        assert caller.said == "Dear Ada, you come first."


def test_no_key_and_no_number_is_written_down(
    caller: Caller, copies: list[Hosted], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    logger = logging.getLogger("flowc.serve")
    caplog.set_level(logging.INFO, "flowc.serve")
    logger.addHandler(caplog.handler)
    try:
        caller.rings("bank")
        caller.presses("7391")
        caller.rings("bank")
        caller.presses("1111")
        caller.next().get("/v1/answer", {**CALL, "to": "442079461234"})
    finally:
        logger.removeHandler(caplog.handler)
    lookups = [getattr(each, "fields", {}) for each in caplog.records if each.getMessage() == "lookup"]
    assert lookups and not [each for each in lookups if "conversation" in each], "the code is sensitive"
    metrics = "".join(each.ask("GET", "/metrics").body.decode() for each in copies)
    metrics = re.sub(r"\.[0-9]+", ".", metrics)  # seconds may have any figures behind their point
    printed = capfd.readouterr()
    written = [metrics, printed.out, printed.err]
    for record in caplog.records:
        written += [record.getMessage(), json.dumps(getattr(record, "fields", {})), str(record.exc_info)]
    assert len(caplog.records) > 5
    for canary in ("7391", "1111", "447700900123", "442079461234", "Ada", "canary-of-the-crm"):
        assert [each for each in written if canary in each] == []
