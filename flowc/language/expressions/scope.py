"""The names that an expression may read, and the rules of those it may not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from ...text.diagnostics import Rule
from ..explained.hints import Hints
from ..reading.params import Param

UNKNOWN_NAME = Rule(
    "E234",
    "unknown-name",
    """An expression reads a name that does not exist

Nothing has this name, so there would be nothing in its place when the text is spoken or the number dialled.

What is bound when a flow is built is read as `params.NAME`; correct the name.""",
)
UNKNOWN_PARAM = Rule(
    "E235",
    "unknown-param",
    """An expression reads a param that the flow does not declare

A param that is not under `params:` is never bound, so there would be nothing in its place when the text is spoken or
the number dialled.

Correct the name, or declare the param.""",
)
UNKNOWN_ATTRIBUTE = Rule(
    "E236",
    "unknown-attribute",
    """An expression reads a part that the value does not have

Params are single values or lists: they have no named parts, and what begins with `_` is nobody's. There would be
nothing in the place of it.

Leave the part out, or declare a param of its own for it.""",
)
SECRET_IN_DOCUMENT = Rule(
    "E237",
    "secret-in-document",
    """A secret param is put into what a caller or a file would hold

The documents of a call are files that a web server gives to whoever asks for them, so a secret in one is no secret
any more.

A param of type `secret` may only go into the headers of a `request`. Leave it out, or give the param another type if
it is not secret.""",
)

CALL_ONLY = Rule(
    "E242",
    "known-in-a-call",
    """A template reads what only a call knows

A template is filled before a call, with params. Who calls, what was said before and what time it is are known to the
server of a flow alone.

Take it out, or use a param: `params.NAME`.""",
)
UNKNOWN_VARIABLE = Rule(
    "E243",
    "unknown-variable",
    """A variable that nothing in the flow makes

`vars.NAME` is what a `save` or a `set` has made before in the call. Nothing makes this one, so there would be nothing
in its place.

Correct the name, or make it: `set: {NAME: …}`, or `save: NAME` in an `input` or a `request`.""",
)
UNKNOWN_CALENDAR = Rule(
    "E244",
    "unknown-calendar",
    """Opening hours that are not defined

`hours.NAME` says whether the calendar of that name is `open`, `closed` or on `holiday`. There is none of this name.

Correct the name, or write the calendar under `hours:`.""",
)

SINGLE = {
    "now": "the moment, as `2026-12-25T17:30:00+00:00`",
    "today": "the day, as `2026-12-25`",
    "random": "a number from 0 up to 1",
    "confidence": "how sure the words of the last answer were, from 0 to 1",
    "language": "the language that is spoken here",
}
"""Names of a call that stand for a single value, and what it is."""

CALL_PARTS = ("from", "to", "user", "uuid", "conversation_uuid", "endpoint_type", "sip", "custom_data")
"""What is known of a call when it comes in (reference, answer webhook)."""

CALL_TEXTS = frozenset({"from", "to", "user", "uuid", "conversation_uuid", "endpoint_type"})
"""Those of them that are text."""

OF_A_CALL = ("call", "vars", "hours", *SINGLE)
"""Names that belong to a call."""


class Call(NamedTuple):
    """What a flow knows in a call.

    `made` gives the names of the variables that something makes, `texts` those of them that are text for certain,
    `singles` those that have no parts, and `numbers` those that are never text. `hours` are the calendars.
    """

    made: Callable[[], Collection[str]]
    hours: Collection[str]
    hints: Hints
    texts: Callable[[], Collection[str]] = frozenset
    singles: Callable[[], Collection[str]] = frozenset
    numbers: Callable[[], Collection[str]] = frozenset


class Scope(NamedTuple):
    """What an expression may read.

    `params` are those a flow declares; None for any, where only the built template is there. `names` are further names
    that stand for a single value here (`options` in the prompt of a menu). `secrets` is true where a secret may go.
    `call` is None where there is no call. `known` are the values of params that are bound.
    """

    params: Mapping[str, Param] | None
    names: frozenset[str] = frozenset()
    secrets: bool = False
    call: Call | None = None
    known: Mapping[str, object] = {}


RULES = (
    UNKNOWN_NAME,
    UNKNOWN_PARAM,
    UNKNOWN_ATTRIBUTE,
    SECRET_IN_DOCUMENT,
    CALL_ONLY,
    UNKNOWN_VARIABLE,
    UNKNOWN_CALENDAR,
)
