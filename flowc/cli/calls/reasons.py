"""What may be the reason where calls at a host failed, beside what its program answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...caller.platform.play import NO_NCCO
from ...caller.platform.transcript import Transcript

_ADVICE = {
    "no connection": "does it run, and is that its port?",
    "no such host": "correct the name of the host",
    "no TLS": "see to its certificate, or write http:// where it has none",
    "HTTP 3": "a redirect is not followed: write the URL that it leads to",
    "HTTP 40[13]": "if it checks signatures, {sign}",
    "HTTP 404": "nothing is there: write the answer URL, such as https://ivr.example.com/acme/welcome.json",
    "HTTP 405": "it is asked in another way: --method {other}",
    ".*ml instead of JSON": "that is a page: write the answer URL, such as https://ivr.example.com/acme/welcome.json",
}
"""What to do about each way in which an answer URL may fail."""


class Calls(NamedTuple):
    """The calls that were made: how many, of how many flows, how many at once.

    `alike`: some did not say who calls, so all these came from one number. `signed`: their webhooks were.
    """

    number: int
    flows: int
    jobs: int
    alike: bool
    signed: bool


def reasons(failed: Sequence[Transcript], made: Calls) -> Iterator[str]:
    """Of all calls that failed: why most likely."""
    if (
        failed
        and len(failed) == made.number
        and all(each.ended.startswith(NO_NCCO) and each.trouble for each in failed)
    ):
        yield _no_ncco(failed[0].trouble[0][1].partition(" (not asked")[0], signed=made.signed)
        return
    if failed and made.flows > 1:
        yield f"the calls are of {made.flows} flows, and all were made to one URL: name the files of calls of its flow"
    if failed and made.jobs > 1:
        late = any(each.what == "webhook" and each.seconds for call in failed for each in call.happened)
        if late:
            yield f"answers were late while {made.jobs} calls were under way at once: see whether they are with -j 1"
        elif made.alike and any(map(_goes_on, failed)):
            yield (
                f"{made.jobs} calls at once came from one number: if the program tells calls by that, "
                "give each its own `from`, or play one after the other with -j 1"
            )


def _goes_on(call: Transcript) -> bool:
    """Whether the program had to know the call again, and answered: it may then have taken it for another."""
    return not call.trouble and sum(each.what == "webhook" for each in call.happened) > 1


def _no_ncco(trouble: str, *, signed: bool) -> str:
    """That no call begins, because the answer URL fails in this way."""
    other = "POST" if trouble.startswith("GET ") else "GET"
    advice = next((each for way, each in _ADVICE.items() if re.match(way, trouble.rpartition(": ")[2])), "")
    sign = (
        "see whether secret, key and application are those of the server" if signed else "let them be signed: --signed"
    )
    advised = f" ({advice.format(other=other, sign=sign)})" if advice else ""
    return f"no call gets an NCCO to begin with: {trouble}{advised}"
