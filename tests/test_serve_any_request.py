"""Whatever comes in, something that a platform can take comes out, and never a fault of ours."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("cryptography", reason="seals are made with cryptography")

from flowc.serve import app
from tests.programs import acme
from tests.serve_host import ENVIRON
from tests.serve_programs import bank, notes

SECRETS = {**ENVIRON, "FLOWC_PARAM_CRM_KEY": "x", "FLOWC_LOG": "error"}
PROGRAMS = [acme(), bank("http://127.0.0.1:9"), notes()]
OPEN = app(PROGRAMS, base_url="https://ivr.example.com", signed=False, environ=SECRETS)
CLOSED = app(PROGRAMS, base_url="https://ivr.example.com", environ=SECRETS)

PATHS = [path for path in OPEN.parts.programs.now.routes if path != "/answer"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
KNOWN = (
    "dtmf",
    "speech",
    "status",
    "from",
    "to",
    "uuid",
    "conversation_uuid",
    "custom_data",
    "SipHeader_X-A",
    "payload",
)
MEMBERS = st.dictionaries(st.sampled_from(KNOWN), ANYTHING, max_size=4)
DTMF = st.builds(lambda digits: {"dtmf": {"digits": digits}}, st.text(max_size=5) | ANYTHING)
RESULTS = st.fixed_dictionaries({"text": st.text(max_size=9) | ANYTHING, "confidence": ANYTHING})
SPEECH = st.builds(lambda result: {"speech": {"results": [result]}}, RESULTS)
BODIES = st.binary(max_size=40) | st.builds(lambda data: json.dumps(data).encode(), MEMBERS | DTMF | SPEECH | ANYTHING)
NAMES = [b"authorization", b"content-length", b"x"]


def asked(application: Any, scope: Mapping[str, object], body: bytes) -> tuple[int, bytes, Mapping[bytes, bytes]]:
    """The response of an application: its status, its body, its headers."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(application(scope, receive, send))
    start, rest = sent
    return start["status"], rest["body"], dict(start["headers"])


def scope(method: str, path: str, query: bytes, headers: list[tuple[bytes, bytes]]) -> dict[str, object]:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(errors="replace"),
        "query_string": query,
        "headers": headers,
    }


@settings(deadline=None)
@given(st.sampled_from(PATHS), st.sampled_from(["GET", "POST", "HEAD"]), BODIES, st.binary(max_size=60))
def test_any_webhook_is_answered_with_a_document(path: str, method: str, body: bytes, query: bytes) -> None:
    status, answer, headers = asked(OPEN, scope(method, path, query, []), body)
    assert status in (200, 500)
    assert isinstance(json.loads(answer), list)
    assert headers[b"content-type"] == b"application/json"
    assert headers[b"content-length"] == str(len(answer)).encode()
    # only a flow that remembers something and has no `failure` leaves the platform to its fallback
    assert status == 200 or path.startswith("/notes/")


@settings(deadline=None)
@given(
    st.sampled_from(PATHS) | st.text(max_size=30).map(lambda text: f"/{text}"),
    st.sampled_from(["GET", "POST", "PUT", "X"]),
    BODIES,
    st.binary(max_size=60),
    st.lists(
        st.tuples(st.sampled_from([b"authorization", b"content-length", b"x"]), st.binary(max_size=80)), max_size=4
    ),
)
def test_no_request_without_a_signature_is_answered(
    path: str, method: str, body: bytes, query: bytes, headers: list[tuple[bytes, bytes]]
) -> None:
    if path in ("/health", "/ready", "/metrics"):
        return
    status, answer, _ = asked(CLOSED, scope(method, path, query, headers), body)
    assert status in (401, 404, 405, 413)
    assert answer == b"[]\n"


@settings(deadline=None)
@given(st.sampled_from([path for path in PATHS if path.startswith("/bank/")]), st.text("AZaz09-_", min_size=44), BODIES)
def test_no_seal_that_is_not_ours_opens(path: str, seal: str, body: bytes) -> None:
    status, answer, _ = asked(OPEN, scope("POST", f"{path}/{seal}", b"", []), body)
    assert status in (200, 404)
    if status == 200:
        assert json.loads(answer) in ([], [{"action": "talk", "text": "Something went wrong on our side."}])


def test_the_application_may_be_mounted_below_a_path() -> None:
    below = {**scope("POST", "/below/acme/main", b"", []), "root_path": "/below"}
    assert asked(OPEN, below, b'{"dtmf":{"digits":"1"}}')[0] == 200
    assert asked(OPEN, scope("POST", "/below/acme/main", b"", []), b"{}")[0] == 404
