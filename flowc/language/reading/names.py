"""Names of steps: what they may be, and which collide."""

from __future__ import annotations

from collections.abc import Iterator

from ...text.diagnostics import Diagnostic, Rule
from ..flow import Flow
from ..linking.naming import RESERVED

STEPS_COLLIDE = Rule(
    "E208",
    "steps-collide",
    """Two steps whose names differ in case only

A step becomes a file and a part of a URL, and on many machines `Main.json` and `main.json` are one file: one of the
steps would be lost.

Give them different names.""",
)
RESERVED_NAME = Rule(
    "E209",
    "reserved-name",
    """A name that means something else

`continue` and `noMatch` are targets, and `failure` is the name of the document for when the host does not answer: a
step of that name could not be told from it. And names such as `con` and `nul` are devices to Windows, where no file of
that name can be written.

Give it another name.""",
)


_WINDOWS = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)
"""Names that Windows keeps for devices, with any ending: a file of such a name cannot be written there."""


def names(flow: Flow) -> Iterator[Diagnostic]:
    """What is wrong with the names of a flow and of its steps."""
    if flow.name.lower() in _WINDOWS:
        place = flow.document.value(flow.data, "flow")
        yield RESERVED_NAME.at(
            place, f"`{flow.name}` is a name that Windows keeps for a device", "give it another name"
        )
    seen: dict[str, str] = {}
    for name, block in flow.steps.items():
        place = block.place
        first = seen.setdefault(name.lower(), name)
        if first != name:
            message = f"the steps `{first}` and `{name}` differ in case only: they would be one file"
            yield STEPS_COLLIDE.at(place, message, "give one of them another name", (flow.steps[first].place, "here"))
        if name in RESERVED or name.lower() in _WINDOWS:
            yield RESERVED_NAME.at(place, f"`{name}` cannot be the name of a step", "give it another name")
