"""What can be wrong with used flows."""

from __future__ import annotations

from collections.abc import Collection

from ...text.diagnostics import Rule
from ...text.nearest import nearest

UNKNOWN_USE = Rule(
    "E275",
    "unknown-use",
    """A used flow that has no name here

`run: NAME` plays a flow that `use:` gives a name to. There is none of this name.

Correct the name, or add it: `use: {NAME: path/of.flow.yml}`.""",
)
USE_UNREADABLE = Rule(
    "E278",
    "used-flow-unreadable",
    """A used flow that cannot be had

The file is not there, is no flow, or has mistakes of its own, so a caller could not be led through it. Paths are seen
from the file that names them, and stay inside the project.

Correct the path, or mend that flow: `flowc check PATH`.""",
)
RUNS_ITSELF = Rule(
    "E279",
    "runs-itself",
    """A flow that runs itself

A used flow runs, straight or through others, a flow that is running already: every round would have to remember one
more way back, and there is no end to them.

Use `goto` for what is to be done again.""",
)
GIVEN_PARAM = Rule(
    "E280",
    "given-param",
    """Params that do not fit the used flow

`with` gives a used flow its params: each has to be one that it declares, and each that it declares without a default
has to be given. A `url` and a `choice` have to be known when the flow is built; only a `list` takes a list; a `secret`
is passed on from a secret of this flow, and has no other value.

Correct the name, give the value, or declare a default there.""",
)
TOO_MANY_RUNS = Rule(
    "E281",
    "too-many-runs",
    """Too many used flows

Each level of used flows stands in the names of its documents, which are parts of URLs: at most eight levels. And each
`run` that gives other values makes a flow of its own: at most 4 MiB of text together.

Use `goto`, or make one flow of two.""",
)


def passed_on(name: str, secrets: Collection[str]) -> str:
    """How a used flow gets its secret `name` from one of the secrets that its user has."""
    known = sorted(secrets)
    only = known[0] if len(known) == 1 else None
    meant = name if name in secrets else nearest(name, known) or only
    if meant is not None:
        return f'pass it on: `{name}: "{{{{ params.{meant} }}}}"`'
    if known:
        return f'pass one on, as in `{name}: "{{{{ params.{known[0]} }}}}"`'
    return (
        f'declare it here, `params: {{{name}: {{type: secret}}}}`, and pass it on: `{name}: "{{{{ params.{name} }}}}"`'
    )


RULES = (UNKNOWN_USE, USE_UNREADABLE, RUNS_ITSELF, GIVEN_PARAM, TOO_MANY_RUNS)
