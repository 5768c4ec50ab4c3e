"""What the platform makes of an HTTP answer to a webhook that may be answered with an NCCO (reference, 2.7 and 4.3)."""

from __future__ import annotations

from typing import NamedTuple

from . import undecided
from .accept import SYNTAX, ZIPPED, accept
from .ncco import Ncco, Refused
from .options import Supposed
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


class Wanted(NamedTuple):
    """What an answer is for: `first`, at an answer URL; `fallback`, where there is a fallback URL.

    `supposed` is what the platform is taken to do otherwise than usual.
    """

    first: bool
    fallback: bool
    supposed: Supposed


def verdict(response: Response, name: str, wanted: Wanted) -> Verdict:
    """The verdict on a response."""
    found = _verdict(response, name, wanted)
    if response.hops and not found.remark:
        found = found._replace(remark=undecided.REDIRECT)
    return found._replace(remark=wanted.supposed.get(found.remark, found.remark))


def _verdict(response: Response, name: str, wanted: Wanted) -> Verdict:
    status = response.status
    if status == 200:
        return _content(response, name, wanted)
    if 200 < status < 300:
        fails = wanted.first or (wanted.fallback and undecided.NO_CONTENT not in wanted.supposed)
        return Verdict(goes_on=not fails, why=f"HTTP {status}", remark=undecided.NO_CONTENT)
    if 300 <= status < 400:
        return Verdict(why=f"HTTP {status}", remark=undecided.REDIRECT)
    return Verdict(why=f"HTTP {status}", again=status in RETRIED)


def _content(response: Response, name: str, wanted: Wanted) -> Verdict:
    """The verdict on what came with a 200."""
    body = response.body.strip()
    if response.encoding not in ("", "identity"):
        return Verdict(why=f"what came back is {response.encoding}-encoded", remark=undecided.ENCODED)
    if response.cut:
        return Verdict(why=f"more than {LARGEST} bytes", invalid=True, remark=undecided.LARGE)
    if not body:
        return Verdict(goes_on=not wanted.first, why="an empty body")
    if "html" in response.media or "xml" in response.media:
        return Verdict(why=f"{response.media} instead of JSON")
    media = "" if response.media == "application/json" else undecided.MEDIA
    if media in wanted.supposed:
        return Verdict(why=f"{response.media or 'no media type'} instead of JSON", remark=media)
    found = accept(body, name)
    if not isinstance(found, Ncco):
        return _no_ncco(found, wanted, array=body.startswith(b"["))
    refused = next((each for each in found.remarks if each in wanted.supposed), "")
    if refused:
        return Verdict(why=SYNTAX, invalid=True, remark=refused)
    if not found.actions:
        return _without_actions(found, wanted)
    return Verdict(found, remark=media)


def _no_ncco(found: Refused, wanted: Wanted, *, array: bool) -> Verdict:
    """The verdict on what is no NCCO."""
    remark = found.remark if array else undecided.ENCODED if found.reason == ZIPPED else undecided.OTHER_JSON
    if remark == undecided.OTHER_JSON and remark in wanted.supposed and not wanted.first:
        return Verdict(goes_on=True, why="no NCCO", remark=remark)
    return Verdict(why=found.reason, invalid=True, remark=remark, where=found.where)


def _without_actions(found: Ncco, wanted: Wanted) -> Verdict:
    """The verdict on an NCCO without actions."""
    if wanted.first:
        return Verdict(found, remark=undecided.EMPTY_ANSWER)
    if undecided.EMPTY_LIST in wanted.supposed:
        return Verdict(found, remark=undecided.EMPTY_LIST)
    return Verdict(goes_on=True, why="an NCCO without actions", remark=undecided.EMPTY_LIST)
