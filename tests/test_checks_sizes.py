"""Values past a documented limit that no shape holds."""

from __future__ import annotations

import json

import pytest

from flowc import Source, check


def rules(action: dict[str, object]) -> list[str]:
    return [each.rule.name for each in check(Source("a.json", json.dumps([action])))]


def websocket(characters: int) -> dict[str, object]:
    endpoint = {"type": "websocket", "uri": "wss://example.com/s", "content-type": "audio/l16;rate=16000"}
    return {"action": "connect", "endpoint": [{**endpoint, "headers": {"id": "x" * characters}}]}


def test_headers_of_a_websocket_may_have_512_bytes_of_json() -> None:
    assert rules(websocket(503)) == []
    assert rules(websocket(504)) == ["websocket-headers-too-long"]


def test_a_sip_address_may_have_50_characters() -> None:
    def sip(uri: str) -> dict[str, object]:
        return {"action": "connect", "from": "447700900007", "endpoint": [{"type": "sip", "uri": uri}]}

    assert rules(sip("sip:" + "a" * 34 + "@example.com")) == []
    assert rules(sip("sip:" + "a" * 35 + "@example.com")) == ["sip-uri-too-long"]


@pytest.mark.parametrize(("level", "said"), [(0.5, []), (-0.1, []), (1, []), (0.55, ["level-too-fine"])])
def test_the_level_of_a_stream_goes_in_steps(level: float, said: list[str]) -> None:
    assert rules({"action": "stream", "streamUrl": ["https://example.com/a.mp3"], "level": level}) == said


def test_an_asynchronous_input_takes_no_words() -> None:
    asynchronous = {"action": "input", "mode": "asynchronous", "eventUrl": ["https://example.com/k"]}
    assert rules({**asynchronous, "type": ["dtmf"]}) == []
    assert rules({**asynchronous, "type": ["speech"]}) == ["words-one-by-one"]
