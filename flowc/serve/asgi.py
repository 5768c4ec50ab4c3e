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

if TYPE_CHECKING:
    from .application import Application

__all__ = ["application"]

_FAILED = 3
"""uvicorn ends with it where an application does not start, and gunicorn replaces no worker that ended with it."""


def _made() -> Application:
    try:
        return app()
    except ServeError as fault:
        sys.stderr.write("".join(f"flowc.serve: {line}\n" for line in str(fault).splitlines()))
        sys.exit(_FAILED)


application = _made()
