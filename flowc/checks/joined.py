"""What follows a plain `connect`, which both parties are in as soon as it is answered."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.linking.origin import Placed
from ..text.document import Place
from .moment import PLAYED, Moment, fields, name, yes
from .phrases import MESSAGE, NO_ANSWER, spoken_in
from .registry import Check, Said, check

CONNECTS: list[Check] = []
"""Checks of a `connect` at its moment."""


@check("W335", "no-answer-after-connect", CONNECTS)
def no_answer_after_connect(moment: Moment) -> Iterator[Said]:
    """Words for when nobody answers, after a plain `connect`

    A `connect` without `eventType: synchronous` goes on with the next action as soon as the callee has answered: both
    parties hear these words, or are recorded, in the middle of their conversation. In a flow, write them under
    `otherwise` of the `connect`; in an NCCO, set `eventType: synchronous` and answer its event with them.
    """
    if not _joins(moment) or _to_websocket(moment):
        return
    for placed in moment.after:
        place = _meant_for_no_answer(placed)
        if place is not None:
            message = "this comes once the call is answered, and both parties are in it"
            label = (moment.origin.whole(), "goes on when the callee answers")
            yield Said(place, message, _instead(moment), (label,))
        if place is not None or name(placed) not in PLAYED:
            return


@check("W336", "input-after-connect", CONNECTS)
def input_after_connect(moment: Moment) -> Iterator[Said]:
    """An `input` while the call is connected

    After a plain `connect` the next action begins when the callee has answered, with both parties in conversation:
    developers report that keys cannot be collected then. Ask before connecting; or set `eventType: synchronous` and
    ask in the answer to its event.
    """
    follows = moment.after_playing
    if _joins(moment) and follows is not None and name(follows) == "input":
        message = "keys are reported not to be collected here: the call is still connected"
        label = (moment.origin.whole(), "connected here")
        yield Said(follows.origin.whole(), message, "ask before the `connect`", (label,))


def _joins(moment: Moment) -> bool:
    return moment.action.get("eventType") != "synchronous" and moment.next is not None


def _to_websocket(moment: Moment) -> bool:
    """When a websocket fails or drops, the platform does go on with the next action."""
    endpoint = moment.action.get("endpoint")
    return fields(endpoint[0] if isinstance(endpoint, list) and endpoint else endpoint).get("type") == "websocket"


def _meant_for_no_answer(placed: Placed) -> Place | None:
    if name(placed) == "record":
        return placed.origin.whole() if yes(placed.action.get("beepStart")) else None
    return spoken_in(placed, NO_ANSWER) or spoken_in(placed, MESSAGE)


def _instead(moment: Moment) -> str:
    if moment.sequence.raw:
        return "set `eventType: synchronous` and answer its event with this"
    return "put this under `otherwise` of the `connect`"
