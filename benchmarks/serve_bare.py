"""An ASGI application that looks at nothing and answers with the same bytes: what uvicorn itself costs."""

from __future__ import annotations

from typing import Any

BODY = b"x" * 300
HEADERS = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), (b"content-length", b"300")]


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer a request."""
    if scope["type"] != "http":
        return
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})
