"""The server that answers the webhooks of a call from compiled programs: a plain ASGI application.

It imports nothing but `flowc.program`: where it runs, no compiler has to be installed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..program.program import Program
from .limits import Limits
from .settings import ServeError

if TYPE_CHECKING:
    from .application import Application
    from .responder import Watch

Programs = str | Path | Program | Sequence[str | Path | Program]

__all__ = ["Limits", "ServeError", "app"]


def app(
    programs: Programs | None = None,
    *,
    base_url: str | None = None,
    numbers: Mapping[str, str] | None = None,
    signed: bool | None = None,
    limits: Limits = Limits(),  # noqa: B008 - a tuple
    networks: Iterable[str] | None = None,
    environ: Mapping[str, str] = os.environ,
    tracing: bool | None = None,
    watch: Watch | None = None,
) -> Application:
    """The ASGI application that answers calls from programs.

    `programs` are the folders or files that `flowc build` has written (`program/`), or programs themselves; files that
    change are taken over. `base_url` is where the platform finds the application. `numbers` leads from the number
    called to the flow that plays. `signed=False` takes requests from anybody for the platform's. `networks` are the
    private networks that `request` actions may ask (`10.0.0.0/8`). `tracing` makes spans of OpenTelemetry. `watch` is
    told of every webhook that was answered.

    What is not given is taken from the environment: `FLOWC_PROGRAMS`, `FLOWC_BASE_URL`, `FLOWC_NUMBERS`,
    `FLOWC_SIGNED=no`, `FLOWC_NETWORKS`, `FLOWC_TRACING=yes`, and `FLOWC_LOG=warning` for fewer lines. Secrets are taken
    from nowhere else: `FLOWC_SIGNATURE_SECRET`, `FLOWC_API_KEY`, `FLOWC_APPLICATION_ID`, `FLOWC_SEAL_KEYS` (each one
    or several, apart by spaces), `FLOWC_REDIS_URL`, and `FLOWC_PARAM_NAME` for a flow's secret params.

    Raises ServeError, with what to set, where something is missing or cannot be served.
    """
    from .making import Given, made

    return made(Given(programs, base_url, numbers, signed, limits, networks, tracing, watch), environ)
