"""The compiled form of a flow: documents, and waits with their exits.

A program holds each piece once. What a caller hears in one go (one NCCO file) is put together from pieces by
`flowc.program.files`: a document's own actions, those of the documents it goes on with, and the question it ends in.
Nothing here knows the author's text.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Action = dict[str, object]
"""An NCCO action as JSON data."""

On = Literal["answer", "outcome"]
"""What a wait waits for: an `answer` (keys or words) to an `input`, or the `outcome` of a `connect`."""


class Document(NamedTuple):
    """A piece of what a caller hears: actions, then one of three ways on.

    With `goes_on`, the actions of that document follow. With `asks`, the question of that wait follows, as its
    `attempt`-th attempt (from 1). With neither, the call ends.
    `open` names the params that are not bound: the text leaves of such a document are templates.
    """

    actions: tuple[Action, ...] = ()
    goes_on: str | None = None
    asks: str | None = None
    attempt: int = 1
    open: tuple[str, ...] = ()


class Failure(NamedTuple):
    """The documents that follow a failed attempt: silence, and an answer that is none of the options."""

    no_input: str
    no_match: str


class Wait(NamedTuple):
    """Where the call waits for its caller or for an outcome.

    `question` is what is played and then the one action that waits (an `input` or a synchronous `connect`), without
    its `eventUrl`, which is the host's to write.
    `exits` leads from a key or word (an answer), or a status (an outcome), to a document.
    `answered` is the document of any other good answer, where the question takes any.
    `failures` has one entry an attempt; an outcome has none.
    """

    on: On
    question: tuple[Action, ...]
    exits: dict[str, str]
    answered: str | None = None
    failures: tuple[Failure, ...] = ()
    open: tuple[str, ...] = ()


class Program(NamedTuple):
    """A flow, compiled: what runs. `failure` is the document for when the host does not answer, if the flow has one."""

    flow: str
    start: str
    documents: dict[str, Document]
    waits: dict[str, Wait]
    failure: str | None = None
