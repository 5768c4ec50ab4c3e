"""A worker of gunicorn's: `gunicorn -k flowc.serve.gunicorn.Worker flowc.serve.asgi:application`."""

from __future__ import annotations

from typing import Any, ClassVar

from uvicorn_worker import UvicornWorker  # type: ignore[import-untyped] # it has no types


class Worker(UvicornWorker):  # type: ignore[misc]
    """uvicorn's worker, with flowc's connections in the place of uvicorn's."""

    CONFIG_KWARGS: ClassVar[dict[str, Any]] = {"loop": "auto", "http": "flowc.serve.uvicorn:protocol"}
