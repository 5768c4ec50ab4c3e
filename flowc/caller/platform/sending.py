"""A webhook as an HTTP request: how it is spelt and signed, and what its answer holds."""

from __future__ import annotations

from urllib.parse import urljoin

from .signing import Key, authorization
from .webhook import Webhook, as_json, as_parameters, as_query
from .wire import Limits, Request, Response, Trouble, exchange

MOST_HOPS = 5
"""Redirects that are followed one after the other, where that is supposed. A limit of ours."""

_AS_BEFORE = (307, 308)
"""Redirects after which a request is made again as it was; after others it is a GET (RFC 9110, 15.4)."""


def request_of(webhook: Webhook, key: Key | None, now: float) -> Request:
    """A webhook as a request, signed if there is a key; `now` is when, in seconds since the epoch."""
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
    return Request(webhook.method, url, headers, body)


def followed(response: Response | Trouble, request: Request, limits: Limits) -> Response | Trouble:
    """What comes back for a request in the end, where redirects are followed."""
    for hops in range(1, MOST_HOPS + 1):
        if isinstance(response, Trouble) or not response.location:
            return response
        try:
            request = request._replace(url=urljoin(request.url, response.location))
        except ValueError:
            return Trouble("an invalid URL", again=False)
        if response.status not in _AS_BEFORE:
            request = request._replace(method="GET", body=None)
        response = exchange(request, limits)
        if isinstance(response, Response):
            response = response._replace(hops=hops)
    return response


def named(webhook: Webhook) -> str:
    """A webhook by how it is asked, and where."""
    return f"{webhook.method} {webhook.url}"


def brings_ncco(response: Response) -> bool:
    """Whether an answer that is not played has actions in it."""
    return response.status == 200 and response.body.lstrip().startswith(b"[") and response.body.strip() != b"[]"
