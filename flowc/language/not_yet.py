"""What the language has and this version does not compile."""

from __future__ import annotations

from ..text.diagnostics import Diagnostic, Rule
from ..text.document import Place

NOT_YET = Rule(
    "E201",
    "not-yet",
    """What this version of flowc does not compile

The language has this construct, but it needs what only a call can tell (who calls, what was said before, the time, an
answer from outside), and this version compiles what is known when a flow is built. The flow would not do what it
says, so it is refused.

Leave the construct out, or choose with `params` and build once for each value.""",
)


def later(place: Place, what: str) -> Diagnostic:
    """Say that a construct waits for a later version."""
    hint = "this version compiles what is known when the flow is built"
    return NOT_YET.at(place, f"{what} is not compiled yet: it needs what only a call knows", hint)
