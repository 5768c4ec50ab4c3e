"""A webhook as an HTTP request: how it is spelt and signed, and what its answer holds."""

from __future__ import annotations

from .signing import Key, authorization
from .webhook import Webhook, as_json, as_parameters, as_query
from .wire import Limits, Response, Trouble, exchange


def send(webhook: Webhook, limits: Limits, key: Key | None, now: float) -> Response | Trouble:
    """Make a request of a webhook, signed if there is a key; `now` is when, in seconds since the epoch."""
    said, url = webhook.body, str(webhook.url).partition("#")[0]
    headers = {"User-Agent": "flowc"}
    if webhook.method == "GET":
        body, hashed = None, as_json(as_parameters(said)).encode()
        url += f"{'&' if '?' in url else '?'}{as_query(said)}"
    else:
        body = hashed = as_json(said).encode()
        headers["Content-Type"] = "application/json"
    if key is not None:
        headers["Authorization"] = authorization(key, hashed, int(now))
    return exchange(webhook.method, url, headers, body, limits)


def named(webhook: Webhook) -> str:
    """A webhook by how it is asked, and where."""
    return f"{webhook.method} {webhook.url}"


def brings_ncco(response: Response) -> bool:
    """Whether an answer that is not played has actions in it."""
    return response.status == 200 and response.body.lstrip().startswith(b"[") and response.body.strip() != b"[]"
