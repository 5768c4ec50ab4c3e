"""Actions in an order in which they do something else than they seem to."""

from __future__ import annotations

from collections.abc import Iterator

from .moment import Moment, count, is_placeholder, name, no, typed, yes
from .registry import Check, Said, check

PLAYS: list[Check] = []
"""Checks of a `talk` or `stream` at its moment."""

CONCERNS = frozenset({"bargeIn", "loop"})
"""The fields that these are about: a `talk` or `stream` without any of them needs no look."""

LISTENS: list[Check] = []
"""Checks of an `input` at its moment."""

STAYS: list[Check] = []
"""Checks of a `conversation` at its moment."""

LEAVES: list[Check] = []
"""Checks of a `transfer` at its moment."""

_KEEPS_THE_CALL = ("connect", "input", "record", "conversation")


@check("W330", "barge-in-without-input", PLAYS)
def barge_in_without_input(moment: Moment) -> Iterator[Said]:
    """`bargeIn` with no input after it

    `bargeIn: true` lets a caller cut the words short with a key, but no `input` comes next to take that key: it is
    lost. The reference demands that the next action which is no `talk` or `stream` is an `input`. Add one, or take
    `bargeIn` out.
    """
    if not yes(moment.action.get("bargeIn")):
        return
    follows = moment.after_playing
    if follows is None and not moment.sequence.closed:
        return
    if follows is None or name(follows) != "input":
        label = () if follows is None else ((follows.origin.whole(), "this comes next"),)
        message = "a key stops this, but no `input` comes next to take it"
        yield Said(moment.origin.at("bargeIn"), message, "add an `input` after it, or take `bargeIn` out", label)


@check("W331", "barge-in-stays", PLAYS)
def barge_in_stays(moment: Moment) -> Iterator[Said]:
    """`bargeIn: false` after `bargeIn: true`

    Once `bargeIn` is true it stays true until the next `input`, whatever a later `talk` or `stream` says: a caller can
    cut these words short all the same. Put what must be heard to its end first, or take `bargeIn: true` out above.
    """
    if not no(moment.action.get("bargeIn")):
        return
    for placed in moment.played_before:
        if yes(placed.action.get("bargeIn")):
            message = "`bargeIn: false` has no effect here: it stays true until the next `input`"
            label = (placed.origin.at("bargeIn"), "this one stays on")
            yield Said(moment.origin.at("bargeIn"), message, "put what must be heard to its end first", (label,))
            return


@check("W332", "endless-loop", PLAYS)
def endless_loop(moment: Moment) -> Iterator[Said]:
    """`loop: 0` with something after it

    `loop: 0` plays for ever, so the call never gets to what follows. Only a key can end it, where `bargeIn` is true
    and an `input` comes next. Write how many times to play it; for music on hold, use a `conversation` with
    `musicOnHoldUrl`.
    """
    follows = moment.next
    if "loop" not in moment.action or count(moment.action["loop"]) != 0 or follows is None:
        return
    taken = moment.after_playing
    if not (_can_be_cut(moment) and taken is not None and name(taken) == "input"):
        label = (follows.origin.whole(), "never reached")
        message = "`loop: 0` plays for ever, so what follows is never reached"
        yield Said(
            moment.origin.at("loop"),
            message,
            f"write how often to play it, such as `{typed('loop: 1', raw=moment.sequence.raw)}`",
            (label,),
        )


@check("W337", "input-leads-nowhere", LISTENS)
def input_leads_nowhere(moment: Moment) -> Iterator[Said]:
    """An `input` that nothing follows

    Without `eventUrl` the answer goes to the application's event URL, among the status events. If that only takes note
    of it, the call goes on with the next action, and here there is none: whatever the caller presses, the call ends.
    Write the `eventUrl` that answers with the next NCCO, or let an action follow.
    """
    waits = moment.action.get("mode") != "asynchronous"
    if moment.sequence.raw and moment.ends_call and waits and "eventUrl" not in moment.action:
        message = "the answer goes to the application's event URL, and nothing follows if no NCCO comes back"
        yield Said(moment.origin.whole(), message, "add `eventUrl`, or an action after it")


@check("W338", "action-after-transfer", LEAVES)
def action_after_transfer(moment: Moment) -> Iterator[Said]:
    """An action after `transfer`

    `transfer` moves the caller to another conversation, and what follows it is never reached. Put it before the
    `transfer`, or take it out.
    """
    if moment.next is not None:
        label = (moment.origin.whole(), "the caller leaves here")
        message = "never reached: the caller is in another conversation"
        yield Said(moment.next.origin.whole(), message, "put it before the `transfer`", (label,))


@check("W342", "transfer-to-no-conversation", LEAVES)
def transfer_to_no_conversation(moment: Moment) -> Iterator[Said]:
    """A `transfer` to what is no conversation

    `transfer` moves the caller into another conversation, which is known by an identifier that begins with `CON-` and
    exists only while calls are up. A step, a number or a person is none, and the caller would be moved nowhere. Write
    `goto: STEP` to go on elsewhere in the flow, and `connect` to put somebody through.
    """
    meant = moment.action.get("conversationId")
    if isinstance(meant, str) and not meant.upper().startswith("CON-") and not is_placeholder(meant):
        digits = meant.lstrip("+").replace(" ", "")
        here = f"`connect: {{phone: {digits}}}`" if digits.isdecimal() else f"`goto: {meant}`"
        hint = f"to lead there, write {here}" if not moment.sequence.raw else None
        yield Said(moment.origin.at("conversationId"), f"`{meant}` is no conversation: those are `CON-…`", hint)


@check("W339", "action-after-conversation", STAYS)
def action_after_conversation(moment: Moment) -> Iterator[Said]:
    """A call that goes on only after the conversation

    A caller stays in a `conversation` until hanging up, or until a member with `endOnExit` leaves: what follows is not
    done while it lasts. A `connect` after it brings nobody in, a `record` after it records nothing of it. Use
    `record: true` of the conversation, and a call of its own for each member.
    """
    follows = moment.next
    if follows is not None and name(follows) in _KEEPS_THE_CALL:
        message = f"this `{name(follows)}` begins only when the conversation has ended for the caller"
        hint = (
            f"write `{typed('record: true', raw=moment.sequence.raw)}` in the `conversation`"
            if name(follows) == "record"
            else "put it before the `conversation`"
        )
        yield Said(follows.origin.whole(), message, hint, ((moment.origin.whole(), "the caller stays here"),))


def _can_be_cut(moment: Moment) -> bool:
    """Whether a key cuts this short: `bargeIn` here, or before and still on."""
    played = (*moment.played_before, moment.sequence.actions[moment.at])
    return any(yes(placed.action.get("bargeIn")) for placed in played)
