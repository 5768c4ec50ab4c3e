"""Recordings that do not wait where they should, and those that do where they should not."""

from __future__ import annotations

from collections.abc import Iterator

from .moment import PLAYED, Moment, name, typed, yes
from .phrases import MESSAGE, spoken_in
from .registry import Check, Said, check

RECORDS: list[Check] = []
"""Checks of a `record` at its moment."""

_STOPS = ("endOnSilence", "endOnKey", "timeOut")


@check("W333", "record-does-not-wait", RECORDS)
def record_does_not_wait(moment: Moment) -> Iterator[Said]:
    """A message that is asked for and not waited for

    Without `endOnSilence`, `endOnKey` or `timeOut` a `record` runs in the background: what follows begins at once, and
    when nothing follows the call ends. A caller who was asked to leave a message gets no time to speak. Say when the
    recording ends.
    """
    goes_on = moment.next is not None and name(moment.next) in PLAYED
    if any(key in moment.action for key in _STOPS) or not (goes_on or moment.ends_call):
        return
    asked = next((place for each in reversed(moment.played_before) if (place := spoken_in(each, MESSAGE))), None)
    if asked is not None or (yes(moment.action.get("beepStart")) and moment.ends_call):
        label = () if asked is None else ((asked, "a message is asked for here"),)
        instead = "what follows begins at once" if goes_on else "the call ends at once"
        message = f"this `record` does not wait for the message: {instead}"
        yield Said(
            moment.origin.whole(),
            message,
            f"add `{typed('endOnSilence: 3', raw=moment.sequence.raw)}`, or `endOnKey` or `timeOut`",
            label,
        )


@check("W334", "record-holds-up-call", RECORDS)
def record_holds_up_call(moment: Moment) -> Iterator[Said]:
    """A recording that is over before the call goes on

    With `endOnSilence`, `endOnKey` or `timeOut` a `record` waits until the recording is over, and only then does the
    next action begin: the caller hears silence, and nothing of what follows is recorded. To record what follows, leave
    all three out: the recording then runs in the background. (One guide of the platform says that `timeOut` alone does
    not wait; its reference says that it does.)
    """
    stops = [key for key in _STOPS if key in moment.action]
    follows = moment.next
    if not stops or follows is None or name(follows) not in ("connect", "input"):
        return
    if not yes(moment.action.get("beepStart")) and not any(spoken_in(each, MESSAGE) for each in moment.played_before):
        doubt = "; the platform's documents disagree on `timeOut` alone" if stops == ["timeOut"] else ""
        message = f"this recording is over before the `{name(follows)}` begins{doubt}"
        hint = f"to record what follows, take {' and '.join(f'`{key}`' for key in stops)} out"
        yield Said(moment.origin.at(stops[0]), message, hint, ((follows.origin.whole(), "not recorded"),))
