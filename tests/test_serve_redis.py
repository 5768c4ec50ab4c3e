"""What copies of the server share in a Redis: ids that were seen, and what is too long for a URL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

import pytest

pytest.importorskip("cryptography", reason="seals are made with cryptography")
redis_client = pytest.importorskip("redis", reason="copies share what they know in Redis")

from flowc.serve import app  # noqa: E402
from tests.serve_crm import crm  # noqa: E402
from tests.serve_host import ENVIRON, Hosted, running, signed  # noqa: E402
from tests.serve_programs import bank, notes  # noqa: E402
from tests.serve_redis import needs_redis, redis  # noqa: E402
from tests.test_serve_calls import BASE, CALL, FAILURE, SECRETS, Caller  # noqa: E402
from tests.test_serve_told import records  # noqa: E402

pytestmark = needs_redis


class Shared(NamedTuple):
    """Two copies of the server, and the Redis that they share."""

    copies: list[Hosted]
    url: str


@pytest.fixture(scope="module")
def shared() -> Iterator[Shared]:
    with redis() as url, crm() as outside:
        environ = {**SECRETS, "FLOWC_REDIS_URL": url}
        programs = [bank(outside.url), notes()]
        one, two = (app(programs, base_url=BASE, networks=["127.0.0.0/8"], environ=environ) for _ in range(2))
        with running(one) as first, running(two) as second:
            yield Shared([first, second], url)


def digits(n: int) -> str:
    """Twenty keys that look like chance: they cannot be made small."""
    return str(pow(7, 10_000 + n, 10**20)).zfill(20)


def test_what_outgrows_a_url_is_kept_by_conversation(shared: Shared) -> None:
    caller = Caller(list(shared.copies))
    caller.rings("notes")
    lengths = []
    for n in range(400):
        caller.presses(digits(n))
        lengths.append(len(caller.url))
    assert max(lengths) <= 4096
    assert lengths[-1] < 300
    client = redis_client.Redis.from_url(shared.url)
    kept = [each for each in client.keys("flowc:call:*") if b"CON-1" in each]
    assert kept
    assert all(0 < client.ttl(each) <= 4 * 3600 for each in kept)
    assert not any(digits(0).encode() in client.get(each) for each in kept)
    client.close()
    caller.presses("*")
    assert caller.said.startswith(f"You said {digits(0)},{digits(1)},")
    other = Caller(list(shared.copies), {**CALL, "conversation_uuid": "CON-2"})
    other.url = caller.url
    assert other.next().post(other.path, {"dtmf": {"digits": "*"}, **other.call}).status == 500


def test_a_request_is_answered_once_by_all_copies_together(shared: Shared) -> None:
    caller = Caller(list(shared.copies))
    caller.rings("notes")
    body = json.dumps({"dtmf": {"digits": "1"}, **CALL}, separators=(",", ":")).encode()
    headers = signed(body)
    one, two = shared.copies
    assert one.ask("POST", caller.path, body, headers).status == 200
    assert two.ask("POST", caller.path, body, headers).status == 401
    assert one.ask("GET", "/ready").status == 200


def test_calls_go_on_where_redis_is_down() -> None:
    with redis() as url:
        pass
    with running(app([notes()], base_url=BASE, environ={**ENVIRON, "FLOWC_REDIS_URL": url})) as hosted:
        caller = Caller([hosted])
        caller.rings("notes")
        caller.presses("1")
        assert "/note/" in caller.url
        assert hosted.ask("GET", "/ready").status == 503
        assert hosted.ask("GET", "/health").status == 200


def test_the_log_says_that_it_is_redis_that_does_not_answer() -> None:
    with redis() as url:
        pass
    settings = {**ENVIRON, "FLOWC_REDIS_URL": url}
    with records() as lines, running(app([notes()._replace(failure="bye")], base_url=BASE, environ=settings)) as hosted:
        caller = Caller([hosted])
        caller.rings("notes")
        for n in range(400):
            caller.presses(digits(n))
            if caller.said.startswith("Goodbye."):
                break
    (line,) = [each for each in lines if each["event"] == "webhook failed"]
    assert str(line["why"]).startswith("Redis does not answer: ")


def test_what_is_too_long_takes_the_failure_where_there_is_no_redis() -> None:
    with running(app([notes()._replace(failure="bye")], base_url=BASE, environ=ENVIRON)) as hosted:
        caller = Caller([hosted])
        caller.rings("notes")
        for n in range(400):
            caller.presses(digits(n))
            if caller.said.startswith("Goodbye."):
                break
        assert n < 399
        assert caller.said != FAILURE
