"""What those who run the server ask it: whether it runs, whether it is ready, what it has counted."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from .flows import horizons
from .metrics import Metrics
from .programs import Programs
from .responses import METRICS, Response
from .store import Store


class Operations:
    """Answers by path: `/health`, `/ready`, `/metrics`."""

    def __init__(self, programs: Programs, counted: Metrics, store: Store | None) -> None:
        self._programs, self._counted, self._store = programs, counted, store
        self.at: dict[str, Callable[[], Awaitable[Response]]] = {
            "/health": self.health,
            "/ready": self.ready,
            "/metrics": self.metrics,
        }

    async def health(self) -> Response:
        """That the process runs."""
        return Response(200, b'{"status":"ok"}\n')

    async def ready(self) -> Response:
        """That webhooks can be answered; whether the last change of a program was refused.

        `holidaysUntil` is there from a year before on: the day up to which the holidays of all calendars are known.
        """
        if self._store is not None:
            try:
                await self._store.get("ready")
            except OSError:
                return Response(503, b'{"status":"no redis"}\n')
        flows = self._programs.now.flows
        said: dict[str, object] = {"status": "ok", "flows": len(flows), "changeRefused": bool(self._programs.refused)}
        known = min(horizons(flows.values()), default=None)
        if known is not None:
            said["holidaysUntil"] = known.isoformat()
        return Response(200, json.dumps(said, separators=(",", ":")).encode() + b"\n")

    async def metrics(self) -> Response:
        """What was counted, for Prometheus."""
        return Response(200, self._counted.text(), METRICS)
