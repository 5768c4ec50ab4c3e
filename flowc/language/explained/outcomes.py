"""Words of other systems, and codes of SIP, for what becomes of a call to somebody else."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS = {
    "answered": "answer answers accepted accept connected up ok complete completed success pickup picksup human 200",
    "busy": "engaged userbusy occupied congestion inuse 486 600",
    "unanswered": "noanswer notanswered nobody missed nopickup ringing rings 480",
    "timeout": "timedout timesout ringtimeout 408",
    "rejected": "declined decline declines reject rejects refused refuses denied 603",
    "failed": (
        "failure error fail fails unavailable chanunavail unreachable invalid invalidargs unallocated 404 500 503"
    ),
    "cancelled": "canceled cancel abandoned 487",
    "machine": "voicemail answeringmachine amd mailbox machinedetected",
    "disconnected": "dropped drops closed lost",
}

OUTCOMES: Mapping[str, str] = {word: outcome for outcome, words in _WORDS.items() for word in words.split()}
"""Outcomes as the platform tells them, by other words for them, without spaces and in lower case."""
