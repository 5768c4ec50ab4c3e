"""Walks through a hosted program as callers may: at every wait, everything that a caller can do, until the call ends.

What comes back is compared with the document that the program names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from ..program.files import chain, files, wait_name
from ..program.machine import Position, answered
from ..program.program import Program, Wait
from ..program.understand import SILENCE, Event
from .web import Fetch, Request, Response
from .webhooks import keys_body, keys_queries, status_body, status_query

_WRONG_KEYS = ("9", "8", "7", "0", "#", "*", "99", "987654321", "00000000000000000000")
_UNBOUND_STATUSES = ("answered", "ringing", "completed")
_BROKEN = (b"", b'{"dtmf":', b"[]", b"null", b"\xff\xfe")


class Step(NamedTuple):
    """One request of a walk: what was said where, what the program answers (None: no document), and what came back.

    `wrong` says what is not as it should be; None if nothing.
    """

    wait: str
    said: str
    request: Request
    expected: str | None
    response: Response
    wrong: str | None


class _Try(NamedTuple):
    """Something that a caller can do, and the ways in which a webhook may tell it: queries and bodies."""

    said: str
    event: Event
    queries: tuple[str, ...]
    bodies: tuple[bytes, ...]


def walk(program: Program, base_url: str, fetch: Fetch) -> Iterator[Step]:
    """Every document by its own URL, then every wait that can be reached from the answer URL on.

    `base_url` is the one that the program was built for. Open documents are left out: they are not hosted yet.
    """
    walker = _Walker(program, f"{base_url}/{program.flow}/", fetch, base_url)
    for name in walker.files:
        yield from walker.get(name)
    pending, seen = [program.start], {program.start}
    while pending:
        for each in walker.document(pending.pop()):
            yield each
            if each.expected is not None and each.expected not in seen:
                seen.add(each.expected)
                pending.append(each.expected)


class _Walker:
    """A program with its files, and where it is hosted."""

    def __init__(self, program: Program, url: str, fetch: Fetch, base_url: str) -> None:
        self.program = program
        self.url = url
        self.fetch = fetch
        self.files = {each.name: json.loads(each.json) for each in files(program, base_url) if not each.open}

    def get(self, name: str) -> Iterator[Step]:
        """A document by its own URL, asked in both ways."""
        for method in ("GET", "POST"):
            yield self.ask("", "calls", Request(method, f"{self.url}{name}.json"), name)

    def document(self, name: str) -> Iterator[Step]:
        """All that can be done at the wait that a document ends in."""
        last = [document for _, document in chain(self.program, name)][-1]
        if last.asks is None:
            return
        wait = wait_name(last.asks, last.attempt)
        for each in _tries(self.program.waits[last.asks]):
            expected, _ = answered(self.program, Position(last.asks, last.attempt), each.event)
            if expected is None or expected in self.files:
                yield from self.wait(wait, each, expected)

    def wait(self, wait: str, each: _Try, expected: str | None) -> Iterator[Step]:
        """One thing said at a wait, in every spelling."""
        url = self.url + wait
        for query in each.queries:
            yield self.ask(wait, each.said, Request("GET", f"{url}?{query}" if query else url), expected)
        for body in each.bodies:
            yield self.ask(wait, each.said, Request("POST", url, body), expected)

    def ask(self, wait: str, said: str, request: Request, expected: str | None) -> Step:
        """One request, compared with what the program names."""
        response = self.fetch(request)
        content = [] if expected is None else self.files[expected]
        return Step(wait, said, request, expected, response, _wrong(response, content))


def _tries(wait: Wait) -> Iterator[_Try]:
    """Everything that can be done at a wait: each way on, something that is none, nothing, and what cannot be read."""
    if wait.on == "outcome":
        unbound = next(each for each in _UNBOUND_STATUSES if each not in wait.exits)
        for status in [*wait.exits, unbound]:
            yield _Try(f"is {status}", Event(status=status), (status_query(status),), (status_body(status),))
    else:
        wrong = next(each for each in _WRONG_KEYS if each not in wait.exits)
        for digits in [*filter(_is_keys, wait.exits), wrong]:
            yield _Try(f"presses {digits}", Event(digits), tuple(keys_queries(digits)), (keys_body(digits),))
        bodies = (keys_body(""), keys_body(None), b'{"speech":{"results":[]}}', b'{"dtmf":""}', b'{"dtmf":null}')
        yield _Try("says nothing", SILENCE, tuple(keys_queries("")), bodies)
    yield _Try("sends what cannot be read", SILENCE, ("", "dtmf=%7B", "%00=%ff"), _BROKEN)


def _is_keys(answer: str) -> bool:
    return all(each in "0123456789*#" for each in answer)


def _wrong(response: Response, content: object) -> str | None:
    """What is not as it should be in a response."""
    if response.status != 200:
        return f"the host answers {response.status}"
    if response.data != content:
        return "another document came back"
    if response.headers.get("content-type", "").partition(";")[0] != "application/json":
        return "the answer is not sent as application/json"
    if "no-store" not in response.headers.get("cache-control", ""):
        return "the answer may be stored on its way"
    return None
