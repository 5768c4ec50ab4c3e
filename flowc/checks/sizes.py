"""Values that are past what the platform's documents give as a limit, though no field's own shape says so."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..language.linking.origin import Placed
from ..language.schema import facts
from .moment import fields
from .registry import Check, Said, check

CALLS: list[Check] = []
"""Checks of a `connect`."""

PLAYS: list[Check] = []
"""Checks of a `stream`."""

ASKS: list[Check] = []
"""Checks of an `input`."""


@check("W374", "websocket-headers-too-long", CALLS)
def websocket_headers_too_long(placed: Placed) -> Iterator[Said]:
    """More `headers` for a websocket than the platform takes

    The platform's guide allows 512 bytes of JSON. Whether more is cut off or the call is not made, it does not say;
    the server at the other end cannot rely on what it is told.

    Send an identifier, and let the server look the rest up.
    """
    endpoint = _endpoint(placed)
    headers = fields(endpoint.get("headers")) if endpoint.get("type") == "websocket" else {}
    size = len(json.dumps(headers, separators=(",", ":"), ensure_ascii=False).encode()) if headers else 0
    most = int(facts.limit("websocketHeaders")) if size > 200 else size
    if size > most:
        place = placed.origin.at("endpoint", 0, "headers")
        yield Said(place, f"these are {size} bytes, and a websocket is told at most {most}", "send an identifier only")


@check("W375", "sip-uri-too-long", CALLS)
def sip_uri_too_long(placed: Placed) -> Iterator[Said]:
    """A SIP address longer than the platform's interface allows

    The description of the REST interface allows 50 characters. Whether an NCCO may hold more, no document says: the
    call may not be made.

    Use a shorter address, or a trunk: `user` and `domain`.
    """
    uri = _endpoint(placed).get("uri") if _endpoint(placed).get("type") == "sip" else None
    if isinstance(uri, str) and len(uri) > (most := int(facts.limit("sipUri"))):
        place = placed.origin.at("endpoint", 0, "uri")
        message = f"{len(uri)} characters, and the REST interface takes {most}; no document says what an NCCO may hold"
        yield Said(place, message, "use a shorter address, or `user` and `domain`")


@check("W376", "level-too-fine", PLAYS)
def level_too_fine(placed: Placed) -> Iterator[Said]:
    """A `level` between two steps

    The reference gives the level of a `stream` in steps of 0.1. What becomes of a value in between, it does not say.

    Round it.
    """
    level = placed.action.get("level")
    if isinstance(level, float) and round(level, 1) != level:
        message = f"`level` {level} lies between two steps of 0.1"
        yield Said(placed.origin.at("level"), message, f"write `level: {round(level, 1)}`")


@check("W377", "words-one-by-one", ASKS)
def words_one_by_one(placed: Placed) -> Iterator[Said]:
    """An `asynchronous` input that listens for words

    In this mode each key is sent by itself while the call goes on; the reference has it for keys only. Words are not
    understood.

    Take `speech` out of `type`, or take `mode` out.
    """
    kinds = placed.action.get("type")
    if placed.action.get("mode") == "asynchronous" and isinstance(kinds, list) and "speech" in kinds:
        place = placed.origin.at("type", kinds.index("speech"))
        yield Said(place, "an `asynchronous` input takes keys only, no words", "take `speech` out, or take `mode` out")


def _endpoint(placed: Placed) -> dict[str, object]:
    endpoint = placed.action.get("endpoint")
    return fields(endpoint[0]) if isinstance(endpoint, list) and endpoint else {}
