"""The steps of calls as they go, a line each: who, where, what was done, where it leads."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...program.program import Wait
from ...program.understand import Event, event_of, good, heard

if TYPE_CHECKING:
    from ...serve.answers import Answer
    from ...serve.flows import Route

_MOST = 60
"""Characters of an answer that are shown."""


def step(route: Route, fields: Mapping[str, object], answer: Answer, *, shown: bool = False) -> str:
    """A webhook and its answer as a line.

    An answer is told where it is one of the question's options; any other, which may be a card number, is but counted,
    unless all are to be `shown`. Of a sensitive question nothing is told, not even where its answer led; and
    behind a choice among its options, not which call it is.
    """
    conversation = route.call(str(fields.get("conversation_uuid") or "-")) or "not told"
    if route.kind == "events":
        status = event_of(fields).status
        return line(conversation, f"event: {status if status.isalpha() else 'without a status'}")
    flow = route.flow
    wait = flow.program.waits.get(route.position.at) if flow is not None and route.kind == "wait" else None
    where = f"{flow.name}/{route.at}" if flow is not None else f"answer{_called(answer)}"
    said = _said(wait, event_of(fields), shown=shown) if wait is not None else "asked for"
    leads = "…" if wait is not None and wait.sensitive else answer.document or "nothing: the call goes on as it is"
    return line(conversation, f"{where}: {said} → {leads}")


def line(conversation: str, text: str) -> str:
    """A line of the console: when, in which call, what. A line break that a caller sent makes no line of its own."""
    told = "".join([each if each.isprintable() else "?" for each in f"{conversation[:12]:<12}  {text}"])
    return f"{time.strftime('%H:%M:%S')}  {told}"


def _called(answer: Answer) -> str:
    """The flow that plays the number that was called."""
    return f", plays {answer.served[0]}" if answer.served is not None else ""


def _said(wait: Wait, event: Event, *, shown: bool) -> str:
    """What a caller did at a wait."""
    if wait.on == "outcome":
        return event.status or "no status"
    if wait.sensitive:
        return "an answer, or silence, that is not shown"
    answer = heard(wait, event)
    if answer is None:
        return "silence"
    if answer.exit is not None:
        return f"key {answer.exit}" if event.digits else f"“{answer.exit}”"
    is_good = wait.answered is not None and good(wait, answer.text)
    return _other(event, answer.text, shown=shown) + ("" if is_good else f" ({_unwanted(wait)})")


def _other(event: Event, text: str, *, shown: bool) -> str:
    """An answer that is no option."""
    if event.digits:
        is_one = len(event.digits) == 1
        if shown:
            return f"{'key' if is_one else 'keys'} {text[:_MOST]}"
        return "1 key" if is_one else f"{len(event.digits)} keys"
    return f"“{text[:_MOST]}”" if shown else "words"


def _unwanted(wait: Wait) -> str:
    """Why an answer does not count."""
    if wait.answered is not None:
        return "not as the question wants them"
    options = [each for each in wait.exits if not each.strip("0123456789*#")]
    return f"no option; there is {', '.join(options)}" if options else "no option"
