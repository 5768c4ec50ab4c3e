"""The steps of calls as they go, a line each: who, where, what was done, where it leads."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..program.program import Wait
from ..program.understand import Event, event_of, heard

if TYPE_CHECKING:
    from ..serve.answers import Answer
    from ..serve.flows import Route


def step(route: Route, fields: Mapping[str, object], answer: Answer) -> str:
    """A webhook and its answer as a line. Keys are shown where they are one of a menu's options, and nowhere else."""
    flow = route.flow
    wait = flow.program.waits.get(route.position.at) if flow is not None and route.kind == "wait" else None
    where = f"{flow.name}/{route.at}" if flow is not None else "the number that was called"
    said = _said(wait, event_of(fields)) if wait is not None else "asked for"
    leads = "…" if wait is not None and wait.sensitive else answer.document or "nothing: the call goes on as it is"
    conversation = str(fields.get("conversation_uuid") or "-")[:12]
    return f"{time.strftime('%H:%M:%S')}  {conversation:<12}  {where}: {said} → {leads}"


def _said(wait: Wait, event: Event) -> str:
    """What a caller did at a wait."""
    if wait.on == "outcome":
        return event.status or "no status"
    answer = heard(wait, event)
    if answer is None:
        return "silence"
    if wait.sensitive:
        return "an answer that is not shown"
    if event.digits:
        return f"key {event.digits}" if answer.exit is not None else "keys " + "*" * len(event.digits[:20])
    return f"“{answer.exit}”" if answer.exit is not None else "words"
