"""What is wrong with a request that has the shape of one: its statuses, its headers, and the schema of its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...program.headers import NEVER, OURS
from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Document
from ..flow import Data
from .headers import BAD_HEADER, NAME, named

if TYPE_CHECKING:
    from ...program.misfits import Misfit

BAD_STATUS = Rule(
    "E272",
    "bad-status",
    """A status that no server sends

The keys of a request's `when` are statuses of HTTP, three digits from 200 to 599.

Correct it; for all that is not listed there is `otherwise`.""",
)
BAD_EXPECT = Rule(
    "E282",
    "bad-expect",
    """An `expect` that cannot be looked at

What comes back from outside is held against the JSON Schema in `expect` while the caller waits. A keyword that is not
known, or that has a value it cannot have, would let every answer pass, or none. A `pattern` that may take any time
(references to groups, looking ahead or behind) would keep all callers waiting.

Correct the keyword. Those that are known are what JSON Schema (2020-12) asks of data itself: `type`, `enum`, `const`,
`required`, `properties`, `items`, `pattern`, `minimum`, `maxLength` and such; a `$ref` leads to a part of the same
schema. Not among them are `dependentRequired`, `dependentSchemas`, `unevaluatedProperties`, `unevaluatedItems` and the
anchors of references. `docs/language.md` lists them all.""",
)


def faults(fields: Data, document: Document) -> Iterator[Diagnostic]:
    """What is wrong with the fields of a request."""
    yield from _statuses(fields.get("when", {}), document)
    yield from _headers(fields.get("headers", {}), document)
    if "expect" not in fields:
        return
    expect: Any = fields["expect"]
    from ...program.misfits import misfits

    for each in misfits(expect, owner=fields, key="expect"):
        yield _misfit(each, expect, document)
        if _is_named_alone(expect):  # which is said once, for all of its fields
            return


def _statuses(when: Any, document: Document) -> Iterator[Diagnostic]:
    for status in when:
        if not (len(status) == 3 and status.isdecimal() and "200" <= status <= "599"):
            from ..explained import instead

            message = f"`{status}` is no status of HTTP"
            yield BAD_STATUS.at(document.key(when, status), message, instead.status(status))


def _headers(headers: Any, document: Document) -> Iterator[Diagnostic]:
    for name in headers if isinstance(headers, dict) else ():
        if not re.fullmatch(NAME, name):
            right = named(name)
            hint = f"write `{right}`" if right else "write one such as `Authorization`"
            message = f"`{name}` is no name of a header" if name.strip() else "this header has no name"
            yield BAD_HEADER.at(document.key(headers, name), message, hint)
        elif name.lower() == "host":
            message = f"`{name}` is the host that is asked, which `url` says"
            yield BAD_HEADER.at(document.key(headers, name), message, "take it out, and write the host in `url`")
        elif name.lower() in OURS:
            message = f"flowc writes `{name}` itself, as the request is sent"
            yield BAD_HEADER.at(document.key(headers, name), message, "take it out")
        elif name.lower() in NEVER:
            message = f"`{name}` asks for another way to talk: a request is sent at once and alone"
            yield BAD_HEADER.at(document.key(headers, name), message, "take it out")


def _is_named_alone(expect: object) -> bool:
    from ..explained import expectations

    return bool(expectations.as_fields(expect))


def _misfit(misfit: Misfit, expect: object, document: Document) -> Diagnostic:
    from ..explained import expectations

    owner: Any = misfit.owner
    place = document.key(owner, misfit.key) if misfit.is_keyword else document.value(owner, misfit.key)
    return BAD_EXPECT.at(place, expectations.message(misfit), expectations.hint(misfit, expect))


RULES = (BAD_STATUS, BAD_EXPECT)
