"""The webhooks that the platform sends when a caller has answered or a call has gone one way or another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

_CALL: dict[str, object] = {
    "from": "447700900123",
    "to": "442079460000",
    "uuid": "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
    "conversation_uuid": "CON-aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
    "timestamp": "2030-01-01T12:00:00.000Z",
}
"""What every webhook says (reference, input webhook and event webhook), with numbers that are nobody's."""


def keys_body(digits: str | None) -> bytes:
    """The body that tells which keys were pressed; empty or None: no key."""
    speech = {"error": "Speech was not enabled"}
    return _json({"speech": speech, "dtmf": {"digits": digits, "timed_out": not digits}, **_CALL}).encode()


def status_body(status: str) -> bytes:
    """The body that tells the status of a leg."""
    return _json({"status": status, "direction": "outbound", "headers": {}, **_CALL}).encode()


def keys_queries(digits: str) -> Iterator[str]:
    """The queries that may tell the same by GET: first the spelling of captured requests, then others that were seen.

    In the first, scalars are parameters and objects are JSON text, with colon and comma as they are (reference, input
    webhook by GET).
    """
    text = quote(_json({"digits": digits, "timed_out": not digits}), safe=":,")
    yield f"speech=%7B%22error%22:%22Speech%20was%20not%20enabled%22%7D&dtmf={text}&{_query()}"
    yield f"{_query()}&dtmf={quote(_json({'timed_out': not digits, 'digits': digits}), safe='*')}"
    for name in ("dtmf", "dtmf[digits]", "dtmf%5Bdigits%5D", "dtmf%5bdigits%5d", "dtmf.digits"):
        for safe in ("", "*"):
            yield f"{name}={quote(digits, safe=safe)}&{_query()}"
        yield f"{_query()}&{name}={quote(digits, safe='').lower()}"


def status_query(status: str) -> str:
    """The query that tells the status of a leg."""
    return f"{_query()}&status={status}"


def _query() -> str:
    return "&".join(f"{name}={quote(str(value), safe=':')}" for name, value in _CALL.items())


def _json(data: object) -> str:
    return json.dumps(data, separators=(",", ":"))
