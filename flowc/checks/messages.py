"""Recordings that do not wait where they should, and those that do where they should not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from ..language.linking.origin import FlowOrigin, Placed
from .moment import PLAYED, Moment, fields, name, no, typed, yes
from .phrases import KEPT, MESSAGE, SPEAK, could_say, spoken_in
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
    all three out: the recording then runs in the background. To take a message, ask for it, or set `beepStart: true`.
    (One guide of the platform says that `timeOut` alone does not wait; its reference says that it does.)
    """
    stops = [key for key in _STOPS if key in moment.action]
    held = _held_up(moment, stops) if stops and no(moment.action.get("beepStart", False)) else None
    if held is None or any(spoken_in(each, MESSAGE) for each in moment.played_before):
        return
    doubt = "; the platform's documents disagree on `timeOut` alone" if stops == ["timeOut"] else ""
    what = f"the `{name(held)}` begins" if held is moment.next else "the caller is asked anything"
    hint = f"to record what follows, take {' and '.join(f'`{key}`' for key in stops)} out"
    message = f"this recording is over before {what}{doubt}"
    yield Said(moment.origin.at(stops[0]), message, hint, ((held.origin.whole(), "not recorded"),))


def _held_up(moment: Moment, stops: list[str]) -> Placed | None:
    """The action that the recording is over before, though it should have been recorded."""
    if moment.next is not None and name(moment.next) in ("connect", "input"):
        return moment.next
    asks = moment.after_playing
    # Who names a key to end with wants its caller to end it: what comes next is then a question about the recording.
    if asks is None or name(asks) != "input" or "endOnKey" in stops:
        return None
    return None if _of_a_message(moment) else asks


def _of_a_message(moment: Moment) -> bool:
    """Whether it could be a message that the caller speaks: told by the words before the recording and behind it."""
    before = moment.played_before
    if any(could_say(each, SPEAK) for each in before) or not (before or _begins_call(moment.sequence.actions[0])):
        return True
    return any(could_say(each, KEPT) for each in takewhile(lambda each: name(each) in PLAYED, moment.after))


def _begins_call(placed: Placed) -> bool:
    """Whether it is the first that a caller meets: the menu that leads to another step may have spoken of a message."""
    origin = placed.origin
    if not isinstance(origin, FlowOrigin):
        return True
    flow = fields(origin.document.data)
    steps = fields(flow.get("steps"))
    block = steps.get(str(flow.get("start", next(iter(steps), ""))))
    return origin.owner is (block[0] if isinstance(block, list) and block else block)
