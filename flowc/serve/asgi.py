"""The application as an object that a server is given by its name, made of the environment alone.

    uvicorn flowc.serve.asgi:application
    gunicorn -k uvicorn_worker.UvicornWorker flowc.serve.asgi:application
    hypercorn flowc.serve.asgi:application

What keeps it from being served is said in a line each, and ends the process that imports this: a server would bury it
below the places in its own code through which it came. Programs in Python call `flowc.serve.app`, which raises.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from . import ServeError, app
from .settings import NOT_STARTED

if TYPE_CHECKING:
    from .application import Application

__all__ = ["application"]


def _made() -> Application:
    try:
        return app()
    except ServeError as fault:
        sys.stderr.write(fault.told("flowc.serve"))
        sys.exit(NOT_STARTED)


application = _made()
