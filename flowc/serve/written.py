"""What answers a webhook, as JSON: the actions of a reply with the URLs that lead on in them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from ..program.files import MOST_ACTIONS, MOST_BYTES, wait_name
from ..program.machine import Reply
from ..program.program import Action, Program
from .reading import text_of

Link = Callable[[str], Awaitable[str]]
"""The URL of a wait, or of a document with its ending, by its name."""

NONE = b"[]\n"
"""The answer to what leads nowhere."""


def as_json(actions: Sequence[Action]) -> bytes:
    """Actions as the body of a response. Raises ValueError for more than we answer with."""
    body = text_of(actions) + b"\n"
    if len(actions) > MOST_ACTIONS or len(body) > MOST_BYTES:
        raise ValueError(f"{len(actions)} actions of {len(body)} bytes: at most {MOST_ACTIONS} and {MOST_BYTES} answer")
    return body


async def written(program: Program, reply: Reply, link: Link) -> bytes:
    """A reply as the body of a response."""
    actions = list(reply.actions)
    for index, each in enumerate(actions):
        if each["action"] == "connect":
            actions[index] = await _whispering(program, each, link)
    if reply.waits is not None and reply.at is not None:
        url = await link(wait_name(reply.waits.at, reply.waits.attempt))
        actions[reply.at] = _answered_at(actions[reply.at], url)
    return as_json(actions)


def _answered_at(action: Action, url: str) -> Action:
    """An action that waits, with the URL of its webhook."""
    bare = {key: value for key, value in action.items() if key != "eventMethod"}
    return {**bare, "eventUrl": [url], "eventMethod": action.get("eventMethod", "POST")}


async def _whispering(program: Program, action: Action, link: Link) -> Action:
    """A `connect` whose `onAnswer` names a document gets its URL."""
    match action:
        case {"endpoint": [{"onAnswer": {"url": str(name)}, **endpoint}]} if name in program.documents:
            return {**action, "endpoint": [{**endpoint, "onAnswer": {"url": await link(f"{name}.json")}}]}
    return action
