"""The server answers webhooks as a static host does, under a real uvicorn."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest

from flowc.caller.walk import walk
from flowc.caller.web import fetch
from flowc.program.program import Document
from flowc.serve import ServeError, app
from flowc.serve.settings import misnamed
from tests.programs import acme
from tests.serve_host import ENVIRON, Hosted, free_port, running
from tests.serve_programs import notes


@pytest.fixture(scope="module")
def open_host() -> Iterator[Hosted]:
    """A server that takes requests from anybody."""
    port = free_port()
    application = app([acme()], base_url=f"http://127.0.0.1:{port}/ivr", signed=False, environ=ENVIRON)
    with running(application, port) as hosted:
        yield hosted


def test_every_call_goes_as_through_a_static_host(open_host: Hosted) -> None:
    base_url = f"http://127.0.0.1:{open_host.port}/ivr"
    steps = list(walk(acme(), base_url, fetch))
    assert len(steps) > 100
    assert [(each.request, each.wrong) for each in steps if each.wrong] == []


@pytest.mark.parametrize("path", ["/acme/main", "/ivr/acme/main"])
def test_the_path_of_the_base_url_may_have_been_taken_away(open_host: Hosted, path: str) -> None:
    response = open_host.ask("POST", path, b'{"dtmf":{"digits":"1"}}')
    assert response.status == 200
    assert json.loads(response.body)[0]["text"] == "Connecting you to sales."


def test_no_compiler_is_loaded_to_serve() -> None:
    code = (
        "import sys, json; from flowc.serve import app; from flowc.program.codec import decode\n"
        "program = decode(json.loads(sys.argv[1]))\n"
        "app([program], base_url='https://ivr.example.com', signed=False, environ={})\n"
        "print(*sorted(sys.modules))"
    )
    from flowc.program.codec import encode

    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(encode(acme()))], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = done.stdout.split()
    assert "flowc.serve.application" in loaded
    above = ("yaml", "jsonschema", "jinja2", "click", "uvicorn", "redis", "cryptography", "h11")
    rooms = ("language", "text", "checks", "workspace", "compiler", "hosting", "cli", "caller")
    assert [each for each in loaded if each.partition(".")[0] in above] == []
    assert [each for each in loaded if each.startswith("flowc.") and each.split(".")[1] in rooms] == []


def test_it_does_not_start_without_what_it_needs() -> None:
    with pytest.raises(ServeError, match="FLOWC_SIGNATURE_SECRET"):
        app([acme()], base_url="https://ivr.example.com", environ={})
    with pytest.raises(ServeError, match="FLOWC_PROGRAMS"):
        app(base_url="https://ivr.example.com", environ=ENVIRON)
    with pytest.raises(ServeError, match="FLOWC_BASE_URL"):
        app([acme()], environ=ENVIRON)
    with pytest.raises(ServeError, match="FLOWC_SEAL_KEYS"):
        app([notes()], base_url="https://ivr.example.com", signed=False, environ={})
    with pytest.raises(ServeError, match="FLOWC_LOG"):
        app([acme()], base_url="https://ivr.example.com", environ={**ENVIRON, "FLOWC_LOG": "loud"})
    with pytest.raises(ServeError, match="neither `yes` nor `no`"):
        app([acme()], base_url="https://ivr.example.com", environ={**ENVIRON, "FLOWC_SIGNED": "perhaps"})
    with pytest.raises(ServeError, match="FLOWC_NETWORKS"):
        app([acme()], base_url="https://ivr.example.com", environ={**ENVIRON, "FLOWC_NETWORKS": "home"})
    with pytest.raises(ServeError, match="32 characters"):
        app([acme()], base_url="https://ivr.example.com", environ={**ENVIRON, "FLOWC_SEAL_KEYS": "short"})
    with pytest.raises(ServeError, match="cannot be the base URL"):
        app([acme()], base_url="ivr.example.com", environ=ENVIRON)


def test_all_that_keeps_it_from_being_served_is_said_at_once() -> None:
    environ = {
        "FLOWC_LOG": "loud",
        "FLOWC_SEAL_KEYS": "short",
        "FLOWC_TRACING": "perhaps",
        "FLOWC_NETWORKS": "10.0.0.0/8 10.0.0.1/8",
        "FLOWC_PROGRAMS": "nowhere",
    }
    with pytest.raises(ServeError) as found:
        app(environ=environ)
    said = str(found.value).splitlines()
    assert [each.partition(":")[0] for each in said] == [
        "FLOWC_LOG",
        "FLOWC_SEAL_KEYS",
        "webhooks cannot be verified",
        "FLOWC_TRACING",
        "FLOWC_NETWORKS",
        "nowhere",
    ]
    assert said[4].endswith("`10.0.0.1/8` is an address in a network: write `10.0.0.0/8`, or the address alone")
    assert "there is no such folder" in said[5]


def test_a_variable_whose_name_is_misspelt_is_said() -> None:
    with pytest.raises(ServeError) as found:
        app([notes()], base_url="https://ivr.example.com", signed=False, environ={"FLOWC_SEAL_KEY": "k" * 32})
    assert str(found.value).splitlines()[1:] == [
        "FLOWC_SEAL_KEY is set, which nothing reads: did you mean FLOWC_SEAL_KEYS?"
    ]
    others = {"FLOWC_PARAM_LOGS": "of another flow", "FLOWC_DEBUG": "1", "FLOWC_REDIS_URI": "redis://localhost"}
    assert [*misnamed({**ENVIRON, **others})] == [
        "FLOWC_REDIS_URI is set, which nothing reads: did you mean FLOWC_REDIS_URL?"
    ]


@pytest.mark.parametrize("written", ["acme", "442079460000=", "442079460000=acme,442079460001=acme"])
def test_numbers_are_written_apart_by_spaces(written: str) -> None:
    with pytest.raises(ServeError, match=r"FLOWC_NUMBERS: .* write `442079460000=acme 442079460001=shop`"):
        app([acme()], base_url="https://ivr.example.com", environ={**ENVIRON, "FLOWC_NUMBERS": written})


def test_a_number_that_plays_what_is_not_served_is_said_with_the_reason() -> None:
    shop = acme()._replace(flow="shop", documents={**acme().documents, "more": Document(open=("name",))})
    plays = partial(app, numbers={"442079460000": "shop"}, base_url="https://ivr.example.com", environ=ENVIRON)
    with pytest.raises(ServeError, match="plays `shop`, and there is no program of that name: there is `acme`"):
        plays([acme()])
    with pytest.raises(ServeError, match="plays `shop`, and its param `name` is open: bind it where the flow is built"):
        plays([acme(), shop])


def test_the_name_of_the_function_stays_its_own() -> None:
    from flowc import serve

    app([acme()], base_url="https://ivr.example.com", environ=ENVIRON)
    assert serve.app is app


def test_what_goes_wrong_gives_the_failure_of_the_flow(open_host: Hosted, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("flowc.serve.responder.event_of", "flowc.serve.answers.Answers.ready"):
        with monkeypatch.context() as patch:
            patch.setattr(name, broken)
            response = open_host.ask("POST", "/acme/main", b'{"dtmf":{"digits":"*1#"}}')
        assert response.status == 200
        assert json.loads(response.body) == [{"action": "talk", "text": "Something went wrong on our side."}]
    assert open_host.ask("POST", "/acme/main", b'{"dtmf":{"digits":"1"}}').status == 200


def broken(*_: object) -> object:
    raise KeyError("a fault of the server")
