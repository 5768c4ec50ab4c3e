"""A round of lookups with nothing heard in it is asked at full speed, so it has an end, also over many webhooks."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

pytest.importorskip("cryptography", reason="seals are made with cryptography")

from flowc.program.machine import MOST_RETURNS
from flowc.program.program import Document, Program, Request, Way
from flowc.serve import app
from tests.programs import talk
from tests.serve_crm import crm
from tests.serve_host import ENVIRON, Hosted, running
from tests.test_serve_calls import BASE
from tests.test_serve_told import records


def polling(url: str) -> Program:
    """Asks until something is ready, which it never is."""
    ready = ("compare", ("path", "vars", "job", "ready"), "==", ("lit", True))
    return Program(
        "poll",
        "main",
        {
            "main": Document(
                requests=Request("GET", {"url": f"{url}/later/1"}, (), 1.0, None, ("job",), {}, "sorry"),
                goes_on="main.2",
            ),
            "main.2": Document(chooses=(Way(ready, "done"),), goes_on="main"),
            "done": Document((talk("Done."),)),
            "sorry": Document((talk("Nobody answers."),)),
            "failure": Document((talk("Sorry."),)),
        },
        {},
        "failure",
    )


def test_a_round_of_lookups_comes_to_the_failure() -> None:
    with crm() as outside, records() as lines:
        application = app([polling(outside.url)], base_url=BASE, networks=["127.0.0.0/8"], environ=ENVIRON)
        with running(application) as host:
            ncco, webhooks = posted(host, "/poll/main.json"), 1
            while ncco[0]["action"] == "notify":
                path = urlsplit(ncco[0]["eventUrl"][0]).path
                before = len(outside.asked)
                ncco, webhooks = posted(host, path), webhooks + 1
                first = keys(outside.asked[before:])
                assert posted(host, path)[0]["action"] == ncco[0]["action"]
                assert keys(outside.asked[-len(first) :]) == first  # the platform sent the webhook a second time
    assert [each["text"] for each in ncco] == ["Sorry."]
    assert webhooks == MOST_RETURNS + 1
    assert len(set(keys(outside.asked))) == 4 * webhooks
    told = [each for each in lines if each["event"] == "a round does not end"]
    assert {(each["level"], each["flow"], each["document"]) for each in told} == {("warning", "poll", "main")}


def keys(asked: list[object]) -> list[str]:
    return [each.headers["idempotency-key"] for each in asked]  # type: ignore[attr-defined]


def posted(host: Hosted, path: str) -> list[dict[str, list[str]]]:
    answer = host.post(path, {"conversation_uuid": "CON-1", "from": "447700900123", "to": "442079460000"})
    assert answer.status == 200
    found: list[dict[str, list[str]]] = json.loads(answer.body)
    return found
