"""What the platform makes of an HTTP answer to a webhook that may be answered with an NCCO (reference, 2.7 and 4.3)."""

from __future__ import annotations

from typing import NamedTuple

from . import undecided
from .accept import ZIPPED, accept
from .ncco import Ncco
from .wire import LARGEST, Response

RETRIED = (429, 503, 504)
"""Statuses after which the same URL is tried once more (reference, failures)."""


class Verdict(NamedTuple):
    """What an answer comes to.

    `ncco` is played; `goes_on`, the NCCO that is being played goes on; else the request has failed, `why`, and is
    tried `again`. `invalid`: an error event tells the application; `where` an NCCO is wrong it does not tell. `remark`:
    what this rests on.
    """

    ncco: Ncco | None = None
    goes_on: bool = False
    why: str = ""
    again: bool = False
    invalid: bool = False
    remark: str = ""
    where: str = ""


def verdict(response: Response, name: str, *, first: bool, fallback: bool) -> Verdict:
    """The verdict on a response; `first` at an answer URL, `fallback` where there is a fallback URL."""
    status = response.status
    if status == 200:
        return _content(response, name, first=first)
    if 200 < status < 300:
        if first or fallback:
            return Verdict(why=f"HTTP {status}", remark=undecided.NO_CONTENT)
        return Verdict(goes_on=True, why=f"HTTP {status}", remark=undecided.NO_CONTENT)
    if 300 <= status < 400:
        return Verdict(why=f"HTTP {status}", remark=undecided.REDIRECT)
    return Verdict(why=f"HTTP {status}", again=status in RETRIED)


def _content(response: Response, name: str, *, first: bool) -> Verdict:
    """The verdict on what came with a 200."""
    body = response.body.strip()
    if response.encoding not in ("", "identity"):
        return Verdict(why=f"what came back is {response.encoding}-encoded", remark=undecided.ENCODED)
    if response.cut:
        return Verdict(why=f"more than {LARGEST} bytes", invalid=True, remark=undecided.LARGE)
    if not body:
        return Verdict(why="an empty body") if first else Verdict(goes_on=True, why="an empty body")
    if "html" in response.media or "xml" in response.media:
        return Verdict(why=f"{response.media} instead of JSON")
    found = accept(body, name)
    if not isinstance(found, Ncco):
        array = body.startswith(b"[")
        remark = found.remark if array else undecided.ENCODED if found.reason == ZIPPED else undecided.OTHER_JSON
        return Verdict(why=found.reason, invalid=True, remark=remark, where=found.where)
    if not found.actions:
        if first:
            return Verdict(found, remark=undecided.EMPTY_ANSWER)
        return Verdict(goes_on=True, why="an NCCO without actions", remark=undecided.EMPTY_LIST)
    return Verdict(found, remark="" if response.media == "application/json" else undecided.MEDIA)
