"""Plays a call against a host and tells what its caller hears.

A first, small part of what the platform does: enough for talk, stream, input, record, connect and conversation.
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from .web import Fetch, Request, Response
from .webhooks import keys_body, status_body

_TAG = re.compile(r"<[^>]*>")
_Action = dict[str, object]


def call(answer_url: str, answers: Sequence[str], fetch: Fetch) -> Iterator[str]:
    """The lines of a call, as it goes: what is heard, and what the caller does.

    `answers` is what happens at each wait in turn: the keys pressed at a question (empty: nothing is pressed), the
    status of a call to somebody else. When there is none left, the caller hangs up.
    """
    left = deque(answers)
    actions = _ncco(fetch(Request("GET", answer_url)))
    while actions:
        action = actions.popleft()
        yield from _heard(action)
        body = _waits(action)
        if body is None:
            continue
        if not left:
            yield "caller hangs up"
            return
        said = left.popleft()
        yield _done(action, said)
        actions = _ncco(fetch(Request("POST", _event_url(action), body(said)))) or actions
    yield "the call ends"


def _ncco(response: Response) -> deque[_Action]:
    """The actions that came back; none for anything that is no NCCO."""
    data = response.data
    if response.status != 200 or not isinstance(data, list):
        return deque()
    return deque([each for each in data if isinstance(each, dict)])


def _heard(action: _Action) -> Iterator[str]:
    """What a caller hears of an action."""
    match action:
        case {"action": "talk", "text": str(text)}:
            yield f"caller hears: {_plain(text)}"
        case {"action": "stream", "streamUrl": [str(url)]}:
            yield f"caller hears the recording {url}"
        case {"action": "record"}:
            yield "caller is recorded"
        case {"action": "conversation", "name": str(name)}:
            yield f"caller is in the conversation {name}"
        case {"action": "connect", "endpoint": [dict(endpoint)]}:
            whom = [str(value) for key, value in endpoint.items() if key in ("number", "uri", "user", "extension")]
            yield f"caller is being connected to {' '.join(whom)}"


def _waits(action: _Action) -> Callable[[str], bytes] | None:
    """What makes the webhook of an action that waits, from what happened; None if it does not wait."""
    if action.get("action") == "input" and action.get("mode") != "asynchronous":
        return keys_body
    if action.get("action") == "connect" and action.get("eventType") == "synchronous":
        return status_body
    return None


def _done(action: _Action, said: str) -> str:
    """What happened at a wait."""
    if action.get("action") == "connect":
        return f"the call to them is {said}"
    return f"caller presses {said}" if said else "caller presses nothing"


def _event_url(action: _Action) -> str:
    """Where the webhook of an action goes."""
    match action:
        case {"eventUrl": [str(url)]}:
            return url
    raise ValueError(f"this `{action.get('action')}` waits, and has no `eventUrl`")


def _plain(text: str) -> str:
    """A text without its tags."""
    return html.unescape(_TAG.sub("", text)) if text.startswith("<speak") else text
