"""Spans of OpenTelemetry, where they are asked for: one for a webhook, in it one for each request to the outside."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer


class Tracing:
    """Begins spans; none where tracing is off. Who runs the server sets up where they go."""

    def __init__(self, *, on: bool) -> None:
        self.on = on
        self._tracer = _tracer() if on else None

    def span(self, name: str, **attributes: str) -> AbstractContextManager[object]:
        """A span around what is done in it. Attributes are names from programs, never what a caller said."""
        if self._tracer is None:
            return _NONE
        named = {f"flowc.{key}": value for key, value in attributes.items()}
        # an exception's words may hold what a caller said: the span tells that there was one
        return self._tracer.start_as_current_span(
            f"flowc {name}", attributes=named, record_exception=False, set_status_on_exception=False
        )

    def headers(self) -> dict[str, str]:
        """The headers that tell a server of the outside which span asks it."""
        found: dict[str, str] = {}
        if self._tracer is not None:
            from opentelemetry import propagate

            propagate.inject(found)
        return found


_NONE: AbstractContextManager[object] = nullcontext()


def _tracer() -> Tracer:
    from opentelemetry import trace

    return trace.get_tracer("flowc.serve")
