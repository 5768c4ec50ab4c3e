"""The platform double calls a program that flowc had no part in: a Flask application with NCCOs of `vonage-voice`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from played import said

from flowc.caller.platform.delivery import Hosted, Setup
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Act, Connects, Presses, Records, Waits
from flowc.caller.platform.transcript import Transcript

flask = pytest.importorskip("flask")
ncco = pytest.importorskip("vonage_voice.models.ncco")
serving = pytest.importorskip("werkzeug.serving")
inputs = pytest.importorskip("vonage_voice.models.input_types")
endpoints = pytest.importorskip("vonage_voice.models.connect_endpoints")


def _sent(*actions: Any) -> Any:
    return flask.jsonify([each.model_dump(by_alias=True, exclude_none=True, mode="json") for each in actions])


def _menu(word: str) -> tuple[Any, Any]:
    hook = flask.request.url_root + "webhooks/dtmf"
    keys = inputs.Dtmf(maxDigits=1)
    talk = ncco.Talk(text=f"{word} For sales, press 1. To leave a message, press 2.", bargeIn=True)
    return talk, ncco.Input(type=["dtmf"], dtmf=keys, eventUrl=[hook], eventMethod="POST")


def _application(events: list[Any]) -> Any:
    app = flask.Flask(__name__)

    @app.get("/webhooks/answer")
    def answer() -> Any:
        return _sent(*_menu(f"Hello {flask.request.args['from']}."))

    @app.post("/webhooks/dtmf")
    def dtmf() -> Any:
        root = flask.request.url_root
        match flask.request.get_json()["dtmf"]["digits"]:
            case "1":
                sales = [endpoints.PhoneEndpoint(number="447700900100")]
                failed = [f"{root}webhooks/connect"]
                return _sent(
                    ncco.Connect(endpoint=sales, from_="442079460000", eventType="synchronous", eventUrl=failed)
                )
            case "2":
                return _sent(ncco.Record(endOnSilence=3, beepStart=True, eventUrl=[f"{root}webhooks/recorded"]))
        return _sent(*_menu("Sorry."))

    @app.post("/webhooks/connect")
    def connect() -> Any:
        busy = flask.request.get_json()["status"] == "busy"
        return _sent(ncco.Talk(text="They are all busy.")) if busy else flask.jsonify([])

    @app.post("/webhooks/<name>")
    def event(name: str) -> Any:
        events.append((name, flask.request.get_json()))
        return "", 204

    return app


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[Any]]]:
    events: list[Any] = []
    running = serving.make_server("127.0.0.1", 0, _application(events))
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}", events
    running.shutdown()
    thread.join(10)
    running.server_close()


def _call(server: tuple[str, list[Any]], *script: Act) -> Transcript:
    server[1].clear()
    setup = Setup(f"{server[0]}/webhooks/answer", event_url=f"{server[0]}/webhooks/event")
    return play(Hosted(setup), script)


def test_a_menu_leads_to_a_call_that_is_busy(server: tuple[str, list[Any]]) -> None:
    call = _call(server, Waits(), Presses("7"), Presses("1"), Connects("busy"))
    assert said(call, "hears", "connects", "outcome", "ended") == [
        "Hello 447700900123. For sales, press 1. To leave a message, press 2.",
        "Sorry. For sales, press 1. To leave a message, press 2.",
        "Sorry. For sales, press 1. To leave a message, press 2.",
        "447700900100",
        "busy",
        "They are all busy.",
        "there is nothing more to play",
    ]


def test_a_menu_leads_to_a_call_that_is_answered(server: tuple[str, list[Any]]) -> None:
    call = _call(server, Presses("1", early=True), Connects(seconds=20))
    assert call.ended == "the callee hangs up"
    statuses = [event["status"] for name, event in server[1] if name == "event"]
    assert statuses == ["started", "ringing", "answered", "completed"]


def test_a_message_is_recorded_and_the_application_hears_of_it(server: tuple[str, list[Any]]) -> None:
    call = _call(server, Presses("2"), Records(6))
    (recorded,) = [event for name, event in server[1] if name == "recorded"]
    assert recorded["size"] == 9 * 4000
    assert call.ended == "there is nothing more to play"
