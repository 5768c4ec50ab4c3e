"""The compiled form of a flow: documents, and waits with their exits.

A program holds each piece once. What a caller hears in one go (one NCCO file) is put together from pieces by
`flowc.program.files`: a document's own actions, those of the documents it goes on with, and the question it ends in.
Nothing here knows the author's text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from .evaluate import Expression
from .values import Template

if TYPE_CHECKING:
    from .calendar import Calendar

Action = dict[str, object]
"""An NCCO action as JSON data."""

On = Literal["answer", "outcome"]
"""What a wait waits for: an `answer` (keys or words) to an `input`, or the `outcome` of a `connect`."""


Into = Literal["text", "ssml", "url", "phone"]
"""What a value is put into."""

Path = tuple[str | int, ...]
"""The way to a leaf of data: keys and indexes."""


class Fill(NamedTuple):
    """A leaf of data that holds values which are known only when it is asked for.

    `path` leads to it (in actions: the index of the action first). `into` says what it is: a plain `text`, text inside
    SSML, a `url`, a number to `phone`, or a value of its own kind. `types` are the JSON types that its field takes,
    `limits` the keywords of JSON Schema that hold a value back from it (`maxLength`, `pattern` and such).
    """

    path: Path
    template: Template
    into: Into = "text"
    types: tuple[str, ...] = ("string",)
    limits: Mapping[str, object] = {}


class Set(NamedTuple):
    """What is remembered on the way: `vars` at a path is what the template makes then."""

    path: tuple[str, ...]
    value: Template


EMPTIED = Template((("lit", {}),))
"""What a place is made where a used flow begins to remember: nothing is in it any more."""


class Way(NamedTuple):
    """A way on that is taken if its expression is true."""

    test: Expression
    to: str


class Request(NamedTuple):
    """What is asked of the outside.

    `data` holds `url`, `headers` and, where something is sent, `json`; `fills` are its leaves with values. `timeout` is
    in seconds. `expect` is the JSON Schema of a good answer. `save` is where in `vars` a good answer is remembered.
    `when` leads from a status (`"404"`) to a document; `otherwise` is the one for everything else that is not good.
    """

    method: Literal["GET", "POST"]
    data: Mapping[str, object]
    fills: tuple[Fill, ...]
    timeout: float
    expect: object
    save: tuple[str, ...]
    when: Mapping[str, str]
    otherwise: str


class Document(NamedTuple):
    """A piece of what a caller hears: actions, then what is remembered (`sets`), then a way on.

    With `requests`, the outside is asked, and a good answer goes on as `goes_on` says. With `chooses`, the first way
    whose test is true is taken, else `goes_on`. With `goes_on` alone, the actions of that document follow. With `asks`,
    the question of that wait follows, as its `attempt`-th attempt (from 1). With `fails`, the answer last given to that
    wait was a wrong one. With none of them, the call ends.
    `open` names the params that are not bound: the text leaves of such a document are templates. `fills` has a template
    for each leaf that holds values.
    """

    actions: tuple[Action, ...] = ()
    goes_on: str | None = None
    asks: str | None = None
    attempt: int = 1
    open: tuple[str, ...] = ()
    fills: tuple[Fill, ...] = ()
    sets: tuple[Set, ...] = ()
    chooses: tuple[Way, ...] = ()
    requests: Request | None = None
    fails: str | None = None


class Failure(NamedTuple):
    """The documents that follow a failed attempt: silence, and an answer that is none of the options."""

    no_input: str
    no_match: str


class Wait(NamedTuple):
    """Where the call waits for its caller or for an outcome.

    `question` is what is played and then the one action that waits (an `input` or a synchronous `connect`), without
    its `eventUrl`, which is the host's to write.
    `exits` leads from a key or word (an answer), or a status (an outcome), to a document.
    `answered` is the document of any other good answer, where the question takes any: one that `pattern`, a regular
    expression, describes as a whole, if there is one. It is remembered where `save` says.
    `failures` has one entry an attempt; an outcome has none. `sensitive` answers are never written to a log. `retried`
    says that some document `fails` this wait, so that the attempt of its last answer has to be remembered.
    """

    on: On
    question: tuple[Action, ...]
    exits: dict[str, str]
    answered: str | None = None
    failures: tuple[Failure, ...] = ()
    open: tuple[str, ...] = ()
    fills: tuple[Fill, ...] = ()
    pattern: str | None = None
    save: tuple[str, ...] = ()
    sensitive: bool = False
    retried: bool = False


class Program(NamedTuple):
    """A flow, compiled: what runs. `failure` is the document for when the host does not answer, if the flow has one.

    `failures` are those of languages and used flows that have one of their own, by the beginning of the names there
    (`fr-FR/`, `main.2.vm/`).
    `timezone` is that of `now` and `today`, `clocks` those of used flows by name, `hours` the calendars by name.
    `keeps` are the parts of `call` that some document reads, and `confidence` if one does. `secrets` are the secret
    params, which whoever runs the program has to give it; `params` are the values that were given to it so, by name:
    they are no part of what is written down.
    """

    flow: str
    start: str
    documents: dict[str, Document]
    waits: dict[str, Wait]
    failure: str | None = None
    timezone: str = "UTC"
    hours: Mapping[str, Calendar] = {}
    keeps: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    params: Mapping[str, object] = {}
    failures: Mapping[str, str] = {}
    clocks: Mapping[str, str] = {}

    @property
    def failing(self) -> tuple[str, ...]:
        """All documents for when the host does not answer, each once."""
        return tuple(dict.fromkeys([*([self.failure] if self.failure is not None else []), *self.failures.values()]))

    def failure_at(self, name: str) -> str | None:
        """The document for when the host does not answer at a document or a wait."""
        at = name if self.failures else ""
        while "/" in at:
            at = at.rpartition("/")[0]
            if f"{at}/" in self.failures:
                return self.failures[f"{at}/"]
        return self.failure
