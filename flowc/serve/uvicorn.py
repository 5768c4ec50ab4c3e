"""The application on uvicorn, with flowc's connections in the place of uvicorn's: about twice as many answers.

`python -m flowc.serve.uvicorn` is uvicorn's own command with the two. A program that runs uvicorn itself asks for them
with `uvicorn.run("flowc.serve.asgi:application", http="flowc.serve.uvicorn:protocol")`.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from .application import Application
from .connection import Connection, Host
from .connections import Connections
from .responder import Request
from .settings import NOT_STARTED

_NAME = "python -m flowc.serve.uvicorn"

_GIVEN = {
    "app": "flowc.serve.asgi:application",
    "factory": False,
    "http": "flowc.serve.uvicorn:protocol",
    "ws": "none",
    "access_log": False,
}

_SHOWN = (
    "host", "port", "uds", "fd", "backlog", "ssl_", "workers", "loop", "env_file", "log_", "use_colors",
    "timeout_graceful", "timeout_worker", "limit_max", "version",
)  # fmt: skip
"""How the options of uvicorn begin that `--help` has; all others are for its connections, or for who edits code."""


class Config(Protocol):
    """uvicorn's settings, as far as they matter here: what it serves, within what it has wrapped that in."""

    loaded_app: Any


class State(Protocol):
    """What uvicorn knows of its connections: it waits for them when it ends."""

    connections: set[Any]
    total_requests: int


def protocol(config: Config, server_state: State, app_state: object, _loop: object = None) -> asyncio.Protocol:
    """What answers a new connection of uvicorn's (its `http=`). Raises TypeError for another application's server."""
    host: Connections | None = getattr(server_state, "flowc", None)
    if host is None:
        from .listener import settle

        settle()
        host = Connections(
            _application(config.loaded_app),
            held=server_state.connections,
            made=lambda host: _Counted(host, server_state),
        )
        server_state.flowc = host  # type: ignore[attr-defined] # one for each server, for as long as it is there
    return host.accepted()


class _Counted(Connection):
    """A connection whose requests uvicorn counts."""

    def __init__(self, host: Host, state: State) -> None:
        super().__init__(host)
        self._state = state

    def take(self, request: Request, body: bytes, *, keep: bool) -> None:
        self._state.total_requests += 1
        super().take(request, body, keep=keep)


def _application(served: Any) -> Application:
    """flowc's application, within what a server puts around it."""
    while not isinstance(served, Application):
        if not hasattr(served, "app"):
            raise TypeError("http='flowc.serve.uvicorn:protocol' serves flowc.serve:app, and nothing else")
        served = served.app
    return served


def main() -> None:
    """Run uvicorn with what is typed."""
    gc.disable()  # until it serves: nothing of what is made now goes away
    try:
        from uvicorn.main import main as command
    except ModuleNotFoundError:
        sys.exit(f"{_NAME}: there is no uvicorn here: pip install 'uvicorn[standard]'")
    assert command.callback is not None
    command.callback = partial(_run, command.callback, **_GIVEN)
    command.params = [each for each in command.params if each.name not in _GIVEN]
    for each in command.params:
        each.hidden = not each.name.startswith(_SHOWN)  # type: ignore[attr-defined] # all are options
    command(prog_name=_NAME)


def _run(run: Callable[..., None], **options: Any) -> None:
    """Run uvicorn with its options. Its workers count together; what would keep each from serving is said before."""
    if (options["workers"] or 1) == 1 and "WEB_CONCURRENCY" not in os.environ:
        run(**options)
        return
    from . import ServeError, app
    from .counting import together

    try:
        if not options["env_file"]:  # which uvicorn itself reads
            app(environ={**os.environ, "FLOWC_METRICS": ""})
        with together():
            run(**options)
    except ServeError as fault:
        sys.stderr.write(fault.told(_NAME))
        sys.exit(NOT_STARTED)


if __name__ == "__main__":
    main()
